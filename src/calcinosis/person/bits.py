"""Planes of people and arrays of their numbers: bit *i* of an integer is person *i*."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def plane_of(holds: Array) -> int:
    """Return the plane of an array with a truth for each person."""
    return int.from_bytes(np.packbits(holds, bitorder="little").tobytes(), "little")


def plane_of_persons(persons: Array, size: int) -> int:
    """Return the plane of some persons, by their numbers, of so many."""
    holds = np.zeros(size, dtype=bool)
    holds[persons] = True
    return plane_of(holds)


def holds(plane: int, size: int) -> Array:
    """Return an array with a truth for each of so many persons."""
    packed = np.frombuffer(plane.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(bool)


def persons_of(plane: int, size: int) -> Array:
    """Return the numbers of the persons of a plane, in order."""
    return np.flatnonzero(holds(plane, size))
