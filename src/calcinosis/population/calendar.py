"""The last day of each record of an export, and its dates that cannot be, as the reader of patients has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct, field

from calcinosis.person.dates import LONGEST_LIFE, Day, parse_date
from calcinosis.population.resources.outline import NO_DAY, day_number, day_text
from calcinosis.population.resources.told import distinct, spans
from calcinosis.readers.fhir.timeline import last_day, wrong_days

_YEAR = 365.2425


class Calendar(Struct):
    """The last day of each person by number, NO_DAY where there is none, and dates that cannot be.

    ``wrong`` holds rows of person, earliest and latest day.
    """

    last_days: Any
    wrong: Any = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int32))


def calendar_of(days: pa.Table, stamps: pa.Table, births: Sequence[str]) -> Calendar:
    """Return the calendar of all persons by the days of their records, and by when resources were updated."""
    person, earliest, latest = distinct([days[name].to_numpy() for name in ("person", "earliest", "latest")])
    calendar = Calendar(np.full(len(births), NO_DAY, dtype=np.int32))
    exported = _exported(stamps, len(births))
    people, first, newest = spans(person, earliest, earliest)
    calendar.last_days[people] = spans(person, latest, latest)[2]
    born = np.array([day_number(parse_date(birth).latest) if birth else NO_DAY for birth in births], dtype=np.int64)
    oldest = day_number("1900-01-01")
    begins = np.where(born[people] == NO_DAY, np.maximum(first, oldest), born[people])
    long = newest - begins >= (LONGEST_LIFE - 1) * _YEAR  # roughly, and never too little
    late = (exported[people] != NO_DAY) & (newest > exported[people])
    wrong = []
    for odd in people[long | late]:
        start, end = np.searchsorted(person, [odd, odd + 1])
        seen = [
            Day(day_text(int(a)), day_text(int(b))) for a, b in zip(earliest[start:end], latest[start:end], strict=True)
        ]
        birth = parse_date(births[odd]) if births[odd] else None
        found = wrong_days(sorted(seen), day_text(int(exported[odd])), birth)
        calendar.last_days[odd] = day_number(last_day(seen, found))
        wrong += [(odd, day_number(day.earliest), day_number(day.latest)) for day in sorted(found)]
    if wrong:
        calendar.wrong = np.array(wrong, dtype=np.int32)
    return calendar


def _exported(stamps: pa.Table, count: int) -> Any:
    """Return the day of the last update of each person of whom every resource has one, else NO_DAY."""
    people, least, most = (
        spans(*(stamps[name].to_numpy() for name in ("person", "least", "most")))[0:3] if len(stamps) else ([], [], [])
    )
    found = np.full(count, NO_DAY, dtype=np.int32)
    if len(people):
        found[people] = np.where(least == NO_DAY, NO_DAY, most)
    return found
