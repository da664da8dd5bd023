"""A number that stands for all of its kind: what a reader asks of it is noted, and says for which others it stands.

An Observation says the same of many numbers. So that it is read once for all of them, its number is read as ``Later``:
each comparison narrows the numbers for which the reading holds. A reader that has to know more of it raises
NumberNeeded, on which the Observation is read number by number.
"""

from __future__ import annotations

import math
from typing import Any, NoReturn

Limits = dict[tuple[int, float], tuple[float, float]]
"""For a place of a number and a factor: between which bounds, these included, the number times the factor may lie."""
_GREATEST = 1e200
"""Beyond this a number stands for itself alone: times a factor it might be infinite."""


class NumberNeeded(Exception):
    """What is read depends on the number itself."""


class Later(float):
    """The number at a place, times a factor."""

    place: int
    factor: float
    limits: Limits

    def __new__(cls, number: float, place: int, limits: Limits, factor: float = 1.0) -> Later:
        """Return a number; ``limits`` gets what is asked of it."""
        found = super().__new__(cls, number * factor)
        found.place, found.factor, found.limits = place, factor, limits
        if (place, factor) not in limits:
            whole = abs(number) <= _GREATEST
            limits[place, factor] = (-_GREATEST, _GREATEST) if whole and factor == 1.0 else (-math.inf, math.inf)
            if not whole:
                limits[place, factor] = (float(found), float(found))
        return found

    def __mul__(self, other: float) -> Later:
        if self.factor != 1.0 or isinstance(other, Later):
            raise NumberNeeded
        return Later(float(self), self.place, self.limits, float(other))

    __rmul__ = __mul__

    def _narrow(self, least: float, most: float) -> None:
        low, high = self.limits[self.place, self.factor]
        self.limits[self.place, self.factor] = (max(low, least), min(high, most))

    def _other(self, other: object) -> float | None:
        """Return a number to compare with; None for this number itself, of which the answer is known."""
        if isinstance(other, Later):
            if (self.place, self.factor) != (other.place, other.factor):
                raise NumberNeeded
            return None
        if not isinstance(other, int | float):
            raise NumberNeeded
        return float(other)

    def __le__(self, other: float) -> bool:
        limit = self._other(other)
        if limit is None:
            return True
        holds = float(self) <= limit
        self._narrow(*((-math.inf, limit) if holds else (math.nextafter(limit, math.inf), math.inf)))
        return holds

    def __lt__(self, other: float) -> bool:
        limit = self._other(other)
        if limit is None:
            return False
        holds = float(self) < limit
        self._narrow(*((-math.inf, math.nextafter(limit, -math.inf)) if holds else (limit, math.inf)))
        return holds

    def __ge__(self, other: float) -> bool:
        return not self < other

    def __gt__(self, other: float) -> bool:
        return not self <= other

    def __eq__(self, other: object) -> bool:
        if other is None:
            return False
        limit = self._other(other)
        if limit is None:
            return True
        if float(self) == limit:
            self._narrow(limit, limit)
            return True
        above = float(self) > limit
        self._narrow(
            *((math.nextafter(limit, math.inf), math.inf) if above else (-math.inf, math.nextafter(limit, -math.inf)))
        )
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.place, self.factor))

    def _needed(self, *_others: Any) -> NoReturn:
        raise NumberNeeded

    __add__ = __radd__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = _needed
    __bool__ = __int__ = __neg__ = __abs__ = __round__ = __floor__ = __ceil__ = __trunc__ = is_integer = _needed
