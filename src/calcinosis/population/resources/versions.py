"""Which lines of an export count: of several versions of one resource the current one, and none that was deleted.

The rule is that of a bundle, ``readers.fhir.contents``. Ids are told apart by numbers made of their bytes; only lines
whose number comes again are looked at a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from calcinosis.errors import InputError
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.lines import LineError, resource_in
from calcinosis.readers.fhir.contents import Contents, contents_of
from calcinosis.shapes import Json

Place = tuple[str, int]
"""A line of an export: the file and its number."""
_WORD = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def id_numbers(data: bytes | memoryview, places: Any) -> Any:
    """Return a number for each id, told by where it begins and ends: the same for the same bytes."""
    found = np.zeros(len(places), dtype=np.uint64)
    lengths = places[:, 1] - places[:, 0]
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        rows = np.flatnonzero(lengths == length)
        every = np.ndarray((len(data) - length + 1,), f"V{length}", buffer=data, strides=(1,))
        words = np.zeros((len(rows), -(-length // _WORD) * _WORD), dtype=np.uint8)
        words[:, :length] = every[places[rows, 0]].view(np.uint8).reshape(-1, length)
        number = np.full(len(rows), length, dtype=np.uint64)
        for word in words.view(np.uint64).T:
            number = (number ^ word) * _FACTOR
            number ^= number >> _SHIFT
        found[rows] = number
    return found


def number_of(name: str) -> int:
    """Return the number of one id."""
    data = name.encode()
    return int(id_numbers(data, np.array([[0, len(data)]]))[0])


def again(numbers: Sequence[Any], deleted: Iterable[str]) -> Any:
    """Return, in order, the numbers that come more than once, and those of deleted ids."""
    every = np.sort(np.concatenate([np.zeros(0, np.uint64), *numbers]))
    wanted = np.array([number_of(name) for name in deleted], dtype=np.uint64)
    return np.unique(np.concatenate([every[1:][every[1:] == every[:-1]], wanted]))


def left_out(kind: str, lines: Iterable[tuple[Place, bytes]], deleted: Iterable[str]) -> set[Place]:
    """Return which lines do not count, of lines with ids that come again or are deleted."""
    found: list[tuple[Place, Json]] = []
    for place, line in lines:
        try:
            found.append((place, resource_in(line, kind)))
        except LineError:
            continue  # it is named where the lines are read
    contents = Contents([("", resource) for _, resource in found], [(f"{kind}/{name}", 0, False) for name in deleted])
    current = {id(resource) for _, resource in contents.current()}
    return {place for place, resource in found if id(resource) not in current}


def deletions_in(blocks: Iterable[Block]) -> tuple[dict[str, set[str]], bool]:
    """Return the ids that bundles of an export delete, by type, and whether the bundles hold nothing else."""
    deleted: dict[str, set[str]] = {}
    nothing_else = True
    for block in blocks:
        for line in block.lines():
            if not line or line.isspace():
                continue
            try:
                contents = contents_of([resource_in(line, "Bundle", has_id=False)], block.file)
            except (LineError, InputError):
                nothing_else = False
                continue
            nothing_else &= not contents.entries
            for address, _, is_history in contents.deleted:
                kind, _, name = address.partition("/")
                if name and not is_history:
                    deleted.setdefault(kind, set()).add(name)
    return deleted, nothing_else


def some_lines(blocks: Iterable[Block], wanted: Mapping[str, Any]) -> Iterator[tuple[Place, bytes]]:
    """Yield the lines of some numbers, in order, of each file."""
    for block in blocks:
        numbers = wanted.get(block.file)
        if numbers is None or block.too_long:
            continue
        listed = block.lines()
        first, last = np.searchsorted(numbers, [block.first, block.first + len(listed)])
        for number in numbers[first:last].tolist():
            yield (block.file, number), listed[number - block.first]
