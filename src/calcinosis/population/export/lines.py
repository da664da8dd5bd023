"""The lines of a file of an export in blocks of whole lines, in bounded memory whatever the file holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from calcinosis.errors import InputError, Problem
from calcinosis.population.export.places import opened
from calcinosis.words.en import population as words

BLOCK = 16 * 1024 * 1024
"""Bytes of lines that are read at a time."""
_FIRST = 64 * 1024
"""Bytes that are read first: from them is learned how the lines look."""
LARGEST_LINE = 32 * 1024 * 1024
"""Bytes of one line; a resource that carries a document may be long."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of a file: its name, the number of the first of them, and their bytes.

    ``too_long`` says that there is one line, and that it is left out for its length.
    """

    file: str
    first: int
    data: bytes
    too_long: bool = False


def blocks(path: str, name: str, size: int = BLOCK) -> Iterator[Block]:
    """Yield the lines of a file. Raises InputError if it cannot be read, or if it is cut off or damaged."""
    try:
        with opened(path) as file:
            first, rest, skipping = 1, b"", False
            start = file.read(len(_BYTE_ORDER_MARK))
            step = min(size, _FIRST)
            chunk = start.removeprefix(_BYTE_ORDER_MARK) + file.read(step)
            while chunk:
                if skipping:
                    _, found, chunk = chunk.partition(b"\n")
                    skipping = not found
                    first += bool(found)
                end = chunk.rfind(b"\n") + 1
                if end:
                    data = rest + chunk[:end] if rest else chunk[:end]
                    long = data.find(b"\n") > LARGEST_LINE
                    if long:
                        yield Block(name, first, b"", too_long=True)
                        first, data = first + 1, data[data.find(b"\n") + 1 :]
                    yield Block(name, first, data)
                    first, rest = first + data.count(b"\n"), chunk[end:]
                else:
                    rest += chunk
                if len(rest) > LARGEST_LINE:
                    yield Block(name, first, b"", too_long=True)
                    rest, skipping = b"", True
                step = min(size, 4 * step)
                chunk = file.read(step)
            if rest:
                yield Block(name, first, rest)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> InputError:
    """Return the error of a file that cannot be read."""
    found = words.unreadable(getattr(error, "strerror", None) or str(error))
    return InputError([Problem(name, 0, found, words.WHOLE_LINES, words.EXPORT_AGAIN)])
