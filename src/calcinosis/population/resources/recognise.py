"""The lines of a block that have a known layout, and what is in their slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa

from calcinosis.population.resources.layout import ODD, Layout

_MOST = 4000
"""Layouts of one type of resource that are looked for."""
_WORD = 8
_LINE_FEED, _QUOTE = 10, 34


@dataclass(frozen=True, slots=True)
class Found:
    """Lines of one layout: their numbers in the block, and where each slot begins and ends."""

    layout: Layout
    lines: Any
    starts: Any
    ends: Any


@dataclass(slots=True)
class Bytes:
    """A block of lines, with what is looked up in it: the ends of its lines and its quotes."""

    data: bytes
    words: Any
    bytes: Any
    starts: Any
    ends: Any
    quotes: Any
    first_quote: Any
    quote_count: Any
    odd: Any

    def line(self, number: int) -> bytes:
        """Return a line, by its number from 0."""
        return self.data[self.starts[number] : self.ends[number]]

    def texts(self, starts: Any, ends: Any) -> pa.Array:
        """Return texts that stand in the block one after another."""
        offsets = np.empty(2 * len(starts), dtype=np.int32)
        offsets[0::2], offsets[1::2] = starts, ends
        if not len(starts):
            return pa.array([], pa.string())
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(self.data)]
        between = pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)
        return between.take(pa.array(np.arange(0, len(offsets), 2)))


def bytes_of(data: bytes) -> Bytes:
    """Return a block with what is looked up in it."""
    whole = data if data.endswith(b"\n") or not data else data + b"\n"
    padded = whole + bytes(_WORD)
    array = np.frombuffer(padded, np.uint8)[: len(whole)]
    ends = np.flatnonzero(array == _LINE_FEED).astype(np.int32)
    starts = np.concatenate([np.zeros(min(len(ends), 1), np.int32), ends[:-1] + 1]).astype(np.int32)
    quotes = np.flatnonzero(array == _QUOTE).astype(np.int32)
    first = np.searchsorted(quotes, starts)
    odd = np.zeros(len(ends), dtype=np.int64)
    wrapped = array - np.uint8(32)
    if np.count_nonzero(wrapped >= 95) > len(ends) or whole.find(b"\\") >= 0:
        places = np.flatnonzero(ODD[array] & (array != _LINE_FEED))
        odd = np.searchsorted(places, ends) - np.searchsorted(places, starts)
    return Bytes(
        data=whole,
        words=np.ndarray((len(whole) + 1,), "<u8", buffer=padded, strides=(1,)),
        bytes=array,
        starts=starts,
        ends=ends,
        quotes=quotes,
        first_quote=first,
        quote_count=np.diff(first, append=len(quotes)),
        odd=odd,
    )


@dataclass(slots=True)
class _Alike:
    """Layouts with the same number of quotes and the same open gaps, by the sum of their other gaps."""

    weights: Any
    by_sum: dict[float, list[Layout]] = field(default_factory=dict)


class Layouts:
    """The layouts of lines of one type of resource that were read."""

    def __init__(self) -> None:
        self.alike: dict[int, dict[tuple[int, ...], _Alike]] = {}
        self.count = 0
        self.lock = Lock()

    def add(self, layout: Layout) -> None:
        """Add a layout."""
        with self.lock:
            if self.count >= _MOST:
                return
            by_gaps = self.alike.setdefault(layout.quotes, {})
            if layout.is_open not in by_gaps:
                chance = Random(layout.quotes)
                weights = np.array([float(chance.randrange(1 << 20)) for _ in layout.gaps])
                weights[list(layout.is_open)] = 0.0
                by_gaps[layout.is_open] = _Alike(weights)
            alike = by_gaps[layout.is_open]
            alike.by_sum.setdefault(float(layout.gaps @ alike.weights), []).append(layout)
            self.count += 1

    def found_in(self, block: Bytes) -> tuple[list[Found], Any]:
        """Return the lines of known layouts, and the numbers of the lines that have none."""
        is_open = block.ends > block.starts
        found = []
        for quotes in set(np.unique(block.quote_count).tolist()) & self.alike.keys():
            rows = np.flatnonzero(block.quote_count == quotes)
            at = block.quotes[block.first_quote[rows][:, None] + np.arange(quotes)]
            bounds = np.concatenate([block.starts[rows][:, None], at, block.ends[rows][:, None]], axis=1)
            gaps = np.diff(bounds, axis=1).astype(np.float64)
            for alike in list(self.alike[quotes].values()):
                sums = gaps @ alike.weights
                for total, layouts in list(alike.by_sum.items()):
                    left = np.flatnonzero(sums == total)
                    for layout in layouts:
                        left = left[is_open[rows[left]]]
                        if len(left):
                            one = _of_layout(block, layout, rows[left], bounds[left])
                            is_open[one.lines] = False
                            found.append(one)
        return found, np.flatnonzero(is_open)


def _of_layout(block: Bytes, layout: Layout, rows: Any, bounds: Any) -> Found:
    """Return those of some lines that have a layout."""
    quote = np.array([slot.quote for slot in layout.slots])
    starts = bounds[:, quote + 1] + np.array([slot.before for slot in layout.slots], dtype=np.int32)
    ends = bounds[:, quote + 2] - np.array([slot.after for slot in layout.slots], dtype=np.int32)
    parts = np.concatenate([block.starts[rows][:, None], ends], axis=1)
    after = np.concatenate([starts, block.ends[rows][:, None] + 1], axis=1)
    same = (after - parts == np.array(layout.lengths)).all(axis=1) & (ends >= starts).all(axis=1)
    same &= block.odd[rows] == layout.odd
    rows, parts, starts, ends = rows[same], parts[same], starts[same], ends[same]
    words = block.words[parts[:, layout.part] + layout.offset]
    same = ((words & layout.mask) == layout.word).all(axis=1)
    return Found(layout, rows[same], starts[same], ends[same])
