"""Columns worked out one SELECT after another: names for what was decided, and tables of decisions as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from calcinosis.conclusions.decisions import Decision
from calcinosis.rules.columns import TruthColumn, as_column, every, has_truth, some
from calcinosis.truth import FALSE, TRUE, Truth

Words: TypeAlias = ir.StringValue | str | None
"""A column of words, or the one word of all rows."""

_BETWEEN = " "
"""What no id holds."""


@dataclass(slots=True)
class Stage:
    """Truths and words by name, over a table; what is put in can be read after the next SELECT."""

    table: ir.Table
    known: dict[str, TruthColumn | Words] = field(default_factory=dict)
    added: dict[str, ir.Value] = field(default_factory=dict)

    def put(self, name: str, found: TruthColumn | Words) -> None:
        """Add a column, or remember what is the same in every row."""
        if isinstance(found, Truth | str) or found is None:
            self.known[name] = found
        else:
            self.added[name] = found

    def next(self, keep: Callable[[str], bool]) -> Stage:
        """Return the stage after this one, which reads what was added and, of what was there, what is to be kept."""
        kept = [name for name in self.table.columns if name not in self.added and keep(name)]
        table = self.table.select(*kept, **self.added)
        return Stage(table, dict(self.known))

    def truth(self, name: str) -> TruthColumn:
        """Return a truth that was put in before."""
        return self.known[name] if name in self.known else self.table[name]

    def words(self, name: str) -> Words:
        """Return words that were put in before."""
        return self.truth(name)


def decided(decision: Decision[str] | Decision[str | None], truths: Mapping[str, TruthColumn]) -> Words:
    """Return what follows in every row, from the first line of the decision that fits it."""
    lines: list[tuple[ir.BooleanValue, ir.StringValue]] = []
    otherwise: str | None = decision.otherwise
    for when, outcome in decision.lines:
        fits = every([has_truth(truths[name], wanted) for name, wanted in when.items()])
        if fits is TRUE:
            otherwise = outcome
            break
        if fits is not FALSE:
            lines.append((as_column(fits), word_column(outcome)))
    return ibis.cases(*lines, else_=word_column(otherwise)) if lines else otherwise


def word_is(words: Words, *wanted: str) -> TruthColumn:
    """Return whether the word is one of these; never NULL."""
    if words is None or isinstance(words, str):
        return TRUE if words in wanted else FALSE
    return words.isin(wanted).fill_null(False)


def word_column(words: Words) -> ir.StringValue:
    """Return a column, also of one word."""
    if words is None:
        return ibis.null("string")
    return ibis.literal(words) if isinstance(words, str) else words


def first_that_holds(choices: Sequence[tuple[TruthColumn, str]]) -> Words:
    """Return in every row the first word whose condition holds."""
    possible = [(as_column(holds), ibis.literal(word)) for holds, word in choices if holds is not FALSE]
    return ibis.cases(*possible) if possible else None


def all_that_hold(choices: Sequence[tuple[TruthColumn, str]]) -> ir.ArrayValue:
    """Return in every row the list of the words whose conditions hold, in this order."""
    possible = [(holds, word) for holds, word in choices if holds is not FALSE]
    nothing = ibis.literal([], "array<string>")
    if not possible:
        return nothing
    listed = [ibis.ifelse(as_column(holds), word, ibis.null("string")) for holds, word in possible]
    any_holds = as_column(some([holds for holds, _ in possible]))
    # Words are joined, which passes over NULL, and split again: engines differ in how they filter lists.
    return ibis.ifelse(any_holds, ibis.literal(_BETWEEN).join(listed).split(_BETWEEN), nothing)
