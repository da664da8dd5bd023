"""Rules and facts evaluated the plain way: one person, one value at a time, nothing skipped, nothing shared.

It says again, as simply as possible, what the program of the rules says; properties hold the two to the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from msgspec.structs import replace

from calcinosis.person.dates import days_between
from calcinosis.person.sayings import EVER
from calcinosis.rules.formula import compute
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import (
    Absent,
    All,
    AtLeast,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
    beyond_limit,
)
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, any_of
from tests.property.kleene import all_of, at_least, negate

_ASSUMED = Value(truth=FALSE, assumed=True)
_EXACT = len("2024-05-01")


class Known(Protocol):
    """Answers what is known of a fact."""

    def value(self, fact: str) -> Value | None:
        """Return what is known of the fact; None when nothing is."""


def truth_of(rule: Rule, known: Known) -> Truth:
    """Return the truth of a rule."""
    if isinstance(rule, Criterion):
        own = truth_of_test(rule.test, known.value(rule.test.fact))
        if isinstance(rule.test, Compare) and isinstance(known, PlainFacts):
            return known.weighed(rule.test, own)
        return own
    truths = [truth_of(part, known) for part in rule.parts]
    if isinstance(rule, AtLeast):
        return at_least(rule.count, truths)
    return all_of(truths) if isinstance(rule, All) else any_of(truths)


def truth_of_test(test: Test, value: Value | None) -> Truth:
    """Return the truth of one test on what is known of its fact."""
    if value is None:
        return UNKNOWN
    if isinstance(test, Present):
        return value.truth
    if isinstance(test, Absent):
        return negate(value.truth)
    if isinstance(test, Is):
        if value.word:
            return TRUE if value.word in test.words else FALSE
        return FALSE if value.truth is FALSE else UNKNOWN
    return _compared(test, value)


def _compared(test: Compare, value: Value) -> Truth:
    limit = test.limit
    number = limit.in_fact_unit if not isinstance(limit, Limit) else (
        value.upper_limit if limit is Limit.UPPER else value.lower_limit
    )  # fmt: skip
    if number is not None and value.is_number:
        return _beside(test.comparison, value, number)
    if not value.flag or not isinstance(limit, Limit):
        return UNKNOWN
    is_outside = value.flag == ("high" if limit is Limit.UPPER else "low")
    strict, within = (
        (Comparison.ABOVE, Comparison.AT_MOST) if limit is Limit.UPPER else (Comparison.BELOW, Comparison.AT_LEAST)
    )
    if test.comparison is strict:
        return TRUE if is_outside else FALSE
    if test.comparison is within:
        return FALSE if is_outside else TRUE
    return UNKNOWN


def _beside(comparison: Comparison, value: Value, limit: float) -> Truth:
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


@dataclass
class PlainFacts:
    """What is known of one person; with ``assume_absent`` what may be assumed and is not mentioned is absent."""

    vocabulary: Vocabulary
    stated: Mapping[str, Value]
    assume_absent: bool = False
    _found: dict[str, Value | None] = field(default_factory=dict)

    def value(self, name: str) -> Value | None:
        """Return what is known of a fact."""
        if name not in self.vocabulary.facts:
            return None
        if name not in self._found:
            self._found[name] = self._worked_out(self.vocabulary.facts[name])
        return self._found[name]

    def truth(self, rule: Rule) -> Truth:
        """Return the truth of a rule."""
        return truth_of(rule, self)

    def weighed(self, test: Compare, own: Truth) -> Truth:
        """Return what a comparison says beside those of other measures of the same."""
        fact = self.vocabulary.facts[test.fact]

        def said(name: str, asked: Compare) -> Truth:
            return truth_of_test(replace(asked, fact=name), self.value(name))

        if not isinstance(test.limit, Limit):
            beyond = beyond_limit(test)
            refuted = own is TRUE and bool(fact.outranked_by) and said(fact.id, beyond) is TRUE
            return FALSE if refuted and said(fact.outranked_by, beyond) is FALSE else own
        better = said(fact.outranked_by, test) if fact.outranked_by else UNKNOWN
        if better is not UNKNOWN:
            return better
        if own is UNKNOWN:
            return said(fact.stand_in, test) if fact.stand_in else UNKNOWN
        return UNKNOWN if negate(own) in {said(other, test) for other in fact.measured_with} else own

    def _worked_out(self, fact: Fact) -> Value | None:
        stated = self.stated.get(fact.id)
        if fact.kind == "quantity":
            return self._with_limits(fact, stated or self._computed(fact))
        if fact.kind == "choice":
            return stated or self._assumed(fact)
        if stated is not None and stated.truth is TRUE:
            return stated
        return self._from_others(fact, stated)

    def _from_others(self, fact: Fact, stated: Value | None) -> Value | None:
        kinds = [value for name in fact.includes if (value := self.value(name)) is not None]
        if present := [value for value in kinds if value.truth is TRUE]:
            return _merged(TRUE, present)
        shown = UNKNOWN if fact.true_when is None else self.truth(fact.true_when)
        if stated is not None and stated.truth is FALSE:
            return self._denied(fact, stated) if shown is TRUE else stated
        if fact.absent_when is not None and self.truth(fact.absent_when) is TRUE:
            return _merged(FALSE, self._carrying(fact.absent_when))
        if fact.true_when is not None:
            by_rule = any_of([shown, *(self._truth_of(name) for name in fact.includes)])
            if by_rule is not UNKNOWN:
                return _merged(by_rule, self._carrying(fact.true_when))
        if stated is not None:
            return stated
        open_kinds = [value for value in kinds if value.truth is UNKNOWN]
        denials = [
            self.stated[whole]
            for whole, below in self.vocabulary.kinds.items()
            if fact.id in below and whole in self.stated and self.stated[whole].truth is FALSE
        ]
        if open_kinds and (fact.true_when is not None or not denials):
            return _merged(UNKNOWN, open_kinds)
        if denials:
            return _merged(FALSE, denials)
        return None if fact.true_when is not None else self._assumed(fact)

    def _denied(self, fact: Fact, stated: Value) -> Value:
        assert fact.true_when is not None
        shown = _merged(TRUE, self._carrying(fact.true_when))
        if len(stated.date) == len(shown.date) == _EXACT and shown.date > stated.date:
            return shown
        return _merged(UNKNOWN, [stated, shown])

    def _truth_of(self, fact: str) -> Truth:
        value = self.value(fact)
        return UNKNOWN if value is None else value.truth

    def _carrying(self, rule: Rule) -> list[Value]:
        values = [self.value(criterion.test.fact) for criterion in self._criteria(rule)]
        return [value for value in values if value is not None]

    def _criteria(self, rule: Rule) -> Iterator[Criterion]:
        if isinstance(rule, Criterion):
            yield rule
            return
        truth = self.truth(rule)
        for part in rule.parts:
            found = self.truth(part)
            if found is truth or (truth is UNKNOWN and found is TRUE):
                yield from self._criteria(part)

    def _assumed(self, fact: Fact) -> Value | None:
        is_assumable = fact.relation is None and fact.learned_by in ASSUMABLE
        return _ASSUMED if self.assume_absent and is_assumable else None

    def _computed(self, fact: Fact) -> Value | None:
        if fact.days_from:
            return self._days_between(fact)
        if not fact.formula:
            return None
        condition = self.vocabulary.conditions.get(fact.id)
        if condition is not None and truth_of_test(condition, self.value(condition.fact)) is not TRUE:
            return None
        read = {name: self.value(name) for name in self.vocabulary.reads[fact.id]}
        values = {name: value for name, value in read.items() if value is not None}
        if len(values) < len(read):
            return None
        words = {name: value.word for name, value in values.items() if value.word}
        ranges = {
            name: (value.low, value.high)
            for name, value in values.items()
            if not value.word and value.low is not None and value.high is not None
        }
        bounds = compute(self.vocabulary.formulas[fact.id], ranges, words)
        if bounds is None or not all(abs(bound) < float("inf") for bound in bounds):
            return None
        date = max(value.date for value in values.values())
        origins = tuple(sorted({origin for value in values.values() for origin in value.origins}))
        return Value(truth=TRUE, low=bounds[0], high=bounds[1], date=date, origins=origins)

    def _days_between(self, fact: Fact) -> Value | None:
        start, end = self.value(fact.days_from), self.value(fact.days_to)
        if start is None or end is None or not start.first or not end.first or end.first < start.first:
            return None
        if start.truth is not TRUE or end.truth is not TRUE:
            return None
        most = least = float(days_between(start.first, end.first))
        if self.vocabulary.facts[fact.days_from].kind in EVER and start.date not in {"", start.first}:
            is_sure = len(start.date) == _EXACT and start.date <= end.first
            least = float(days_between(start.date, end.first)) if is_sure else 0.0
        said = f"{most:g} days" if least == most else f"{least:g} to {most:g} days"
        origins = tuple(sorted({*start.origins, *end.origins}))
        return Value(truth=TRUE, low=least, high=most, said=said, date=end.date, origins=origins)

    def _with_limits(self, fact: Fact, value: Value | None) -> Value | None:
        if value is None or value.lower_limit is not None or value.upper_limit is not None:
            return value
        if value.flag or not value.is_number:
            return value
        for limits in fact.usual_limits:
            if self._are_for(limits.from_age, limits.to_age, limits.sex):
                return replace(value, lower_limit=limits.lower_value, upper_limit=limits.upper_value)
        return value

    def _are_for(self, from_age: float, to_age: float, sex: str) -> bool:
        known, age = self.value("sex"), self.value("age")
        if sex and (known is None or known.word != sex):
            return False
        if from_age <= 0 and to_age >= 200:
            return True
        if age is None or age.low is None or age.high is None:
            return False
        return from_age <= age.low <= age.high < to_age


def _merged(truth: Truth, values: list[Value]) -> Value:
    if truth is FALSE and all(value.assumed for value in values):
        return _ASSUMED
    origins = tuple(sorted({origin for value in values for origin in value.origins}))
    newest = max((value.date for value in values), default="")
    first = min((value.first for value in values if value.first), default="")
    return Value(truth=truth, date=newest, first=first if truth is TRUE else "", origins=origins)
