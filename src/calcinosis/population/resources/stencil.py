"""Stencils: a layout with the lengths of its slots. All lines of a stencil are compared with it at once.

Where the lengths are known each byte of a line has its place: so the lines are laid one below another. What is no slot
must be equal, byte by byte; in the slots nothing but plain text may stand.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
from msgspec import Struct

from calcinosis.population.resources.layout import Layout, Role

_MOST = 20_000
"""Stencils of one type of resource."""
_WORD = 8
_WHOLE = np.uint64(2**64 - 1)
_AT_ONCE = 512 * 1024
"""Bytes of lines that are compared at a time, so that they stay near the processor."""
_MOST_TOLD_BY = 3
"""Words of a line by which the stencils of one length are told apart."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_FIRST_PLAIN, _PAST_PLAIN = 32, 127
_NOT_PLAIN = (ord('"'), ord("\\"))
"""Signs between these that a slot does not hold."""
ROLES: tuple[Role, ...] = ("id", "subject", "updated", "date", "number")
"""Slots that are read."""
_JUDGED: tuple[Role, ...] = ("date", "number")
"""Slots of which whoever reads them says what may stand there."""


class Stencil(Struct, frozen=True):
    """The words of a line, in the order of the processor, which of their bits are no slot, and the words with slots.

    ``inside`` has the bits of the slots in those words that have to be plain, ``outside`` a plain sign wherever else.
    """

    number: int
    words: Any
    mask: Any
    slots: Any
    inside: Any
    outside: Any


class _SameLength(Struct, frozen=True):
    """The stencils of one length, by the words at some places."""

    stencils: list[Stencil]
    places: list[int]
    keys: Any
    by_key: list[list[Stencil]]


class Table(Struct):
    """Of each stencil by its number: its layout, and where its slots begin and end.

    A place is counted from the beginning of the line, and -1 where a stencil has no such slot.
    """

    layout: Any
    begins: dict[Role, Any]
    ends: dict[Role, Any]


class Stencils:
    """The stencils of one type of resource, by the length of their lines."""

    def __init__(self) -> None:
        self.by_length: dict[int, list[Stencil]] = {}
        self.indexes: dict[int, _SameLength] = {}
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
            judged = {place for role in _JUDGED for place in layout.of(role)}
            plain = tuple(one for place, one in enumerate(at) if place not in judged)
            stencil = _stencil(len(self.layouts), line + b"\n", at, plain)
            self.layouts.append(layout)
            self.places.append(at)
            self.by_length[len(line)] = [*self.by_length.get(len(line), ()), stencil]

    def table(self) -> Table:
        """Return what is known of all stencils."""
        with self.lock:
            known = len(self._table.layout)
            if known < len(self.layouts):
                self._table = _joined(self._table, _table_of(self.layouts[known:], self.places[known:]))
            return self._table

    def found_in(self, data: bytes | memoryview, starts: Any, lengths: Any) -> Any:
        """Return the number of the stencil of each line, -1 where there is none. The lines end within the data."""
        found = np.full(len(starts), -1, dtype=np.int32)
        order = np.argsort(lengths, kind="stable")
        listed, firsts = np.unique(lengths[order], return_index=True)
        ends = [*firsts[1:].tolist(), len(order)]
        for length, begin, end in zip(listed.tolist(), firsts.tolist(), ends[: len(firsts)], strict=True):
            if length in self.by_length:
                _find(data, starts, order[begin:end], self._index(length), found)
        return found

    def _index(self, length: int) -> _SameLength:
        stencils = self.by_length[length]
        known = self.indexes.get(length)
        if known is None or known.stencils is not stencils:
            known = self.indexes[length] = _same_length(stencils)
        return known


def _stencil(number: int, line: bytes, at: tuple[tuple[int, int], ...], plain: tuple[tuple[int, int], ...]) -> Stencil:
    padding = -len(line) % _WORD
    mask, slot = np.full(len(line) + padding, 255, np.uint8), np.zeros(len(line) + padding, np.uint8)
    mask[len(line) :] = 0
    for value, places in ((mask, at), (slot, plain)):
        for start, end in places:
            value[start:end] = ~value[start:end]
    words = np.frombuffer(line + bytes(padding), np.uint64)
    inside = slot.view(np.uint64)
    slots = np.flatnonzero(inside)
    outside = np.where(slot == 0, np.uint8(ord("a")), np.uint8(0)).view(np.uint64)
    return Stencil(number, words, mask.view(np.uint64), slots, inside[slots], outside[slots])


def _same_length(stencils: list[Stencil]) -> _SameLength:
    """Return the stencils of one length by a few words that are in no slot of any, and tell most of them apart."""
    words, masks = (np.stack([getattr(one, name) for one in stencils]) for name in ("words", "mask"))
    shared = np.flatnonzero((masks == _WHOLE).all(axis=0)).tolist()
    keys, places, told = np.zeros(len(stencils), np.uint64), list[int](), 1
    while told < len(stencils) and len(places) < _MOST_TOLD_BY and shared:
        most, place = max((len(set(_mixed(keys, words[:, one]).tolist())), -one) for one in shared)
        if most == told:
            break
        told, keys = most, _mixed(keys, words[:, -place])
        places.append(-place)
    listed, group = np.unique(keys, return_inverse=True)
    by_key: list[list[Stencil]] = [[] for _ in listed]
    for one, number in zip(stencils, group.tolist(), strict=True):
        by_key[number].append(one)
    return _SameLength(stencils, places, listed, by_key)


def _mixed(keys: Any, words: Any) -> Any:
    return (keys ^ words) * _FACTOR


def _rows(data: bytes | memoryview, starts: Any, words: int) -> Any:
    """Return so many words from each place on."""
    size = _WORD * words
    every = np.ndarray((len(data) - size + 1,), f"V{size}", buffer=data, strides=(1,))
    return every[starts].view(np.uint64).reshape(-1, words)


def _find(data: bytes | memoryview, starts: Any, rows: Any, alike: _SameLength, found: Any) -> None:
    """Put the numbers of the stencils of some lines, all of one length, into what was found."""
    words = len(alike.stencils[0].words)
    left = rows[starts[rows] <= len(data) - _WORD * words]
    ends = [len(left)]
    if alike.places:
        keys = np.zeros(len(left), np.uint64)
        for place in alike.places:
            keys = _mixed(keys, _rows(data, starts[left] + _WORD * place, 1)[:, 0])
        group = np.minimum(np.searchsorted(alike.keys, keys), len(alike.keys) - 1)
        group[alike.keys[group] != keys] = len(alike.keys)
        left = left[np.argsort(group, kind="stable")]
        ends = np.cumsum(np.bincount(group, minlength=len(alike.keys)))[: len(alike.keys)].tolist()
    step = max(_AT_ONCE // (_WORD * words), 1)
    for stencils, first, end in zip(alike.by_key, [0, *ends], ends, strict=False):
        for begin in range(first, end, step):
            some = left[begin : min(begin + step, end)]
            for one in stencils:
                same = _are_of(one, _rows(data, starts[some], words))
                if same is None:
                    found[some] = one.number
                    break
                found[some[same]] = one.number
                some = some[~same]
                if not len(some):
                    break


def _are_of(stencil: Stencil, words: Any) -> Any:
    """Return which lines, of which the words are given, are of a stencil, with plain text in its slots; None for all.

    What is the same in all lines and in that of the stencil needs no look at the single lines.
    """
    differs = np.bitwise_or.reduce(words, axis=0) ^ stencil.words
    differs |= np.bitwise_and.reduce(words, axis=0) ^ stencil.words
    same = None
    if (differs & stencil.mask).any():
        same = (((words ^ stencil.words) & stencil.mask) == 0).all(axis=1)
    which = np.flatnonzero(differs[stencil.slots] & stencil.inside)
    if not len(which):
        return same
    signs = words.take(stencil.slots[which], axis=1)
    signs &= stencil.inside[which]
    signs |= stencil.outside[which]
    signs = signs.view(np.uint8)
    odd = signs - np.uint8(_FIRST_PLAIN) >= _PAST_PLAIN - _FIRST_PLAIN
    for sign in _NOT_PLAIN:
        odd |= signs == sign
    if not odd.any():
        return same
    plain = ~odd.any(axis=1)
    return plain if same is None else same & plain


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
    return Table(np.array([one.number for one in layouts], dtype=np.int64), begins, ends)


def _joined(first: Table, second: Table) -> Table:
    """Return two tables, one below another."""
    sides: tuple[dict[Role, Any], dict[Role, Any]] = ({}, {})
    for side, name in zip(sides, ("begins", "ends"), strict=True):
        for role in ROLES:
            above, below = getattr(first, name)[role], getattr(second, name)[role]
            side[role] = np.full((len(above) + len(below), max(above.shape[1], below.shape[1])), -1, dtype=np.int32)
            side[role][: len(above), : above.shape[1]] = above
            side[role][len(above) :, : below.shape[1]] = below
    return Table(np.concatenate([first.layout, second.layout]), *sides)
