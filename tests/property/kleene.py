"""Not, all and at least after Kleene, said again in the plainest way: what the program of the rules is held to."""

from __future__ import annotations

from collections.abc import Iterable

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth


def negate(value: Truth) -> Truth:
    """Return true for false, false for true, unknown for unknown."""
    if value is UNKNOWN:
        return UNKNOWN
    return FALSE if value is TRUE else TRUE


def all_of(values: Iterable[Truth]) -> Truth:
    """Return false if any value is false, else unknown if any is unknown, else true."""
    result = TRUE
    for value in values:
        if value is FALSE:
            result = FALSE
        elif value is UNKNOWN and result is TRUE:
            result = UNKNOWN
    return result


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """Return true if ``count`` values are true, false if that cannot be reached any more, else unknown."""
    listed = list(values)
    certain = sum(value is TRUE for value in listed)
    possible = certain + sum(value is UNKNOWN for value in listed)
    if certain >= count:
        return TRUE
    return UNKNOWN if possible >= count else FALSE
