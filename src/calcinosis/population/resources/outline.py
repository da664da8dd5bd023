"""A resource apart from what tells it from others that say the same: its days and its numbers.

Days are replaced by their order, so that whatever compares them finds what it would find; a day of which only the year
or month is written stays, and so does what is no number. The outline is JSON: what has the same outline says the same.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from secrets import token_hex
from typing import Any

import orjson
from msgspec import Struct

from calcinosis.person.dates import DateError, parse_date
from calcinosis.population.resources.elements import ELEMENTS, REFERRING, refers_to
from calcinosis.readers.fhir.annotations import ANNOTATED
from calcinosis.readers.fhir.timeline import stamp_day
from calcinosis.shapes import Json

_MARK = token_hex(8)
"""What no record holds: it stands before what was taken out."""
_WRITTEN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.,Zz+-]*+)?"
_DATE = re.compile(f'"([A-Za-z]++)":"({_WRITTEN})"'.encode())
_FULL = re.compile(_WRITTEN)
_DATE_MARK = re.compile(f'"{_MARK}d([0-9]+)(T?)"')
_NUMBER_MARK = re.compile(f'"{_MARK}n([0-9]+)"')
_WORDS = frozenset(
    {b"text", b"display", b"valueString", b"code", b"conclusion", b"reference", b"value", b"unit", b"id"}
).union(name.encode() for name in ANNOTATED)
"""Elements that hold words, in which a date is no more than a word."""
_DAY_LENGTH = len("2024-05-01")
_MOST_DATES = 28
NO_DAY = -(2**31)
"""The number of a day where there is none."""
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()


class Outline(Struct, frozen=True):
    """The outline of a resource, and what was taken out of it: dates as written and numbers, in their order."""

    key: bytes
    dates: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()


def day_number(day: str) -> int:
    """Return a day, written in ISO, in days since 1970-01-01; NO_DAY for an empty text."""
    return date.fromisoformat(day).toordinal() - _FIRST_ORDINAL if day else NO_DAY


@lru_cache(maxsize=65536)
def day_text(number: int) -> str:
    """Return a day, given in days since 1970-01-01, in ISO; empty for NO_DAY."""
    return "" if number == NO_DAY else date.fromordinal(number + _FIRST_ORDINAL).isoformat()


@lru_cache(maxsize=65536)
def day_of(written: str) -> int | None:
    """Return the day of a date that is written in full, in days since 1970-01-01; None for what is no date."""
    try:
        return day_number(parse_date(written).latest)
    except DateError:
        return None


@lru_cache(maxsize=65536)
def updated_day(written: str) -> int:
    """Return the day on which a resource was updated; NO_DAY where it cannot be told."""
    day = day_of(written)
    return day_number(stamp_day(written)) if day is None else day


def is_date(key: str, written: str) -> bool:
    """Whether a text under a key is a date, written in full, that is taken out of an outline."""
    is_full = len(written) >= _DAY_LENGTH and key.encode() not in _WORDS
    return is_full and _FULL.fullmatch(written) is not None and day_of(written) is not None


def outline(
    kind: str, resource: Json, others: bytes = b"", mine: str = "", *, all_dates: bool = True, all_numbers: bool = True
) -> Outline:
    """Return the outline of a resource; without ``all_dates`` or ``all_numbers`` these stay in it.

    ``others`` is what it refers to, as JSON, and ``mine`` the id of its patient where its focus is somebody.
    """
    kept: Json = {name: resource[name] for name in ELEMENTS[kind] if name in resource}
    numbers: list[float] = []
    if all_numbers and kind == "Observation":
        _take_numbers(kept, numbers)
    if refers_to(kind):
        _without_address(kept, refers_to(kind))
    key = orjson.dumps(kept)
    dates: tuple[str, ...] = ()
    if all_dates:
        key, dates = _without_dates(key)
    more = orjson.dumps([mine, others.decode()]) if others or ("focus" in kept and mine) else b""
    return Outline(b"\n".join((kind.encode(), key, more)), dates, tuple(numbers))


def _take_numbers(kept: Json, numbers: list[float]) -> None:
    own = kept.get("valueQuantity")
    if own is not None:
        kept["valueQuantity"] = _without_number(own, numbers)
    parts = kept.get("component")
    if isinstance(parts, list):
        kept["component"] = [
            {**part, "valueQuantity": _without_number(part["valueQuantity"], numbers)}
            if isinstance(part, dict) and "valueQuantity" in part
            else part
            for part in parts
        ]


def _without_number(quantity: Any, numbers: list[float]) -> Any:
    if not isinstance(quantity, dict) or type(quantity.get("value")) not in {int, float}:
        return quantity
    numbers.append(float(quantity["value"]))
    return {**quantity, "value": f"{_MARK}n{len(numbers) - 1}"}


def _without_address(kept: Json, kind: str) -> None:
    """Put one address in the place of that of the resource which is referred to, unless it is within this one."""
    for name in REFERRING:
        found = kept.get(name)
        if not isinstance(found, dict):
            continue
        if name == "medication" and isinstance(found.get("reference"), dict):
            kept[name] = {**found, "reference": _elsewhere(found["reference"], kind)}
        else:
            kept[name] = _elsewhere(found, kind)


def _elsewhere(reference: Json, kind: str) -> Json:
    written = reference.get("reference")
    if not isinstance(written, str) or written.startswith("#"):
        return reference
    return {**reference, "reference": f"{kind}/{_MARK}"}


def _without_dates(key: bytes) -> tuple[bytes, tuple[str, ...]]:
    parts = _DATE.split(key)
    places = [place for place in range(1, len(parts), 3) if parts[place] not in _WORDS]
    dates = [parts[place + 1].decode() for place in places]
    days = [day for one in dates if (day := day_of(one)) is not None]
    if len(dates) > _MOST_DATES or len(days) < len(dates):
        return key, ()
    order = {day: rank for rank, day in enumerate(sorted(set(days)))}
    written = [parts[0]]
    marks = {
        place: f'"{_MARK}d{order[day]}{"T" if len(one) > _DAY_LENGTH else ""}"'.encode()
        for place, one, day in zip(places, dates, days, strict=True)
    }
    for place in range(1, len(parts), 3):
        value = marks.get(place, b'"%b"' % parts[place + 1])
        written.append(b'"%b":%b%b' % (parts[place], value, parts[place + 2]))
    return b"".join(written), tuple(dates)


class StandIns(Struct, frozen=True):
    """The days and times that stand in an outline that is read, and the places of the dates that they stand for."""

    days: dict[str, int]
    times: dict[str, int]


def filled(key: bytes, numbers: Any) -> tuple[Json, str, str, StandIns]:
    """Return the resource of an outline, what it refers to, its patient, and its stand-ins.

    ``numbers`` gives the number of a place.
    """
    kind, written, more = key.decode().split("\n")
    days: dict[str, int] = {}
    times: dict[str, int] = {}

    def stand_in(match: re.Match[str]) -> str:
        place = len(days_of_places)
        day = f"2000-01-{int(match[1]) + 1:02}"
        days_of_places.append(day)
        days.setdefault(day, place)
        time = f"{day}T00:00:{place:02}Z" if match[2] else ""
        if time:
            times[time] = place
        return f'"{time or day}"'

    days_of_places: list[str] = []
    resource: Json = orjson.loads(_DATE_MARK.sub(stand_in, written))
    resource["resourceType"] = kind
    _put_numbers(resource, numbers)
    mine, others = orjson.loads(more) if more else ("", "")
    return resource, others, mine, StandIns(days, times)


def _put_numbers(resource: Json, numbers: Any) -> None:
    parts = resource.get("component")
    for part in (resource, *(parts if isinstance(parts, list) else ())):
        quantity = part.get("valueQuantity") if isinstance(part, dict) else None
        if isinstance(quantity, dict) and isinstance(quantity.get("value"), str):
            match = _NUMBER_MARK.fullmatch(f'"{quantity["value"]}"')
            if match is not None:
                quantity["value"] = numbers(int(match[1]))


def address_in_outline(kind: str) -> str:
    """Return the address that a resource has in the outline of one that refers to it."""
    return f"{kind}/{_MARK}"
