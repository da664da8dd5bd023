"""What stands in the slots of many lines at once: days and numbers, unless they are written in another way."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.population.resources.outline import NO_DAY, day_of, updated_day
from calcinosis.population.resources.recognise import Bytes

_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_GREATEST = 1e300
_DAY = len("2024-05-01")
_DIGITS = np.array([0, 1, 2, 3, 5, 6, 8, 9])
_DASHES = np.array([4, 7])
_TIME = np.array([chr(byte) in "0123456789:.,Zz+-" for byte in range(256)])
"""What a time is written in."""
_FIRST_YEAR, _LAST_YEAR = 1800, 2299


def days_in(block: Bytes, begins: Any, ends: Any) -> Any:
    """Return the day of each date, in days since 1970; NO_DAY for what is no date that is written in full."""
    days = np.full(len(begins), NO_DAY, dtype=np.int64)
    rows = np.flatnonzero(ends - begins >= _DAY)
    if not len(rows):
        return days
    signs = _signs(block, begins[rows], _DAY)
    digits = signs[:, _DIGITS] - np.uint8(ord("0"))
    written = (digits <= 9).all(axis=1) & (signs[:, _DASHES] == ord("-")).all(axis=1)
    year, month, day = (digits[:, part].astype(np.int64) @ tens for part, tens in _PARTS)
    listed = (
        written & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= 12) & (day <= 31) & (day > 0)
    )
    place = ((year - _FIRST_YEAR) * 12 + month - 1) * 31 + day - 1
    found = np.where(listed, _days_of_calendar()[np.where(listed, place, 0)], NO_DAY)
    for row in np.flatnonzero(written & ~listed).tolist():
        number = day_of(bytes(signs[row]).decode())
        found[row] = NO_DAY if number is None else number
    for length in set((ends[rows] - begins[rows]).tolist()) - {_DAY}:
        some = np.flatnonzero(ends[rows] - begins[rows] == length)
        time = _signs(block, begins[rows[some]] + _DAY, length - _DAY)
        is_time = ((time[:, 0] == ord("T")) | (time[:, 0] == ord(" "))) & _TIME[time[:, 1:]].all(axis=1)
        found[some[~is_time]] = NO_DAY
    days[rows] = found
    return days


_PARTS = (
    (slice(0, 4), np.array([1000, 100, 10, 1])),
    (slice(4, 6), np.array([10, 1])),
    (slice(6, 8), np.array([10, 1])),
)


@lru_cache(maxsize=1)
def _days_of_calendar() -> Any:
    """Return the number of each day by year, month and day; NO_DAY for one that no month has."""
    months = np.arange(f"{_FIRST_YEAR}-01", f"{_LAST_YEAR + 1}-01", dtype="datetime64[M]")
    first, following = (some.astype("datetime64[D]").astype(np.int64) for some in (months, months + 1))
    every = first[:, None] + np.arange(31)
    return np.where(every < following[:, None], every, NO_DAY).ravel()


def updates_in(block: Bytes, begins: Any, ends: Any) -> Any:
    """Return the day of each time of an update, whatever it is written in."""
    days = days_in(block, begins, ends)
    for row in np.flatnonzero(days == NO_DAY).tolist():
        days[row] = updated_day(block.data[begins[row] : ends[row]].decode())
    return days


def numbers_in(block: Bytes, begins: Any, ends: Any) -> Any:
    """Return each number; NaN for what is none in JSON, or is too large."""
    texts = block.texts(begins, ends)
    is_number = np.zeros(len(texts), dtype=bool)
    lengths = ends - begins
    for length in set(lengths.tolist()) - {0}:
        rows = np.flatnonzero(lengths == length)
        signs = _signs(block, begins[rows], length)
        points = signs == ord(".")
        is_digit = signs - np.uint8(ord("0")) <= 9
        count = points.sum(axis=1)
        plain = (is_digit | points).all(axis=1) & (count <= 1) & is_digit[:, 0] & is_digit[:, -1]
        if length > 1:
            plain &= (signs[:, 0] != ord("0")) | points[:, 1]
        is_number[rows] = plain
    others = np.flatnonzero(~is_number)
    if len(others):
        matched = pc.match_substring_regex(texts.take(pa.array(others)), _NUMBER)
        is_number[others] = matched.to_numpy(zero_copy_only=False)
        texts = pc.if_else(pa.array(is_number), texts, pa.scalar("nan"))
    numbers = texts.cast(pa.float64()).to_numpy().copy()
    numbers[~(np.abs(numbers) < _GREATEST)] = np.nan
    return numbers


def _signs(block: Bytes, begins: Any, length: int) -> Any:
    """Return so many bytes from each place on, a row each."""
    every = np.ndarray((len(block.data) - length + 1,), f"V{length}", buffer=block.data, strides=(1,))
    return every[begins].view(np.uint8).reshape(-1, length)
