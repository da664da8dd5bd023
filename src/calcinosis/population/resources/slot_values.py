"""What stands in the slots of many lines at once: days and numbers, unless they are written in another way."""

from __future__ import annotations

from collections.abc import Callable
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
_WORD = 8
_FIRST_YEAR, _LAST_YEAR = 1800, 2299
_MONTH_ENDS = len("2024-05-")
_LONGEST_OF_RUN = 48
"""Bytes of texts that are compared with the one before."""


def _word(signs: bytes) -> np.uint64:
    """Return the signs of a word as the processor has them."""
    return np.uint64(int.from_bytes(signs, "little"))


_ZEROS, _HIGH = _word(b"0000-00-"), _word(b"\x80" * _WORD)
_NO_DIGIT = _word(bytes(0x7F if sign == ord("-") else 0x76 for sign in b"0000-00-"))
"""What carries into the highest bit of each byte that is not the digit, or the dash, that it should be."""
_ZEROS_OF_DAY, _NO_DIGIT_OF_DAY = _word(b"00"), _word(b"\x76\x76")


def of_runs(block: Bytes, values_in: Callable[[Any, Any], Any], begins: Any, ends: Any) -> Any:
    """Return the value of each text; of texts one after another that are the same the first alone is looked at.

    Resources of one patient and visit mostly stand together. What stands behind a text is compared as well.
    """
    lengths = ends - begins
    size = -(-int(lengths.max(initial=0)) // _WORD) * _WORD
    if len(begins) < 2 or not 0 < size <= _LONGEST_OF_RUN or size > len(block.data):
        return values_in(begins, ends)
    latest = len(block.data) - size
    signs = _signs(block, np.minimum(begins, latest), size).view(np.uint64)
    is_new = np.ones(len(begins), dtype=bool)
    is_new[1:] = (lengths[1:] != lengths[:-1]) | (begins[1:] > latest)
    for column in signs.T:
        is_new[1:] |= column[1:] != column[:-1]
    firsts = np.flatnonzero(is_new)
    return values_in(begins[firsts], ends[firsts])[np.cumsum(is_new) - 1]


def days_in(block: Bytes, begins: Any, ends: Any) -> Any:
    """Return the day of each date, in days since 1970; NO_DAY for what is no date that is written in full."""
    days = np.full(len(begins), NO_DAY, dtype=np.int64)
    lengths = ends - begins
    rows = np.flatnonzero(lengths >= _DAY)
    if not len(rows):
        return days
    first = begins[rows]
    month = _words(block, "<u8", first) ^ _ZEROS
    day = _words(block, "<u2", first + _MONTH_ENDS).astype(np.uint64) ^ _ZEROS_OF_DAY
    wrong = month | (month + _NO_DIGIT) | day | (day + _NO_DIGIT_OF_DAY)
    written = (wrong & _HIGH) == 0
    year, month, day = (_number(month, 0, 4), _number(month, 5, 2), _number(day, 0, 2))
    listed = (
        written & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= 12) & (day <= 31) & (day > 0)
    )
    place = ((year - _FIRST_YEAR) * 12 + month - 1) * 31 + day - 1
    found = _days_of_calendar()[np.where(listed, place, 0)]
    found[~listed] = NO_DAY
    for row in np.flatnonzero(written & ~listed).tolist():
        number = day_of(block.text(first[row], first[row] + _DAY))
        found[row] = NO_DAY if number is None else number
    lengths = lengths[rows]
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        if length > _DAY:
            some = np.flatnonzero(lengths == length)
            found[some[~_are_times(block, first[some] + _DAY, length - _DAY)]] = NO_DAY
    days[rows] = found
    return days


def _number(signs: Any, start: int, length: int) -> Any:
    """Return the number that some digits of words are, of which each byte is the digit itself."""
    found: Any = 0
    for place in range(start, start + length):
        found = found * 10 + ((signs >> np.uint64(8 * place)) & np.uint64(15)).astype(np.int64)
    return found


def _are_times(block: Bytes, begins: Any, length: int) -> Any:
    """Return at which places so many bytes are a time: a T or a space, then what a time is written in."""
    first = _words(block, "u1", begins)
    begun = (first == ord("T")) | (first == ord(" "))
    if length == 1:
        return begun
    rest = _signs(block, begins + 1, length - 1)
    allowed = (rest - np.uint8(ord("+")) <= ord(":") - ord("+")) & (rest != ord("/"))
    allowed |= (rest | np.uint8(32)) == ord("z")
    return begun if allowed.all() else begun & allowed.all(axis=1)


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
        days[row] = updated_day(block.text(begins[row], ends[row]))
    return days


def numbers_in(block: Bytes, begins: Any, ends: Any) -> Any:
    """Return each number; NaN for what is none in JSON, or is too large."""
    texts = block.texts(begins, ends)
    is_number = np.zeros(len(texts), dtype=bool)
    lengths = ends - begins
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        if length:
            rows = np.flatnonzero(lengths == length)
            is_number[rows] = _are_plain(_signs(block, begins[rows], length))
    others = np.flatnonzero(~is_number)
    if len(others):
        matched = pc.match_substring_regex(texts.take(pa.array(others)), _NUMBER)
        is_number[others] = matched.to_numpy(zero_copy_only=False)
        texts = pc.if_else(pa.array(is_number), texts, pa.scalar("nan"))
    numbers = texts.cast(pa.float64()).to_numpy().copy()
    numbers[~(np.abs(numbers) < _GREATEST)] = np.nan
    return numbers


def _are_plain(signs: Any) -> Any:
    """Return which rows of signs are numbers in JSON that are written in digits with at most one point."""
    points = signs == ord(".")
    is_digit = signs - np.uint8(ord("0")) <= 9
    plain = is_digit[:, 0] & is_digit[:, -1]
    allowed = is_digit | points
    if not allowed.all():
        plain &= allowed.all(axis=1)
    row = np.flatnonzero(points) // signs.shape[1]
    plain[row[1:][row[1:] == row[:-1]]] = False
    if signs.shape[1] > 1:
        plain &= (signs[:, 0] != ord("0")) | points[:, 1]
    return plain


def _words(block: Bytes, kind: str, begins: Any) -> Any:
    """Return the word of a kind that begins at each place."""
    size = np.dtype(kind).itemsize
    return np.ndarray((len(block.data) - size + 1,), kind, buffer=block.data, strides=(1,))[begins]


def _signs(block: Bytes, begins: Any, length: int) -> Any:
    """Return so many bytes from each place on, a row each."""
    every = np.ndarray((len(block.data) - length + 1,), f"V{length}", buffer=block.data, strides=(1,))
    return every[begins].view(np.uint8).reshape(-1, length)
