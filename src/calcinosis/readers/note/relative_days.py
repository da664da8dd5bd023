"""Days told by a count or from now: "on D9 of life the drip tissued, now DOL 54", "leaked 6 weeks ago"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from calcinosis.person.dates import Day, days_before
from calcinosis.readers.note.dates import year_of_event
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.note_words import NoteWords

_COUNT = re.compile(r"\b(?P<kind>[a-z]{1,3}) ?(?P<number>\d{1,3})\b(?! ?[/%.-])(?: of (?P<of>[a-z]+))?")
_AGO = re.compile(r"\b(?P<number>\d{1,3}|[a-z]{2,6}) (?P<unit>[a-z]{2,6}) (?P<ago>ago|earlier|previously|back)\b")
_DAYS = {"d": 1, "wk": 7, "mo": 30, "a": 365}
_ENDS = frozenset({";", ",", ".", "but", "and", "then", "now"})
_ANY = "any"
"""The count of days of which no word tells from when they count."""


def counts_of(tokens: Sequence[str], words: NoteWords) -> dict[str, int]:
    """Return the greatest day of each count of days that a note tells: that is now."""
    greatest: dict[str, int] = {}
    for match in _COUNT.finditer(" ".join(tokens)):
        if (kind := _kind(match, words)) is not None:
            greatest[kind] = max(greatest.get(kind, 0), int(match["number"]))
    return greatest


def day_of_event(
    tokens: Sequence[str],
    place: tuple[int, int],
    sentence: tuple[int, int],
    written: Day | None,
    greatest: Mapping[str, int],
    words: NoteWords,
    recent: Fact | None,
) -> tuple[Day | None, bool | None]:
    """Return the day of an event, and whether it is no longer ``recent`` where the note has no date; None: not told."""
    days = _days_since(tokens, place, sentence, greatest, words)
    if days is None:
        return year_of_event(tokens, *place, sentence, written), None
    if written is not None:
        return Day(days_before(written.earliest, days), days_before(written.latest, days)), None
    return None, None if recent is None else days > int(recent.recent_for.split()[0])


def _days_since(
    tokens: Sequence[str],
    place: tuple[int, int],
    sentence: tuple[int, int],
    greatest: Mapping[str, int],
    words: NoteWords,
) -> int | None:
    """Return how many days ago an event was by what its clause tells, the least where it tells several."""
    first = max((at + 1 for at in range(sentence[0], place[0]) if tokens[at] in _ENDS), default=sentence[0])
    last = min(
        (at for at in range(place[1], sentence[1]) if tokens[at] in _ENDS or tokens[at] == ":"), default=sentence[1]
    )
    told: list[int | None] = []
    for text in (" ".join(tokens[first : place[0]]), " ".join(tokens[place[1] : last])):
        told += [_since(match, greatest, words) for match in _COUNT.finditer(text)]
        told += [_ago(match, words) for match in _AGO.finditer(text)]
    return min((days for days in told if days is not None), default=None)


def _kind(match: re.Match[str], words: NoteWords) -> str | None:
    """Return from when a count of days counts; None where it is none."""
    if match["kind"] not in words.day_counts:
        return None
    return words.day_counts.get(match["of"] or "") or words.day_counts[match["kind"]]


def _since(match: re.Match[str], greatest: Mapping[str, int], words: NoteWords) -> int | None:
    kind = _kind(match, words)
    if kind is None:
        return None
    return max(greatest.get(kind, 0), greatest.get(_ANY, 0)) - int(match["number"])


def _ago(match: re.Match[str], words: NoteWords) -> int | None:
    number = int(match["number"]) if match["number"].isdigit() else words.numerals.get(match["number"])
    unit = _DAYS.get(words.times.get(match["unit"], ""))
    return number * unit if number is not None and unit is not None else None
