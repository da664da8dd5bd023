"""A measured temperature is a fever from 38 degrees on, in either scale and however it is recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record

WOMAN = "61-year-old woman with systemic sclerosis and calcinosis of the right thumb on radiograph. "
FORM = "age: 61\nsystemic_sclerosis: yes\nskin_calcification: yes\n"


def fevers(text: str, name: str = "note.txt") -> set[str]:
    """Return the dangers of fever that a record raises."""
    known = knowledge()
    assessment: Assessment = assess_record(parse_record(text.encode(), known.terms, name), known.library)
    return {flag.id for flag in assessment.red_flags} & {"fever-with-deposits", "fever-with-too-few-neutrophils"}


def bundle(value: float, unit: str, *limits: float) -> str:
    """Return a record with one temperature, with the limits printed beside it, if any."""

    def quantity(number: float) -> dict[str, Any]:
        return {"value": number, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}

    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01", "gender": "female"},
        {"resourceType": "Condition", "id": "c", "code": {"text": "Calcinosis cutis"}, "recordedDate": "2026-05-01"},
        {
            "resourceType": "Observation",
            "id": "t",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "8310-5"}]},
            "effectiveDateTime": "2026-05-01",
            "valueQuantity": quantity(value),
            **({"referenceRange": [{"low": quantity(limits[0]), "high": quantity(limits[1])}]} if limits else {}),
        },
    ]
    subject = {"subject": {"reference": "Patient/p"}}
    entries = [{"resource": one if one["resourceType"] == "Patient" else one | subject} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Temp 38.1, HR 110.", True),
        ("Temperature was 38,6 °C.", True),
        ("T 101.2 F.", True),
        ("T 38.4, HR 104, BP 120/70.", True),
        ("Temp 101.8 F (97.0-99.5).", True),
        ("Temp (°C) 38.2", True),
        ("Afebrile this morning, temp 38.4 now.", True),
        ("Temp 37.2 then 38.9.", True),
        ("Temp 36.8, HR 70.", False),
        ("T 98.4 F.", False),
        ("T 38 ng/L is his troponin T.", False),
        ("Collapse of T 12, creatinine 0.9 mg/dL.", False),
    ],
)
def test_notes(written: str, told: bool) -> None:
    """The scale follows from what a person can have; a letter alone needs a fraction or a scale."""
    assert bool(fevers(WOMAN + written)) is told


@pytest.mark.parametrize(("written", "told"), [("38.0 Cel", True), ("100.4 °F", True), ("37.9 °C", False)])
def test_forms(written: str, told: bool) -> None:
    """One hundred point four degrees Fahrenheit are thirty-eight degrees Celsius."""
    assert bool(fevers(f"{FORM}body_temperature: {written}\n", "form.yaml")) is told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ((38.4, "Cel"), True),
        ((101.2, "[degF]"), True),
        ((100.4, "[degF]", 97.0, 99.5), True),
        ((98.6, "[degF]", 97.0, 99.5), False),
        ((36.9, "Cel"), False),
    ],
)
def test_records(value: tuple[Any, ...], told: bool) -> None:
    """The unit of the record is heeded, for the value and its limits."""
    assert bool(fevers(bundle(*value))) is told


def test_fever_with_few_neutrophils() -> None:
    """A measured fever with few neutrophils is the emergency that a told one is."""
    counts = "methotrexate: yes\nneutrophils: 0.4 10*3/uL\n"
    assert "fever-with-too-few-neutrophils" in fevers(f"{FORM}{counts}body_temperature: 38.6 °C\n", "form.yaml")


def test_a_fever_that_was_told_is_not_ended_by_a_measurement() -> None:
    """Somebody with fever at home may have none at the visit."""
    assert fevers(f"{WOMAN}Fever and chills since yesterday. Temp 36.9.")
