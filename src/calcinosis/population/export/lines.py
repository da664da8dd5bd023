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
    data: bytes
    too_long: bool = False
    ends: Any = None


def blocks(path: str, name: str, size: int = BLOCK) -> Iterator[Block]:
    """Yield the lines of a file. Raises InputError if it cannot be read, or if it is cut off or damaged."""
    try:
        with opened(path) as file:
            first, step = 1, min(size, _FIRST)
            data = file.read(len(_BYTE_ORDER_MARK)).removeprefix(_BYTE_ORDER_MARK) + file.read(step)
            while data:
                end = len(data) if data.endswith(b"\n") else data.rfind(b"\n") + 1
                rest = file.readline(LARGEST_LINE) if end < len(data) else b""
                too_long = len(data) - end + len(rest.rstrip(b"\n")) > LARGEST_LINE
                data = data[:end] if too_long else data + rest if rest else data
                if data:
                    ends = line_ends(data)
                    yield Block(name, first, data, ends=ends)
                    first += len(ends)
                if too_long:
                    yield Block(name, first, b"", too_long=True)
                    first += 1
                    while rest and not rest.endswith(b"\n"):
                        rest = file.readline(LARGEST_LINE)
                step = min(size, 4 * step)
                data = file.read(step)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(name, error) from error


def line_ends(data: bytes) -> Any:
    """Return where the lines end that have an end."""
    return np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED).astype(np.int32)


def unreadable(name: str, error: Exception) -> InputError:
    """Return the error of a file that cannot be read."""
    found = words.unreadable(getattr(error, "strerror", None) or str(error))
    return InputError([Problem(name, 0, found, words.WHOLE_LINES, words.EXPORT_AGAIN)])
