"""What is known of one fact in every row, from what is stated of it and what is known of others.

The columns mean what ``PatientFacts`` works out for one person; a property test holds both to the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import ibis
import ibis.expr.types as ir

from calcinosis.rules.columns import (
    KnownColumns,
    TruthColumn,
    ValueColumns,
    as_column,
    both,
    every,
    first_known,
    is_known,
    is_true,
    only_false,
    opposite,
    some,
    test_column,
    truth_column,
)
from calcinosis.rules.formula_columns import Range, compute_columns
from calcinosis.rules.order import BY_AGE_AND_SEX
from calcinosis.rules.syntax import Criterion, Rule
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, UsualLimits, Vocabulary
from calcinosis.truth import FALSE, TRUE, UNKNOWN

NEVER = "9999"
"""After every ISO day."""


class Sources(KnownColumns, Protocol):
    """What a fact is worked out from: what is stated, and what is known of the facts of earlier steps.

    ``dated`` are the facts of which the first day is asked for.
    """

    vocabulary: Vocabulary
    assume_absent: bool
    dated: frozenset[str]

    def stated(self, fact: str) -> ValueColumns:
        """Return what is stated of a fact."""

    def wholes(self, fact: str) -> tuple[str, ...]:
        """Return the facts that include this one, at any depth."""


@dataclass(frozen=True, slots=True)
class Deriver:
    """Works out facts from sources."""

    known: Sources

    def value(self, fact: Fact) -> ValueColumns:
        """Return what is known of a fact in every row."""
        if fact.kind == "quantity":
            return self._quantity(fact)
        stated = self.known.stated(fact.id)
        if fact.kind == "choice":
            assumed = only_false(stated.mentioned) if self._is_assumed(fact) else UNKNOWN
            return replace(stated, truth=first_known([stated.truth, assumed]))
        return self._presence(fact, stated)

    def _is_assumed(self, fact: Fact) -> bool:
        return self.known.assume_absent and fact.learned_by in ASSUMABLE

    def _presence(self, fact: Fact, stated: ValueColumns) -> ValueColumns:
        kinds = [self.known.value(name) for name in fact.includes]
        present = some([*(kind.truth for kind in kinds), UNKNOWN])
        open_kinds = some([kind.is_open for kind in kinds])
        absent = UNKNOWN
        if fact.absent_when is not None:
            absent = only_false(opposite(truth_column(fact.absent_when, self.known)))
        told = [present, stated.truth, absent]
        whole = every([self.known.stated(name).truth for name in self.known.wholes(fact.id)])
        if fact.true_when is not None:
            rule = truth_column(fact.true_when, self.known)
            excluded = only_false(some([whole, stated.mentioned, open_kinds]))
            rest = [some([rule, only_false(open_kinds)]), excluded]
        else:
            excluded = only_false(some([whole, stated.mentioned]))
            assumed = only_false(some([stated.mentioned, open_kinds])) if self._is_assumed(fact) else UNKNOWN
            rest = [excluded, assumed]
        mentioned = some([stated.mentioned, open_kinds])
        first = self._first(fact, stated, kinds) if fact.id in self.known.dated else None
        return ValueColumns(truth=first_known([*told, *rest]), mentioned=mentioned, first=first)

    def _first(self, fact: Fact, stated: ValueColumns, kinds: list[ValueColumns]) -> ir.StringValue | None:
        """Return the first day of a fact that is present: as stated, or of what makes it present."""
        rule = [] if fact.true_when is None else list(self._carrying(fact.true_when, TRUE))
        days = [
            (stated.truth, stated.first),
            (some([kind.truth for kind in kinds]), _earliest([(kind.truth, kind.first) for kind in kinds])),
            (TRUE, _earliest([(holds, value.first) for holds, value in rule])),
        ]
        cases = [
            (as_column(is_true(holds)), ibis.null("string") if day is None else day)
            for holds, day in days
            if is_true(holds) is not FALSE
        ]
        return ibis.cases(*cases) if any(day is not None for _, day in days) else None

    def _carrying(self, rule: Rule, holds: TruthColumn) -> Iterator[tuple[TruthColumn, ValueColumns]]:
        """Yield what the criteria that make a rule true have read, and where they do."""
        here = both(holds, truth_column(rule, self.known))
        if isinstance(rule, Criterion):
            yield here, self.known.value(rule.test.fact)
            return
        for part in rule.parts:
            yield from self._carrying(part, here)

    def _quantity(self, fact: Fact) -> ValueColumns:
        stated = self.known.stated(fact.id)
        bounds = self._days(fact) if fact.days_from else self._computed(fact) if fact.formula else None
        if bounds is None:
            return self._with_limits(fact, stated)
        mentioned = some([stated.mentioned, bounds[0].notnull()])
        if stated.mentioned is FALSE:
            return self._with_limits(fact, replace(stated, mentioned=mentioned, low=bounds[0], high=bounds[1]))
        told = as_column(stated.mentioned)
        low, high = (
            ibis.ifelse(told, ibis.null("float64") if own is None else own, computed)
            for own, computed in zip((stated.low, stated.high), bounds, strict=True)
        )
        return self._with_limits(fact, replace(stated, mentioned=mentioned, low=low, high=high))

    def _computed(self, fact: Fact) -> Range | None:
        vocabulary = self.known.vocabulary
        read = {name: self.known.value(name) for name in vocabulary.reads[fact.id]}
        words = {name: value.word for name, value in read.items() if value.word is not None}
        ranges = {
            name: (value.low, value.high)
            for name, value in read.items()
            if value.low is not None and value.high is not None
        }
        bounds = compute_columns(vocabulary.formulas[fact.id], ranges, words)
        allowed: list[TruthColumn] = [some([value.mentioned, is_known(value.truth)]) for value in read.values()]
        condition = vocabulary.conditions.get(fact.id)
        if condition is not None:
            allowed.append(is_true(test_column(condition, self.known.value(condition.fact))))
        return None if bounds is None else _where(every(allowed), bounds)

    def _days(self, fact: Fact) -> Range | None:
        """Return the days from the first of one fact to the first of another, where both days are known."""
        start, end = self.known.value(fact.days_from), self.known.value(fact.days_to)
        if start.first is None or end.first is None:
            return None
        days = end.first.cast("date").delta(start.first.cast("date"), unit="day").cast("float64")
        allowed = every([is_true(start.truth), is_true(end.truth), end.first >= start.first])
        return _where(allowed, (days, days))

    def _with_limits(self, fact: Fact, value: ValueColumns) -> ValueColumns:
        """Give a number without printed limits the usual ones of the fact, for the person's age and sex."""
        bounds = [bound.notnull() for bound in (value.low, value.high) if bound is not None]
        if not fact.usual_limits or not bounds:
            return value
        printed = [part.isnull() for part in (value.lower_limit, value.upper_limit, value.flag) if part is not None]
        usual = every([some(bounds), *printed])
        lower = self._usual([(limits, limits.lower_value) for limits in fact.usual_limits])
        upper = self._usual([(limits, limits.upper_value) for limits in fact.usual_limits])
        return replace(
            value,
            lower_limit=_unless(usual, lower, value.lower_limit),
            upper_limit=_unless(usual, upper, value.upper_limit),
        )

    def _usual(self, limits: list[tuple[UsualLimits, float | None]]) -> ir.FloatingValue | None:
        """Return the limit for the age and sex of each row."""
        cases = []
        for one, number in limits:
            holds = is_true(self._are_for(one))
            if holds is not FALSE:
                cases.append((as_column(holds), ibis.literal(number, "float64")))
        return ibis.cases(*cases) if cases else None

    def _are_for(self, limits: UsualLimits) -> TruthColumn:
        age, sex = (self.known.value(name) for name in BY_AGE_AND_SEX)
        asked: list[TruthColumn] = []
        if limits.sex:
            asked.append(FALSE if sex.word is None else sex.word == limits.sex)
        if limits.from_age > 0 or limits.to_age < 200:
            if age.low is None or age.high is None:
                return FALSE
            asked += [age.low >= limits.from_age, age.low <= age.high, age.high < limits.to_age]
        return every(asked)


def _earliest(days: list[tuple[TruthColumn, ir.StringValue | None]]) -> ir.StringValue | None:
    """Return the earliest of the days whose condition holds."""
    known = [
        ibis.ifelse(as_column(is_true(holds)), day.fill_null(NEVER), NEVER)
        for holds, day in days
        if day is not None and is_true(holds) is not FALSE
    ]
    if not known:
        return None
    return (known[0] if len(known) == 1 else ibis.least(*known)).nullif(NEVER)


def _where(allowed: TruthColumn, bounds: Range) -> Range | None:
    if allowed is FALSE:
        return None
    if allowed is TRUE:
        return bounds
    low, high = (ibis.ifelse(as_column(allowed), bound, ibis.null("float64")) for bound in bounds)
    return low, high


def _unless(
    usual: TruthColumn, limit: ir.FloatingValue | None, printed: ir.FloatingValue | None
) -> ir.FloatingValue | None:
    """Return the usual limit where none is printed."""
    if limit is None:
        return printed
    nothing = ibis.null("float64") if printed is None else printed
    return ibis.ifelse(as_column(usual), limit, nothing)
