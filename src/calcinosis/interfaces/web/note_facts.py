"""The facts that were read from a note, one by one, and the record without those that a reader struck out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.interfaces.web.uploads import Posted
from calcinosis.person.record import Record
from calcinosis.person.sayings import Remark, Said
from calcinosis.rules.vocabulary import SUSPECTED, Origin
from calcinosis.rules.words import short_name
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en import notes as words

FAMILY = "family_history_of_"
_FOLLOWS = (SUSPECTED, FAMILY)
"""How the facts begin that follow from what is said of another fact."""


class Strikes(Struct, frozen=True):
    """What a reader struck out: the keys by name, or all but the ``kept`` ones of the list that was shown."""

    struck: frozenset[str] = frozenset()
    kept: frozenset[str] | None = None

    def of(self, keys: frozenset[str]) -> frozenset[str]:
        """Return which of the keys are struck out."""
        return keys & self.struck if self.kept is None else keys - self.kept


NONE_STRUCK = Strikes()


def strikes_of(form: Posted) -> Strikes:
    """Return what a posted form strikes out."""
    kept = frozenset(form.texts("keep")) if form.text("shown") else None
    return Strikes(frozenset(form.texts("struck")), kept)


def keys_of(record: Record) -> dict[int, str]:
    """Return the key under which each saying of a note stands, by its identity.

    What only follows from another saying, such as a suspicion, stands under the key of that one.
    """
    said = (*record.said, *record.mentions)
    told = {(one.fact, one.value.said, one.value.origins) for one in said}
    by_root: dict[tuple[str, str, tuple[Origin, ...]], str] = {}
    for one in said:
        if not _root(one, told):
            by_root.setdefault((one.fact, one.value.said, one.value.origins), _key(one))
    return {
        id(one): by_root[root, one.value.said, one.value.origins] if (root := _root(one, told)) else _key(one)
        for one in said
    }


def sense_of(said: Said) -> str:
    """Return how something is said."""
    if said.sense:
        return said.sense
    return {TRUE: "present", FALSE: "absent"}.get(said.value.truth, "not-stated")


def without_struck(record: Record, strikes: Strikes, terms: Terms) -> tuple[Record, tuple[str, ...]]:
    """Return a record without what a reader struck out, which it tells, and the keys of that."""
    if record.source != "note":
        return record, ()
    keys = keys_of(record)
    struck = strikes.of(frozenset(keys.values()))
    if not struck:
        return record, ()
    gone = {keys[id(one)]: one for one in (*record.mentions, *record.said) if keys[id(one)] in struck}
    remarks = tuple(Remark(one.value.origins[0], words.STRUCK.format(name=_name(one, terms))) for one in gone.values())
    left = replace(
        record,
        said=tuple(_left(record.said, keys, struck)),
        mentions=tuple(_left(record.mentions, keys, struck)),
        remarks=tuple(sorted({*record.remarks, *remarks})),
    )
    return left, tuple(sorted(struck))


def _left(said: tuple[Said, ...], keys: dict[int, str], struck: frozenset[str]) -> Iterator[Said]:
    return (one for one in said if keys[id(one)] not in struck)


def _key(said: Said) -> str:
    told = said.value.word or (said.value.said if said.value.is_number else "")
    return ".".join(filter(None, (said.fact, sense_of(said), " ".join(told.split()).rstrip(".,;"))))


def _root(said: Said, told: set[tuple[str, str, tuple[Origin, ...]]]) -> str:
    """Return the fact from whose saying this one follows; empty when it is said itself."""
    for prefix in _FOLLOWS:
        root = said.fact.removeprefix(prefix)
        if root != said.fact and (root, said.value.said, said.value.origins) in told:
            return root
    return ""


def _name(said: Said, terms: Terms) -> str:
    name = short_name(terms.facts[said.fact])
    return f"{name} {said.value.said}" if said.value.is_number else name
