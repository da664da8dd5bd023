"""A rule and what is known of a person to its truth, with the reasons.

``truth_of`` answers only with the truth; ``evaluate`` gives the Finding tree that explains it. Both read a criterion
through ``test_truth``, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from calcinosis.rules.syntax import (
    Absent,
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
)
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, at_least, negate


class Known(Protocol):
    """Answers what is known of a fact."""

    def value(self, fact: str) -> Value | None:
        """Return what is known of the fact; None when nothing is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The truth of a rule, and the findings of its parts or the value that a criterion read."""

    rule: Rule
    truth: Truth
    parts: tuple[Finding, ...] = ()
    value: Value | None = None


def truth_of(rule: Rule, known: Known) -> Truth:
    """Return the truth of a rule."""
    if type(rule) is Criterion:
        return test_truth(rule.test, known.value(rule.test.fact))
    return combined(rule, [truth_of(part, known) for part in rule.parts])


def evaluate(rule: Rule, known: Known) -> Finding:
    """Return the truth of a rule with the truth of every part and the values that were read."""
    if type(rule) is Criterion:
        value = known.value(rule.test.fact)
        return Finding(rule, test_truth(rule.test, value), (), value)
    parts = tuple(evaluate(part, known) for part in rule.parts)
    return Finding(rule, combined(rule, [part.truth for part in parts]), parts)


def decisive(finding: Finding) -> Iterator[Finding]:
    """Yield the findings of criteria that carry the result, in the order written.

    Of a true rule the true ones, of a false rule the false ones; of an unknown rule the unknown ones and what is
    true already.
    """
    if isinstance(finding.rule, Criterion):
        yield finding
        return
    carrying = {finding.truth} if finding.truth is not UNKNOWN else {UNKNOWN, TRUE}
    for part in finding.parts:
        if part.truth in carrying:
            yield from decisive(part)


def combined(rule: All | AnyOf | AtLeast, truths: list[Truth]) -> Truth:
    """Return the truth of a group from the truths of its parts."""
    if type(rule) is All:
        return all_of(truths)
    if type(rule) is AtLeast:
        return at_least(rule.count, truths)
    return any_of(truths)


def test_truth(test: Test, value: Value | None) -> Truth:
    """Return the truth of one test on what is known of its fact."""
    if value is None:
        return UNKNOWN
    if type(test) is Present:
        return value.truth
    if type(test) is Absent:
        return negate(value.truth)
    if type(test) is Is:
        return _is(test, value)
    assert isinstance(test, Compare)
    return _compare(test, value)


def _is(test: Is, value: Value) -> Truth:
    if value.word:
        return TRUE if value.word in test.words else FALSE
    return FALSE if value.truth is FALSE else UNKNOWN


def _compare(test: Compare, value: Value) -> Truth:
    limit = limit_of(test, value)
    if limit is not None and value.is_number:
        return _above(test.comparison, value, limit)
    if value.flag and isinstance(test.limit, Limit):
        return _by_flag(test.comparison, test.limit, value.flag)
    return UNKNOWN


def limit_of(test: Compare, value: Value) -> float | None:
    """Return the limit in the unit of the fact; None when the result has none."""
    if isinstance(test.limit, Limit):
        return value.upper_limit if test.limit is Limit.UPPER else value.lower_limit
    return test.limit.in_fact_unit


def _above(comparison: Comparison, value: Value, limit: float) -> Truth:
    """Compare a number known to lie between two bounds, which may be open or missing."""
    low, high = value.low, value.high
    if comparison in (Comparison.ABOVE, Comparison.AT_MOST):
        certain = low is not None and (low > limit or (low == limit and value.open_low))
        possible = high is None or high > limit
        above = TRUE if certain else (UNKNOWN if possible else FALSE)
        return above if comparison is Comparison.ABOVE else negate(above)
    certain = high is not None and (high < limit or (high == limit and value.open_high))
    possible = low is None or low < limit
    below = TRUE if certain else (UNKNOWN if possible else FALSE)
    return below if comparison is Comparison.BELOW else negate(below)


def _by_flag(comparison: Comparison, limit: Limit, flag: str) -> Truth:
    outside = flag == ("high" if limit is Limit.UPPER else "low")
    strict = Comparison.ABOVE if limit is Limit.UPPER else Comparison.BELOW
    within = Comparison.AT_MOST if limit is Limit.UPPER else Comparison.AT_LEAST
    if comparison is strict:
        return TRUE if outside else FALSE
    if comparison is within:
        return FALSE if outside else TRUE
    return UNKNOWN
