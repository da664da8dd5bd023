"""A number that can be two things: the danger that it would be is named, to be settled first, and is not there."""

from __future__ import annotations

import pytest

from calcinosis.answers.ask import answer_to
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.note.note import note_record


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("She has gout. Her calcium is 3.6.", {"severe-hypercalcaemia", "severe-hypocalcaemia"}),
        ("She has gout. Her calcium is 2.4.", set()),
        ("She has gout. Her calcium is 9.6.", set()),
    ],
)
def test_a_number_without_its_unit(text: str, asked: set[str]) -> None:
    """Of 3.6 one unit makes it far too high, the other far too low."""
    library = knowledge().library
    assessment = assess_record(note_record(text, "note.txt", knowledge().terms), library)
    assert {one.id for one in assessment.asked_dangers} == asked
    assert not {one.id for one in assessment.red_flags}


@pytest.mark.parametrize(
    ("question", "danger"),
    [
        ("My calcium is 3.6 and I am confused. What now?", "severe-hypercalcaemia"),
        ("My calcium is 2.4. What now?", None),
    ],
)
def test_a_question_with_such_a_number(question: str, danger: str | None) -> None:
    """The answer begins with the danger that it would be, and says on what it depends."""
    urgent = answer_to(question, knowledge(), "patient").urgent
    assert (urgent.id if urgent else None) == danger
