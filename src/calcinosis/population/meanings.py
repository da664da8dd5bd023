"""What a resource means, read once for all resources that say the same, by the reader of patients.

The distinct meanings come from the engine as JSON texts by element, and go back as rows: what each says of which fact,
where the engine has to put a day, a time or a number back, and where a day is given as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import count
from typing import Any, Literal

import orjson
import pyarrow as pa

from calcinosis.person.dates import Day
from calcinosis.person.sayings import Said
from calcinosis.population.later import Later, NumberNeeded
from calcinosis.population.stand_ins import DAY, END, NUMBER, TIMED, with_stand_in
from calcinosis.readers.fhir.bundle import handle
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.readers.fhir.resources import HANDLERS
from calcinosis.readers.fhir.timeline import stamp_day
from calcinosis.rules.vocabulary import Fact
from calcinosis.shapes import Json
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, Truth

Place = Literal["none", "row", "given", "day"]
"""Where a date comes from: there is none, the row has it, it is given here, or it is the day."""

TRUTHS: dict[Truth, str] = {TRUE: "true", FALSE: "false"}
_MARK = re.compile(f'"{re.escape(NUMBER)}"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What resources of one meaning say of one fact."""

    meaning: int
    fact: str
    truth: str
    word: str
    site: str
    weak: bool
    once: bool
    low: float | None
    high: float | None
    low_slot: int | None
    high_slot: int | None
    least: float | None
    most: float | None
    open_low: bool
    open_high: bool
    lower_limit: float | None
    upper_limit: float | None
    flag: str
    day: Place
    time: Place
    until: Place
    earliest: str
    latest: str
    time_given: str
    until_earliest: str
    until_latest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Whether the days of resources of one meaning are days of the record, and what was not understood in them."""

    meaning: int
    seen: Place
    updated_given: str
    needs_number: bool
    unread: bool
    unknown: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDay:
    """A day that resources of one meaning tell of, as it is."""

    meaning: int
    earliest: str
    latest: str


_TYPES = {"int": pa.int64(), "bool": pa.bool_(), "float | None": pa.float64(), "int | None": pa.int64()}


def meaning_type(kind: type[Any]) -> pa.Schema:
    """Return the columns of sayings or sights as the engine gets them."""
    return pa.schema({field.name: _TYPES.get(str(field.type), pa.string()) for field in fields(kind)})


def table_of(found: Iterable[Any], kind: type[Any]) -> pa.Table:
    """Return sayings or sights as a table for the engine."""
    listed = list(found)
    schema = meaning_type(kind)
    return pa.table({name: [getattr(one, name) for one in listed] for name in schema.names}, schema=schema)


def read_meaning(
    kind: str, meaning: int, elements: Mapping[str, str | None], terms: Terms, facts: Collection[str]
) -> tuple[Sight, tuple[Saying, ...], tuple[GivenDay, ...]]:
    """Return what resources of one type and meaning say, of ``facts`` alone."""
    plain = elements["is_plain"] == "1"
    try:
        reader = _read(kind, elements, terms)
    except NumberNeeded:
        return _sight(meaning, needs_number=True), (), ()
    except orjson.JSONDecodeError:
        return _sight(meaning, unread=True), (), ()
    seen: Place = "none" if not reader.seen else "row" if plain else "given"
    updated = elements.get("updated")
    sight = _sight(
        meaning,
        seen=seen,
        updated_given=stamp_day(orjson.loads(updated)) if updated else "",
        unknown=next(iter(reader.unused), ""),
        problem=reader.remarks[0].says if reader.remarks else "",
    )
    days = [] if plain else sorted({day for day, _ in reader.seen})
    given = tuple(GivenDay(meaning=meaning, earliest=day.earliest, latest=day.latest) for day in days)
    return sight, tuple(_saying(meaning, said, plain, terms.facts) for said in reader.said if said.fact in facts), given


def _sight(meaning: int, **more: Any) -> Sight:
    known = {"seen": "none", "updated_given": "", "needs_number": False, "unread": False, "unknown": "", "problem": ""}
    return Sight(meaning=meaning, **{**known, **more})


def _read(kind: str, elements: Mapping[str, str | None], terms: Terms) -> Reader:
    resource: Json = {"resourceType": kind}
    slots = count()
    for name, written in elements.items():
        if written is not None and name not in {"is_plain", "mine", "referred", "updated"}:
            resource[name] = _decoded(with_stand_in(written) if name == "valueQuantity" else written)
    _number_slots(resource, slots)
    referred = elements.get("referred")
    others = [("", _decoded(referred))] if referred else []
    mine = elements.get("mine")
    reader = Reader(terms, others, {f"Patient/{mine}"} if mine else set())
    handle(reader, kind, resource, HANDLERS[kind])
    return reader


def _decoded(written: str) -> Any:
    """Return decoded JSON, its stand-ins for numbers told apart by their order."""
    if NUMBER not in written:
        return orjson.loads(written)
    order = count(1)
    return orjson.loads(_MARK.sub(lambda _: f'"{NUMBER} {next(order)}"', written))


def _number_slots(resource: Json, slots: Iterator[int]) -> None:
    """Put a number that comes later in the place of each stand-in."""
    own = resource.get("valueQuantity")
    if isinstance(own, dict) and str(own.get("value")).startswith(NUMBER):
        own["value"] = Later(0)
    parts = resource.get("component")
    for part in parts if isinstance(parts, list) else []:
        quantity = part.get("valueQuantity") if isinstance(part, dict) else None
        if isinstance(quantity, dict) and str(quantity.get("value")).startswith(NUMBER):
            quantity["value"] = Later(int(str(quantity["value"]).removeprefix(NUMBER)))


def _saying(meaning: int, said: Said, plain: bool, facts: Mapping[str, Fact]) -> Saying:
    value, fact = said.value, facts[said.fact]
    least, most = fact.plausible or (None, None)
    return Saying(
        meaning=meaning,
        fact=said.fact,
        truth=TRUTHS.get(value.truth, "unknown"),
        word=value.word,
        site=said.site,
        weak=said.weak,
        once=said.once,
        low=_factor(value.low),
        high=_factor(value.high),
        low_slot=_slot(value.low),
        high_slot=_slot(value.high),
        least=least,
        most=most,
        open_low=value.open_low,
        open_high=value.open_high,
        lower_limit=value.lower_limit,
        upper_limit=value.upper_limit,
        flag=value.flag,
        day=_place(said.day, plain, DAY),
        until=_place(said.until, plain, END),
        time=_place_of_time(said, plain),
        earliest=_given(said.day).earliest,
        latest=_given(said.day).latest,
        time_given=said.time,
        until_earliest=_given(said.until).earliest,
        until_latest=_given(said.until).latest,
    )


def _slot(number: float | None) -> int | None:
    return number.slot if isinstance(number, Later) else None


def _factor(number: float | None) -> float | None:
    return number.factor if isinstance(number, Later) else number


def _given(day: Day | None) -> Day:
    return day or Day("", "")


def _place(day: Day | None, plain: bool, stand_in: str) -> Place:
    if day is None:
        return "none"
    if plain:
        return "row" if day == Day(stand_in, stand_in) else "day"
    return "given"


def _place_of_time(said: Said, plain: bool) -> Place:
    if not said.time:
        return "none"
    if not plain:
        return "given"
    return "row" if said.time == TIMED else "day"
