"""FHIR dates of every precision as the earliest and latest day they can mean.

Policy: a date without time zone or with one is the day as written; no shift is made, for a laboratory value of 23:30
belongs to that clinic's day. A year or month stands for all of its days: what can be decided for all of them is
decided, the rest is unknown.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from calcinosis.words.en.remarks import no_calendar_day, no_date

LONGEST_LIFE = 125.0
"""Years beyond which an age is a mistake of the record."""
_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ][0-9:.,Zz+-]*)?)?)?$", re.ASCII)


class DateError(ValueError):
    """The text is not a date."""


class Day(Struct, frozen=True, order=True):
    """The days that a date can mean, as ISO texts: ``earliest`` to ``latest``."""

    earliest: str
    latest: str

    @property
    def is_exact(self) -> bool:
        """Whether one day is meant."""
        return self.earliest == self.latest


@lru_cache(maxsize=65536)
def parse_date(text: str) -> Day:
    """Return the days that a FHIR date, dateTime or instant can mean. Raises DateError."""
    match = _DATE.match(text)
    if match is None:
        raise DateError(no_date(text[:40]))
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            exact = date(year, int(month), int(day)).isoformat()
            return Day(exact, exact)
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return Day(date(year, int(month), 1).isoformat(), date(year, int(month), last).isoformat())
        return Day(date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
    except ValueError as error:
        raise DateError(no_calendar_day(text[:40])) from error


def years_between(birth: Day, at: str) -> tuple[float, float]:
    """Return the least and greatest age in years, exact to the day, of a person born within ``birth``."""
    return _years(birth.latest, at), _years(birth.earliest, at)


def _years(born: str, at: str) -> float:
    start, end = date.fromisoformat(born), date.fromisoformat(at)
    whole = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    if whole >= 2:
        return float(whole)
    return round((end - start).days / 365.25, 3)


def days_between(earlier: str, later: str) -> int:
    """Return the number of days from one ISO day to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


@lru_cache(maxsize=65536)
def instant(time: str) -> str:
    """Return a time as written in the time of Greenwich, so that times compare as texts; one without zone is taken so.

    A text that is no time of a calendar is returned as it is.
    """
    try:
        found = datetime.fromisoformat(time)
        return (found if found.tzinfo is None else found.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%S.%f")
    except (ValueError, OverflowError):
        return time


@lru_cache(maxsize=4096)
def days_before(day: str, count: int) -> str:
    """Return the ISO day so many days before another."""
    return (max(date.fromisoformat(day), date(1, 1, 31)) - timedelta(days=count)).isoformat()
