"""Which entry speaks of which: the links between entries, and from a source to all that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Catalogue, Place, catalogue
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Claim, Entry, Source, Type
from calcinosis.library.subjects import facts_of
from calcinosis.rules.syntax import Citation, Rule, criteria
from calcinosis.rules.vocabulary import Fact

_TYPE_FIELDS = frozenset({"leads_to", "types", "part_of", "type"})
_OF_ITSELF = frozenset({"fact.includes", "fact.measures"})
"""What is said of a group of facts and tells nothing of one of them."""
_FACT_FIELDS = frozenset({"measures", "medicine", "includes", "substance", "days_from", "days_to"})


class Target(Struct, frozen=True):
    """What is spoken of: a fact, a type, a source or a claim, by its id."""

    kind: str
    id: str


class Mention(Struct, frozen=True):
    """An entry that speaks of a target, the field in which it does, and the place in a source."""

    by: Place
    role: str
    where: str = ""


class Group(Struct, frozen=True):
    """The places that use an entry in the same way; ``through`` is the group of facts that stands between."""

    role: str
    places: tuple[Place, ...]
    through: Place | None = None


@lru_cache(maxsize=1)
def mentions() -> dict[Target, tuple[Mention, ...]]:
    """Return for every target all entries that speak of it."""
    return mentions_of(catalogue())


def mentions_of(places: Catalogue) -> dict[Target, tuple[Mention, ...]]:
    """Return for every target of a catalogue all entries that speak of it."""
    found: dict[Target, dict[Mention, None]] = {}
    for place in places.places():
        for role, target, where in targets_of(place.entry):
            found.setdefault(target, {}).setdefault(Mention(place, role, where))
    return {target: tuple(known) for target, known in found.items()}


def targets_of(entry: Entry | Fact) -> Iterator[tuple[str, Target, str]]:
    """Yield each target of an entry with the field that speaks of it and the place in a source."""
    for name in entry.__struct_fields__:
        if not (isinstance(entry, Claim) and name == "source"):
            for target, where in _inside(getattr(entry, name), name):
                yield name, target, where
    if isinstance(entry, Claim):
        yield "source", Target("source", entry.source), str(entry.line)


def _inside(value: object, name: str) -> Iterator[tuple[Target, str]]:
    if isinstance(value, Citation):
        yield Target("source", value.source), value.place
    elif isinstance(value, Rule):
        yield from ((Target("fact", fact), "") for fact in sorted(value.facts))
        yield from (found for one in criteria(value) for found in _inside(one.cite, name))
    elif isinstance(value, str) and name in _TYPE_FIELDS:
        yield Target("type", value), ""
    elif isinstance(value, str) and name in _FACT_FIELDS and value:
        yield Target("fact", value), ""
    elif isinstance(value, str) and name in {"same_as", "disagrees_with"}:
        yield Target("claim", value), ""
    elif isinstance(value, tuple):
        yield from (found for item in value for found in _inside(item, name))
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _inside(getattr(value, name), name)


def used_by(place: Place) -> tuple[Group, ...]:
    """Return where an entry is used, by the way in which it is."""
    entry, known = place.entry, mentions()
    if isinstance(entry, Source):
        return _grouped(known.get(Target("source", entry.id), ()), place, lambda one: one.by.section)
    groups: list[Group] = []
    if isinstance(entry, Type):
        groups += _grouped(known.get(Target("type", entry.id), ()), place, lambda one: f"type.{one.role}")
    facts = facts_of(entry, catalogue().library)
    spoken = [one for fact in facts for one in known.get(Target("fact", fact), ())]
    groups += _grouped(spoken, place, role_of)
    for parent in _wider(facts):
        wider = _grouped(known.get(Target("fact", parent), ()), place, role_of)
        through = catalogue().fact(parent)
        groups += [Group(one.role, one.places, through) for one in wider if one.role not in _OF_ITSELF]
    order = list(words()["look_up"]["used_by"])
    return tuple(sorted(groups, key=lambda one: (one.through is not None, order.index(one.role))))


def role_of(mention: Mention) -> str:
    """Return how a fact is used; types, look-alikes and causes share the names of their rules."""
    return f"{'red-flags.' if mention.by.section == 'red-flags' else 'fact.'}{mention.role}"


def _grouped(found: Iterable[Mention], own: Place, role: object) -> tuple[Group, ...]:
    groups: dict[str, dict[Place, None]] = {}
    for one in found:
        if one.by != own and callable(role):
            groups.setdefault(role(one), {}).setdefault(one.by)
    return tuple(Group(name, tuple(places)) for name, places in groups.items())


def _wider(facts: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of facts that some facts belong to, at any depth."""
    kinds = catalogue().library.vocabulary.kinds
    chosen = set(facts)
    return tuple(sorted(parent for parent, below in kinds.items() if below & chosen and parent not in chosen))


def sources_of(entry: Entry | Fact) -> tuple[Place, ...]:
    """Return the sources that an entry cites, each once, in the order in which they stand."""
    cited = dict.fromkeys(target.id for _, target, _ in targets_of(entry) if target.kind == "source")
    return tuple(catalogue().source(name) for name in cited)


def places_in(source: Place) -> dict[Place, str]:
    """Return for each entry that cites a source the places in it that are cited."""
    found: dict[Place, dict[str, None]] = {}
    for one in mentions().get(Target("source", source.id), ()):
        found.setdefault(one.by, {}).setdefault(one.where)
    return {place: "; ".join(filter(None, wheres)) for place, wheres in found.items()}
