"""Three-valued truth after Kleene: true, false, unknown; the same as AND, OR and NOT over SQL's NULL."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """True, false or unknown. It refuses to be used as a Python boolean, so that unknown is never read as false."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__
    """By identity: the hash of a name is looked up a thousand times for each record."""

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth has three values: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN")


TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def truth(value: bool | None) -> Truth:
    """Return the truth of a Python boolean; None is unknown."""
    if value is None:
        return UNKNOWN
    return TRUE if value else FALSE


def any_of(values: Iterable[Truth]) -> Truth:
    """Return true if any value is true, else unknown if any is unknown, else false."""
    result = FALSE
    for value in values:
        if value is TRUE:
            result = TRUE
        elif value is UNKNOWN and result is FALSE:
            result = UNKNOWN
    return result
