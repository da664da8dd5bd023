"""Medicines that one part of a record orders and another says are not taken: shown, and never silently taken."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, Known, concept, known, medicine

EARLIER, LATER = "2024-03-01", "2024-06-01"
CLASH = "and MedicationRequest/order orders it"


def statement(day: str, status: str = "not-taken", **elements: object) -> Json:
    """Return a statement of a day about warfarin."""
    return medicine("MedicationStatement", status, id="told", effectiveDateTime=day, **elements)


def clashes(found: Known) -> bool:
    """Whether the clash is remarked."""
    return any(CLASH in one for one in found.remarks)


@pytest.mark.parametrize(("day", "truth"), [(LATER, FALSE), (EARLIER, TRUE), ("2024-05-01", UNKNOWN)])
def test_not_taken_beside_an_active_order(day: str, truth: Truth) -> None:
    """The newer of both counts, and the clash is told whichever it is."""
    found = known(medicine(id="order"), statement(day))
    assert found.truth("warfarin") is truth
    assert clashes(found)


def test_by_the_adherence_of_the_fifth_version() -> None:
    """A statement that is recorded and tells that nothing is taken clashes as well."""
    told = statement(LATER, "recorded", adherence={"code": concept("Not taking")})
    assert clashes(known(medicine(id="order"), told))


@pytest.mark.parametrize("status", ["completed", "stopped", "cancelled"])
def test_no_clash_with_an_order_that_is_over(status: str) -> None:
    """What is no longer ordered need not be taken; nor does another medicine."""
    assert not clashes(known(medicine(status=status, id="order"), statement(LATER)))
    other = medicine(id="order", medicationCodeableConcept=concept("Metformin"))
    assert not clashes(known(other, statement(LATER)))


def test_a_medicine_that_no_fact_knows() -> None:
    """Two of the same name clash too."""
    named = concept("Nizatidine")
    order = medicine(id="order", medicationCodeableConcept=named)
    assert clashes(known(order, statement(LATER, medicationCodeableConcept=named)))


SAID: list[Json] = [
    {"note": [{"text": "Patient not taking: Reported on 2024-05-01"}]},
    {"note": [{"text": "She stopped taking these in March."}]},
    {"statusReason": [concept("Patient is not taking this medication")]},
    {"statusReason": concept("Non-compliance")},
    {"reasonNotTaken": [concept("Side effects")]},
]


@pytest.mark.parametrize("elements", SAID)
@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
def test_own_words_against_an_active_status(kind: str, elements: Json) -> None:
    """An active status with words that say otherwise leaves it open, and says so."""
    found = known(medicine(kind, **elements))
    assert found.truth("warfarin") is UNKNOWN
    assert any("that it is not: taken as unknown" in one for one in found.remarks)
    assert "not taking" not in " ".join(one.says for one in found.record.not_read)


@pytest.mark.parametrize("said", ["Taking as prescribed", "Do not stop taking this", "Not with milk"])
def test_words_of_taking(said: str) -> None:
    """What says how it is taken takes nothing back."""
    assert known(medicine(note=[{"text": said}])).truth("warfarin") is TRUE


def test_a_stopped_order_stays_stopped() -> None:
    """Words that say that it is not taken add nothing to a status that says so."""
    found = known(medicine(status="stopped", note=[{"text": "Patient not taking"}]))
    assert found.truth("warfarin") is FALSE
    assert not any("taken as unknown" in one for one in found.remarks)
