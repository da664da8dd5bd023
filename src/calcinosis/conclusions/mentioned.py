"""Entries of the knowledge by the facts that they read: those of which a record says nothing are not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from calcinosis.rules.syntax import Rule

Entry = TypeVar("Entry")


class Mentioned(Struct, Generic[Entry], frozen=True):
    """Entries in their order, and the places of those that read a fact."""

    entries: tuple[Entry, ...]
    places: dict[str, list[int]]

    @staticmethod
    def of(entries: Iterable[Entry], reads: Callable[[Entry], Iterable[str]]) -> Mentioned[Entry]:
        """Return the entries by the facts that each reads."""
        listed = tuple(entries)
        places: dict[str, list[int]] = {}
        for place, entry in enumerate(listed):
            for fact in reads(entry):
                places.setdefault(fact, []).append(place)
        return Mentioned(listed, places)

    def by(self, facts: Iterable[str]) -> list[Entry]:
        """Return, in their order, the entries that read one of these facts."""
        found = set[int]().union(*map(self.places.__getitem__, self.places.keys() & facts))
        return [self.entries[place] for place in sorted(found)]


def read_by(*rules: Rule | None) -> frozenset[str]:
    """Return the facts that some rules read."""
    return frozenset[str]().union(*(rule.facts for rule in rules if rule is not None))
