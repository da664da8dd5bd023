"""Where in a note each thing stands that was read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.note.note import note_reading

PUBLISHED = Path(__file__).parents[3] / "cases" / "published"
NOTES = sorted(PUBLISHED.glob("*/note.txt"))[::6]


@pytest.mark.parametrize(
    ("note", "fact", "words"),
    [
        ("A 52-year-old woman with gout.", "age", "52-year"),
        ("A 52-year-old woman with gout.", "sex", "woman"),
        ("A woman with gout.", "gout", "gout"),
        ("HISTORY:\nShe has gout.\n\nBLOOD:\nCalcium 2.32 mmol/L.", "calcium", "Calcium 2.32 mmol/L."),
        ("There is no black skin.", "skin_necrosis", "black skin"),
        ("Hard lumps on the thumb.", "site_finger", "thumb"),
        ("Her mother had gout.", "gout", "gout"),
    ],
)
def test_the_letters_of_a_fact(note: str, fact: str, words: str) -> None:
    """The letters that give a fact are those that say it."""
    reading = note_reading(note, "note", knowledge().terms)
    assert words in [reading.text[one.start : one.end] for one in reading.passages if one.said.fact == fact]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.parent.name)
def test_everything_that_is_read_has_its_place(path: Path) -> None:
    """Each saying of a published case stands somewhere in its note."""
    reading = note_reading(path.read_text(encoding="utf-8"), "note", knowledge().terms)
    placed = {id(one.said) for one in reading.passages}
    assert [said.fact for said in reading.record.said if id(said) not in placed] == []
    assert all(0 <= one.start < one.end <= len(reading.text) for one in reading.passages)
