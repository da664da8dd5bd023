"""One block of a text report as a table of Rich: title in the margin, sign, word, sentence."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

MARGIN, HANGING_FROM = 11, 80


@dataclass(frozen=True, slots=True)
class TextRow:
    """A sign, its word and a sentence made of styled pieces."""

    sign: str
    word: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows under one title; ``is_apart`` puts an empty line before it, ``is_wide`` the title above its rows."""

    title: str
    rows: tuple[TextRow, ...]
    is_apart: bool = False
    is_wide: bool = False


def table(block: Block, width: int) -> Table:
    """Return a block as a table; on narrow terminals the title stands above its rows."""
    hanging = width >= HANGING_FROM and bool(block.title) and not block.is_wide
    grid = Table.grid(padding=(0, 1, 0, 0))
    if hanging:
        grid.add_column(width=MARGIN)
    grid.add_column(ratio=1)
    inner = _inner(block)
    title = Text(block.title, style="bold")
    if hanging:
        grid.add_row(title, inner)
    else:
        if block.title:
            grid.add_row(title)
        grid.add_row(inner)
    return grid


def _inner(block: Block) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    has_signs = any(row.sign.strip() for row in block.rows)
    widest = max((len(row.word) for row in block.rows), default=0)
    if has_signs:
        grid.add_column(width=1, no_wrap=True)
    if widest:
        grid.add_column(width=widest, no_wrap=True)
    grid.add_column(ratio=1)
    for row in block.rows:
        cells = [Text(row.sign)] if has_signs else []
        cells += [Text(row.word)] if widest else []
        grid.add_row(*cells, Text.assemble(*row.pieces))
    return grid
