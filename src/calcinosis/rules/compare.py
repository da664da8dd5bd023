"""Numbers beside limits; the same for the number of one person (floats) and for a column of them (arrays)."""

from __future__ import annotations

from typing import Any, NamedTuple

from calcinosis.rules.syntax import Compare, Comparison, Limit
from calcinosis.rules.vocabulary import Fact, Value

NO_NUMBER = float("nan")
"""Stands for a bound or a limit that there is not; it is neither above nor below anything, nor itself."""


class Numbers(NamedTuple):
    """Numbers between two bounds, with the limits and flags printed with them: each part is a float or an array."""

    low: Any
    high: Any
    open_low: Any
    open_high: Any
    lower_limit: Any
    upper_limit: Any
    is_high: Any
    is_low: Any
    has_flag: Any


def number_of(value: Value) -> Numbers:
    """Return the number of one person."""
    return Numbers(
        NO_NUMBER if value.low is None else value.low,
        NO_NUMBER if value.high is None else value.high,
        value.open_low,
        value.open_high,
        NO_NUMBER if value.lower_limit is None else value.lower_limit,
        NO_NUMBER if value.upper_limit is None else value.upper_limit,
        value.flag == "high",
        value.flag == "low",
        value.flag != "",
    )


def compared(test: Compare, numbers: Numbers) -> tuple[Any, Any]:
    """Return where numbers certainly are as a test asks, and where they certainly are not."""
    asked, limit = test.comparison, test.limit
    border = limit.in_fact_unit if not isinstance(limit, Limit) else _printed(limit, numbers)
    if asked in (Comparison.ABOVE, Comparison.AT_MOST):
        beyond = (numbers.low > border) | ((numbers.low == border) & numbers.open_low)
        within = numbers.high <= border
    else:
        beyond = (numbers.high < border) | ((numbers.high == border) & numbers.open_high)
        within = numbers.low >= border
    if isinstance(limit, Limit) and asked in _FLAGGED[limit]:
        is_known = (border == border) & ((numbers.low == numbers.low) | (numbers.high == numbers.high))
        by_flag = (is_known ^ True) & numbers.has_flag
        outside = numbers.is_high if limit is Limit.UPPER else numbers.is_low
        beyond = beyond | (by_flag & outside)
        within = within | (by_flag & (outside ^ True))
    within = within & (beyond ^ True)
    return (beyond, within) if asked in (Comparison.ABOVE, Comparison.BELOW) else (within, beyond)


def is_checked(fact: Fact) -> bool:
    """Whether a number of a fact can be doubtful."""
    return bool(fact.doubtful) or fact.usual_span is not None


def is_doubtful(fact: Fact, numbers: Numbers) -> Any:
    """Return where numbers fit another unit better, or call normal what lies far off what is usual at any age.

    Far off is further from the usual limits of all ages than the closest of them are from each other.
    """
    found = numbers.low != numbers.low  # nowhere, where there is a number
    for doubt in fact.doubtful:
        found = found | ((numbers.low >= doubt.at_least) & (numbers.high <= doubt.at_most))
    if (span := fact.usual_span) is not None:
        least, most, width = span
        is_normal = (numbers.low >= numbers.lower_limit) & (numbers.high <= numbers.upper_limit)
        is_far = (numbers.low > most + width) | (numbers.high < least - width)
        found = found | (is_normal & is_far)
    return found & (numbers.low == numbers.low)


def limit_of(test: Compare, value: Value) -> float | None:
    """Return the limit in the unit of the fact; None when the result has none."""
    if isinstance(test.limit, Limit):
        return value.upper_limit if test.limit is Limit.UPPER else value.lower_limit
    return test.limit.in_fact_unit


def _printed(limit: Limit, numbers: Numbers) -> Any:
    return numbers.upper_limit if limit is Limit.UPPER else numbers.lower_limit


_FLAGGED = {
    Limit.UPPER: (Comparison.ABOVE, Comparison.AT_MOST),
    Limit.LOWER: (Comparison.BELOW, Comparison.AT_LEAST),
}
"""What a flag answers that stands beside a result in place of its number or its limit."""
