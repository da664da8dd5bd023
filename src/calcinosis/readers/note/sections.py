"""The layout of a clinic note: sections with headings, lists and tables, letters; where an item of a list ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.tokens import tokens_of

_HEADING = re.compile(r"[ \t]*+(?:\d{1,2}[.)]\s)?[#*_]*+(?P<heading>[A-Za-z][^:\n.;,]{0,40}+)(?P<end>[*_]*+:|[*_]*+$)")
_SHORT_LINE = 60
_LONGEST_HEADING = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a note under one heading: its kind, the heading, its text and the letter at which it starts."""

    kind: str
    heading: str
    text: str
    start: int


def parts(text: str, words: NoteWords) -> Iterator[Part]:
    """Yield the parts of a note; what stands before the first heading has none."""
    kind, heading, begins, place = "", "", 0, 0
    for line in text.splitlines(keepends=True):
        found = _HEADING.match(line.rstrip())
        known = words.sections.get(tokens_of(found["heading"])) if found else None
        is_alone = found is not None and (found["end"].endswith(":") or len(line.split()) <= _LONGEST_HEADING)
        if found is not None and known is not None and is_alone:
            if text[begins:place].strip():
                yield Part(kind, heading, text[begins:place], begins)
            kind, heading, begins = known, found["heading"].strip(), place + found.end()
        place += len(line)
    if text[begins:].strip():
        yield Part(kind, heading, text[begins:], begins)


def with_items_ended(text: str) -> str:
    """Return a text of the same length in which each line that is an item of a list or a table ends a sentence."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    joined = [lines[0]]
    for before, line in pairwise(lines):
        joined.append("\f" if _ends_item(before, line) else "\n")
        joined.append(line)
    return "".join(joined)


def _ends_item(before: str, line: str) -> bool:
    """Whether a line is an item by itself: short, and the next does not go on with a small letter."""
    following = line.lstrip()
    if not before.strip() or not following:
        return True
    return len(before.strip()) <= _SHORT_LINE and not following[0].islower()
