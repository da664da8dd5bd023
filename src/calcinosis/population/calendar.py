"""The last day of each record of an export, and its dates that cannot be, as ``patient.timeline`` has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from calcinosis.person.dates import LONGEST_LIFE, Day, parse_date
from calcinosis.population.backends import Backend
from calcinosis.population.queries import Queries
from calcinosis.population.tables import DAYS, ODD
from calcinosis.readers.fhir.timeline import last_day, wrong_days

Wrong = list[tuple[int, str, str]]
"""Persons, and the earliest and latest day of each date that cannot be."""


@dataclass(slots=True)
class Calendar:
    """The last day of each person by number, and the dates that cannot be."""

    last_days: list[str]
    wrong: Wrong = field(default_factory=list)

    def wrong_table(self) -> pa.Table:
        """Return the dates that cannot be as a table."""
        columns = list(zip(*self.wrong, strict=True)) or [(), (), ()]
        return pa.table([list(column) for column in columns], schema=DAYS)


def calendar_of(backend: Backend, queries: Queries, births: Sequence[str]) -> Calendar:
    """Return the calendar of all persons by ``kept_days``, and by ``kept_stamps``: when resources were updated."""
    exported = _exported(backend.fetch(queries["updates"]))
    calendar = Calendar([""] * len(births))
    odd = []
    for person, first, newest, last in _listed(backend.fetch(queries["spans"])):
        calendar.last_days[person] = last
        if _may_be_wrong(first, newest, exported.get(person, ""), births[person]):
            odd.append(person)
    if odd:
        backend.put("odd", pa.table({"person": odd}, schema=ODD))
        _look_closely(calendar, backend.fetch(queries["odd days"]), exported, births)
    return calendar


def _listed(table: pa.Table) -> Iterator[tuple[int, str, str, str]]:
    return zip(*(table[name].to_pylist() for name in ("person", "first", "newest", "last")), strict=True)


def _exported(found: pa.Table) -> dict[int, str]:
    """Return the day of the last update of each person of whom every resource has one."""
    listed = zip(*(found[name].to_pylist() for name in ("person", "least", "most")), strict=True)
    return {person: most for person, least, most in listed if least}


def _may_be_wrong(first: str, newest: str, exported: str, birth: str) -> bool:
    """Whether a record has to be looked at closely: roughly, and never too little."""
    begins = parse_date(birth).latest if birth else max(first, "1900")
    return bool(exported and newest > exported) or int(newest[:4]) - int(begins[:4]) >= LONGEST_LIFE


def _look_closely(calendar: Calendar, found: pa.Table, exported: dict[int, str], births: Sequence[str]) -> None:
    by_person: dict[int, set[Day]] = {}
    for person, earliest, latest in zip(*(found[name].to_pylist() for name in DAYS.names), strict=True):
        by_person.setdefault(person, set()).add(Day(earliest, latest))
    for person, seen in sorted(by_person.items()):
        listed = sorted(seen)
        birth = parse_date(births[person]) if births[person] else None
        wrong = wrong_days(listed, exported.get(person, ""), birth)
        calendar.last_days[person] = last_day(listed, wrong)
        calendar.wrong += [(person, day.earliest, day.latest) for day in sorted(wrong)]
