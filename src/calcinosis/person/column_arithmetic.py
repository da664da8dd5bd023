"""The arithmetic of formulas for many people at once: columns of numbers, NaN where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcinosis.rules.formula import Arithmetic


def _divided(parts: list[Any]) -> Any:
    return np.where(np.equal(parts[1], 0), np.nan, np.divide(parts[0], parts[1]))


def _raised(parts: list[Any]) -> Any:
    """Return a power, NaN where there is none: of nothing to less, of less than nothing to a fraction."""
    power = np.power(parts[0], parts[1])
    return np.where(np.isfinite(power), power, np.nan)


COLUMN_ARITHMETIC = Arithmetic(
    {
        "+": lambda parts: parts[0] + parts[1],
        "-": lambda parts: parts[0] - parts[1],
        "*": lambda parts: parts[0] * parts[1],
        "/": _divided,
        "**": _raised,
        "min": lambda parts: _folded(np.minimum, parts),
        "max": lambda parts: _folded(np.maximum, parts),
    },
    lambda word, asked, then, otherwise: np.where(
        word.among((asked,)), then(), np.where(word.places < 0, np.nan, otherwise())
    ),
)
"""The arithmetic of columns, NaN where Python refuses to compute."""


def _folded(pair: Any, parts: list[Any]) -> Any:
    found = parts[0]
    for part in parts[1:]:
        found = pair(found, part)
    return found
