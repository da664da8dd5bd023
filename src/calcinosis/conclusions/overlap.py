"""How much of what one set holds is in each of many others, the rare counting more: a weighted share of the union."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T", str, tuple[str, str])


class Overlap(Struct, Generic[T], frozen=True):
    """Many sets, indexed: ``rarity`` is the inverse document frequency of each thing, ``total`` the sum of each set."""

    rarity: dict[T, float]
    held_by: dict[T, tuple[int, ...]]
    total: tuple[float, ...]

    def with_each(self, found: Iterable[T]) -> list[float]:
        """Return for each set the share, 0 to 1, of what it and ``found`` hold together that both hold.

        What no set holds weighs nothing. Sums are made in one order, so that equal people give equal numbers.
        """
        known = sorted(one for one in found if one in self.rarity)
        own = sum(self.rarity[one] for one in known)
        shared = [0.0] * len(self.total)
        for one in known:
            for place in self.held_by[one]:
                shared[place] += self.rarity[one]
        return [
            both / (own + total - both) if own + total - both else 0.0
            for both, total in zip(shared, self.total, strict=True)
        ]


def overlap_of(sets: Iterable[frozenset[T]]) -> Overlap[T]:
    """Return the index of some sets."""
    held_by: dict[T, list[int]] = {}
    listed = [sorted(one) for one in sets]
    for place, each in enumerate(listed):
        for one in each:
            held_by.setdefault(one, []).append(place)
    rarity = {one: math.log((len(listed) + 1) / (len(places) + 1)) for one, places in sorted(held_by.items())}
    totals = tuple(sum(rarity[one] for one in each) for each in listed)
    return Overlap(rarity, {one: tuple(held_by[one]) for one in rarity}, totals)
