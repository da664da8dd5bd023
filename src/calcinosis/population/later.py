"""A number that is known only when the engine runs: the patient reader reads around it, and what it asks is noted.

An Observation says the same of every number but the number itself. So that each distinct Observation is read once, the
number is taken out and read as ``Later``: its factor is noted, that it is possible is checked by the engine, and a
reader that has to know more of it raises NumberNeeded, on which the Observation is read number by number.
"""

from __future__ import annotations

from typing import Any, NoReturn


class NumberNeeded(Exception):
    """What is read depends on the number itself."""


class Later(float):
    """The number of a slot, times a factor."""

    slot: int
    factor: float

    def __new__(cls, slot: int, factor: float = 1.0) -> Later:
        """Return the number of a slot; as a float it is finite."""
        number = super().__new__(cls, 0.0)
        number.slot, number.factor = slot, factor
        return number

    def __mul__(self, other: float) -> Later:
        if self.factor != 1.0:
            raise NumberNeeded
        return Later(self.slot, float(other))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Later):
            return (self.slot, self.factor) == (other.slot, other.factor)
        raise NumberNeeded

    def __le__(self, other: float) -> bool:
        """Answer the only question that is put off: whether the number lies within what is possible."""
        return True

    def __ge__(self, other: float) -> bool:
        return True

    def __hash__(self) -> int:
        return hash((self.slot, self.factor))

    def _needed(self, *_others: Any) -> NoReturn:
        raise NumberNeeded

    __lt__ = __gt__ = __add__ = __radd__ = __sub__ = __rsub__ = __rmul__ = _needed
    __truediv__ = __rtruediv__ = __bool__ = __int__ = __neg__ = __abs__ = __round__ = _needed
