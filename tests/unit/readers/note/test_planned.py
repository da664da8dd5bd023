"""A live vaccine that is planned, was given, or neither."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.note.note import note_record
from calcinosis.rules.vocabulary import PLANNED
from calcinosis.truth import TRUE


@pytest.mark.parametrize(
    ("note", "planned", "given"),
    [
        ("On methotrexate; due her MMR next week.", True, False),
        ("Yellow fever vaccine booked for travel to Ghana.", True, False),
        ("Wants the YF jab before her trip to Brazil.", True, False),
        ("Arrange MMR before starting rituximab.", True, False),
        ("He will receive Stamaril in March.", True, False),
        ("Plan:\nMMR booster", True, False),
        ("Plan:\navoid live vaccines", False, False),
        ("She must avoid live vaccines.", False, False),
        ("No live vaccines are planned.", False, False),
        ("If she needs MMR, stop methotrexate first.", False, False),
        ("Her mother is due the yellow fever vaccine.", False, False),
        ("Had yellow fever vaccine two weeks ago.", False, True),
        ("Rash due to the varicella vaccine.", False, True),
        ("MMR given at age 1.", False, True),
    ],
)
def test_a_live_vaccine_is_planned_or_was_given(note: str, planned: bool, given: bool) -> None:
    record = note_record(f"{note}\nShe is a woman of 50.", "note.txt", knowledge().terms)
    there = {one.fact for one in record.said if one.value.truth is TRUE}
    assert any(name.startswith(PLANNED) for name in there) == planned
    assert ("live_vaccination" in there) == given


@pytest.mark.parametrize(
    ("note", "lately"),
    [
        ("Had yellow fever vaccine last week.", True),
        ("MMR given at age 1.", False),
        ("Varicella vaccine as a child.", False),
        ("Yellow fever vaccine 2009; now on adalimumab.", False),
    ],
)
def test_a_vaccine_of_long_ago_is_not_one_of_the_last_month(note: str, lately: bool) -> None:
    record = note_record(f"{note}\nShe is a woman of 50.", "note.txt", knowledge().terms)
    facts, _ = record.facts(knowledge().library.vocabulary, "2026-11-30")
    assert facts.is_present("live_vaccine_given_lately") == lately
