"""What a resource says, read once by the reader of patients for all resources that have the same outline.

A reading holds for some of the numbers: where a number lies elsewhere, the resource is read again. What it says is kept
in columns, each row of which tells where the day, the time and the number of a resource are to be put.
"""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock
from typing import Any

import numpy as np
import orjson
from msgspec import Struct, field

from calcinosis.person.dates import Day
from calcinosis.person.sayings import Said
from calcinosis.population.resources.later import Later, Limits, NumberNeeded
from calcinosis.population.resources.outline import NO_DAY, Outline, StandIns, address_in_outline, day_number, filled
from calcinosis.readers.fhir.bundle import handle
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.readers.fhir.resources import HANDLERS
from calcinosis.rules.vocabulary import Flag
from calcinosis.shapes import Json
from calcinosis.terminology.places import Began
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, Truth

TRUTHS: dict[Truth, int] = {TRUE: 1, FALSE: 0}
"""Truths as numbers; what is unknown is -1."""
NONE, GIVEN, ITS_DAY = -1, -2, -3
"""For a place of a date: there is none, it is given as it is, or a time is no more than the day."""

Constant = tuple[str, int, str, str, bool, bool, bool, bool, float | None, float | None, Flag, Began]
"""What all sayings of one reading share: fact, truth, word, site, weak, once, open bounds, limits, flag, began."""


class DatesNeeded(Exception):
    """What is read has a day that is none of those of the resource."""


class Reading(Struct):
    """One reading of an outline: for which numbers it holds, what it says, and what was not understood in it."""

    number: int
    limits: Limits
    seen: tuple[tuple[int, int, int], ...]
    """The days of the record that it tells of: place, earliest and latest day where they are given."""
    first_saying: int
    sayings: int
    unknown: str
    problem: str


class Meaning(Struct):
    """The readings of one outline; None in place of them where it has to be read with its dates, or its numbers."""

    readings: list[Reading] = field(default_factory=list)
    needs_dates: bool = False
    needs_numbers: bool = False

    def reading_of(self, numbers: tuple[float, ...]) -> Reading | None:
        """Return the reading that holds for these numbers."""
        for reading in self.readings:
            if all(low <= numbers[place] * by <= high for (place, by), (low, high) in reading.limits.items()):
                return reading
        return None


class Meanings:
    """All meanings that were read with one knowledge, of ``facts`` alone."""

    def __init__(self, terms: Terms, facts: Collection[str]) -> None:
        self.terms, self.facts = terms, frozenset(facts)
        self.known: dict[bytes, Meaning] = {}
        self.readings: list[Reading] = []
        self.constants: list[Constant] = []
        self._constants: dict[Constant, int] = {}
        self.times: list[str] = []
        self.places: list[tuple[int, ...]] = []
        self.numbers: list[tuple[float, float]] = []
        self.of_saying: list[int] = []
        self.arrays: Arrays | None = None
        self.lock = Lock()

    def meaning_of(self, outlined: Outline) -> Meaning:
        """Return the meaning of an outline; it is read where it is new, or not known for these numbers."""
        meaning = self.known.get(outlined.key)
        if meaning is None or (
            not meaning.needs_dates and not meaning.needs_numbers and meaning.reading_of(outlined.numbers) is None
        ):
            with self.lock:
                meaning = self.known.setdefault(outlined.key, Meaning())
                self._read(outlined, meaning)
        return meaning

    def _read(self, outlined: Outline, meaning: Meaning) -> None:
        limits: Limits = {}
        resource, others, mine, stand_ins = filled(
            outlined.key, lambda place: Later(outlined.numbers[place], place, limits)
        )
        try:
            reader = self._gathered(resource, others, mine)
            said = [self._placed(one, stand_ins) for one in reader.said if one.fact in self.facts]
            seen = tuple(dict.fromkeys(_day_placed(day, stand_ins) for day, _ in reader.seen))
            if any(place == GIVEN for place, _, _ in seen) and stand_ins.days:
                raise DatesNeeded
        except NumberNeeded:
            meaning.needs_numbers = True
            return
        except DatesNeeded:
            meaning.needs_dates = True
            return
        first = len(self.of_saying)
        for constant, places, numbers in said:
            self.of_saying.append(self._constants.setdefault(constant, len(self._constants)))
            if len(self._constants) > len(self.constants):
                self.constants.append(constant)
            self.places.append(places)
            self.numbers.append(numbers)
        unknown = next(iter(reader.unused), "")
        problem = reader.remarks[0].says if reader.remarks else ""
        reading = Reading(len(self.readings), limits, seen, first, len(said), unknown, problem)
        self.readings.append(reading)
        meaning.readings.append(reading)

    def _gathered(self, resource: Json, others: str, mine: str) -> Reader:
        kind = resource["resourceType"]
        referred = [("", {**orjson.loads(others)})] if others else []
        for _, other in referred:
            other["id"] = address_in_outline("").removeprefix("/")
        reader = Reader(self.terms, referred, {f"Patient/{mine}"} if mine else set())
        handle(reader, kind, resource, HANDLERS[kind])
        return reader

    def _placed(self, said: Said, stand_ins: StandIns) -> tuple[Constant, tuple[int, ...], tuple[float, float]]:
        value = said.value
        constant = (
            *(said.fact, TRUTHS.get(value.truth, -1), value.word, said.site, said.weak, said.once),
            *(value.open_low, value.open_high, value.lower_limit, value.upper_limit, value.flag, said.began),
        )
        day, earliest, latest = _day_placed(said.day, stand_ins)
        until, until_earliest, until_latest = _day_placed(said.until, stand_ins)
        if stand_ins.days and GIVEN in {day, until}:
            raise DatesNeeded
        time = NONE
        if said.time:
            is_day = said.day is not None and said.time == said.day.latest
            time = ITS_DAY if is_day else stand_ins.times.get(said.time, GIVEN)
            if time == GIVEN and stand_ins.days:
                raise DatesNeeded
        given = -1
        if time == GIVEN:
            given = len(self.times)
            self.times.append(said.time)
        low_place, low = _number_placed(value.low)
        high_place, high = _number_placed(value.high)
        places = (day, earliest, latest, time, given, until, until_earliest, until_latest, low_place, high_place)
        return constant, places, (low, high)


def _day_placed(day: Day | None, stand_ins: StandIns) -> tuple[int, int, int]:
    """Return the place of a day among the dates of a resource, or the day itself."""
    if day is None:
        return NONE, NO_DAY, NO_DAY
    if day.is_exact and day.earliest in stand_ins.days:
        return stand_ins.days[day.earliest], NO_DAY, NO_DAY
    return GIVEN, day_number(day.earliest), day_number(day.latest)


def _number_placed(number: float | None) -> tuple[int, float]:
    """Return the place of a number and the factor by which it is to be multiplied, or the number itself."""
    if isinstance(number, Later):
        return number.place, number.factor
    return NONE, np.nan if number is None else number


class Arrays(Struct, frozen=True):
    """The readings and what they say as arrays: a place in each for every reading, or for every saying."""

    first: Any
    count: Any
    constant: Any
    places: dict[str, Any]
    low: Any
    high: Any
    times: list[str]
    seen_first: Any
    seen_count: Any
    seen: Any


PLACES = ("day", "earliest", "latest", "time", "given", "until", "until_earliest", "until_latest", "low", "high")


def arrays_of(meanings: Meanings) -> Arrays:
    """Return what was read so far as arrays."""
    with meanings.lock:
        known = meanings.arrays
        if known is None or len(known.first) < len(meanings.readings):
            meanings.arrays = _arrays(meanings, known)
            return meanings.arrays
        return known


def _arrays(meanings: Meanings, known: Arrays | None) -> Arrays:
    """Return the arrays, of which some may be known."""
    readings = meanings.readings[0 if known is None else len(known.first) :]
    first = 0 if known is None else len(known.constant)
    places = np.array(meanings.places[first:], dtype=np.int32).reshape(-1, len(PLACES))
    numbers = np.array(meanings.numbers[first:], dtype=np.float64).reshape(-1, 2)
    counts = np.array([len(one.seen) for one in readings], dtype=np.int32)
    seen = np.array([day for one in readings for day in one.seen], dtype=np.int32).reshape(-1, 3)
    more = Arrays(
        first=np.array([one.first_saying for one in readings], dtype=np.int32),
        count=np.array([one.sayings for one in readings], dtype=np.int32),
        constant=np.array(meanings.of_saying[first:], dtype=np.int32),
        places={name: places[:, number] for number, name in enumerate(PLACES)},
        low=numbers[:, 0],
        high=numbers[:, 1],
        times=list(meanings.times),
        seen_first=np.cumsum(counts, dtype=np.int32) - counts + np.int32(0 if known is None else len(known.seen)),
        seen_count=counts,
        seen=seen,
    )
    return more if known is None else _joined(known, more)


def _joined(known: Arrays, more: Arrays) -> Arrays:
    """Return arrays with others behind them, which have the times of both."""
    names = ("first", "count", "constant", "low", "high", "seen_first", "seen_count", "seen")
    every = {name: np.concatenate([getattr(known, name), getattr(more, name)]) for name in names}
    places = {name: np.concatenate([known.places[name], more.places[name]]) for name in PLACES}
    return Arrays(**every, places=places, times=more.times)
