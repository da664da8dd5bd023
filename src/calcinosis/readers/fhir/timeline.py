"""The last day of a record, and dates that cannot be: after its export, or beyond a life.

No clock is read, so that the same record gives the same answer next year. Two things tell that a date is a mistake: it
lies after the day on which the record was exported (``Bundle.timestamp``, or ``meta.lastUpdated`` where every resource
has it), or more than a life after the birth date (after the first date of the record, where there is none). An export
before all dates of the record is no measure: its dates were shifted, or its own is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile

from msgspec.structs import replace

from calcinosis.person.dates import LONGEST_LIFE, DateError, Day, parse_date, years_between
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.rules.vocabulary import Fact
from calcinosis.shapes import Json
from calcinosis.words.en.remarks import after_export, beyond_life, day_range, impossible_date

_OLDEST = "1900"
"""Dates before this year stand for an unknown one."""
BOUND_TO_DAY = frozenset({"quantity", "choice", "result"})
"""Kinds that are worth nothing without their day; a disease or an allergy is there all the same."""


def settle_days(reader: Reader, birth: Day | None, data: Iterable[Json], read: list[Json]) -> None:
    """Set the last day of the record, and set aside dates that cannot be, with a remark."""
    exported = export_day(data, read)
    if birth is not None and not _any_wrong([day.earliest for day, _ in reader.seen], exported, birth):
        return
    days = sorted({day for day, _ in reader.seen})
    wrong = wrong_days(days, exported, birth)
    reader.last_day = last_day(days, wrong)
    for day, origin in reader.seen:
        if day in wrong:
            reader.remark(origin, impossible_date(_written(day), wrong[day]))
    reader.wrong_days = wrong
    if wrong:
        reader.said = list(_without(reader.said, wrong, reader.terms.facts))


def _any_wrong(days: list[str], exported: str, birth: Day) -> bool:
    """Return whether a day of a record cannot be: the newest cannot if any cannot."""
    if not days:
        return False
    is_measure = exported and min(days) <= exported
    return bool(_impossible(max(days), exported if is_measure else "", birth))


def wrong_days(days: list[Day], exported: str, birth: Day | None) -> dict[Day, str]:
    """Return those of the days of a record, in order, that cannot be, and why."""
    if exported and days and days[0].earliest > exported:
        exported = ""
    return {day: why for day in days if (why := _impossible(day.earliest, exported, _beginning(days, birth)))}


def last_day(days: Iterable[Day], wrong: Mapping[Day, str]) -> str:
    """Return the last of the days that can be; empty where there is none."""
    return max((day.latest for day in days if day not in wrong), default="")


def export_day(data: Iterable[Json], read: list[Json]) -> str:
    """Return the day on which a record was exported, as far as it says; empty where it does not."""
    stamps = list(_timestamps(data))
    updated = list(takewhile(bool, (stamp_day(_meta(resource).get("lastUpdated")) for resource in read)))
    if len(updated) == len(read):
        stamps += updated
    return max(stamps, default="")


def _timestamps(data: Iterable[Json]) -> Iterator[str]:
    for bundle in data:
        if bundle.get("resourceType") == "Bundle":
            found = [stamp_day(bundle.get("timestamp")), stamp_day(_meta(bundle).get("lastUpdated"))]
            yield from filter(None, found)


def _meta(resource: Json) -> Json:
    meta = resource.get("meta")
    return meta if isinstance(meta, dict) else {}


def stamp_day(written: object) -> str:
    """Return the day of an instant; empty for what is none, which then measures nothing."""
    try:
        return parse_date(written).latest if isinstance(written, str) else ""
    except DateError:
        return ""


def _beginning(days: list[Day], birth: Day | None) -> Day | None:
    return birth or next((day for day in days if day.earliest >= _OLDEST), None)


def _impossible(day: str, exported: str, beginning: Day | None) -> str:
    """Return why a date cannot be, by the earliest day that it can mean; empty where it can."""
    if exported and day > _day_after(exported):
        return after_export(exported)
    if beginning is not None and day > beginning.latest:
        years = years_between(beginning, day)[0]
        if years > LONGEST_LIFE:
            return beyond_life(years, beginning.earliest)
    return ""


def _day_after(day: str) -> str:
    """Return the next day: clocks of other time zones are ahead of that of the export."""
    return (min(date.fromisoformat(day), date(9999, 12, 30)) + timedelta(days=1)).isoformat()


def _written(day: Day) -> str:
    return day.earliest if day.is_exact else day_range(day.earliest, day.latest)


def _without(said: Iterable[Said], wrong: dict[Day, str], facts: Mapping[str, Fact]) -> Iterator[Said]:
    """Yield what is said without the dates that cannot be; a result goes with its date."""
    for saying in said:
        if saying.day not in wrong:
            yield saying
        elif facts[saying.fact].kind not in BOUND_TO_DAY:
            yield replace(saying, day=None, time="")
