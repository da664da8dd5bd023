"""Sayings of a group of people that are not plain, settled by the code for one person, and the ages of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from calcinosis.person.dates import LONGEST_LIFE, DateError, Day, parse_date, years_between
from calcinosis.person.sayings import Said, settle
from calcinosis.population.resources.meanings import TRUTHS, Constant
from calcinosis.population.resources.outline import NO_DAY, day_number, day_text
from calcinosis.population.settled import SETTLED, date_key
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import TRUE, UNKNOWN

_TRUTHS = {number: truth for truth, number in TRUTHS.items()} | {-1: UNKNOWN}


class Group(Struct, frozen=True):
    """The people of a group: their ids, the day of each as a number, birth dates and sexes as ``Patients`` has them."""

    first: int
    ids: Sequence[str]
    as_of: Any
    births: Sequence[str]
    sexes: Sequence[str]


class Texts(Struct, frozen=True):
    """The times of sayings as written, and the ids of the resources that they come from, of each type in one piece.

    They are looked up for the few that are settled one by one.
    """

    times: pa.ChunkedArray
    ids: pa.ChunkedArray
    kinds: Sequence[str]
    firsts: Sequence[int]
    """The place at which each type begins."""

    def with_ids(self, kind: str, ids: Sequence[str]) -> Texts:
        """Return these and the ids of one more type."""
        every = pa.chunked_array([*self.ids.chunks, pa.array(ids, pa.string())])
        return Texts(self.times, every, [*self.kinds, kind], [*self.firsts, len(self.ids)])

    def times_at(self, places: Any) -> list[str | None]:
        """Return the times at some places, None for -1."""
        found: list[str | None] = self.times.take(pa.array(places, mask=places < 0)).to_pylist()
        return found

    def origins_at(self, places: Any) -> list[str]:
        """Return the resources at some places."""
        kinds = np.searchsorted(np.array(self.firsts), places, side="right") - 1
        ids = self.ids.take(pa.array(places)).to_pylist()
        return [f"{self.kinds[kind]}/{name}" for kind, name in zip(kinds.tolist(), ids, strict=True)]


class Sayings(Struct, frozen=True):
    """Sayings of a group in columns, and what they have in common by their numbers."""

    columns: Mapping[str, Any]
    """As ``resources.told`` names them, numpy arrays; ``time`` and ``origin`` are places among the texts."""
    constants: Sequence[Constant]
    texts: Texts

    def taken(self, at: Any) -> Sayings:
        """Return some of the sayings."""
        return replace(self, columns={name: column[at] for name, column in self.columns.items()})


def other_rows(told: Sayings, group: Group, facts: Mapping[str, Fact]) -> pa.Table:
    """Return the rows of what is not plain, settled person by person."""
    by_person: dict[int, list[Said]] = {}
    for person, one in each_said(told):
        by_person.setdefault(person, []).append(one)
    found: list[dict[str, Any]] = []
    for person, sayings in by_person.items():
        values, _ = settle(sayings, day_text(int(group.as_of[person - group.first])), facts)
        found += (row_of(person - group.first, name, value) for name, value in values.items())
    return pa.Table.from_pylist(found, schema=SETTLED)


_COLUMNS = ("person", "saying", "earliest", "latest", "until_earliest", "until_latest", "low", "high")


def each_said(told: Sayings) -> Iterator[tuple[int, Said]]:
    """Yield each saying with the person of whom it is, as the reader of one person has it."""
    columns = [told.columns[name].tolist() for name in _COLUMNS]
    texts = told.texts.times_at(told.columns["time"]), told.texts.origins_at(told.columns["origin"])
    for person, *row in zip(*columns, *texts, strict=True):
        yield person, _one_said(told.constants[row[0]], *row[1:])


def _one_said(
    constant: Constant,
    earliest: int,
    latest: int,
    until_earliest: int,
    until_latest: int,
    low: float,
    high: float,
    time: str | None,
    origin: str,
) -> Said:
    """Return a saying as the reader of one person has it."""
    fact, truth, word, site, weak, once, open_low, open_high, lower, upper, flag, began = constant
    day, until = _day(earliest, latest), _day(until_earliest, until_latest)
    value = Value(
        truth=_TRUTHS[truth],
        word=word,
        low=None if low != low else low,
        high=None if high != high else high,
        open_low=open_low,
        open_high=open_high,
        lower_limit=lower,
        upper_limit=upper,
        flag=flag,
        origins=(Origin("resource", origin),),
    )
    when = "" if time is None else time or (day.latest if day else "")
    return Said(fact, value, day, when, until, weak, site, once, began=began)


def _day(earliest: int, latest: int) -> Day | None:
    return None if earliest == NO_DAY else Day(day_text(earliest), day_text(latest))


def row_of(person: int, fact: str, value: Value) -> dict[str, Any]:
    """Return the row of a value of one person, in the columns of SETTLED."""
    key = None
    if value.date:
        is_exact = len(value.date) == len("2024-05-01")
        key = date_key(day_number(value.date if is_exact else f"{value.date}-01-01"), is_exact)
    return {
        "person": person,
        "fact": fact,
        "truth": TRUTHS.get(value.truth, -1),
        "word": value.word or None,
        "low": value.low,
        "high": value.high,
        "open_low": value.open_low,
        "open_high": value.open_high,
        "lower_limit": value.lower_limit,
        "upper_limit": value.upper_limit,
        "flag": value.flag or None,
        "first": day_number(value.first) if value.first else None,
        "date_key": key,
    }


def age_rows(group: Group) -> pa.Table:
    """Return the ages by the birth dates, where these can be."""
    bounds = [_age(birth, day) for birth, day in zip(group.births, group.as_of.tolist(), strict=True)]
    people = np.array([person for person, found in enumerate(bounds) if found is not None], dtype=np.int32)
    ages = np.array([found for found in bounds if found is not None], dtype=np.float64).reshape(-1, 2)
    fact = pa.array(["age"]).dictionary_encode()
    columns = {
        "person": people,
        "fact": pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(people), np.int32)), fact.dictionary),
        "truth": np.full(len(people), TRUTHS[TRUE], dtype=np.int8),
        "low": ages[:, 0],
        "high": ages[:, 1],
        **dict.fromkeys(("open_low", "open_high"), np.zeros(len(people), dtype=bool)),
        "date_key": 2 * group.as_of[people].astype(np.int32) + 1,
    }
    return pa.table(
        [
            pa.array(columns[one.name], one.type) if one.name in columns else pa.nulls(len(people), one.type)
            for one in SETTLED
        ],
        schema=SETTLED,
    )


@lru_cache(maxsize=65536)
def _age(birth: str, day: int) -> tuple[float, float] | None:
    """Return the least and greatest age at a day; None without a day or a birth date that can be."""
    if not birth or day == NO_DAY:
        return None
    try:
        low, high = years_between(parse_date(birth), day_text(day))
    except DateError:
        return None
    return None if low < 0 or high > LONGEST_LIFE else (low, high)
