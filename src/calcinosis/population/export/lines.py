"""The lines of a file of an export in blocks of whole lines, in bounded memory whatever the file holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from msgspec import Struct

from calcinosis.errors import InputError, Problem
from calcinosis.population.export.places import opened
from calcinosis.words.en import population as words

BLOCK = 16 * 1024 * 1024
"""Bytes of lines that are read at a time."""
_FIRST = 64 * 1024
"""Bytes that are read first: from them is learned how the lines look."""
_AT_ONCE = 512 * 1024
"""Bytes that are searched together for ends of lines, so that they stay near the processor."""
LARGEST_LINE = 32 * 1024 * 1024
"""Bytes of one line; a resource that carries a document may be long."""
_LINE_FEED = ord("\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Block(Struct, frozen=True):
    """Some whole lines of a file: its name, the number of the first of them, and their bytes.

    ``too_long`` says that there is one line, and that it is left out for its length; ``ends`` where the lines end, if
    that is known.
    """

    file: str
    first: int
    data: bytes | memoryview
    too_long: bool = False
    ends: Any = None

    def lines(self) -> list[bytes]:
        """Return the lines without their ends, and what stands behind the last end."""
        return bytes(self.data).split(b"\n")


class Buffers:
    """Memory for blocks: what a block had that is done with serves a later one, for new memory costs as much again."""

    def __init__(self) -> None:
        self.free: list[bytearray] = []
        self.step = _FIRST
        """Bytes of the next block; the blocks of a later file are as large as the last ones of the one before."""

    def taken(self, size: int) -> memoryview:
        """Return memory of so many bytes, which may hold anything."""
        try:
            found = self.free.pop()
        except IndexError:
            found = bytearray()
        return memoryview(found if len(found) >= size else bytearray(-(-size // _FIRST) * _FIRST))

    def give(self, block: Block) -> None:
        """Take back the memory of a block at which nobody looks any more."""
        if isinstance(block.data, memoryview) and isinstance(block.data.obj, bytearray):
            self.free.append(block.data.obj)


def blocks(path: str, name: str, size: int = BLOCK, buffers: Buffers | None = None) -> Iterator[Block]:
    """Yield the lines of a file, in memory of their own or, with ``buffers``, in such as is given back.

    Raises InputError if it cannot be read, or if it is cut off or damaged.
    """
    memory = buffers or Buffers()
    try:
        with opened(path) as file:
            first, is_over, rest = 1, False, file.read(len(_BYTE_ORDER_MARK)).removeprefix(_BYTE_ORDER_MARK)
            while not is_over:
                step = min(size, memory.step)
                buffer = memory.taken(len(rest) + step + 1)
                buffer[: len(rest)] = rest
                end = _filled(file, buffer, len(rest), len(rest) + step)
                is_over = end < len(rest) + step
                if is_over and end and buffer[end - 1] != _LINE_FEED:
                    buffer[end], end = _LINE_FEED, end + 1
                ends = line_ends(buffer[:end])
                begin = 0
                if (int(ends[0]) if len(ends) else end) > LARGEST_LINE:
                    yield Block(name, first, b"", too_long=True)
                    first += 1
                    begin, is_over = (int(ends[0]) + 1, is_over) if len(ends) else (end, not _passed(file))
                    ends = ends[1:] - begin
                whole = begin + int(ends[-1]) + 1 if len(ends) else begin
                rest = bytes(buffer[whole:end])
                if whole > begin:
                    yield Block(name, first, buffer[begin:whole], ends=ends)
                    first += len(ends)
                memory.step = max(min(size, 4 * step), memory.step)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(name, error) from error


def _filled(file: Any, buffer: memoryview, start: int, end: int) -> int:
    """Read bytes of a file to a place of some memory, as many as there is room for; return where they end."""
    while start < end and (read := file.readinto(buffer[start:end])):
        start += read
    return start


def _passed(file: Any) -> bool:
    """Read on to the end of a line; return whether there is one."""
    rest = file.readline(_AT_ONCE)
    while rest and not rest.endswith(b"\n"):
        rest = file.readline(_AT_ONCE)
    return bool(rest)


def line_ends(data: bytes | memoryview) -> Any:
    """Return where the lines end that have an end."""
    signs = np.frombuffer(data, np.uint8)
    is_end = np.empty(min(len(signs), _AT_ONCE), dtype=bool)
    found = [np.zeros(0, np.int32)]
    for start in range(0, len(signs), _AT_ONCE):
        some = signs[start : start + _AT_ONCE]
        places = np.flatnonzero(np.equal(some, _LINE_FEED, out=is_end[: len(some)]))
        found.append((places + start).astype(np.int32))
    return np.concatenate(found)


def unreadable(name: str, error: Exception) -> InputError:
    """Return the error of a file that cannot be read."""
    found = words.unreadable(getattr(error, "strerror", None) or str(error))
    return InputError([Problem(name, 0, found, words.WHOLE_LINES, words.EXPORT_AGAIN)])
