"""Dates in notes: every form, the day of the note, of its entries, and of birth."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.person.dates import Day
from calcinosis.readers.note.dates import Dates, day_of_birth, day_of_note
from calcinosis.readers.note.note import note_record

_MARCH = Day("2024-03-01", "2024-03-01")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", _MARCH),
        ("2024/3/1", _MARCH),
        ("1 March 2024", _MARCH),
        ("1st of March, 2024", _MARCH),
        ("March 1, 2024", _MARCH),
        ("01.03.2024", _MARCH),
        ("1.3.24", _MARCH),
        ("25/03/2024", Day("2024-03-25", "2024-03-25")),
        ("03/25/2024", Day("2024-03-25", "2024-03-25")),
        ("01/03/2024", Day("2024-01-03", "2024-03-01")),
        ("March 2024", Day("2024-03-01", "2024-03-31")),
        ("03/2024", Day("2024-03-01", "2024-03-31")),
        ("30 February 2024", None),
        ("31.04.2024", None),
        ("120/80", None),
        ("1.10 by 2.20", None),
    ],
)
def test_forms(text: str, day: Day | None) -> None:
    """A date is the days that it can mean; what is no day is no date."""
    assert [one.day for one in Dates.of(f"on {text}, then", knowledge().terms.notes).found] == ([day] if day else [])


def test_a_day_without_a_year() -> None:
    """It is the last such day before the note, and has no year where the note has no date."""
    words = knowledge().terms.notes
    assert [one.day for one in Dates.of("on 1 March", words, Day("2024-02-10", "2024-02-10")).found] == [
        Day("2023-03-01", "2023-03-01")
    ]
    (found,) = Dates.of("on 1 March", words).found
    assert (found.day, found.in_year) == (None, (3, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Date: 1 March 2024\nGout.", "2024-03-01"),
        ("Clinic letter, 1 March 2024\n\nDear colleague,\nshe has gout.", "2024-03-01"),
        ("1 March 2024\nGout.", "2024-03-01"),
        ("London, 1 March 2024\nGout.", "2024-03-01"),
        ("Seen on 1 March 2024 \nGout.", "2024-03-01"),
        ("Gout since 1 March 2024.", ""),
        ("Gout. Next visit on 1 March 2024.", ""),
    ],
)
def test_the_day_of_a_note(text: str, day: str) -> None:
    """The date of its head, or on a line of its own; no other date of the text."""
    found = day_of_note(text, knowledge().terms.notes)
    assert (found.latest if found else "") == day
    assert note_record(text, "note.txt", knowledge().terms).last_day == day


def test_birth() -> None:
    """The day of birth in the head of a note gives the age."""
    words = knowledge().terms.notes
    assert day_of_birth("Name: X, DOB: 01.03.1961\nGout.", words) == Day("1961-03-01", "1961-03-01")
    assert day_of_birth("Operated on 01.03.1961. Gout.", words) is None


def test_entries_of_a_course() -> None:
    """A line that begins with a date dates what stands below it."""
    record = note_record("Gout.\n12 March 2024: dialysis.\n14 April 2024 - no fever.\n", "note.txt", knowledge().terms)
    days = {said.fact: said.day.latest if said.day else "" for said in record.said}
    assert days == {"gout": "", "dialysis": "2024-03-12", "fever": "2024-04-14"} or "gout" not in days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("In 2019 calcium gluconate extravasated at the left wrist.", ("2019-01-01", "2019-12-31")),
        ("Calcium gluconate extravasated at the left wrist in 2019, well since.", ("2019-01-01", "2019-12-31")),
        ("Calcium gluconate extravasated at the left wrist yesterday.", ("2026-03-04", "2026-03-04")),
        ("Calcium gluconate extravasated at the left wrist in 2026.", ("2026-03-04", "2026-03-04")),
        ("Stent in 2019; calcium gluconate extravasated at the left wrist.", ("2026-03-04", "2026-03-04")),
        ("Born in 1961 calcium gluconate extravasated at the left wrist.", ("2026-03-04", "2026-03-04")),
    ],
)
def test_the_year_of_an_event(said: str, day: tuple[str, str]) -> None:
    """An event is of the year that stands beside it in its clause, where that is before the note."""
    record = note_record(f"Clinic, 4 March 2026. 65-year-old woman.\n{said}\n", "note", knowledge().terms)
    days = {one.day for one in record.said if one.fact == "calcium_extravasation"}
    assert {(one.earliest, one.latest) for one in days if one is not None} == {day}
