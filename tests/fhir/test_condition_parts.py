"""The stage, the severity and the evidence of a diagnosis."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, coded, concept, condition, known, observation, sclerosis

STAGE_4, STAGE_5 = "chronic_kidney_disease_stage_4", "chronic_kidney_disease_stage_5"
STAGES = [
    (concept("Stage 4"), STAGE_4),
    (concept("4"), STAGE_4),
    (concept("G4"), STAGE_4),
    (concept("CKD stage 5"), STAGE_5),
    (coded("snomed", "431857002", "Chronic kidney disease stage 4 (disorder)"), STAGE_4),
    (coded("snomed", "431857002"), STAGE_4),
]


@pytest.mark.parametrize(("summary", "fact"), STAGES)
@pytest.mark.parametrize("code", [concept("Chronic kidney disease"), coded("icd10", "N18.9")])
def test_stage_of_a_disease(summary: Json, fact: str, code: Json) -> None:
    """A stage in words, by its number or by its code makes the closer disease, in the status of the whole."""
    found = known(condition(code, "active", "confirmed", stage=[{"summary": summary}]))
    assert found.truth(fact) is TRUE
    assert not found.record.not_read
    assert known(condition(code, "", "refuted", stage=[{"summary": summary}])).truth(fact) is FALSE
    assert known(condition(code, "active", "provisional", stage=[{"summary": summary}])).truth(fact) is UNKNOWN


@pytest.mark.parametrize(
    ("code", "said"), [("Gout", "Stage 4"), ("Breast cancer", "IIA"), ("Pressure ulcer", "Stage 4")]
)
def test_stage_of_something_else(code: str, said: str) -> None:
    """A stage that no fact knows with this disease makes none, and is named as not read."""
    found = known(condition(concept(code), "active", "confirmed", stage=[{"summary": concept(said)}]))
    assert not any("kidney" in name for name in found.facts.stated)
    assert f"{code}: {said}" in [one.says for one in found.record.not_read]


@pytest.mark.parametrize(("said", "truth"), [("Severe", TRUE), ("Mild", None)])
def test_severity(said: str, truth: Truth | None) -> None:
    """A severe pain is a finding of its own, a mild one is none."""
    found = known(condition(concept("Pain"), "active", "confirmed", severity=coded("snomed", "24484000", said)))
    assert found.truth("pain") is TRUE
    assert found.truth("severe_pain") is truth


EVIDENCE: list[Json] = [
    {"code": [concept("Calcinosis cutis")]},
    {"code": concept("Calcinosis cutis")},
    {"concept": concept("Calcinosis cutis")},
]


@pytest.mark.parametrize("evidence", EVIDENCE)
def test_evidence_was_seen(evidence: Json) -> None:
    """What a diagnosis was told by is there, also where the diagnosis is in doubt; that of a past one may have gone."""
    for verification in ("confirmed", "provisional"):
        found = known(sclerosis("active", verification, evidence=[evidence]))
        assert found.truth("calcinosis_cutis") is TRUE
    assert known(sclerosis("resolved", "confirmed", evidence=[evidence])).truth("calcinosis_cutis") is UNKNOWN
    assert known(sclerosis("", "refuted", evidence=[evidence])).truth("calcinosis_cutis") is None


def test_evidence_names_no_medicine_that_is_taken() -> None:
    """A medicine among the evidence is not taken by that."""
    assert known(sclerosis("active", "confirmed", evidence=[{"code": [concept("Warfarin")]}])).truth("warfarin") is None


def test_evidence_that_is_not_in_the_record() -> None:
    """What a reference alone tells is named, unless the record holds it."""
    detail = {"detail": [{"reference": "Observation/seen", "display": "Calcium deposits in the dermis"}]}
    diagnosis = sclerosis("active", "confirmed", evidence=[detail])
    assert [one.says for one in known(diagnosis).record.not_read] == ["Calcium deposits in the dermis"]
    seen = observation(concept("Calcium deposits in the dermis"), id="seen", valueBoolean=True)
    assert not known(diagnosis, seen).record.not_read
