"""Lines of known layouts as rows: their slots become patients, days and numbers for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from calcinosis.population.resources.layout import MOST_DATES, Layout, Role
from calcinosis.population.resources.meanings import Meanings
from calcinosis.population.resources.outline import NO_DAY, Outline
from calcinosis.population.resources.recognise import Bytes, Known
from calcinosis.population.resources.slot_values import days_in, numbers_in, of_runs, updates_in

_PAIRS = list(combinations(range(MOST_DATES), 2))
_DAY_LENGTH = len("2024-05-01")
_FEW = 2**16
"""Kinds whose numbers are sorted the faster for being short."""


class Resources(Struct, frozen=True):
    """Resources as rows: the line, whose, the reading, when updated; the dates and numbers of all rows in one list.

    Ids and dates are texts that stand in ``source``; it is told where each begins and ends.
    """

    source: Bytes
    line: Any
    person: Any
    reading: Any
    updated: Any
    id: Any
    first_date: Any
    first_number: Any
    dates: Any
    days: Any
    numbers: Any

    def some(self, which: Any) -> Resources:
        """Return some of the rows; the texts, dates and numbers stay where they are."""
        names = ("line", "person", "reading", "updated", "id", "first_date", "first_number")
        return replace(self, **{name: getattr(self, name)[which] for name in names})


def known_rows(
    block: Bytes,
    known: Known,
    layouts: Sequence[Layout],
    people: Callable[[str], int],
    meanings: Meanings,
    key_of: Callable[[bytes], bytes | None],
) -> tuple[Resources, list[int]]:
    """Return the lines as rows, and the numbers of those that have to be decoded.

    ``people`` gives the number of a patient by a reference, -1 where there is none; ``key_of`` the outline of a line.
    """
    begins, ends = known.begins, known.ends
    of_run = partial(of_runs, block)
    subject = begins["subject"][:, 0], ends["subject"][:, 0]
    person = of_run(lambda *at: _by_text(block.texts(*at), people), *subject)
    good = person >= 0
    updated = _slots(known, "updated", partial(of_run, partial(updates_in, block)), NO_DAY)
    days = _slots(known, "date", partial(of_run, partial(days_in, block)), NO_DAY)
    has_date = begins["date"] >= 0
    wants_time = np.zeros((len(layouts), days.shape[1]), dtype=bool)
    for one in np.unique(known.layout).tolist():
        wants_time[one, : len(layouts[one].with_time)] = layouts[one].with_time
    has_time = ends["date"] - begins["date"] > _DAY_LENGTH
    good &= _in_all(~has_date | ((days != NO_DAY) & (has_time == wants_time[known.layout])))
    numbers = _slots(known, "number", lambda *at: numbers_in(block, *at), np.nan)
    has_number = begins["number"] >= 0
    good &= _in_all(~has_number | ~np.isnan(numbers))
    reading = _readings(block, known, layouts, days, numbers, good, meanings, key_of)
    is_kept = reading >= 0
    kept: Any = slice(None) if is_kept.all() else np.flatnonzero(is_kept)
    has_date, has_number = has_date[kept], has_number[kept]
    counts = has_date.sum(axis=1), has_number.sum(axis=1)
    return (
        Resources(
            source=block,
            line=known.lines[kept],
            person=person[kept].astype(np.int32),
            reading=reading[kept],
            updated=(updated[kept, 0] if updated.shape[1] else np.full(len(has_date), NO_DAY)).astype(np.int32),
            id=np.concatenate([begins["id"][kept], ends["id"][kept]], axis=1),
            first_date=np.cumsum(counts[0]) - counts[0],
            first_number=np.cumsum(counts[1]) - counts[1],
            dates=np.stack([_where(has_date, side["date"][kept]) for side in (begins, ends)], axis=1),
            days=_where(has_date, days[kept]).astype(np.int32),
            numbers=_where(has_number, numbers[kept]),
        ),
        known.lines[~is_kept].tolist(),
    )


def _slots(known: Known, role: Role, values_in: Callable[[Any, Any], Any], nothing: float) -> Any:
    """Return the values in the slots of a role: a row for each line, a column for each slot."""
    columns = []
    for begins, ends in zip(known.begins[role].T, known.ends[role].T, strict=True):
        if begins.min(initial=0) >= 0:
            columns.append(values_in(begins, ends))
            continue
        has = begins >= 0
        values = values_in(begins[has], ends[has])
        columns.append(np.full(len(has), nothing, dtype=values.dtype))
        columns[-1][has] = values
    return np.stack(columns, axis=1) if columns else np.full((len(known.lines), 0), nothing)


def _where(has: Any, values: Any) -> Any:
    """Return the values that are there, row by row."""
    return values.ravel() if has.all() else values[has]


def _in_all(columns: Any) -> Any:
    """Return the rows that are true in all columns, of which there are few."""
    found = np.ones(len(columns), dtype=bool)
    for column in columns.T:
        found &= column
    return found


def _by_text(texts: pa.Array, number_of: Callable[[str], int]) -> Any:
    """Return the number of each text; each distinct one is looked up once."""
    coded = texts.dictionary_encode()
    numbers = np.array([number_of(text) for text in coded.dictionary.to_pylist()], dtype=np.int64)
    return numbers[coded.indices.to_numpy()] if len(texts) else numbers


def _readings(
    block: Bytes,
    known: Known,
    layouts: Sequence[Layout],
    days: Any,
    numbers: Any,
    good: Any,
    meanings: Meanings,
    key_of: Callable[[bytes], bytes | None],
) -> Any:
    """Return the reading of each row, -1 for one that has to be decoded."""
    pattern = np.zeros(len(good), dtype=np.int64)
    for power, (one, other) in enumerate(_PAIRS):
        if other < days.shape[1]:
            pattern += 3**power * (np.sign(days[:, one] - days[:, other]) + 1)
    reading = np.full(len(good), -1, dtype=np.int32)
    rows = np.flatnonzero(good)
    if not len(rows):
        return reading
    coded = pa.array(known.layout[rows] * 3 ** len(_PAIRS) + pattern[rows]).dictionary_encode()
    kinds, kind_of = coded.dictionary.to_numpy(), coded.indices.to_numpy()
    rows = rows[np.argsort(kind_of.astype(np.uint16) if len(kinds) < _FEW else kind_of, kind="stable")]
    ends = np.cumsum(np.bincount(kind_of, minlength=len(kinds)))
    for kind, start, end in zip(kinds.tolist(), [0, *ends.tolist()[:-1]], ends.tolist(), strict=True):
        number, order = divmod(kind, 3 ** len(_PAIRS))
        alike, own = layouts[number], rows[start:end]
        key = _key(alike, order, block.line(known.lines[own[0]]), key_of)
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


def joined(parts: Sequence[Resources]) -> Resources:
    """Return the rows of parts in the order of their lines; the texts of all stand in the source of the last."""
    order = np.argsort(np.concatenate([one.line for one in parts]), kind="stable")
    dates, numbers = (
        np.cumsum([0, *(len(getattr(one, name)) for one in parts)]).tolist()[:-1] for name in ("days", "numbers")
    )
    firsts = {
        "first_date": [one.first_date + before for one, before in zip(parts, dates, strict=True)],
        "first_number": [one.first_number + before for one, before in zip(parts, numbers, strict=True)],
    }
    rows = {name: [getattr(one, name) for one in parts] for name in ("line", "person", "reading", "updated", "id")}
    every = {name: [getattr(one, name) for one in parts] for name in ("dates", "days", "numbers")}
    return Resources(
        source=parts[-1].source,
        **{name: np.concatenate(listed)[order] for name, listed in {**rows, **firsts}.items()},
        **{name: np.concatenate(listed) for name, listed in every.items()},
    )
