"""Rules as columns: each kind of test on each kind of value, groups, and what is the same in every row."""

from __future__ import annotations

from itertools import product
from typing import Any

import ibis
import pytest

from calcinosis.rules import columns, evaluate
from calcinosis.rules.columns import (
    TruthColumn,
    ValueColumns,
    as_column,
    counted,
    every,
    first_known,
    only_false,
    only_true,
    opposite,
    some,
)
from calcinosis.rules.syntax import Absent, Amount, Compare, Comparison, Is, Limit, Present, Test
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, at_least, negate, truth

ANY = (TRUE, FALSE, UNKNOWN)
TRIPLES = list(product(ANY, repeat=3))
TEN = Amount(10, "mg/dL", 10.0)

NUMBERS = (
    Value(),
    Value(truth=TRUE, low=9, high=9),
    Value(truth=TRUE, low=10, high=10),
    Value(truth=TRUE, low=11, high=11),
    Value(truth=TRUE, low=0, high=0, upper_limit=0.0),
    Value(truth=TRUE, low=9, high=11),
    Value(truth=TRUE, low=10, high=12),
    Value(truth=TRUE, low=8, high=10),
    Value(truth=TRUE, low=10, open_low=True),
    Value(truth=TRUE, low=10),
    Value(truth=TRUE, high=10, open_high=True),
    Value(truth=TRUE, high=10),
    Value(truth=TRUE, low=9, high=9, lower_limit=9.0, upper_limit=9.0),
    Value(truth=TRUE, low=9, high=9, lower_limit=10.0, upper_limit=12.0),
    Value(truth=TRUE, low=9, high=9, upper_limit=8.0, flag="low"),
    Value(truth=TRUE, low=9, high=9, flag="high"),
    Value(truth=TRUE, flag="high"),
    Value(truth=TRUE, flag="low"),
    Value(truth=TRUE, flag="normal"),
    Value(truth=TRUE, flag="high", lower_limit=1.0, upper_limit=2.0),
    Value(truth=TRUE, lower_limit=1.0, upper_limit=2.0),
)
PRESENCES = (Value(truth=TRUE), Value(truth=FALSE), Value())
WORDS = (Value(truth=TRUE, word="first"), Value(truth=TRUE, word="second"), Value(truth=FALSE), Value(truth=TRUE))

_TYPES = {
    "word": "string",
    "low": "float64",
    "high": "float64",
    "open_low": "boolean",
    "open_high": "boolean",
    "lower_limit": "float64",
    "upper_limit": "float64",
    "flag": "string",
}


def _cell(value: Value, name: str) -> Any:
    """Return a part of a value as it stands in a table."""
    found = getattr(value, name)
    if isinstance(found, Truth):
        return {TRUE: True, FALSE: False, UNKNOWN: None}[found]
    return None if found == "" else found


def table_of(rows: list[dict[str, Any]], types: dict[str, str]) -> ibis.Table:
    """Return a table of these rows, in order."""
    schema = {"number": "int64", **types}
    return ibis.memtable([{"number": number, **row} for number, row in enumerate(rows)], schema=schema)


def truths(table: ibis.Table, column: TruthColumn) -> list[Truth]:
    """Return the truths of a column in the order of the rows."""
    found = ibis.duckdb.connect().to_pyarrow(table.select("number", found=as_column(column)).order_by("number"))
    return [truth(one) for one in found["found"].to_pylist()]


def truths_of(test: Test, values: tuple[Value, ...]) -> list[Truth]:
    """Return the truths of a test on values, one a row."""
    rows = [{name: _cell(value, name) for name in ("truth", *_TYPES)} for value in values]
    table = table_of(rows, {"truth": "boolean", **_TYPES})
    return truths(
        table, columns.test_column(test, ValueColumns(truth=table.truth, **{name: table[name] for name in _TYPES}))
    )


@pytest.mark.parametrize("limit", [TEN, Limit.UPPER, Limit.LOWER], ids=str)
@pytest.mark.parametrize("comparison", Comparison, ids=lambda comparison: comparison.value)
def test_comparisons(comparison: Comparison, limit: Amount | Limit) -> None:
    """Every comparison of numbers, ranges and mere flags says what it says of one person."""
    test = Compare("calcium", comparison, limit)
    assert truths_of(test, NUMBERS) == [evaluate.test_truth(test, value) for value in NUMBERS]


def test_a_number_at_its_limit() -> None:
    """A bound that is left out decides what one that is included leaves open."""
    above = truths_of(Compare("calcium", Comparison.ABOVE, TEN), NUMBERS)
    assert [above[number] for number in (1, 2, 3, 5)] == [FALSE, FALSE, TRUE, UNKNOWN]
    assert above[8:12] == [TRUE, UNKNOWN, FALSE, FALSE]


@pytest.mark.parametrize("test", [Present("scar"), Absent("scar")], ids=lambda test: type(test).__name__)
def test_presence(test: Test) -> None:
    """Present, absent and unknown."""
    assert truths_of(test, PRESENCES) == [evaluate.test_truth(test, value) for value in PRESENCES]


def test_words() -> None:
    """A choice with another word is not that word; one that is merely mentioned may be."""
    assert truths_of(Is("stage", ("first", "third")), WORDS) == [TRUE, FALSE, FALSE, UNKNOWN]


def columns_of(table: ibis.Table) -> list[TruthColumn]:
    """Return the three truths of each row."""
    return [table.a, table.b, table.c]


@pytest.fixture(scope="module")
def triples() -> ibis.Table:
    """Every combination of three truths, one a row."""
    values = {TRUE: True, FALSE: False, UNKNOWN: None}
    rows = [dict(zip("abc", (values[one] for one in triple), strict=True)) for triple in TRIPLES]
    return table_of(rows, dict.fromkeys("abc", "boolean"))


@pytest.mark.parametrize("fixed", [(), (TRUE,), (FALSE,), (UNKNOWN,), (TRUE, UNKNOWN)], ids=str)
def test_groups(triples: ibis.Table, fixed: tuple[Truth, ...]) -> None:
    """All, any and at least, some parts being the same in every row."""
    parts = [*columns_of(triples), *fixed]
    assert truths(triples, every(parts)) == [all_of((*triple, *fixed)) for triple in TRIPLES]
    assert truths(triples, some(parts)) == [any_of((*triple, *fixed)) for triple in TRIPLES]
    for count in range(1, 6):
        wanted = [at_least(count, (*triple, *fixed)) for triple in TRIPLES]
        assert truths(triples, counted(count, parts)) == wanted, count


def test_single_columns(triples: ibis.Table) -> None:
    """Opposites, the half of a truth, and the first that is known."""
    found = triples.a
    assert truths(triples, opposite(found)) == [negate(one) for one, _, _ in TRIPLES]
    assert truths(triples, only_true(found)) == [TRUE if one is TRUE else UNKNOWN for one, _, _ in TRIPLES]
    assert truths(triples, only_false(found)) == [FALSE if one is FALSE else UNKNOWN for one, _, _ in TRIPLES]
    wanted = [next((one for one in triple if one is not UNKNOWN), UNKNOWN) for triple in TRIPLES]
    assert truths(triples, first_known(columns_of(triples))) == wanted


def test_what_no_row_differs_in_is_folded(triples: ibis.Table) -> None:
    """A truth that is the same everywhere stays a truth, and settles what it can."""
    assert every([triples.a, FALSE]) is FALSE
    assert some([triples.a, TRUE]) is TRUE
    assert counted(2, [TRUE, UNKNOWN, FALSE]) is UNKNOWN
    assert counted(1, [triples.a, TRUE]) is TRUE
    assert first_known([UNKNOWN, FALSE, triples.a]) is FALSE
    assert first_known([]) is UNKNOWN
    assert columns.test_column(Present("scar"), ValueColumns()) is UNKNOWN
    assert columns.test_column(Compare("calcium", Comparison.ABOVE, TEN), ValueColumns()) is UNKNOWN
    assert columns.test_column(Is("stage", ("first",)), ValueColumns(truth=FALSE)) is FALSE
