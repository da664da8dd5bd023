"""Formulas as columns: the bounds of one person, or NULL where one cannot be computed."""

from __future__ import annotations

from itertools import product
from typing import Any

import ibis
import pytest

from calcinosis.rules.formula import compute, parse_formula
from calcinosis.rules.formula_columns import compute_columns

BOUNDS = ((None, None), (0.0, 0.0), (2.0, 4.0), (3.0, 3.0), (None, 3.0), (3.0, None), (-2.0, -1.0), (-0.5, 0.0))
PEOPLE = list(product(BOUNDS, BOUNDS, ("first", "second", None)))
FORMULAS = (
    "x * y",
    "x + 0.8 * (4 - y)",
    "x / y",
    "x ** y",
    "x ** 2",
    "x ** 0.5",
    "min(x, y, 1) - max(x, y)",
    "if word is first then x / 2 else y",
    "7",
)


def rows() -> list[dict[str, Any]]:
    """Return a row for each person."""
    return [
        {"number": number, "x_low": x[0], "x_high": x[1], "y_low": y[0], "y_high": y[1], "word": word}
        for number, (x, y, word) in enumerate(PEOPLE)
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_same_bounds(text: str) -> None:
    """Whatever is known of the numbers and the word that a formula reads."""
    formula = parse_formula(text)
    types = {"number": "int64", **dict.fromkeys(("x_low", "x_high", "y_low", "y_high"), "float64"), "word": "string"}
    table = ibis.memtable(rows(), schema=types)
    ranges = {"x": (table.x_low, table.x_high), "y": (table.y_low, table.y_high)}
    found = compute_columns(formula, ranges, {"word": table.word})
    assert found is not None
    answers = ibis.duckdb.connect().to_pyarrow(table.select("number", low=found[0], high=found[1]).order_by("number"))
    for (x, y, word), answer in zip(PEOPLE, answers.to_pylist(), strict=True):
        known = {name: bounds for name, bounds in (("x", x), ("y", y)) if None not in bounds}
        wanted = compute(formula, known, {"word": word} if word else {})  # type: ignore[arg-type]
        got = None if None in (answer["low"], answer["high"]) else (answer["low"], answer["high"])
        assert got == (wanted if wanted is None else pytest.approx(wanted)), (x, y, word)


def test_what_no_row_knows() -> None:
    """A formula that needs what no row has can be computed nowhere."""
    table = ibis.memtable(rows(), schema={"number": "int64", "x_low": "float64", "x_high": "float64"})
    ranges = {"x": (table.x_low, table.x_high)}
    assert compute_columns(parse_formula("x * y"), ranges, {}) is None
    assert compute_columns(parse_formula("if word is first then x else 1"), ranges, {}) is None
