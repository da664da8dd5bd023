"""An answer to a question as the JSON of the contract, and as text with numbered sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import fill
from typing import Any

from msgspec import to_builtins

from calcinosis.answers.answer import Answer, Said
from calcinosis.words.en import answers as words

_WIDTH = 96


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return an answer with the keys of the contract."""
    found: dict[str, Any] = to_builtins(answer)
    return found


def by_part(answer: Answer) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Yield the title of each part of a question with what answers it; a question of one part has no title."""
    for part, some in groupby(answer.answer, key=lambda one: one.part):
        yield part_title(part), tuple(some)


def part_title(part: str) -> str:
    """Return a part of a question as the title of what answers it."""
    return f"{part[:1].upper()}{part[1:]}".rstrip(" ?.,;:") + "?" if part else ""


def answer_text(answer: Answer) -> str:
    """Return an answer as text: what cannot wait, the answer, what popular pages say, sources by number."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    numbers = {name: place for place, name in enumerate(answer.sources, 1)}

    def said(says: str, cite: tuple[str, ...], mark: str = "") -> str:
        cited = "".join(f"[{numbers[name]}]" for name in cite if name in numbers)
        return fill(f"{mark}{says} {cited}".rstrip(), _WIDTH, subsequent_indent=" " * len(mark))

    if answer.read_as:
        yield words.READ_AS.format(changes="; ".join(answer.read_as))
    if answer.urgent is not None:
        yield f"{words.URGENT}: {words.URGENCY[answer.urgent.urgency]}"
        yield said(answer.urgent.says, answer.urgent.cite)
        for place, step in enumerate(answer.urgent.steps, 1):
            yield said(step, (), f"  {place}. ")
        yield ""
    if answer.reason:
        yield fill(answer.reason, _WIDTH)
        yield ""
    for title, some in by_part(answer):
        if title:
            yield fill(title, _WIDTH)
        yield from (said(one.says, one.cite, "- ") for one in some)
    for open_part in answer.open_parts:
        yield fill(words.PART_OPEN.format(part=part_title(open_part)), _WIDTH)
    if answer.contested:
        yield from ("", words.CONTESTED)
        for claim in answer.contested:
            yield said(f"({words.VERDICTS[claim.verdict]}) {claim.claim}", (), "- ")
            yield said(claim.says, claim.cite, "  ")
    if answer.related:
        yield from ("", words.RELATED_TITLE)
        yield from (f"- {one}" for one in answer.related)
    if answer.sources:
        yield from ("", words.SOURCES)
        for name, number in numbers.items():
            yield fill(f"[{number}] {answer.sources[name]}", _WIDTH, subsequent_indent="    ")
    yield ""
    yield words.REVIEW
