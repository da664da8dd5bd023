"""The lines of a block that have a known layout, and where their slots are."""

from __future__ import annotations

from random import Random
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct, field

from calcinosis.population.export.lines import line_ends
from calcinosis.population.resources.layout import ODD, Layout, Role
from calcinosis.population.resources.stencil import ROLES, Stencils, Table

_MOST = 4000
"""Layouts of one type of resource that are looked for."""
_MOST_SEEN = 100_000
"""Lengths of slots that are remembered until they come again."""
_WORD = 8
_LINE_FEED, _QUOTE = 10, 34


class Bytes(Struct, frozen=True):
    """A block of lines, each with its end, and where these begin and end; ``more`` stands behind it."""

    data: bytes | memoryview
    array: Any
    starts: Any
    ends: Any
    more: bytes = b""

    def line(self, number: int) -> bytes:
        """Return a line, by its number from 0."""
        return bytes(self.data[self.starts[number] : self.ends[number]])

    def text(self, start: int, end: int) -> str:
        """Return what stands between two places."""
        return bytes(self.data[start:end]).decode()

    def some(self, numbers: Any) -> Bytes:
        """Return some of the lines."""
        return bytes_of(b"\n".join([self.line(number) for number in numbers.tolist()]) + b"\n" * bool(len(numbers)))

    def texts(self, starts: Any, ends: Any) -> pa.Array:
        """Return texts that stand in the block, or behind it, one after another."""
        in_block = int(np.searchsorted(starts, len(self.data)))
        found = _texts(self.data, starts[:in_block], ends[:in_block])
        if in_block == len(starts):
            return found
        behind = (places[in_block:] - len(self.data) for places in (starts, ends))
        return pa.concat_arrays([found, _texts(self.more, *behind)])


def _texts(data: bytes | memoryview, starts: Any, ends: Any) -> pa.Array:
    if not len(starts):
        return pa.array([], pa.string())
    offsets = np.empty(2 * len(starts), dtype=np.int32)
    offsets[0::2], offsets[1::2] = starts, ends
    between = pa.Array.from_buffers(pa.string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    return between.take(pa.array(np.arange(0, len(offsets), 2)))


def bytes_of(data: bytes | memoryview, ends: Any = None) -> Bytes:
    """Return a block of lines, of which it may be known where they end."""
    whole = data if not data or data[-1] == _LINE_FEED else bytes(data) + b"\n"
    if ends is None or whole is not data:
        ends = line_ends(whole)
    starts = np.concatenate([np.zeros(min(len(ends), 1), np.int32), ends[:-1] + 1]).astype(np.int32)
    return Bytes(whole, np.frombuffer(whole, np.uint8), starts, ends)


class Known(Struct, frozen=True):
    """Lines of known layouts in their order: their numbers and layouts, and where the slots of a role are.

    A slot that a line does not have begins at -1.
    """

    lines: Any
    layout: Any
    begins: dict[Role, Any]
    ends: dict[Role, Any]


class _Marks(Struct, frozen=True):
    """The quotes of some lines, and how many odd bytes each has."""

    words: Any
    quotes: Any
    first_quote: Any
    quote_count: Any
    odd: Any


class _Alike(Struct):
    """Layouts with the same number of quotes and the same open gaps, by the sum of their other gaps."""

    weights: Any
    by_sum: dict[float, list[Layout]] = field(default_factory=dict)


class Layouts:
    """The layouts of lines of one type of resource that were read."""

    def __init__(self) -> None:
        self.alike: dict[int, dict[tuple[int, ...], _Alike]] = {}
        self.listed: list[Layout] = []
        self.stencils = Stencils()
        self.seen: set[tuple[int, tuple[int, ...]]] = set()
        self.lock = Lock()

    def add(self, layout: Layout, line: bytes) -> None:
        """Add the layout of a line."""
        with self.lock:
            if len(self.listed) >= _MOST:
                return
            by_gaps = self.alike.setdefault(layout.quotes, {})
            if layout.is_open not in by_gaps:
                chance = Random(layout.quotes)
                weights = np.array([float(chance.randrange(1 << 20)) for _ in layout.gaps])
                weights[list(layout.is_open)] = 0.0
                by_gaps[layout.is_open] = _Alike(weights)
            layout.number = len(self.listed)
            alike = by_gaps[layout.is_open]
            alike.by_sum.setdefault(float(layout.gaps @ alike.weights), []).append(layout)
            self.listed.append(layout)
        self.stencils.add(layout, line, layout.at)

    def found_in(self, block: Bytes, lines: Any) -> tuple[Known, Any]:
        """Return those of some lines that have a known layout, and the numbers of those that have none."""
        starts = block.starts[lines]
        which = self.stencils.found_in(block.data, starts, block.ends[lines] - starts)
        table = self.stencils.table()
        rest = lines[which < 0]
        others = block.some(rest)
        marks = _marks(others)
        has_stencil = which >= 0
        lines, which, starts = lines[has_stencil], which[has_stencil], starts[has_stencil]
        parts = [Known(lines, table.layout[which], *_placed(table, which, starts))]
        is_open = np.ones(len(rest), dtype=bool)
        for layout, rows, starts, ends in self._by_quotes(others, marks, is_open):
            parts.append(Known(rest[rows], np.full(len(rows), layout.number), *_roles(layout, starts, ends)))
            away = block.starts[rest[rows]] - others.starts[rows]
            for sides in (parts[-1].begins, parts[-1].ends):
                for places in sides.values():
                    places += away[:, None]
            self._remember(layout, others, rows, starts, ends)
        return _joined(parts), rest[is_open]

    def _by_quotes(self, block: Bytes, marks: _Marks, is_open: Any) -> Any:
        """Yield the lines of each layout, with its slots, by where their quotes are; these are no longer open."""
        for quotes in np.unique(marks.quote_count).tolist():
            if quotes not in self.alike:
                continue
            rows = np.flatnonzero(marks.quote_count == quotes)
            at = marks.quotes[marks.first_quote[rows][:, None] + np.arange(quotes)]
            bounds = np.concatenate([block.starts[rows][:, None], at, block.ends[rows][:, None]], axis=1)
            gaps = np.diff(bounds, axis=1).astype(np.float64)
            for alike in list(self.alike[quotes].values()):
                sums = gaps @ alike.weights
                for total in np.unique(sums).tolist():
                    left = np.flatnonzero(sums == total) if total in alike.by_sum else ()
                    for layout in alike.by_sum.get(total, ()):
                        left = left[is_open[rows[left]]]
                        if len(left):
                            found, starts, ends = _of_layout(block, marks, layout, rows[left], bounds[left])
                            is_open[found] = False
                            yield layout, found, starts, ends

    def _remember(self, layout: Layout, block: Bytes, rows: Any, starts: Any, ends: Any) -> None:
        """Make a stencil of lengths of slots that came before."""
        if not len(rows):
            return
        lengths, first, counts = np.unique(ends - starts, axis=0, return_index=True, return_counts=True)
        for own, row, count in zip(lengths.tolist(), first.tolist(), counts.tolist(), strict=True):
            key = layout.number, tuple(own)
            if count > 1 or key in self.seen:
                begin = block.starts[rows[row]]
                at = zip((starts[row] - begin).tolist(), (ends[row] - begin).tolist(), strict=True)
                self.stencils.add(layout, block.line(rows[row]), tuple(at))
            elif len(self.seen) < _MOST_SEEN:
                self.seen.add(key)


def _marks(block: Bytes) -> _Marks:
    quotes = np.flatnonzero(block.array == _QUOTE).astype(np.int32)
    first = np.searchsorted(quotes, block.starts)
    places = np.flatnonzero(ODD[block.array] & (block.array != _LINE_FEED))
    padded = bytes(block.data) + bytes(_WORD)
    return _Marks(
        words=np.ndarray((len(block.data) + 1,), "<u8", buffer=padded, strides=(1,)),
        quotes=quotes,
        first_quote=first,
        quote_count=np.diff(first, append=len(quotes)),
        odd=np.searchsorted(places, block.ends) - np.searchsorted(places, block.starts),
    )


def _placed(table: Table, which: Any, starts: Any) -> tuple[dict[Role, Any], dict[Role, Any]]:
    """Return where the slots of lines are that have a stencil."""
    sides: tuple[dict[Role, Any], dict[Role, Any]] = ({}, {})
    for side, places in zip(sides, (table.begins, table.ends), strict=True):
        for role, listed in places.items():
            own = listed[which]
            side[role] = np.where(own < 0, -1, own + starts[:, None])
    return sides


def _roles(layout: Layout, starts: Any, ends: Any) -> tuple[dict[Role, Any], dict[Role, Any]]:
    first, last = ({role: places[:, list(layout.of(role))] for role in ROLES} for places in (starts, ends))
    return first, last


def _joined(parts: list[Known]) -> Known:
    """Return the lines of parts in their order."""
    if len(parts) == 1:
        return parts[0]
    lines = np.concatenate([one.lines for one in parts])
    order = np.argsort(lines, kind="stable")
    sides: tuple[dict[Role, Any], dict[Role, Any]] = ({}, {})
    for role in ROLES:
        most = max(one.begins[role].shape[1] for one in parts)
        for side, name in zip(sides, ("begins", "ends"), strict=True):
            side[role] = np.full((len(lines), most), -1, dtype=np.int32)
            row = 0
            for one in parts:
                places = getattr(one, name)[role]
                side[role][row : row + len(places), : places.shape[1]] = places
                row += len(places)
            side[role] = side[role][order]
    return Known(lines[order], np.concatenate([one.layout for one in parts])[order], *sides)


def _of_layout(block: Bytes, marks: _Marks, layout: Layout, rows: Any, bounds: Any) -> tuple[Any, Any, Any]:
    """Return those of some lines that have a layout, and where their slots begin and end."""
    quote = np.array([slot.quote for slot in layout.slots])
    starts = bounds[:, quote + 1] + np.array([slot.before for slot in layout.slots], dtype=np.int32)
    ends = bounds[:, quote + 2] - np.array([slot.after for slot in layout.slots], dtype=np.int32)
    parts = np.concatenate([block.starts[rows][:, None], ends], axis=1)
    after = np.concatenate([starts, block.ends[rows][:, None] + 1], axis=1)
    same = (after - parts == np.array(layout.lengths)).all(axis=1) & (ends >= starts).all(axis=1)
    same &= marks.odd[rows] == layout.odd
    rows, parts, starts, ends = rows[same], parts[same], starts[same], ends[same]
    words = marks.words[parts[:, layout.part] + layout.offset]
    same = ((words & layout.mask) == layout.word).all(axis=1)
    return rows[same], starts[same], ends[same]
