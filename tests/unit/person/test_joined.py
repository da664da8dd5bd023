"""Several documents of one person."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.person.joined import joined
from calcinosis.readers.note.note import note_record
from calcinosis.readers.recognise import read_record
from calcinosis.truth import TRUE, UNKNOWN

PATIENT = {"resourceType": "Patient", "id": "a"}
GOUT = {"resourceType": "Condition", "recordedDate": "2024-05-01", "code": {"text": "Gout"}}


def test_a_note_beside_a_coded_record() -> None:
    """What one says alone stands; where they clash, the fact is open and the clash is told."""
    terms, vocabulary = knowledge().terms, knowledge().library.vocabulary
    note = note_record("She has no gout. She takes warfarin.", "note.txt", terms)
    record = joined([read_record([PATIENT, GOUT], terms), note], "a")
    facts, remarks = record.facts(vocabulary, record.last_day)
    assert record.id == "a"
    assert facts.stated["warfarin"].truth is TRUE
    assert facts.stated["gout"].truth is UNKNOWN
    assert any("both" in remark.says for remark in remarks)


def test_records_of_two_persons_are_refused() -> None:
    """Another id is another person."""
    terms = knowledge().terms
    with pytest.raises(InputError, match="different persons"):
        joined([read_record([PATIENT, GOUT], terms), read_record([{**PATIENT, "id": "b"}, GOUT], terms)], "a")
