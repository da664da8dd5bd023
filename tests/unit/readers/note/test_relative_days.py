"""Days told by a count, or from now: whether a leak of calcium is one of the last days."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.note.note import note_record

TODAY = "2026-11-30"


def is_recent(note: str) -> bool:
    """Whether a note tells of a leak of calcium of the last days."""
    facts, _ = note_record(note, "note.txt", knowledge().terms).facts(knowledge().library.vocabulary, TODAY)
    return facts.is_present("recent_calcium_extravasation")


@pytest.mark.parametrize(
    ("note", "recent"),
    [
        ("On D9 of life the drip of calcium gluconate tissued in the foot; now DOL 54, hard plaque.", False),
        ("DOL 9 calcium gluconate extravasation L hand. DOL 12 now: swelling of the hand.", True),
        ("HD#4 calcium gluconate extravasated R forearm; today HD#40, hard plates R forearm.", False),
        ("POD 3 calcium gluconate leaked L hand; POD 60 hard plaque.", False),
        ("Day 2 of admission: calcium chloride extravasation L arm. Day 35: hard lump L arm.", False),
        ("Calcium gluconate extravasation L arm 6 weeks ago, now hard plaque.", False),
        ("Calcium gluconate extravasation L arm two days ago, now hard plaque.", True),
        ("H/o calcium gluconate extravasation 2 days ago.", True),
        ("H/o calcium gluconate extravasation in NICU.", False),
        ("Parathyroidectomy 6 weeks ago, calcium gluconate extravasation yesterday.", True),
        ("HD 3 times a week; calcium gluconate extravasation yesterday.", True),
    ],
)
def test_an_old_leak_is_no_leak_of_the_last_days(note: str, recent: bool) -> None:
    assert is_recent(note) == recent


@pytest.mark.parametrize(("days", "recent"), [("3 days", True), ("6 weeks", False)])
def test_the_day_of_an_event_in_a_dated_note(days: str, recent: bool) -> None:
    note = f"Date: 28 November 2026\nCalcium gluconate extravasation L arm {days} ago."
    record = note_record(note, "note.txt", knowledge().terms)
    day = next(one.day for one in record.said if one.fact == "calcium_extravasation")
    assert day is not None
    assert day.earliest == {"3 days": "2026-11-25", "6 weeks": "2026-10-17"}[days]
    assert is_recent(note) == recent
