"""The index of a section: its entries in blocks, each with one line."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Cause, Investigation, RedFlag, Source, Treatment
from calcinosis.rules.vocabulary import Fact


class Block(Struct, frozen=True):
    """Entries of a section that are of one sort; a section of one sort has one block without a title."""

    id: str
    title: str
    places: tuple[Place, ...]


@lru_cache(maxsize=32)
def blocks_of(section: str) -> tuple[Block, ...]:
    """Return the entries of a section, sorted into blocks."""
    found: dict[str, list[Place]] = {}
    for place in catalogue().sections[section].values():
        found.setdefault(_sort(place), []).append(place)
    return tuple(Block(sort, _title(section, sort), tuple(found[sort])) for sort in _ordered(section, found))


def _sort(place: Place) -> str:
    """Return the sort of an entry: that of its folder, or the first letter in a long list."""
    entry = place.entry
    if isinstance(entry, Treatment | Source):
        return entry.kind
    if isinstance(entry, Investigation):
        return entry.group
    if isinstance(entry, RedFlag):
        return entry.urgency
    if isinstance(entry, Cause):
        return entry.strength
    if isinstance(entry, Fact):
        return place.name[:1].upper() if place.section == "medicines" else entry.kind
    return ""


_TITLES = {
    "treatments": "treatment_kinds",
    "sources": "source_kinds_many",
    "investigations": "groups_many",
    "red-flags": "urgency",
    "causes": "strength_many",
    "facts": "fact_kinds_many",
}


def _title(section: str, sort: str) -> str:
    names = words()["look_up"].get(_TITLES.get(section, ""), {})
    return str(names.get(sort, sort))


def _ordered(section: str, found: dict[str, list[Place]]) -> list[str]:
    """Return the sorts in the order in which their words are listed, letters by the alphabet."""
    names = list(words()["look_up"].get(_TITLES.get(section, ""), {}))
    return sorted(found, key=lambda sort: (names.index(sort) if sort in names else len(names), sort))
