"""How what a record says of one fact lies to another, in place and time, from the places and days of single sayings.

A cause counts as at the place of the deposit where a saying puts it there, or where sites agree and sides are not
opposed; not, where both places are known and apart, or where it came after the deposit. Of several sayings one that
counts is enough; what is known of none is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from calcinosis.person.sayings import Said
from calcinosis.rules.relations import called, relation_name
from calcinosis.rules.vocabulary import Fact, Origin, Relation, Value
from calcinosis.rules.words import short_name
from calcinosis.terminology.places import HERE, UNKNOWN_PLACE, places_of
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, any_of
from calcinosis.words.en import relations as words

_OPPOSED = {"left", "right"}


def related(
    said: Iterable[Said],
    as_of: str,
    values: Mapping[str, Value],
    facts: Mapping[str, Fact],
    relations: Sequence[Fact],
) -> dict[str, Value]:
    """Return the values of relations at a day that follow from sayings; ``values`` is what these are settled to."""
    told: list[Said] | None = None
    found: dict[str, Value] = {}
    present = {name for name, value in values.items() if value.truth is TRUE}
    for fact in relations:
        assert fact.relation is not None
        if present.isdisjoint(fact.relation.of):
            continue
        if told is None:
            told = [one for one in said if one.day is None or not as_of or one.day.earliest <= as_of]
        known = _known(fact, fact.relation, told, {**values, **found}, facts)
        if known is not None:
            found[fact.id] = known
    return found


def _known(
    fact: Fact, relation: Relation, said: Sequence[Said], values: Mapping[str, Value], facts: Mapping[str, Fact]
) -> Value | None:
    stated = values.get(fact.id)
    if stated is not None and stated.truth is not UNKNOWN:
        return None
    cause = short_name(facts[relation.of[0]])
    if relation.perhaps:
        known = values.get(relation_name(relation.of[0], False, relation.kind, relation.to[0]))
        if known is not None and known.truth is not UNKNOWN:
            return known
        says = words.not_known(relation.kind, cause, called(facts[relation.to[0]]))
        origins = {one for name in relation.of if name in values and values[name].truth is TRUE
                   for one in values[name].origins}  # fmt: skip
        date = max((values[name].date for name in relation.of if name in values), default="")
        return Value(truth=TRUE, said=says, date=date, origins=tuple(sorted(origins)))
    pairs = list(_judged(relation, said, cause, facts))
    truth = any_of([one.truth for one in pairs])
    kept = [one for one in pairs if one.truth is truth]
    if not kept or truth is UNKNOWN:
        return None
    first = min(kept, key=lambda one: (one.says, one.origins))
    return Value(truth=truth, said=first.says, date=max(one.date for one in kept), origins=first.origins)


class _Judged(Struct, frozen=True):
    """One cause that the record tells of, beside the deposit."""

    truth: Truth
    says: str
    date: str
    origins: tuple[Origin, ...]


def _judged(relation: Relation, said: Sequence[Said], cause: str, facts: Mapping[str, Fact]) -> Iterable[_Judged]:
    """Yield what each resource or line that tells of the cause says of it beside the deposit."""
    finding = called(facts[relation.to[0]])
    by_origin: dict[tuple[Origin, ...], list[Said]] = {}
    deposits = [one for one in said if one.fact in relation.to and one.value.truth is TRUE]
    for one in said:
        if one.fact in relation.of and one.value.truth is TRUE:
            by_origin.setdefault(one.value.origins, []).append(one)
    for origins, mine in by_origin.items():
        time, when = _in_time(mine, deposits, cause, finding)
        others = tuple(sorted({origin for one in deposits for origin in one.value.origins} | {*origins}))
        date = max((one.day.latest for one in mine if one.day is not None and one.day.is_exact), default="")
        if relation.kind == "before":
            yield _Judged(time, when, date, others)
            continue
        place, where = _in_place(mine, deposits, said, relation, cause, facts)
        if time is FALSE:
            place, where = FALSE, when
        yield _Judged(place, where, date, others if place is FALSE or HERE not in _places(mine) else origins)


def _in_time(mine: Sequence[Said], deposits: Sequence[Said], cause: str, finding: str) -> tuple[Truth, str]:
    """Return whether a cause came before the deposit, by words, else by days."""
    told = {one.began for one in mine}
    if "after" in told:
        return FALSE, words.came_after(cause, "", finding, "")
    if "before" in told:
        return TRUE, words.came_before(cause, "", finding, "")
    days = [one.day for one in mine if one.day is not None and one.began != "unknown"]
    known = [one.day for one in deposits if one.day is not None]
    if not days or not known:
        return UNKNOWN, ""
    began, first = min(days), min(known, key=lambda day: day.latest)
    if began.earliest > first.latest:
        return FALSE, words.came_after(cause, began.earliest, finding, first.latest)
    if began.latest < min(day.earliest for day in known):
        return TRUE, words.came_before(cause, began.latest, finding, first.latest)
    return UNKNOWN, ""


def _places(said: Iterable[Said]) -> set[str]:
    return {place for one in said for place in places_of(one.site)}


def _in_place(
    mine: Sequence[Said],
    deposits: Sequence[Said],
    said: Sequence[Said],
    relation: Relation,
    cause: str,
    facts: Mapping[str, Fact],
) -> tuple[Truth, str]:
    """Return whether a cause was where the deposit is; an answer to a question that asks for it says so."""
    own, other, finding = _places(mine), _places(deposits), called(facts[relation.to[0]])
    if HERE in own or any(origin.kind == "question" for one in mine for origin in one.value.origins):
        return TRUE, words.said_to_be_there(cause, finding)
    is_of_findings = not other - {HERE}
    if is_of_findings:  # no place of its own is said: that of the lump that is, or may be, the deposit
        other = _places(one for one in said if one.fact in relation.by and one.value.truth is TRUE)
    pairs = [(_agree(one, two, facts), one, two) for one in sorted(own) for two in sorted(other - {HERE})]
    for truth, one, two in pairs:
        if truth is TRUE:
            return TRUE, words.placed(cause, _named(one, facts), finding, _named(two, facts))
    if pairs and not is_of_findings and all(truth is FALSE for truth, _, _ in pairs):
        here = ", ".join(dict.fromkeys(_named(one, facts) for _, one, _ in pairs))
        there = ", ".join(dict.fromkeys(_named(two, facts) for _, _, two in pairs))
        return FALSE, words.placed(cause, here, finding, there)
    return UNKNOWN, ""


def _agree(one: str, other: str, facts: Mapping[str, Fact]) -> Truth:
    """Return whether two places are one, or one a part of the other; those that touch may be."""
    if UNKNOWN_PLACE in {one[0], other[0]}:
        return UNKNOWN
    (site, _, side), (second, _, other_side) = one.partition(" "), other.partition(" ")
    if {side, other_side} == _OPPOSED:
        return FALSE
    parts, others = _parts(site, facts), _parts(second, facts)
    if second in parts or site in others:
        return TRUE
    if parts & others:
        return UNKNOWN
    near = {name for part in parts for name in facts[part].next_to}
    near_other = {name for part in others for name in facts[part].next_to}
    return FALSE if others.isdisjoint(near) and parts.isdisjoint(near_other) else UNKNOWN


def _parts(site: str, facts: Mapping[str, Fact]) -> set[str]:
    found, waiting = {site}, [site]
    while waiting:
        below = {name for name in facts[waiting.pop()].includes if name in facts} - found
        found |= below
        waiting += below
    return found


def _named(place: str, facts: Mapping[str, Fact]) -> str:
    site, _, side = place.partition(" ")
    return words.place(short_name(facts[site]), side)
