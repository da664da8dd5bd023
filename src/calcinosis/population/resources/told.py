"""What resources tell, as tables: what is said of whom, the days of records, and when resources were updated."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct

from calcinosis.population.export.lines import Block
from calcinosis.population.resources.known_lines import Resources
from calcinosis.population.resources.meanings import GIVEN, ITS_DAY, Arrays, Meanings, arrays_of
from calcinosis.population.resources.problems import Problems
from calcinosis.population.resources.recognise import Bytes
from calcinosis.population.resources.versions import id_numbers

SAID = pa.schema(
    {
        "person": pa.int32(),
        "saying": pa.int32(),  # what it has in common with others: its place among the constants
        **dict.fromkeys(("earliest", "latest", "until_earliest", "until_latest"), pa.int32()),
        **dict.fromkeys(("low", "high"), pa.float64()),
        **dict.fromkeys(("time", "id"), pa.string()),
    }
)
"""What is said of a person: days are counted from 1970, NO_DAY where there is none, and so NaN for a number."""
DAYS = pa.schema(dict.fromkeys(("person", "earliest", "latest"), pa.int32()))
"""The days that the resources of a person tell of."""
STAMPS = pa.schema(dict.fromkeys(("person", "least", "most"), pa.int32()))
"""The first and last day on which resources of a person were updated; NO_DAY as first if one does not say."""


class Told(Struct):
    """What some lines told: tables, how many lines there were, and what could not be used."""

    said: pa.Table
    days: pa.Table
    stamps: pa.Table
    lines: int
    problems: Problems
    unknown: Counter[str]
    unused: Counter[str]
    ids: Any
    """For each line that was read a number of its id, as ``versions`` has it."""
    numbers: Any
    """The numbers of these lines in their file."""
    file: str


def told_by(rows: Resources, meanings: Meanings, lines: int, problems: Problems, block: Block) -> Told:
    """Return what the rows of a block of so many lines tell."""
    arrays = arrays_of(meanings)
    unknown, unused = Counter[str](), Counter[str]()
    for number, count in enumerate(np.bincount(rows.reading, minlength=len(arrays.first)).tolist()):
        if count:
            one = meanings.readings[number]
            unknown.update({one.unknown: count} if one.unknown else {})
            unused.update({one.problem: count} if one.problem else {})
    return Told(
        _said(rows, arrays),
        _days(rows, arrays),
        pa.table(spans(rows.person, rows.updated, rows.updated), schema=STAMPS),
        lines,
        problems,
        unknown,
        unused,
        _id_numbers(rows),
        rows.line.astype(np.int64) + block.first,
        block.file,
    )


def _id_numbers(rows: Resources) -> Any:
    """Return the numbers of the ids, those in the block and those behind it."""
    found = np.zeros(len(rows.id), dtype=np.uint64)
    size = len(rows.source.data)
    is_behind = rows.id[:, 0] >= size
    for data, which, away in ((rows.source.data, ~is_behind, 0), (rows.source.more, is_behind, size)):
        found[which] = id_numbers(data, rows.id[which] - away)
    return found


def _repeated(first: Any, count: Any) -> tuple[Any, Any]:
    """Return the rows that have so many parts each, one for each part, and the numbers of the parts."""
    row = np.repeat(np.arange(len(count)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    return row, np.repeat(first, count) + np.arange(len(row)) - before


def _said(rows: Resources, arrays: Arrays) -> pa.Table:
    row, saying = _repeated(arrays.first[rows.reading], arrays.count[rows.reading])
    place = {name: column[saying] for name, column in arrays.places.items()}
    start = rows.first_date[row]
    columns: dict[str, Any] = {"person": rows.person[row], "saying": arrays.constant[saying]}
    for name in ("earliest", "latest"):
        columns[name] = _dated(place["day"], place[name], start, rows.days)
        columns[f"until_{name}"] = _dated(place["until"], place[f"until_{name}"], start, rows.days)
    for name, factor in (("low", arrays.low), ("high", arrays.high)):
        columns[name] = _numbered(place[name], factor[saying], rows.first_number[row], rows.numbers)
    columns["time"] = _times(place["time"], place["given"], start, rows, arrays)
    columns["id"] = _texts(rows.source, rows.id[row])
    return pa.table(columns).select(SAID.names).cast(SAID)


def _dated(place: Any, given: Any, start: Any, days: Any) -> Any:
    found = given.copy()
    at = place >= 0
    found[at] = days[start[at] + place[at]]
    return found


def _numbered(place: Any, factor: Any, first: Any, numbers: Any) -> Any:
    found = factor.copy()
    at = place >= 0
    found[at] = numbers[first[at] + place[at]] * factor[at]
    return found


def _times(place: Any, given: Any, start: Any, rows: Resources, arrays: Arrays) -> pa.Array:
    """Return the time of each saying: as written, the empty text for the day itself, or null."""
    at = place >= 0
    written = _texts(rows.source, rows.dates[start[at] + place[at]])
    if len(written) == len(place):
        return written
    index = np.full(len(place), -1, dtype=np.int64)
    index[at] = np.arange(len(written))
    index[place == GIVEN] = len(written) + given[place == GIVEN]
    index[place == ITS_DAY] = len(written) + len(arrays.times)
    every = pa.concat_arrays([written, pa.array([*arrays.times, ""], pa.string())])
    return every.take(pa.array(index, mask=index < 0))


def _texts(source: Bytes, places: Any) -> pa.Array:
    """Return the texts at some places, in any order."""
    begins = places[:, 0]
    is_new = np.ones(len(begins), dtype=bool)
    is_new[1:] = begins[1:] != begins[:-1]
    own = places[is_new]
    if (own[1:, 0] > own[:-1, 0]).all():  # most stand in the order of the lines
        found = source.texts(own[:, 0], own[:, 1])
        return found if len(own) == len(places) else found.take(pa.array(np.cumsum(is_new) - 1))
    begins, first, again = np.unique(begins, return_index=True, return_inverse=True)
    return source.texts(begins, places[first, 1]).take(pa.array(again))


def _days(rows: Resources, arrays: Arrays) -> pa.Table:
    row, seen = _repeated(arrays.seen_first[rows.reading], arrays.seen_count[rows.reading])
    told = arrays.seen[seen]
    earliest, latest = (_dated(told[:, 0], told[:, end], rows.first_date[row], rows.days) for end in (1, 2))
    return pa.table(distinct([rows.person[row], earliest, latest]), schema=DAYS)


def distinct(columns: list[Any]) -> list[Any]:
    """Return rows of integers, each once, in order."""
    columns = _without_repeats(columns)  # most stand beside their like
    order = np.lexsort(columns[::-1])
    return _without_repeats([column[order] for column in columns])


def _without_repeats(columns: list[Any]) -> list[Any]:
    """Return rows without those that are as the one before."""
    is_new = np.ones(len(columns[0]), dtype=bool)
    if len(is_new):
        is_new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return [column[is_new] for column in columns]


def spans(person: Any, least: Any, most: Any) -> list[Any]:
    """Return each person once, in order, with the least and the greatest of its days."""
    order = np.argsort(person, kind="stable")
    people, first = np.unique(person[order], return_index=True)
    if not len(people):
        return [people, people, people]
    return [people, np.minimum.reduceat(least[order], first), np.maximum.reduceat(most[order], first)]
