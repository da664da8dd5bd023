"""The facts table, with all facts that conclusions read worked out as columns, step by step.

Each step is one SELECT over the one before, so that a fact is written once however many others follow from it; a
column is carried on only as long as something reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from calcinosis.population.derive import Deriver
from calcinosis.population.facts_table import (
    AS_OF,
    PATIENT_ID,
    Part,
    column,
    deniable,
    first_facts,
    followed_from,
    repeatable,
)
from calcinosis.rules.columns import TruthColumn, ValueColumns, is_true
from calcinosis.rules.order import all_read, reads, steps, wholes
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, Vocabulary
from calcinosis.truth import FALSE, UNKNOWN, Truth

_PARTS: tuple[Part, ...] = ("word", "low", "high", "lower_limit", "upper_limit", "flag", "first", "date")
_FLAGS: tuple[Part, ...] = ("open_low", "open_high")

Places = dict[str, str | Truth | None]
"""Where each part of what is known of a fact is: the name of a column, or what it is in every row."""


@dataclass(slots=True)
class View:
    """What is known of facts in every row of a table, the unmentioned being unknown or taken as absent."""

    vocabulary: Vocabulary
    table: ir.Table
    assume_absent: bool
    above: Mapping[str, tuple[str, ...]]
    first_of: frozenset[str]
    date_of: frozenset[str]
    places: dict[str, Places] = field(default_factory=dict)

    def stated(self, fact: str) -> ValueColumns:
        """Return what is stated of a fact."""
        names = {part: column(fact, part) for part in ("truth", "stated", *_PARTS, *_FLAGS)}
        there = {part: self.table[name] for part, name in names.items() if name in self.table.columns}
        truth: TruthColumn = there.pop("truth", UNKNOWN)
        if "stated" in there:
            mentioned = is_true(there.pop("stated"))
        else:
            mentioned = FALSE if truth is UNKNOWN else truth.notnull()  # type: ignore[union-attr]
        return ValueColumns(truth=truth, mentioned=mentioned, **there)

    def value(self, fact: str) -> ValueColumns:
        """Return what is known of a fact of an earlier step."""
        if fact not in self.vocabulary.facts:
            return ValueColumns()
        places = self.places[fact]
        return ValueColumns(
            **{part: self.table[place] if isinstance(place, str) else place for part, place in places.items()}
        )

    def wholes(self, fact: str) -> tuple[str, ...]:
        """Return the facts that include this one, at any depth."""
        return self.above.get(fact, ())


@dataclass(slots=True)
class WorkedOut:
    """A table with all facts worked out, and the two views on them."""

    known: View
    assumed: View

    @property
    def table(self) -> ir.Table:
        """The table that holds the columns of both views."""
        return self.known.table


def worked_out(table: ir.Table, vocabulary: Vocabulary, read: Iterable[str], read_assumed: Iterable[str]) -> WorkedOut:
    """Return the facts table with these facts worked out, some also with the unmentioned taken as absent."""
    return _Working(table, vocabulary, frozenset(read), frozenset(read_assumed)).done()


class _Working:
    """The table on its way from what is stated to what is known."""

    def __init__(
        self, table: ir.Table, vocabulary: Vocabulary, read: frozenset[str], read_assumed: frozenset[str]
    ) -> None:
        self.vocabulary = vocabulary
        self.above = wholes(vocabulary)
        self.wanted = read | read_assumed
        self.assumed_facts = all_read(read_assumed, vocabulary)
        self.steps = steps(all_read(self.wanted, vocabulary), vocabulary)
        self.step_of = {name: number for number, step in enumerate(self.steps) for name in step}
        self.last_use = self._last_uses()
        facts = {name: vocabulary.facts[name] for name in self.step_of}
        denied = deniable(facts) & set(table.columns)
        dated = first_facts(facts), followed_from(denied | repeatable(facts), vocabulary)
        self.differs: set[str] = set()
        self.known = View(vocabulary, table, False, self.above, *dated)
        self.assumed = View(vocabulary, table, True, self.above, *dated)

    def done(self) -> WorkedOut:
        """Take all steps."""
        for number in range(len(self.steps)):
            self._step(number)
        return WorkedOut(self.known, self.assumed)

    def _last_uses(self) -> dict[str, int]:
        """Return for each fact the last step that reads it; one that a conclusion reads is read after all steps."""
        last = {name: len(self.steps) if name in self.wanted else number for name, number in self.step_of.items()}
        for name, number in self.step_of.items():
            for other in reads(name, self.vocabulary):
                last[other] = max(last[other], number)
        return last

    def _step(self, number: int) -> None:
        added: dict[str, ir.Value] = {}
        for name in self.steps[number]:
            fact = self.vocabulary.facts[name]
            self.known.places[name] = self._placed(fact, self.known, "known", added)
            if name not in self.assumed_facts:
                continue
            if self._may_differ(fact):
                self.differs.add(name)
                self.assumed.places[name] = self._placed(fact, self.assumed, "assumed", added)
            else:
                self.assumed.places[name] = self.known.places[name]
        kept = self._kept(number)
        table = self.known.table
        stays = {name: table[name] for name in table.columns if name in kept}
        self.known.table = self.assumed.table = table.select(**stays, **added)

    def _may_differ(self, fact: Fact) -> bool:
        """Return whether assuming the unmentioned to be absent can change what is known of a fact."""
        if fact.kind != "quantity" and fact.learned_by in ASSUMABLE and fact.true_when is None:
            return True
        return not self.differs.isdisjoint(reads(fact.id, self.vocabulary))

    def _placed(self, fact: Fact, view: View, prefix: str, added: dict[str, ir.Value]) -> Places:
        value = Deriver(view).value(fact)
        places: Places = {}
        for part in fields(ValueColumns):
            found = getattr(value, part.name)
            if found is None or isinstance(found, Truth):
                places[part.name] = found
            elif isinstance(found.op(), ops.Field):
                places[part.name] = found.get_name()
            else:
                places[part.name] = f"{prefix}__{fact.id}__{part.name}"
                added[f"{prefix}__{fact.id}__{part.name}"] = found
        return places

    def _kept(self, number: int) -> set[str]:
        """Return the columns that later steps read."""
        kept = {PATIENT_ID, AS_OF}
        for view in (self.known, self.assumed):
            for name, places in view.places.items():
                if self.last_use[name] > number:
                    kept |= {place for place in places.values() if isinstance(place, str)}
        for name, step in self.step_of.items():
            if step > number:
                parts: tuple[Part, ...] = ("truth", "stated", *_PARTS, *_FLAGS)
                kept |= {column(name, part) for part in parts}
                kept |= {column(whole, "truth") for whole in self.above.get(name, ())}
        return kept


@contextmanager
def step_by_step() -> Iterator[None]:
    """Leave each step its own SELECT while Ibis writes SQL: to look for what could be merged takes it far longer."""
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before
