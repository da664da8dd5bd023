"""The last day of each record of an export, and its dates that cannot be, as ``patient.timeline`` has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from calcinosis.patient.dates import LONGEST_LIFE, Day, parse_date
from calcinosis.patient.timeline import BOUND_TO_DAY, last_day, wrong_days
from calcinosis.population.backends import Backend
from calcinosis.rules.vocabulary import Fact

Wrong = list[tuple[int, str, str]]
"""Persons, and the earliest and latest day of each date that cannot be."""
_COLUMNS = {"person": pa.int64(), "earliest": pa.string(), "latest": pa.string()}


@dataclass(slots=True)
class Calendar:
    """The last day of each person by number, and the dates that cannot be."""

    last_days: list[str]
    wrong: Wrong = field(default_factory=list)

    def wrong_table(self) -> pa.Table:
        """Return the dates that cannot be as a table."""
        columns = list(zip(*self.wrong, strict=True)) or [(), (), ()]
        arrays = [pa.array(list(column), kind) for column, kind in zip(columns, _COLUMNS.values(), strict=True)]
        return pa.table(arrays, names=list(_COLUMNS))


def calendar_of(backend: Backend, days: ir.Table, stamps: ir.Table, births: Sequence[str]) -> Calendar:
    """Return the calendar of all persons by the days that their records tell of, and by when these were updated."""
    spans = days.group_by("person").aggregate(
        first=days.earliest.min(), newest=days.earliest.max(), last=days.latest.max()
    )
    exported = _exported(backend, stamps)
    calendar = Calendar([""] * len(births))
    odd = []
    for person, first, newest, last in _listed(backend.fetch(spans)):
        calendar.last_days[person] = last
        if _may_be_wrong(first, newest, exported.get(person, ""), births[person]):
            odd.append(person)
    if odd:
        _look_closely(calendar, backend, days, odd, exported, births)
    return calendar


def _listed(table: pa.Table) -> Iterator[tuple[int, str, str, str]]:
    return zip(*(table[name].to_pylist() for name in ("person", "first", "newest", "last")), strict=True)


def _exported(backend: Backend, stamps: ir.Table) -> dict[int, str]:
    """Return the day of the last update of each person of whom every resource has one."""
    found = backend.fetch(stamps.group_by("person").aggregate(least=stamps.least.min(), most=stamps.most.max()))
    listed = zip(*(found[name].to_pylist() for name in ("person", "least", "most")), strict=True)
    return {person: most for person, least, most in listed if least}


def _may_be_wrong(first: str, newest: str, exported: str, birth: str) -> bool:
    """Whether a record has to be looked at closely: roughly, and never too little."""
    begins = parse_date(birth).latest if birth else max(first, "1900")
    return bool(exported and newest > exported) or int(newest[:4]) - int(begins[:4]) >= LONGEST_LIFE


def _look_closely(
    calendar: Calendar,
    backend: Backend,
    days: ir.Table,
    odd: list[int],
    exported: dict[int, str],
    births: Sequence[str],
) -> None:
    asked = backend.keep("odd", pa.table({"person": pa.array(odd, pa.int64())}))
    found = backend.fetch(days.semi_join(asked, "person").distinct())
    by_person: dict[int, set[Day]] = {}
    for person, earliest, latest in zip(*(found[name].to_pylist() for name in _COLUMNS), strict=True):
        by_person.setdefault(person, set()).add(Day(earliest, latest))
    for person, seen in sorted(by_person.items()):
        listed = sorted(seen)
        birth = parse_date(births[person]) if births[person] else None
        wrong = wrong_days(listed, exported.get(person, ""), birth)
        calendar.last_days[person] = last_day(listed, wrong)
        calendar.wrong += [(person, day.earliest, day.latest) for day in sorted(wrong)]


def without_wrong(said: ir.Table, wrong: ir.Table, facts: dict[str, Fact]) -> ir.Table:
    """Return what is said without the dates that cannot be; a result goes with its date."""
    known = ("person", "earliest", "latest")
    both = said.left_join(wrong.mutate(is_wrong=True), known).drop([f"{name}_right" for name in known])
    is_wrong = both.is_wrong.fill_null(False)
    bound = both.fact.isin([name for name, fact in facts.items() if fact.kind in BOUND_TO_DAY])
    kept = both.filter(~(is_wrong & bound))
    undated = {
        name: ibis.ifelse(kept.is_wrong.fill_null(False), "", kept[name]) for name in ("earliest", "latest", "time")
    }
    return kept.mutate(**undated).drop("is_wrong")
