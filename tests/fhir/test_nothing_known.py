"""Resources that say that there is nothing: they name no medicine, no problem, and deny no single thing."""

from __future__ import annotations

import pytest

from calcinosis.truth import TRUE
from tests.fhir.build import Json, coded, concept, condition, known, medicine, resource

IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
NO_MEDICINES = [
    coded("snomed", "787481004", "No known medications (situation)"),
    coded(IPS, "no-known-medications", "No information about known medications"),
    coded("snomed", "787481004"),
    concept("No known medications"),
    concept("No current medicines"),
    concept("None"),
    concept("Not on any regular medication"),
]
NO_PROBLEMS = [
    coded("snomed", "160245001", "No current problems or disability (situation)"),
    coded(IPS, "no-known-problems"),
    concept("No known problems"),
    concept("No significant past medical history"),
]


@pytest.mark.parametrize("code", NO_MEDICINES)
@pytest.mark.parametrize("kind", ["MedicationStatement", "MedicationRequest"])
def test_no_known_medicines_are_no_medicine(code: Json, kind: str) -> None:
    """What says that no medicine is known is not taken, denies none, and is told as said."""
    found = known(medicine(kind, medicationCodeableConcept=code))
    assert not found.record.other_medicines
    assert not found.record.history.prescriptions
    assert found.truth("warfarin") is None
    assert any("no single finding or medicine is taken as absent" in one for one in found.remarks)


@pytest.mark.parametrize("code", NO_MEDICINES)
def test_a_medicine_beside_no_known_medicines(code: Json) -> None:
    """One that is ordered is taken all the same."""
    found = known(medicine(), medicine("MedicationStatement", id="none", medicationCodeableConcept=code))
    assert found.truth("warfarin") is TRUE


@pytest.mark.parametrize("code", NO_PROBLEMS)
def test_no_known_problems_are_no_problem(code: Json) -> None:
    """What says that no problem is known names none and denies none."""
    found = known(condition(code, "active", "confirmed"))
    assert set(found.facts.stated) <= {"age", "sex"}
    assert not found.record.unused


@pytest.mark.parametrize("said", ["No known problems with warfarin", "No history of gout", "Problems with vision"])
def test_words_that_say_more_are_read(said: str) -> None:
    """Only what says nothing else counts as a whole."""
    assert not any("no single finding" in one for one in known(condition(concept(said))).remarks)


@pytest.mark.parametrize(
    "code",
    [coded(IPS, "no-medication-info"), coded("snomed", "182904002", "Drug treatment unknown"), concept("Unknown")],
)
def test_what_is_not_told_is_named(code: Json) -> None:
    """That nothing is told is no medicine either."""
    found = known(medicine("MedicationStatement", medicationCodeableConcept=code))
    assert not found.record.other_medicines
    assert [one.kind for one in found.record.not_read] == ["not-stated"]


def test_no_known_procedures() -> None:
    """Nor are procedures or devices that nobody knows of."""
    for kind, key, code in (("Procedure", "code", "no-known-procedures"), ("Device", "type", "no-known-devices")):
        found = known(resource(kind, status="completed", **{key: coded(IPS, code)}))
        assert set(found.facts.stated) <= {"age", "sex"}
        assert not found.record.not_read
