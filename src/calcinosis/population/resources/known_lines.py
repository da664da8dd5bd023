"""Lines of known layouts as rows: their slots become patients, days and numbers for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.population.resources.layout import MOST_DATES, Layout, Role
from calcinosis.population.resources.meanings import Meanings
from calcinosis.population.resources.outline import NO_DAY, Outline, day_of
from calcinosis.population.resources.recognise import Bytes, Found

_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_GREATEST = 1e300
_PAIRS = list(combinations(range(MOST_DATES), 2))


@dataclass(frozen=True, slots=True)
class Resources:
    """Resources as rows: whose, the reading, the id, when updated; the dates and numbers of all rows in one list."""

    person: Any
    reading: Any
    id: pa.Array
    updated: Any
    first_date: Any
    first_number: Any
    dates: pa.Array
    days: Any
    numbers: Any


@dataclass(frozen=True, slots=True)
class _Column:
    """One slot of each of some rows: the places of the rows, and the texts."""

    rows: Any
    texts: pa.Array


def known_rows(
    block: Bytes,
    found: list[Found],
    people: Callable[[str], int],
    meanings: Meanings,
    key_of: Callable[[bytes], bytes | None],
) -> tuple[Resources, list[int]]:
    """Return the lines as rows, and the numbers of those that have to be decoded.

    ``people`` gives the number of a patient by a reference, -1 where there is none; ``key_of`` the outline of a line.
    """
    lines = np.concatenate([one.lines for one in found])
    order = np.argsort(lines, kind="stable")
    layout = np.repeat(np.arange(len(found)), [len(one.lines) for one in found])[order]
    lines = lines[order]
    good = np.ones(len(lines), dtype=bool)
    ids = _columns(block, found, order, "id")[0].texts
    person = _by_text(_columns(block, found, order, "subject")[0].texts, people)
    good &= person >= 0
    updated = np.full(len(lines), NO_DAY, dtype=np.int64)
    for column in _columns(block, found, order, "updated"):
        updated[column.rows] = _by_text(column.texts, _day)
    dates = _columns(block, found, order, "date")
    days = np.full((len(lines), len(dates)), NO_DAY, dtype=np.int64)
    for number, column in enumerate(dates):
        days[column.rows, number] = _by_text(column.texts, _full_day)
        wants_time = np.array([one.layout.with_time[number : number + 1] == (True,) for one in found])
        has_time = pc.greater(pc.binary_length(column.texts), len("2024-05-01")).to_numpy(zero_copy_only=False)
        is_right = (days[column.rows, number] != NO_DAY) & (has_time == wants_time[layout[column.rows]])
        good[column.rows] &= is_right
    numbers = np.full((len(lines), 0), np.nan)
    columns = _columns(block, found, order, "number")
    if columns:
        numbers = np.full((len(lines), len(columns)), np.nan)
    for number, column in enumerate(columns):
        is_number = pc.match_substring_regex(column.texts, _NUMBER)
        written = pc.if_else(is_number, column.texts, pa.scalar("nan"))
        numbers[column.rows, number] = written.cast(pa.float64()).to_numpy()
        good[column.rows] &= np.abs(numbers[column.rows, number]) < _GREATEST
    reading = _readings(block, found, lines, layout, days, numbers, good, meanings, key_of)
    kept = np.flatnonzero(reading >= 0)
    counts = [np.array([len(one.layout.of(role)) for one in found])[layout[kept]] for role in ("date", "number")]
    place = pa.array(kept)
    return (
        Resources(
            person=person[kept].astype(np.int32),
            reading=reading[kept],
            id=ids.take(place),
            updated=updated[kept].astype(np.int32),
            first_date=np.cumsum(counts[0]) - counts[0],
            first_number=np.cumsum(counts[1]) - counts[1],
            dates=_flat_texts(dates, kept, len(lines)),
            days=_flat(days[kept], counts[0]).astype(np.int32),
            numbers=_flat(numbers[kept], counts[1]),
        ),
        lines[reading < 0].tolist(),
    )


def _columns(block: Bytes, found: list[Found], order: Any, role: Role) -> list[_Column]:
    """Return the slots of a role, the first of each row, the second, and so on."""
    slots = [one.layout.of(role) for one in found]
    columns = []
    for number in range(max(map(len, slots))):
        has = np.repeat([len(places) > number for places in slots], [len(one.lines) for one in found])
        at = [
            (one.starts[:, places[number]], one.ends[:, places[number]])
            if len(places) > number
            else (np.zeros(len(one.lines), np.int32), np.zeros(len(one.lines), np.int32))
            for one, places in zip(found, slots, strict=True)
        ]
        starts, ends = (np.concatenate([pair[side] for pair in at])[order] for side in (0, 1))
        rows = np.flatnonzero(has[order])
        columns.append(_Column(rows, block.texts(starts[rows], ends[rows])))
    return columns


def _by_text(texts: pa.Array, number_of: Callable[[str], int]) -> Any:
    """Return the number of each text; each distinct one is looked up once."""
    coded = texts.dictionary_encode()
    numbers = np.array([number_of(text) for text in coded.dictionary.to_pylist()], dtype=np.int64)
    return numbers[coded.indices.to_numpy()] if len(texts) else numbers


def _day(written: str) -> int:
    found = day_of(written)
    return NO_DAY if found is None else found


def _full_day(written: str) -> int:
    return _day(written) if len(written) >= len("2024-05-01") else NO_DAY


def _readings(
    block: Bytes,
    found: list[Found],
    lines: Any,
    layout: Any,
    days: Any,
    numbers: Any,
    good: Any,
    meanings: Meanings,
    key_of: Callable[[bytes], bytes | None],
) -> Any:
    """Return the reading of each row, -1 for one that has to be decoded."""
    pattern = np.zeros(len(lines), dtype=np.int64)
    for power, (one, other) in enumerate(_PAIRS):
        if other < days.shape[1]:
            pattern += 3**power * (np.sign(days[:, one] - days[:, other]) + 1)
    reading = np.full(len(lines), -1, dtype=np.int32)
    rows = np.flatnonzero(good)
    if not len(rows):
        return reading
    kinds, kind_of = np.unique(layout[rows] * 3 ** len(_PAIRS) + pattern[rows], return_inverse=True)
    rows = rows[np.argsort(kind_of, kind="stable")]
    ends = np.cumsum(np.bincount(kind_of, minlength=len(kinds)))
    for kind, start, end in zip(kinds.tolist(), [0, *ends.tolist()[:-1]], ends.tolist(), strict=True):
        number, order = divmod(kind, 3 ** len(_PAIRS))
        alike, own = found[number].layout, rows[start:end]
        key = _key(alike, order, block.line(lines[own[0]]), key_of)
        if key is not None:
            reading[own] = _of_numbers(key, numbers[own], len(alike.of("number")), meanings)
    return reading


def _key(layout: Layout, order: int, line: bytes, key_of: Callable[[bytes], bytes | None]) -> bytes | None:
    if order not in layout.keys:
        key = key_of(line)
        if key is None:
            return None
        layout.keys[order] = key
    return layout.keys[order]


def _of_numbers(key: bytes, numbers: Any, count: int, meanings: Meanings) -> Any:
    """Return the reading of one outline for each row of numbers."""
    found = np.full(len(numbers), -1, dtype=np.int32)
    left = np.arange(len(numbers))
    while len(left):
        meaning = meanings.meaning_of(Outline(key, (), tuple(numbers[left[0], :count].tolist())))
        if meaning.needs_dates or meaning.needs_numbers:
            found[:] = -1
            return found
        for reading in meaning.readings:
            holds = np.ones(len(left), dtype=bool)
            for (place, factor), (low, high) in reading.limits.items():
                values = numbers[left, place] * factor
                holds &= (values >= low) & (values <= high)
            found[left[holds]] = reading.number
            left = left[~holds]
    return found


def _flat(matrix: Any, counts: Any) -> Any:
    """Return the first values of each row, as many as it has, one row after another."""
    return matrix[np.arange(matrix.shape[1]) < counts[:, None]]


def _flat_texts(columns: list[_Column], kept: Any, size: int) -> pa.Array:
    """Return the texts of the kept rows, one row after another."""
    if not columns:
        return pa.array([], pa.string())
    starts = np.cumsum([0, *(len(column.rows) for column in columns)])
    place = np.full((size, len(columns)), -1, dtype=np.int64)
    for number, column in enumerate(columns):
        place[column.rows, number] = starts[number] + np.arange(len(column.rows))
    flat = place[kept].ravel()
    return pa.concat_arrays([column.texts for column in columns]).take(pa.array(flat[flat >= 0]))


def joined(parts: list[Resources]) -> Resources:
    """Return the rows of several parts one after another."""
    dates = np.cumsum([0, *(len(one.days) for one in parts)])
    numbers = np.cumsum([0, *(len(one.numbers) for one in parts)])
    columns: Mapping[str, Any] = {
        name: np.concatenate([getattr(one, name) for one in parts])
        for name in ("person", "reading", "updated", "days", "numbers")
    }
    return Resources(
        **columns,
        id=pa.concat_arrays([one.id for one in parts]),
        dates=pa.concat_arrays([one.dates for one in parts]),
        first_date=np.concatenate([one.first_date + start for one, start in zip(parts, dates[:-1], strict=True)]),
        first_number=np.concatenate([one.first_number + start for one, start in zip(parts, numbers[:-1], strict=True)]),
    )
