"""Dates in notes, as people write them: `1 March 2024`, `03/2024`, `12.03.24`, "1 March"; and the day of the note.

A date that can mean two days ("03/04/2024") is a range. A day without a year is the last such day before the note,
where the note has a date; else only its place in a year is known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from calcinosis.person.dates import DateError, Day, parse_date
from calcinosis.terminology.note_words import NoteWords

_YOUNGEST = 70
"""A year of two digits from here on is one of the last century."""
_EMPTY_LINE = re.compile(r"(?m)^[ \t]*+$")
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[A-Za-z]++\.?")
_LONGEST_HEAD = 120
_ORDINAL = r"(?:st|nd|rd|th)?"


class DateRead(Struct, frozen=True):
    """A date in a text: from which letter to which, the days it can mean, its month and day where no year is told."""

    start: int
    end: int
    day: Day | None
    in_year: tuple[int, int] = (0, 0)


class Dates(Struct, frozen=True):
    """The dates of a text in their order."""

    found: tuple[DateRead, ...]
    tables: tuple[tuple[int, int, tuple[DateRead, ...]], ...] = ()
    """The tables of the text: from which letter to which, and the dates of their columns."""

    @staticmethod
    def of(text: str, words: NoteWords, written: Day | None = None) -> Dates:
        """Return the dates of a text; ``written`` is the day of the note, which gives a day without a year its year."""
        if _DIGIT.search(text) is None:
            return Dates(())
        pattern = _pattern(tuple(words.months.items()))
        found = (_read(match, words.months, written) for match in pattern.finditer(text))
        told = (*(one for one in found if one is not None), *_months_of_heads(text, words))
        dates = tuple(sorted(told, key=lambda one: one.start))
        return Dates(dates, tuple(_tables(text, dates)))

    def at(self, place: int) -> DateRead | None:
        """Return the date that begins at a letter."""
        index = bisect_left(self.found, place, key=lambda one: one.start)
        return self.found[index] if index < len(self.found) and self.found[index].start == place else None

    def columns_of(self, place: int) -> tuple[DateRead, ...]:
        """Return the dates of the columns of the table in which a letter stands."""
        index = bisect_left(self.tables, place + 1, key=lambda one: one[0]) - 1
        is_within = index >= 0 and place < self.tables[index][1]
        return self.tables[index][2] if is_within else ()

    def before(self, place: int) -> DateRead | None:
        """Return the last date that ends before a letter."""
        index = bisect_left(self.found, place + 1, key=lambda one: one.end) - 1
        return self.found[index] if index >= 0 else None

    def covers(self, place: int) -> bool:
        """Whether a letter belongs to a date."""
        index = bisect_left(self.found, place + 1, key=lambda one: one.start) - 1
        return index >= 0 and place < self.found[index].end


def _months_of_heads(text: str, words: NoteWords) -> Iterator[DateRead]:
    """Yield the months that stand alone over the columns of a table: "Mar  Jun  Aug"."""
    place = 0
    for line in text.splitlines(keepends=True) if "\n" in text else ():
        if len(line) <= _LONGEST_HEAD and _DIGIT.search(line) is None:
            found = [one for one in _WORD.finditer(line) if one[0].lower().rstrip(".") in words.months]
            if len(found) > 1:
                for one in found:
                    month = words.months[one[0].lower().rstrip(".")]
                    yield DateRead(place + one.start(), place + one.end(), None, (month, 1))
        place += len(line)


def _tables(text: str, dates: tuple[DateRead, ...]) -> Iterator[tuple[int, int, tuple[DateRead, ...]]]:
    """Yield the tables below a line of several dates: up to an empty line, or to the next such line."""
    lines: dict[int, list[DateRead]] = {}
    for one in dates:
        lines.setdefault(text.rfind("\n", 0, one.start) + 1, []).append(one)
    heads = {start: found for start, found in lines.items() if len(found) > 1 and _is_head(text, start, found)}
    if not heads:
        return
    for (start, found), following in zip(heads.items(), [*list(heads)[1:], len(text)], strict=True):
        begins = text.find("\n", start) + 1 or len(text)
        empty = _EMPTY_LINE.search(text, begins, following)
        yield begins, empty.start() if empty else following, tuple(found)


def _is_head(text: str, start: int, found: list[DateRead]) -> bool:
    """Whether a line holds little but dates."""
    end = text.find("\n", start)
    rest = text[start : len(text) if end < 0 else end]
    return sum(one.end - one.start for one in found) * 2 > len("".join(rest.split()))


@lru_cache(maxsize=4)
def _pattern(months: tuple[tuple[str, int], ...]) -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(name) for name, _ in months), key=len, reverse=True))
    month = rf"(?P<{{}}>{names})\b\.?"
    return re.compile(
        rf"(?<![\w./-])(?=[0-9{''.join(sorted({name[0] for name, _ in months}))}])(?:"
        r"(?P<iso>\d{4}-\d{2}(?:-\d{2})?)(?![\d-])"
        r"|(?P<ymd>\d{4}/\d{1,2}/\d{1,2})(?![\d/])"
        r"|(?P<digits>\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)(?:\d{4}|\d{2}))(?![\d./-]*\d)"
        rf"|(?P<day>\d{{1,2}}){_ORDINAL}[ \t-](?:of[ \t])?{month.format('month')}(?:,?[ \t-](?P<year>\d{{4}})\b)?"
        rf"|{month.format('first')}[ \t](?P<second>\d{{1,2}}){_ORDINAL}\b(?!\.\d)(?:,?[ \t](?P<then>\d{{4}})\b)?"
        rf"|{month.format('whole')},?[ \t](?P<of>\d{{4}})\b"
        r"|(?P<short>(?:0?[1-9]|1[0-2])/(?:19|20)\d{2})(?![\d/])"
        r")",
        re.IGNORECASE,
    )


def _read(match: re.Match[str], months: Mapping[str, int], written: Day | None) -> DateRead | None:
    try:
        day = _day(match, months)
    except (DateError, ValueError):
        return None
    if isinstance(day, Day):
        return DateRead(*match.span(), day)
    return DateRead(*match.span(), _last_before(day, written), day)


def _day(match: re.Match[str], months: Mapping[str, int]) -> Day | tuple[int, int]:
    """Return the days that a match means, or its month and day. Raises DateError, ValueError."""
    if match["iso"]:
        return parse_date(match["iso"])
    if match["ymd"]:
        year, month, day = map(int, match["ymd"].split("/"))
        return _exact(year, month, day)
    if match["digits"]:
        first, second, year = map(int, match["digits"].split(match["mark"]))
        return _of_digits(first, second, year, is_dotted=match["mark"] == ".")
    if match["short"]:
        month, year = map(int, match["short"].split("/"))
        return parse_date(f"{year}-{month:02}")
    name = (match["month"] or match["first"] or match["whole"]).lower()
    if match["whole"]:
        return parse_date(f"{match['of']}-{months[name]:02}")
    day, told = int(match["day"] or match["second"]), match["year"] or match["then"]
    if told:
        return _exact(int(told), months[name], day)
    date(2000, months[name], day)  # a leap year: refuses the 31st of April
    return months[name], day


def _of_digits(first: int, second: int, year: int, is_dotted: bool) -> Day:
    """Return the days of a date in digits: where day and month cannot be told apart, both. Raises ValueError."""
    if year < 100:
        year += 1900 if year >= _YOUNGEST else 2000
    found = []
    for day, month in ((first, second),) if is_dotted else ((first, second), (second, first)):
        try:
            found.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    return Day(min(found), max(found))


def _exact(year: int, month: int, day: int) -> Day:
    exact = date(year, month, day).isoformat()
    return Day(exact, exact)


def _last_before(in_year: tuple[int, int], written: Day | None) -> Day | None:
    """Return the last day of this month and day that is not after the day of the note."""
    if written is None:
        return None
    for year in range(int(written.latest[:4]), int(written.latest[:4]) - 8, -1):
        try:
            found = _exact(year, *in_year)
        except ValueError:  # the 29th of February
            continue
        if found.latest <= written.latest:
            return found
    return None


_LABEL = re.compile(r"[ \t]*+(?:[#*_-]*+[ \t]*+)(?P<label>[A-Za-z][A-Za-z ]{0,40}?)[ \t]*+[:,]?[ \t]++$")
_PARTS = re.compile(r"[:,;(]")
_HEAD_LINES = 12
_FIELDS = ("  ", "\t", "|")
"""What parts the fields of a line: "Admitted: 2 May 2024   Discharged: 9 May 2024"."""


def day_of_note(text: str, words: NoteWords) -> Day | None:
    """Return the day on which a note was written: the date of its head, or of a line of its own."""
    for before, found, after in _heads(text, words):
        label = _LABEL.fullmatch(before[1 + max(before.rstrip().rfind(mark) for mark in _FIELDS) :])
        said = " ".join(label["label"].lower().split()) if label else before.strip(" \t#*_-").lower()
        is_alone = not after.strip(" \t.,:*_") and (not said or before.rstrip().endswith(","))
        if is_alone or said in words.days["written"]:
            return found.day
    return None


def day_of_birth(text: str, words: NoteWords) -> Day | None:
    """Return the day of birth, where the head of a note tells it."""
    for before, found, _ in _heads(text, words):
        said = " ".join(_PARTS.split(before.rstrip(" :,("))[-1].lower().split())
        if said in words.days["born"]:
            return found.day
    return None


def year_of_event(
    tokens: Sequence[str], start: int, end: int, sentence: tuple[int, int], day: Day | None
) -> Day | None:
    """Return the year that stands beside an event in its clause, where it is before that of the note: "in 2019"."""
    first, last = max(sentence[0], start - _BESIDE), min(sentence[1], end + _BESIDE)
    before, behind = list(tokens[first:start]), list(tokens[end:last])
    before = before[max((at + 1 for at, token in enumerate(before) if token in _CLAUSE_ENDS), default=0) :]
    behind = behind[: min((at for at, token in enumerate(behind) if token in _CLAUSE_ENDS), default=len(behind))]
    years = {
        token for token in (*before, *behind) if len(token) == _FOUR and token.isdigit() and token[:2] in _CENTURIES
    }
    if len(years) != 1 or _BORN in {*before, *behind}:
        return None
    year = years.pop()
    return Day(f"{year}-01-01", f"{year}-12-31") if day is not None and year < day.earliest[:_FOUR] else None


_BESIDE, _FOUR = 8, 4
_CENTURIES = frozenset({"19", "20"})
_CLAUSE_ENDS = frozenset({";", ",", ":", ".", "but", "and", "then", "now"})
_BORN = "born"


def _heads(text: str, words: NoteWords) -> Iterator[tuple[str, DateRead, str]]:
    """Yield the exact dates of the first lines, each with what stands before and behind it on its line."""
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        for found in Dates.of(line[:200], words).found:
            if found.day is not None and found.in_year == (0, 0):
                yield line[: found.start], found, line[found.end :]
