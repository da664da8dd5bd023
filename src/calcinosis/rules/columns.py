"""A rule to an Ibis column: true, false, or NULL where it is unknown; the same meaning as ``rules.evaluate``.

SQL's AND, OR and NOT over NULL are those of ``truth``. What is the same in every row stays a Truth and is folded, so
that facts of which no record speaks cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol, TypeAlias

import ibis
import ibis.expr.types as ir

from calcinosis.rules.syntax import Absent, All, AtLeast, Compare, Comparison, Criterion, Is, Limit, Present, Rule, Test
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, at_least, negate

TruthColumn: TypeAlias = ir.BooleanValue | Truth
"""A column of truths, or the one truth of all rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueColumns:
    """What is known of one fact in every row: the parts of a Value. None stands for a part that no row has.

    ``mentioned`` is never unknown: there is a Value, also where nothing is known.
    """

    truth: TruthColumn = UNKNOWN
    mentioned: TruthColumn = FALSE
    word: ir.StringValue | None = None
    low: ir.FloatingValue | None = None
    high: ir.FloatingValue | None = None
    open_low: TruthColumn = FALSE
    open_high: TruthColumn = FALSE
    lower_limit: ir.FloatingValue | None = None
    upper_limit: ir.FloatingValue | None = None
    flag: ir.StringValue | None = None
    first: ir.StringValue | None = None
    date: ir.StringValue | None = None

    @property
    def is_open(self) -> TruthColumn:
        """Whether the fact is mentioned without being known."""
        return both(self.mentioned, is_unknown(self.truth))


class KnownColumns(Protocol):
    """Answers what is known of a fact in every row."""

    def value(self, fact: str) -> ValueColumns:
        """Return the columns of a fact."""


def truth_column(rule: Rule, known: KnownColumns) -> TruthColumn:
    """Return the column of the truths of a rule."""
    if isinstance(rule, Criterion):
        return test_column(rule.test, known.value(rule.test.fact))
    parts = [truth_column(part, known) for part in rule.parts]
    if isinstance(rule, All):
        return every(parts)
    return counted(rule.count, parts) if isinstance(rule, AtLeast) else some(parts)


def test_column(test: Test, value: ValueColumns) -> TruthColumn:
    """Return the column of the truths of one test."""
    if isinstance(test, Present):
        return value.truth
    if isinstance(test, Absent):
        return opposite(value.truth)
    return _is(test, value) if isinstance(test, Is) else _compare(test, value)


def opposite(column: TruthColumn) -> TruthColumn:
    """Return true for false, false for true, NULL for NULL."""
    return negate(column) if isinstance(column, Truth) else ~column


def every(columns: Sequence[TruthColumn]) -> TruthColumn:
    """Return the columns combined as ``all_of`` does."""
    return _folded(columns, all_of, FALSE, lambda one, other: one & other)


def some(columns: Sequence[TruthColumn]) -> TruthColumn:
    """Return the columns combined as ``any_of`` does."""
    return _folded(columns, any_of, TRUE, lambda one, other: one | other)


def both(one: TruthColumn, other: TruthColumn) -> TruthColumn:
    """Return whether both hold."""
    return every([one, other])


def counted(count: int, columns: Sequence[TruthColumn]) -> TruthColumn:
    """Return the columns combined as ``at_least`` does: true and unknown are counted apart."""
    fixed = [column for column in columns if isinstance(column, Truth)]
    varying = [column for column in columns if not isinstance(column, Truth)]
    if not varying:
        return at_least(count, fixed)
    needed = count - sum(truth is TRUE for truth in fixed)
    open_ones = sum(truth is UNKNOWN for truth in fixed)
    if needed <= 0:
        return TRUE
    certain = reduce(lambda one, other: one + other, [_number(column.fill_null(False)) for column in varying])
    possible = reduce(lambda one, other: one + other, [_number(column.fill_null(True)) for column in varying])
    reached, in_reach = certain >= needed, possible >= needed - open_ones
    return some([reached, only_false(in_reach)])


def is_true(column: TruthColumn) -> TruthColumn:
    """Return whether a truth is true; never NULL."""
    return _fixed(column is TRUE) if isinstance(column, Truth) else column.fill_null(False)


def is_false(column: TruthColumn) -> TruthColumn:
    """Return whether a truth is false; never NULL."""
    return is_true(opposite(column))


def is_unknown(column: TruthColumn) -> TruthColumn:
    """Return whether a truth is unknown; never NULL."""
    return _fixed(column is UNKNOWN) if isinstance(column, Truth) else column.isnull()


def is_known(column: TruthColumn) -> TruthColumn:
    """Return whether a truth is true or false; never NULL."""
    return opposite(is_unknown(column))


def has_truth(column: TruthColumn, wanted: Truth) -> TruthColumn:
    """Return whether a truth is the one that is wanted; never NULL."""
    return {TRUE: is_true, FALSE: is_false, UNKNOWN: is_unknown}[wanted](column)


def only_true(column: TruthColumn) -> TruthColumn:
    """Return true where a truth is true, else unknown."""
    return some([column, UNKNOWN])


def only_false(column: TruthColumn) -> TruthColumn:
    """Return false where a truth is false, else unknown."""
    return every([column, UNKNOWN])


def first_known(columns: Iterable[TruthColumn]) -> TruthColumn:
    """Return in every row the first of the truths that is known."""
    listed: list[ir.BooleanValue] = []
    for column in columns:
        if column is UNKNOWN:
            continue
        listed.append(as_column(column))
        if isinstance(column, Truth):
            if len(listed) == 1:
                return column
            break
    return (listed[0] if len(listed) == 1 else ibis.coalesce(*listed)) if listed else UNKNOWN


def as_column(column: TruthColumn) -> ir.BooleanValue:
    """Return a column, also of one truth."""
    if not isinstance(column, Truth):
        return column
    return ibis.null("boolean") if column is UNKNOWN else ibis.literal(column is TRUE)


def _fixed(value: bool) -> Truth:
    return TRUE if value else FALSE


def _number(column: ir.BooleanValue) -> ir.IntegerValue:
    return column.cast("int8")


def _folded(
    columns: Sequence[TruthColumn],
    of_fixed: Callable[[Iterable[Truth]], Truth],
    settling: Truth,
    pair: Callable[[ir.BooleanValue, ir.BooleanValue], ir.BooleanValue],
) -> TruthColumn:
    fixed = of_fixed(column for column in columns if isinstance(column, Truth))
    varying = [column for column in columns if not isinstance(column, Truth)]
    if fixed is settling or not varying:
        return fixed
    if fixed is UNKNOWN:
        varying.append(as_column(UNKNOWN))
    while len(varying) > 1:  # a balanced tree: engines limit how deep expressions may be
        joined = [pair(one, other) for one, other in zip(varying[::2], varying[1::2], strict=False)]
        varying = joined + (varying[-1:] if len(varying) % 2 else [])
    return varying[0]


def _is(test: Is, value: ValueColumns) -> TruthColumn:
    absent = only_false(value.truth)
    return absent if value.word is None else first_known([value.word.isin(test.words), absent])


def _compare(test: Compare, value: ValueColumns) -> TruthColumn:
    if not isinstance(test.limit, Limit):
        return _beside(test.comparison, value, ibis.literal(test.limit.in_fact_unit, "float64"))
    upper = test.limit is Limit.UPPER
    limit = value.upper_limit if upper else value.lower_limit
    by_number = UNKNOWN if limit is None else _beside(test.comparison, value, limit)
    if value.flag is None:
        return by_number
    by_flag = _by_flag(test.comparison, "high" if upper else "low", value.flag, upper)
    if isinstance(by_number, Truth) or limit is None:
        return by_flag
    bounds = [bound.notnull() for bound in (value.low, value.high) if bound is not None]
    return ibis.ifelse(as_column(every([limit.notnull(), some(bounds)])), by_number, as_column(by_flag))


def _beside(comparison: Comparison, value: ValueColumns, limit: ir.FloatingValue) -> TruthColumn:
    """Compare a number known to lie between two bounds, which may be open or missing."""
    if comparison in (Comparison.ABOVE, Comparison.AT_MOST):
        above = _outside(lambda bound: bound > limit, value.low, value.open_low, value.high, limit)
        return above if comparison is Comparison.ABOVE else opposite(above)
    below = _outside(lambda bound: bound < limit, value.high, value.open_high, value.low, limit)
    return below if comparison is Comparison.BELOW else opposite(below)


def _outside(
    beyond: Callable[[ir.FloatingValue], ir.BooleanValue],
    near: ir.FloatingValue | None,
    near_is_open: TruthColumn,
    far: ir.FloatingValue | None,
    limit: ir.FloatingValue,
) -> TruthColumn:
    """True where even the near bound lies beyond the limit, false where not even the far one does."""
    certain: TruthColumn = UNKNOWN
    if near is not None:
        certain = some([beyond(near), both(near == limit, near_is_open)])
    possible: TruthColumn = UNKNOWN if far is None else beyond(far)
    return first_known([only_true(certain), only_false(possible)])


def _by_flag(comparison: Comparison, outside: str, flag: ir.StringValue, upper: bool) -> TruthColumn:
    strict, within = (Comparison.ABOVE, Comparison.AT_MOST) if upper else (Comparison.BELOW, Comparison.AT_LEAST)
    if comparison is strict:
        return flag == outside
    return flag != outside if comparison is within else UNKNOWN
