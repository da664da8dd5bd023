"""Texts beside the codes: read in the context of what they stand with, or named as not read. Records invented."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE
from tests.fhir.build import (
    DAY,
    Json,
    Known,
    allergy,
    concept,
    condition,
    known,
    medicine,
    observation,
    phosphate,
    quantity,
    resource,
)

BLACK = "Black necrotic skin over the left calf."


def told(found: Known) -> str:
    """Return all that is named as not read."""
    return " | ".join(one.says for one in found.record.not_read)


@pytest.mark.parametrize(
    "written",
    [
        phosphate(valueQuantity=quantity(4.0, "mg/dL"), note=[{"text": BLACK}]),
        phosphate(valueQuantity=quantity(4.0, "mg/dL"), comment=BLACK),
        phosphate(valueQuantity=quantity(4.0, "mg/dL"), comments=BLACK),
        condition(concept("Skin lesion"), "active", note=[{"text": BLACK}]),
        condition(concept("Skin lesion"), notes=BLACK),
        resource("Procedure", code=concept("Dressing change"), status="completed", note=[{"text": BLACK}]),
        resource("Procedure", code=concept("Dressing change"), status="completed", outcome=concept(BLACK)),
        resource("Encounter", status="in-progress", period={"start": DAY}, reasonCode=[concept(BLACK)]),
        resource("Encounter", status="in-progress", period={"start": DAY}, reason=[concept(BLACK)]),
        resource(
            "Encounter", status="in-progress", period={"start": DAY}, reason=[{"value": [{"concept": concept(BLACK)}]}]
        ),
        medicine("MedicationStatement", note=[{"text": BLACK}]),
        medicine(reasonCode=[concept(BLACK)]),
        medicine(reason=[{"concept": concept(BLACK)}]),
        allergy(concept("Penicillin"), note=[{"text": BLACK}]),
    ],
    ids=lambda one: f"{one['resourceType']}-{[key for key in one][-1]}",
)
def test_a_finding_in_a_text_beside_the_codes_is_read(written: Json) -> None:
    assert known(written).truth("skin_necrosis") is TRUE


def test_a_text_that_denies_a_finding_is_read_as_its_denial() -> None:
    assert (
        known(condition(concept("Skin lesion"), note=[{"text": "No skin necrosis."}])).truth("skin_necrosis") is FALSE
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (condition(concept("Gout"), note=[{"text": "Excluded by biopsy last year"}]), "Excluded by biopsy last year"),
        (condition(concept("Gout"), "resolved", note=[{"text": BLACK}]), BLACK),
        (condition(concept("Gout"), verification="refuted", note=[{"text": BLACK}]), BLACK),
        (resource("FamilyMemberHistory", note=[{"text": BLACK}]), BLACK),
        (medicine(note=[{"text": "says that the tablets look otherwise"}]), "tablets look otherwise"),
        (medicine(dosageInstruction=[{"text": "10 mg every single day"}]), "every single day"),
        (observation(concept("Breathing"), valueString="gasping at night"), "gasping at night"),
        (
            resource("Procedure", code=concept("Haemodialysis"), status="not-done", note=[{"text": "refused"}]),
            "refused",
        ),
    ],
)
def test_a_text_that_settles_nothing_is_named_with_its_words(written: Json, words: str) -> None:
    found = known(written)
    assert words in told(found)
    assert found.truth("skin_necrosis") is None


def test_a_number_with_its_name_is_read_as_a_note_tells_it() -> None:
    found = known(phosphate(valueQuantity=quantity(4.0, "mg/dL"), note=[{"text": "Potassium was 7.1 mmol/L"}]))
    assert found.number("potassium") == 7.1
    assert not found.record.not_read


def test_the_reason_of_a_biopsy_is_what_is_looked_for() -> None:
    found = known(
        resource("Procedure", code=concept("Skin biopsy"), status="completed", reasonCode=[concept("Calciphylaxis")])
    )
    assert found.truth("calciphylaxis") is not TRUE
    assert found.truth("suspected_calciphylaxis") is TRUE


def test_a_medicine_named_in_a_note_is_not_taken_for_that() -> None:
    found = known(phosphate(valueQuantity=quantity(4.0, "mg/dL"), note=[{"text": "Discussed warfarin."}]))
    assert found.truth("warfarin") is None
    assert "Discussed warfarin" in told(found)
