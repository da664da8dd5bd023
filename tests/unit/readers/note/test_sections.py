"""Sections of a note: which headings open one, the day that a heading tells, and how findings below it were made."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.person.record import Record
from calcinosis.readers.note.note import note_record
from calcinosis.truth import TRUE

_FAMILY = "Seen 5 March 2025.\nFamily history: mother gout.\n"


def read(text: str) -> Record:
    """Return the record of a note."""
    return note_record(text, "note.txt", knowledge().terms)


@pytest.mark.parametrize(
    "heading",
    [
        "ROS",
        "PE",
        "Exam today",
        "A/P",
        "Home meds (from the list)",
        "Labs 02/04/25",
        "Biopsy result (left shin, 02/04/25)",
    ],
)
def test_the_next_heading_ends_the_family(heading: str) -> None:
    """What stands below it is said of the person, whatever stands behind the heading's words."""
    record = read(f"{_FAMILY}{heading}: lupus, ulcer on the left shin.")
    assert "systemic_lupus_erythematosus" in {one.fact for one in record.said}
    assert {one.fact for one in record.mentions if one.sense == "family"} == {"gout"}


@pytest.mark.parametrize("line", ["Mother (died at 60): lupus.", "Sister today: lupus.", "On her side: lupus."])
def test_a_label_within_the_family_does_not_end_it(line: str) -> None:
    """Only a heading of a section opens another."""
    record = read(f"{_FAMILY}{line}")
    assert "systemic_lupus_erythematosus" not in {one.fact for one in record.said}


def test_a_heading_tells_the_day_of_what_stands_below_it() -> None:
    """Up to the next heading; an entry of a course keeps its own."""
    record = read(
        "Seen 5 March 2025.\nLabs 02/04/25:\nCa 9.4 mg/dL\nPhos 3.1 mg/dL\nExam: hard nodules on the fingers."
    )
    days = {one.fact: one.day.earliest for one in record.said if one.day is not None}
    assert days["phosphate"] == "2025-02-04"
    assert days["hard_nodule"] == "2025-03-05"


@pytest.mark.parametrize(("heading", "fact"), [
    ("Path", "skin_calcification_on_histology"),
    ("Plan", "skin_calcification"),
])  # fmt: skip
def test_a_heading_tells_the_method(heading: str, fact: str) -> None:
    """However short the heading of a report of tissue is."""
    record = read(f"{heading}: calcium in the dermis.")
    assert fact in {one.fact for one in (*record.said, *record.mentions)}


@pytest.mark.parametrize(("text", "is_told"), [
    ("Give plasma if protein C is low.", False),
    ("Protein C concentrate if low.", False),
    ("When she was seen, protein C was low.", True),
    ("If needed plasma. Protein C low.", True),
])  # fmt: skip
def test_a_condition_is_no_result(text: str, *, is_told: bool) -> None:
    """What is to be done if a result is low does not say that it is."""
    assert ("protein_c" in {one.fact for one in read(f"Gout. {text}").said}) is is_told


@pytest.mark.parametrize(("heading", "day"), [
    ("RHEUM CLINIC 15 February 2025", "2025-02-15"),
    ("Ward round 15/02/2025:", "2025-02-15"),
    ("Next clinic 15 February 2026", "2023-03-12"),
    ("She came to the clinic on 15 February 2025", "2023-03-12"),
])  # fmt: skip
def test_the_line_of_a_visit_dates_what_follows(heading: str, day: str) -> None:
    """A visit that was, on a line of its own, ends the sections of the one before."""
    record = read(f"RENAL CLINIC 12 March 2023\nFamily history: gout.\n{heading}\nExam: hard nodules on the fingers.")
    assert {one.day.earliest for one in record.said if one.fact == "hard_nodule" and one.day is not None} == {day}


@pytest.mark.parametrize(("text", "is_planned"), [
    ("S: gout\nO: BP 118/72\nA: gout\nP: warfarin", True),
    ("S: gout\nP: warfarin", False),
])  # fmt: skip
def test_single_letters_are_headings_in_a_note_of_their_form(text: str, *, is_planned: bool) -> None:
    """Else the letter may be a pulse or a name."""
    assert ("warfarin" in {one.fact for one in read(text).mentions if one.sense == "planned"}) is is_planned


@pytest.mark.parametrize(("text", "day"), [
    ("Admitted: 2 May 2024   Discharged: 9 May 2024\nGout.", "2024-05-09"),
    ("Pt: M, 64\tDate: 25/11/2024\nGout.", "2024-11-25"),
    ("Admitted: 2 May 2024   Operated: 9 May 2024\nGout.", None),
])  # fmt: skip
def test_the_day_of_a_note_may_share_its_line(text: str, day: str | None) -> None:
    """With other fields, of which each has its own label."""
    assert {one.day.earliest if one.day else None for one in read(text).said if one.fact == "gout"} == {day}


@pytest.mark.parametrize(("text", "is_there"), [
    ("Diagnoses: lupus, biopsy not done.", True),
    ("Diagnoses: lupus, gout not mentioned.", False),
    ("Lupus, gout and dialysis were not checked.", False),
])  # fmt: skip
def test_what_was_not_done_is_the_test(text: str, *, is_there: bool) -> None:
    """And no diagnosis before the comma."""
    record = read(f"Hard nodules.\n{text}")
    assert ("systemic_lupus_erythematosus" in {one.fact for one in record.said if one.value.truth is TRUE}) is is_there
