"""Stencils: a layout with the lengths of its slots. All lines of a stencil are compared with it at once.

Where the lengths are known each byte of a line has its place: so the lines are laid one below another, and what is no
slot must be equal, byte by byte. That nothing but plain text stands in the slots is seen from the quotes and odd bytes
of the whole block, of which each stencil tells how many there have to be.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np

from calcinosis.data_classes import dataclass
from calcinosis.population.resources.layout import Layout, Role

_MOST = 20_000
"""Stencils of one type of resource."""
_WORD = 8
_WHOLE = np.uint64(2**64 - 1)
_AT_ONCE = 256 * 1024
"""Bytes of lines that are compared at a time, so that they stay near the processor."""
_COMPARED = 64
"""Stencils of one length from which others are told."""
ROLES: tuple[Role, ...] = ("id", "subject", "updated", "date", "number")
"""Slots that are read."""


@dataclass(slots=True)
class Stencil:
    """The words of a line, in the order of the processor, and which of their bits are no slot."""

    number: int
    words: Any
    mask: Any
    probe: int = 0
    """The word that tells it best from others of the same length."""


@dataclass(slots=True)
class Table:
    """Of each stencil by its number: its layout, its quotes and odd bytes, and where its slots begin and end.

    A place is counted from the beginning of the line, and -1 where a stencil has no such slot.
    """

    layout: Any
    quotes: Any
    odd: Any
    begins: dict[Role, Any]
    ends: dict[Role, Any]


class Stencils:
    """The stencils of one type of resource, by the length of their lines."""

    def __init__(self) -> None:
        self.by_length: dict[int, list[Stencil]] = {}
        self.unprobed: set[int] = set()
        self.known: set[tuple[int, tuple[int, ...]]] = set()
        self.layouts: list[Layout] = []
        self.places: list[tuple[tuple[int, int], ...]] = []
        self.lock = Lock()
        self._table = _table_of([], [])

    def add(self, layout: Layout, line: bytes, at: tuple[tuple[int, int], ...]) -> None:
        """Add the stencil of a line of a layout, of which ``at`` says where the slots begin and end."""
        key = layout.number, tuple(end - start for start, end in at)
        with self.lock:
            if key in self.known or len(self.known) >= _MOST:
                return
            self.known.add(key)
            whole = line + b"\n"
            padding = -len(whole) % _WORD
            mask = np.full(len(whole) + padding, 255, np.uint8)
            mask[len(whole) :] = 0
            for start, end in at:
                mask[start:end] = 0
            words = np.frombuffer(whole + bytes(padding), np.uint8) & mask
            stencil = Stencil(len(self.layouts), words.view(np.uint64), mask.view(np.uint64))
            self.layouts.append(layout)
            self.places.append(at)
            self.by_length[len(line)] = [*self.by_length.get(len(line), ()), stencil]
            self.unprobed.add(len(line))

    def table(self) -> Table:
        """Return what is known of all stencils."""
        with self.lock:
            known = len(self._table.layout)
            if known < len(self.layouts):
                self._table = _joined(self._table, _table_of(self.layouts[known:], self.places[known:]))
            return self._table

    def found_in(self, data: bytes, starts: Any, lengths: Any) -> Any:
        """Return the number of the stencil of each line, -1 where there is none. The lines end within the data."""
        found = np.full(len(starts), -1, dtype=np.int32)
        order = np.argsort(lengths, kind="stable")
        listed, firsts = np.unique(lengths[order], return_index=True)
        ends = [*firsts[1:].tolist(), len(order)]
        for length, begin, end in zip(listed.tolist(), firsts.tolist(), ends[: len(firsts)], strict=True):
            rows, stencils = order[begin:end], self.by_length.get(length)
            if stencils:
                if length in self.unprobed:
                    self.unprobed.discard(length)
                    _probe(stencils)
                _find(data, starts, rows, stencils, found)
        return found


def _probe(stencils: list[Stencil]) -> None:
    """Give each of the stencils of one length a probe: a word of it that the fewest others have."""
    words, masks = (np.stack([getattr(one, name) for one in stencils[:_COMPARED]]) for name in ("words", "mask"))
    for one in stencils:
        alike = (((words ^ one.words) & masks & one.mask) == 0).sum(axis=0)
        alike[one.mask != _WHOLE] = len(stencils) + 1
        one.probe = int(alike.argmin())


def _rows(data: bytes, starts: Any, words: int) -> Any:
    """Return so many words from each place on."""
    size = _WORD * words
    every = np.ndarray((len(data) - size + 1,), f"V{size}", buffer=data, strides=(1,))
    return every[starts].view(np.uint64).reshape(-1, words)


def _find(data: bytes, starts: Any, rows: Any, stencils: list[Stencil], found: Any) -> None:
    words = len(stencils[0].words)
    left = rows[starts[rows] <= len(data) - _WORD * words]
    step = max(_AT_ONCE // (_WORD * words), 1)
    for one in stencils:
        if not len(left):
            return
        word = one.probe
        probe = _rows(data, starts[left] + _WORD * word, 1)[:, 0]
        alike = np.flatnonzero((probe & one.mask[word]) == one.words[word])
        for begin in range(0, len(alike), step):
            some = left[alike[begin : begin + step]]
            same = ((_rows(data, starts[some], words) & one.mask) == one.words).all(axis=1)
            found[some[same]] = one.number
        if len(alike):
            left = left[found[left] < 0]


def _table_of(layouts: list[Layout], places: list[tuple[tuple[int, int], ...]]) -> Table:
    begins: dict[Role, Any] = {}
    ends: dict[Role, Any] = {}
    for role in ROLES:
        slots = [layout.of(role) for layout in layouts]
        most = max((len(listed) for listed in slots), default=0)
        both = np.full((2, len(layouts), most), -1, dtype=np.int32)
        for number, (listed, at) in enumerate(zip(slots, places, strict=True)):
            for column, slot in enumerate(listed):
                both[:, number, column] = at[slot]
        begins[role], ends[role] = both
    numbers = {name: [getattr(one, name) for one in layouts] for name in ("number", "quotes", "odd")}
    arrays = {name: np.array(listed, dtype=np.int64) for name, listed in numbers.items()}
    return Table(arrays["number"], arrays["quotes"], arrays["odd"], begins, ends)


def _joined(first: Table, second: Table) -> Table:
    """Return two tables, one below another."""
    sides: tuple[dict[Role, Any], dict[Role, Any]] = ({}, {})
    for side, name in zip(sides, ("begins", "ends"), strict=True):
        for role in ROLES:
            above, below = getattr(first, name)[role], getattr(second, name)[role]
            side[role] = np.full((len(above) + len(below), max(above.shape[1], below.shape[1])), -1, dtype=np.int32)
            side[role][: len(above), : above.shape[1]] = above
            side[role][len(above) :, : below.shape[1]] = below
    layout, quotes, odd = (
        np.concatenate([getattr(first, name), getattr(second, name)]) for name in ("layout", "quotes", "odd")
    )
    return Table(layout, quotes, odd, *sides)
