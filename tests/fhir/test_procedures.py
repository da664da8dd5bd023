"""Procedures and devices: done, not done, or not to be told."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import DAY, coded, concept, known, resource

DIALYSIS = coded("snomed", "302497006", "Hemodialysis (procedure)")


def procedure(code: dict[str, Any], status: str, **elements: Any) -> dict[str, Any]:
    """Return a Procedure of DAY unless said otherwise."""
    return resource("Procedure", **{"status": status, "code": code, "performedDateTime": DAY, **elements})


@pytest.mark.parametrize(
    ("status", "truth"),
    [
        ("completed", TRUE),
        ("in-progress", TRUE),
        ("stopped", TRUE),
        ("not-done", FALSE),
        ("preparation", UNKNOWN),
        ("unknown", UNKNOWN),
        ("entered-in-error", None),
    ],
)
def test_status(status: str, truth: Truth | None) -> None:
    """A procedure that was begun was done; one that was not done is absent; a mistaken entry says nothing."""
    assert known(procedure(DIALYSIS, status)).truth("dialysis") is truth


def test_not_done_does_not_undo_what_was_done() -> None:
    """A session that was left out does not make a person on dialysis one who never was."""
    done = procedure(DIALYSIS, "completed", id="a", performedDateTime="2023-01-01")
    assert known(done, procedure(DIALYSIS, "not-done", id="b")).truth("dialysis") is TRUE


def test_a_procedure_of_later_is_not_known_yet() -> None:
    """An assessment of an earlier day does not look ahead."""
    assert known(procedure(DIALYSIS, "completed"), as_of="2020-01-01").truth("dialysis") is None


def test_performed_period() -> None:
    """A procedure over a period has happened once it has begun."""
    transplant = procedure(
        coded("snomed", "70536003", "Transplant of kidney (procedure)"),
        "completed",
        performedDateTime=None,
        performedPeriod={"start": "2022-03-01"},
    )
    assert known(transplant, as_of=DAY).truth("kidney_transplant") is TRUE
    assert known(transplant, as_of="2022-01-01").truth("kidney_transplant") is None


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        ("Kidney transplant", TRUE),
        ("Status post kidney transplant", TRUE),
        ("No kidney transplant", FALSE),
    ],
)
def test_text_only(said: str, truth: Truth | None) -> None:
    """A procedure that is only named is read as text."""
    assert known(procedure(concept(said), "completed")).truth("kidney_transplant") is truth


def test_a_procedure_that_names_a_medicine_is_no_medicine_taken() -> None:
    """Giving a medicine once in a procedure is an exposure, not a medicine that is taken."""
    found = known(procedure(concept("Intravenous infusion of calcium gluconate"), "completed"))
    assert found.truth("calcium_gluconate") is None
    assert found.truth("calcium_infusion") is TRUE


@pytest.mark.parametrize(("status", "truth"), [("active", TRUE), ("inactive", None), ("entered-in-error", None)])
def test_device(status: str, truth: Truth | None) -> None:
    """A device that is worn is known; one that was taken out is not."""
    device = {
        "resourceType": "Device",
        "id": "d",
        "status": status,
        "patient": {"reference": "Patient/p"},
        "type": concept("Cardiac pacemaker"),
    }
    assert known(device).truth("ventricular_pacemaker") is truth
