"""Since when a fact holds and of what day the news of it are, from the days of what it follows from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import ibis
import ibis.expr.types as ir

from calcinosis.rules.columns import (
    KnownColumns,
    TruthColumn,
    ValueColumns,
    as_column,
    both,
    every,
    has_truth,
    is_false,
    is_true,
    some,
    truth_column,
)
from calcinosis.rules.syntax import All, AnyOf, Criterion, Rule
from calcinosis.rules.vocabulary import Fact, Vocabulary
from calcinosis.truth import FALSE, TRUE, Truth

_AFTER_ALL, _BEFORE_ALL = "9999", ""
EXACT = 10
"""Letters of an exact day."""

Day: TypeAlias = ir.StringValue | None
Days: TypeAlias = tuple[Day, Day]
"""The first day on which something holds, and the day of the newest saying."""
Source: TypeAlias = tuple[TruthColumn, ValueColumns]
"""Something that a fact may follow from, and where it does."""


class Sources(KnownColumns, Protocol):
    """What a fact is worked out from: what is stated, and what is known of the facts of earlier steps.

    ``first_of`` and ``date_of`` are the facts of which the first day and the day of the news are read.
    """

    vocabulary: Vocabulary
    assume_absent: bool
    first_of: frozenset[str]
    date_of: frozenset[str]

    def stated(self, fact: str) -> ValueColumns:
        """Return what is stated of a fact."""

    def wholes(self, fact: str) -> tuple[str, ...]:
        """Return the facts that include this one, at any depth."""


@dataclass(frozen=True, slots=True)
class Dating:
    """Finds the days of a fact that is present or absent."""

    known: Sources

    def days(self, fact: Fact, stated: ValueColumns, kinds: list[ValueColumns]) -> Days:
        """Return the days of a fact, as stated or those of what it follows from; NULL where none is known."""
        wanted = (fact.id in self.known.first_of, fact.id in self.known.date_of)
        if not any(wanted):
            return None, None
        sources = list(self._sources(fact, stated, kinds))
        first, date = (self._in_order(sources, number) if wanted[number] else None for number in range(2))
        return first, date

    def newer_than(self, denied: ValueColumns, rule: Rule) -> TruthColumn:
        """Return whether what makes a rule true is of a later day than a denial, both days being exact."""
        shown = latest(list(self.carrying(rule, TRUE)))
        if denied.date is None or shown is None:
            return FALSE
        return is_true(every([denied.date.length() == EXACT, shown.length() == EXACT, shown > denied.date]))

    def carrying(self, rule: Rule, truth: Truth) -> Iterator[Source]:
        """Yield what the criteria that carry a truth of a rule have read, and where they do, given that it has it."""
        yield from self._carrying(rule, truth, TRUE, TRUE)

    def _carrying(self, rule: Rule, truth: Truth, has_it: TruthColumn, above: TruthColumn) -> Iterator[Source]:
        """Yield the same of a part; ``has_it`` and ``above`` say where it and what holds it have the truth."""
        if isinstance(rule, Criterion):
            yield both(above, has_it), self.known.value(rule.test.fact)
            return
        # A part that settles a group alone says enough of it; so conditions stay short however deep the rule is.
        settling = isinstance(rule, AnyOf if truth is TRUE else All)
        for part in rule.parts:
            here = has_truth(truth_column(part, self.known), truth)
            yield from self._carrying(part, truth, here, above if settling else both(above, has_it))

    def _sources(
        self, fact: Fact, stated: ValueColumns, kinds: list[ValueColumns]
    ) -> Iterator[tuple[TruthColumn, list[Source]]]:
        """Yield what the fact may follow from, in the order in which it counts."""
        yield is_true(stated.truth), [(TRUE, stated)]
        yield some([is_true(kind.truth) for kind in kinds]), [(is_true(kind.truth), kind) for kind in kinds]
        shown = [] if fact.true_when is None else list(self.carrying(fact.true_when, TRUE))
        if fact.true_when is not None:
            yield both(is_false(stated.truth), is_true(truth_column(fact.true_when, self.known))), shown
        yield is_false(stated.truth), [(TRUE, stated)]
        if fact.absent_when is not None:
            absent = is_true(truth_column(fact.absent_when, self.known))
            yield absent, list(self.carrying(fact.absent_when, TRUE))
        if fact.true_when is not None:
            yield is_true(truth_column(fact.true_when, self.known)), shown
            absent = is_false(truth_column(fact.true_when, self.known))
            yield absent, list(self.carrying(fact.true_when, FALSE))

    @staticmethod
    def _in_order(sources: list[tuple[TruthColumn, list[Source]]], number: int) -> Day:
        days = [(holds, (earliest, latest)[number](found)) for holds, found in sources if holds is not FALSE]
        if all(day is None for _, day in days):
            return None
        return ibis.cases(*((as_column(holds), ibis.null("string") if day is None else day) for holds, day in days))


def earliest(sources: list[Source]) -> Day:
    """Return the earliest of the first days of what holds."""
    return _of_all(ibis.least, _AFTER_ALL, [(holds, value.first) for holds, value in sources])


def latest(sources: list[Source]) -> Day:
    """Return the latest of the days of what holds."""
    return _of_all(ibis.greatest, _BEFORE_ALL, [(holds, value.date) for holds, value in sources])


def _of_all(choose: Callable[..., ir.StringValue], last: str, days: list[tuple[TruthColumn, Day]]) -> Day:
    """Return the first or last of the days; ``last`` stands for none, for engines differ in what they make of NULL."""
    known = [
        ibis.ifelse(as_column(holds), day.fill_null(last), last)
        for holds, day in days
        if day is not None and holds is not FALSE
    ]
    if not known:
        return None
    return (known[0] if len(known) == 1 else choose(*known)).nullif(last)
