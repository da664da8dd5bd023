"""One block of a text report as lines: title in the margin, sign, word, sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from msgspec import Struct

MARGIN, HANGING_FROM = 11, 80
_WORD = re.compile(r"\s*\S+\s*")
_LOOKS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
"""The codes of a terminal for the looks of a piece."""
_TWO_CELLS = frozenset({"W", "F"})

Piece = tuple[str, str]
"""Words, and how they look."""


class TextRow(Struct, frozen=True):
    """A sign, its word and a sentence made of styled pieces."""

    sign: str
    word: str
    pieces: tuple[Piece, ...]


class Block(Struct, frozen=True):
    """The rows under one title; ``is_apart`` puts an empty line before it, ``is_wide`` the title above its rows."""

    title: str
    rows: tuple[TextRow, ...]
    is_apart: bool = False
    is_wide: bool = False


def lines_of(block: Block, width: int, colour: bool) -> Iterator[str]:
    """Yield the lines of a block; on narrow terminals the title stands above its rows."""
    title = ((block.title, "bold"),)
    if not block.title or width < HANGING_FROM or block.is_wide:
        yield from (line for line, _ in (_wrapped(title, width, colour) if block.title else ()))
        yield from _rows(block, width, colour)
        return
    titles = _wrapped(title, MARGIN, colour)
    for line, beside in zip_longest(_rows(block, width - MARGIN - 1, colour), titles, fillvalue=None):
        margin, cells = beside or ("", 0)
        yield f"{margin}{' ' * (MARGIN + 1 - cells)}{line or ''}".rstrip()


def _rows(block: Block, width: int, colour: bool) -> Iterator[str]:
    sign_cells = 2 if any(row.sign.strip() for row in block.rows) else 0
    word_cells = max((_cells(row.word) + 1 for row in block.rows if row.word), default=0)
    for row in block.rows:
        head = row.sign.ljust(sign_cells) if sign_cells else ""
        head += row.word + " " * (word_cells - _cells(row.word))
        for line, _ in _wrapped(row.pieces, width - sign_cells - word_cells, colour):
            yield f"{head}{line}".rstrip()
            head = " " * (sign_cells + word_cells)


def _wrapped(pieces: tuple[Piece, ...], width: int, colour: bool) -> Iterator[tuple[str, int]]:
    """Yield the lines of some pieces that are no wider than so many cells, each with its cells."""
    text = "".join(words for words, _ in pieces)
    for start, end in _breaks(text, width):
        end = start + len(text[start:end].rstrip())
        yield _drawn(pieces, start, end) if colour else text[start:end], _cells(text[start:end])


def _drawn(pieces: tuple[Piece, ...], start: int, end: int) -> str:
    """Return the letters from one to another, with the signs of a terminal for how they look."""
    drawn, begins = [], 0
    for words, look in pieces:
        part = words[max(start - begins, 0) : max(end - begins, 0)]
        drawn.append(f"\x1b[{_LOOKS[look]}m{part}\x1b[0m" if part and look else part)
        begins += len(words)
    return "".join(drawn)


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield from which letter to which each line goes; a word that is longer than a line is parted."""
    begins = 0
    for paragraph in text.split("\n"):
        start = used = 0
        for found in _WORD.finditer(paragraph):
            cells = _cells(found[0].rstrip())
            if used and used + cells > width:
                yield begins + start, begins + found.start()
                start, used = found.start(), 0
            if cells <= width:
                used += _cells(found[0])
                continue
            for place, sign in enumerate(found[0], found.start()):
                if used + _cells(sign) > width and not sign.isspace():
                    yield begins + start, begins + place
                    start, used = place, 0
                used += _cells(sign)
        yield begins + start, begins + len(paragraph)
        begins += len(paragraph) + 1


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in _TWO_CELLS) for sign in text
    )
