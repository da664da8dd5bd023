"""Results that are told in the name of a diagnosis without a code."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record


def numbers(code: Mapping[str, object], **more: object) -> dict[str, float]:
    """Return the numbers that a diagnosis tells."""
    condition = {"resourceType": "Condition", "id": "c", "recordedDate": "2026-03-10", "code": code, **more}
    entries = [{"resource": one} for one in ({"resourceType": "Patient", "id": "p"}, condition)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    record = parse_record(json.dumps(bundle).encode(), knowledge().terms, "record")
    return {one.fact: one.value.low for one in record.said if one.value.low is not None}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Potassium 7.2 mmol/L", {"potassium": 7.2}),
        ("Severe headache, blood pressure 210/120", {"systolic_blood_pressure": 210, "diastolic_blood_pressure": 120}),
        ("Hyperkalaemia (7.1 mmol/L)", {"potassium": 7.1}),
        ("Chronic kidney disease stage 3, eGFR 30-59", {}),
        ("Hyperkalaemia since 2019", {}),
        ("Type 2 diabetes", {}),
    ],
)
def test_a_number_in_the_name_of_a_diagnosis(told: str, expected: dict[str, float]) -> None:
    """A result is read; a class that is named by its bounds, a stage and a year are none."""
    assert numbers({"text": told}) == pytest.approx(expected)


def test_a_number_of_a_diagnosis_that_is_refuted_or_coded() -> None:
    """Nothing is measured in what was excluded, and a code says what its display says."""
    told = {"text": "Potassium 7.2 mmol/L"}
    assert numbers(told, verificationStatus={"coding": [{"code": "refuted"}]}) == {}
    coded = {**told, "coding": [{"system": "http://snomed.info/sct", "code": "14140009"}]}
    assert numbers(coded) == {}
