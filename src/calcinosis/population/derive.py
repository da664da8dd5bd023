"""What is known of one fact in every row, from what is stated of it and what is known of others.

The columns mean what ``PatientFacts`` works out for one person; a property test holds both to the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from calcinosis.person.sayings import EVER
from calcinosis.population.days import EXACT, Dating, Sources, latest
from calcinosis.rules.columns import (
    TruthColumn,
    ValueColumns,
    as_column,
    both,
    every,
    first_known,
    is_false,
    is_known,
    is_true,
    only_false,
    only_true,
    opposite,
    some,
    test_column,
    truth_column,
)
from calcinosis.rules.formula_columns import Range, compute_columns
from calcinosis.rules.order import BY_AGE_AND_SEX
from calcinosis.rules.syntax import Rule
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, UsualLimits
from calcinosis.truth import FALSE, TRUE, UNKNOWN


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
        absent = UNKNOWN if fact.absent_when is None else truth_column(fact.absent_when, self.known)
        told = [stated.truth, only_false(opposite(absent))]
        whole = every([self.known.stated(name).truth for name in self.known.wholes(fact.id)])
        if fact.true_when is None:
            excluded = only_false(some([whole, stated.mentioned]))
            assumed = only_false(some([stated.mentioned, open_kinds])) if self._is_assumed(fact) else UNKNOWN
            truth = first_known([present, *told, excluded, assumed])
        else:
            rule = truth_column(fact.true_when, self.known)
            excluded = only_false(some([whole, stated.mentioned, open_kinds]))
            followed = first_known([*told, some([rule, *(kind.truth for kind in kinds)]), excluded])
            truth = first_known([present, self._unless_denied(fact.true_when, stated, rule, followed)])
        first, date = Dating(self.known).days(fact, stated, kinds)
        return ValueColumns(truth=truth, mentioned=some([stated.mentioned, open_kinds]), first=first, date=date)

    def _unless_denied(
        self, rule: Rule, stated: ValueColumns, shown: TruthColumn, followed: TruthColumn
    ) -> TruthColumn:
        """Where a fact is denied that its rule shows, it is in dispute, unless what shows it is newer."""
        disputed = both(is_false(stated.truth), is_true(shown))
        if disputed is FALSE:
            return followed
        dispute = as_column(only_true(Dating(self.known).newer_than(stated, rule)))
        return ibis.ifelse(as_column(disputed), dispute, as_column(followed))

    def _quantity(self, fact: Fact) -> ValueColumns:
        stated = self.known.stated(fact.id)
        bounds = self._days(fact) if fact.days_from else self._computed(fact) if fact.formula else None
        if bounds is None:
            return self._with_limits(fact, stated)
        told = as_column(stated.mentioned)
        computed = replace(stated, mentioned=some([stated.mentioned, bounds[0].notnull()]))
        if fact.id in self.known.date_of:
            own, other = stated.date, self._date_of_computed(fact)
            computed = replace(computed, date=ibis.ifelse(told, _or_null(own, "string"), _or_null(other, "string")))
        low, high = (
            bound if stated.mentioned is FALSE else ibis.ifelse(told, _or_null(own, "float64"), bound)
            for own, bound in zip((stated.low, stated.high), bounds, strict=True)
        )
        return self._with_limits(fact, replace(computed, low=low, high=high))

    def _date_of_computed(self, fact: Fact) -> ir.StringValue | None:
        if fact.days_to:
            return self.known.value(fact.days_to).date
        return latest([(TRUE, self.known.value(name)) for name in self.known.vocabulary.reads[fact.id]])

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
        most = _days_between(start.first, end.first)
        allowed = every([is_true(start.truth), is_true(end.truth), end.first >= start.first])
        if self.known.vocabulary.facts[fact.days_from].kind not in EVER or start.date is None:
            return _where(allowed, (most, most))
        # What happens more than once may have happened shortly before: the newest time is the least that is sure.
        told = (start.date.length() == EXACT) & (start.date <= end.first)
        newest = ibis.ifelse(told, start.date, ibis.null("string"))
        least = ibis.coalesce(_days_between(newest, end.first), 0.0)
        once = start.date.isnull() | (start.date == start.first)
        return _where(allowed, (ibis.ifelse(once, most, least), most))

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


def _days_between(start: ir.StringValue, end: ir.StringValue) -> ir.FloatingValue:
    return end.cast("date").delta(start.cast("date"), unit="day").cast("float64")


def _or_null(column: ir.Value | None, kind: str) -> ir.Value:
    return ibis.null(kind) if column is None else column


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
    return ibis.ifelse(as_column(usual), limit, _or_null(printed, "float64"))
