"""The layout of a clinic note: sections with headings, lists and tables, letters; where an item of a list ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from calcinosis.person.dates import Day
from calcinosis.readers.note.dates import DateRead, Dates
from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.tokens import tokens_of

_HEADING = re.compile(
    r"[ \t]*+(?:\d{1,2}[.)]\s)?[#*_]*+(?P<heading>[A-Za-z](?:[^:\n.;,(]|(?<=\d)[.](?=\d)){0,40}+)"
    r"(?P<more>\([^()\n]{0,60}+\)[ \t]*+)?+(?P<end>[*_]*+:|[*_]*+$)"
)
"""A heading, with what stands in brackets behind it: "Labs 4 March:", "Biopsy (left shin, 02/04/25):"."""
_OF_NOW = frozenset({"today", "now", "from", "of", "on", "dated", "this", "morning"})
"""Words behind a heading that belong to its day."""
COPIED = "copied"
"""The kind of a part that a system of records took over from an earlier note, up to the next empty line."""
_BRACKETS = re.compile(r"(?<![ \t])[ \t]*+\[(?P<in>[^\]\[\n]{0,40}+)\](?=[ \t:\n])")
"""What a system of records puts before text that it copies: "[Copied from 03/2019]"."""
_COPIED_TEXT = re.compile(r"\[(?P<in>[^\]\[:\n]{0,40}+):(?P<text>[^\]\[\n]{1,2000}+)\]")
"""Text that is copied within its brackets: "[Copied from 11/2022: on iloprost.]"."""
_DATED = re.compile(r"[ \t#*_-]*+(?=[A-Za-z]{3,9}[ \t]|[0-9])")
_ENTRY = re.compile(r"[ \t*_]*+(?:[:–—]|-[ \t]|$)", re.MULTILINE)
"""What follows the date of an entry in a course of notes: "12 March 2024: ..."."""
_LONGEST_DATE = 60
_SOAP = re.compile(r"^[ \t]*+[*_]*+(?P<letter>[SOAP])[*_]*+:", re.MULTILINE)
_SOAP_LETTERS = 3
"""Letters at the beginning of lines with which single letters are headings: S, O, A and P."""
_LABELLED = re.compile(r"[A-Z][A-Za-z /&-]{1,30}+:[ \t]")
_SHORT_LINE = 60
_LONGEST_HEADING = 5


class Part(Struct, frozen=True):
    """A part of a note under one heading: its kind, the heading, its text, the letter at which it starts, its day."""

    kind: str
    heading: str
    text: str
    start: int
    day: Day | None = None


def parts(text: str, words: NoteWords) -> Iterator[Part]:
    """Yield the parts of a note; what stands before the first heading has none."""
    kind, heading, begins, place, day = "", "", 0, 0, None
    of_heading: Day | None = None
    is_soap = len({found["letter"] for found in _SOAP.finditer(text)}) >= _SOAP_LETTERS
    for line in _lines(text):
        if (inside := _COPIED_TEXT.match(line)) is not None and words.copied.stand_in(tokens_of(inside["in"])):
            if text[begins:place].strip():
                yield Part(kind, heading, text[begins:place], begins, of_heading or day)
            dates = Dates.of(inside["in"], words).found
            told = inside["text"]
            yield Part(COPIED, "", told, place + inside.start("text"), dates[0].day if dates else None)
            begins, of_heading = place + inside.end(), None
            place += len(line)
            continue
        if (copied := _BRACKETS.match(line)) is not None and (dates := Dates.of(copied["in"], words).found):
            if text[begins:place].strip():
                yield Part(kind, heading, text[begins:place], begins, of_heading or day)
            kind = COPIED if words.copied.stand_in(tokens_of(copied["in"])) else ""
            heading, begins, day, of_heading = "", place + copied.end(), dates[0].day, None
            place += len(line)
            continue
        if kind == COPIED and not line.strip():
            yield Part(kind, heading, text[begins:place], begins, of_heading or day)
            kind, begins, day, of_heading = "", place, None, None
        found = _HEADING.match(line.rstrip())
        known, dated_at = _section(found, words, is_soap=is_soap) if found else (None, None)
        is_alone = found is not None and (found["end"].endswith(":") or len(line.split()) <= _LONGEST_HEADING)
        dated = _DATED.match(line) if place else None
        date = Dates.of(line[:_LONGEST_DATE], words).at(dated.end()) if dated else None
        is_entry = date is not None and _ENTRY.match(line, date.end) is not None
        if not is_entry and (visit := _visit(line, words)) is not None:
            date, is_entry, known = visit, True, ""
        if is_entry or (found is not None and known is not None and is_alone):
            if text[begins:place].strip():
                yield Part(kind, heading, text[begins:place], begins, of_heading or day)
            of_heading = None if is_entry else dated_at
            if is_entry and date is not None:
                begins, day = place + date.end, date.day
                kind, heading = (kind, heading) if known is None else ("", "")
            elif found is not None and known is not None:
                kind, heading, begins = known, found["heading"].strip(), place + found.end()
        place += len(line)
    if text[begins:].strip():
        yield Part(kind, heading, text[begins:], begins, of_heading or day)


def _visit(line: str, words: NoteWords) -> DateRead | None:
    """Return the date of a visit that a line by itself opens: "RHEUM CLINIC 12 March 2023"; not of one to come."""
    if len(line) > _LONGEST_DATE or not any(letter.isdigit() for letter in line):
        return None
    dates = Dates.of(line, words).found
    if len(dates) != 1 or dates[0].day is None or line[dates[0].end :].strip(" \t:*_-\n"):
        return None
    said = tokens_of(line[: dates[0].start])
    is_visit = any(" ".join(said[-length:]) in words.days["visit"] for length in (1, 2))
    return dates[0] if is_visit and len(said) <= _LONGEST_HEADING and words.days["other"].isdisjoint(said) else None


def _section(found: re.Match[str], words: NoteWords, *, is_soap: bool) -> tuple[str | None, Day | None]:
    """Return the kind of section that a heading opens, and the day that it tells: "Labs 4 March 2024".

    A single letter is a heading only in a note of the form SOAP: else "P: 88" is a pulse.
    """
    said = found["heading"].rstrip()
    if len(said) == 1 and not is_soap:
        return None, None
    kind = words.sections.get(tokens_of(said))
    if not any(letter.isdigit() for letter in found[0]) and (kind is not None or "today" not in said):
        return kind, None
    dates = Dates.of(found[0], words).found
    if kind is None:
        begins = min((one.start - found.start("heading") for one in dates), default=len(said))
        left = list(tokens_of(said[: max(0, begins)]))
        while left and left[-1] in _OF_NOW:
            left.pop()
        kind = words.sections.get(tuple(left))
    return kind, dates[0].day if dates else None


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, parted before brackets with a date in them: "[Copied from 03/2019] On warfarin"."""
    for line in text.splitlines(keepends=True):
        start = 0
        for inside in _COPIED_TEXT.finditer(line) if "[" in line else ():
            for end in (inside.start(), inside.end()):
                if end > start:
                    yield line[start:end]
                    start = end
        for bracket in _BRACKETS.finditer(line, start) if "[" in line else ():
            if bracket.start() > start:
                yield line[start : bracket.start()]
                start = bracket.start()
        yield line[start:]


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
    if _LABELLED.match(following) is not None:
        return True
    return len(before.strip()) <= _SHORT_LINE and not following[0].islower()
