"""The published cases of a report as text: one line in an assessment, the cards where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from calcinosis.report.document import Line, Section
from calcinosis.report.renderers.text_rows import row
from calcinosis.report.renderers.text_table import Block, TextRow
from calcinosis.words.en.cases import IN_SHORT, IN_SHORT_TITLE


def counted_cases(section: Section) -> Block:
    """Return how many published cases there are, in one line."""
    says = IN_SHORT.format(count=len(section.lines) - 1) if section.lines else section.note
    return Block(IN_SHORT_TITLE, (row(" ", Line(says=says)),))


def case_blocks(section: Section) -> Iterator[Block]:
    """Yield a card for each published case below the sentence on how they are chosen."""
    if not section.lines:
        yield Block(section.title, (row(" ", Line(says=section.note)),), is_apart=True)
        return
    chosen, *cards = section.lines
    says = " ".join((chosen.says, chosen.aside))
    yield Block(
        section.title, (row(" ", Line(says=says), f" [{', '.join(chosen.cites)}]"),), is_apart=True, is_wide=True
    )
    for card in cards:
        yield Block("", (row(" ", Line(says=card.says), style="bold"), *_rows(card)), is_apart=True)


def _rows(card: Line) -> Iterator[TextRow]:
    """Yield what is said of a case, one row under each label."""
    for label, parts in groupby(card.parts, key=lambda part: part.label):
        said = [" ".join(filter(None, (part.says, part.aside, part.url))) for part in parts]
        yield row(" ", Line(label=label, says=" ".join(said)))
