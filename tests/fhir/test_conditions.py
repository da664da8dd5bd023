"""Conditions: what their statuses, dates and texts make of them."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    DAY,
    SCLEROSIS,
    coded,
    coding,
    concept,
    condition,
    known,
    observation,
    quantity,
    resource,
    sclerosis,
)

CLINICAL = [
    ("active", TRUE),
    ("recurrence", TRUE),
    ("relapse", TRUE),
    ("inactive", UNKNOWN),
    ("remission", UNKNOWN),
    ("resolved", UNKNOWN),
    ("", TRUE),
]
VERIFICATION = [
    ("confirmed", TRUE),
    ("unconfirmed", UNKNOWN),
    ("provisional", UNKNOWN),
    ("differential", UNKNOWN),
    ("refuted", FALSE),
    ("entered-in-error", None),
    ("", TRUE),
]


@pytest.mark.parametrize(("status", "truth"), CLINICAL)
def test_clinical_status(status: str, truth: Truth) -> None:
    """An active condition is present; an ended one is neither present nor absent."""
    pneumonia = condition(coded("icd10", "J18.9", "Pneumonia, unspecified organism"), status)
    assert known(pneumonia).truth("pneumonia") is truth


@pytest.mark.parametrize("status", ["inactive", "remission"])
def test_a_lasting_disease_that_rests_is_still_there(status: str) -> None:
    """Systemic sclerosis that is inactive has not gone, unless it is not sure that it was there."""
    assert known(sclerosis(status)).truth("systemic_sclerosis") is TRUE
    assert known(sclerosis(status, "provisional")).truth("systemic_sclerosis") is UNKNOWN
    assert known(sclerosis(status, "refuted")).truth("systemic_sclerosis") is FALSE


@pytest.mark.parametrize(("status", "truth"), VERIFICATION)
def test_verification_status(status: str, truth: Truth | None) -> None:
    """A confirmed condition is present, a refuted one absent, a suspected one unknown, a mistaken entry nothing."""
    clinical = "" if status == "entered-in-error" else "active"
    assert known(sclerosis(clinical, status)).truth("systemic_sclerosis") is truth


@pytest.mark.parametrize("clinical", ["active", "resolved", "inactive", ""])
def test_refuted_is_absent_whatever_the_clinical_status(clinical: str) -> None:
    """A refuted condition is absent even where its clinical status was left as it was."""
    assert known(sclerosis(clinical, "refuted")).truth("systemic_sclerosis") is FALSE


@pytest.mark.parametrize(
    ("abatement", "truth"),
    [
        ({"abatementDateTime": "2020"}, UNKNOWN),
        ({"abatementDateTime": "2030-01-01"}, TRUE),
        ({"abatementPeriod": {"start": "2020-01-01", "end": "2020-06-01"}}, UNKNOWN),
        ({"abatementAge": {"value": 40, "code": "a"}}, UNKNOWN),
        ({"abatementString": "a few years ago"}, UNKNOWN),
    ],
)
def test_abatement(abatement: dict[str, Any], truth: Truth) -> None:
    """A condition that abated before the day of the assessment is not present any more."""
    assert known(sclerosis(**abatement), as_of="2024-06-01").truth("systemic_sclerosis") is truth


def test_abatement_is_ignored_when_the_condition_is_active() -> None:
    """The clinical status is required by FHIR and outweighs a date that contradicts it."""
    assert known(sclerosis("active", abatementDateTime="2020")).truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize(
    ("onset", "truth"),
    [("2019", TRUE), ("2024-05", TRUE), ("2024-05-01T08:00:00Z", TRUE), ("2025", None), ("2024", UNKNOWN)],
)
def test_onset_of_every_precision(onset: str, truth: Truth | None) -> None:
    """A month or year stands for all its days: begun, not begun, or not to be told."""
    found = known(sclerosis(recordedDate=None, onsetDateTime=onset), as_of="2024-05-31")
    assert found.truth("systemic_sclerosis") is truth


@pytest.mark.parametrize("onset", ["soon", "2024-13-01", "2024-02-30", "0000-00-00", "01/05/2024"])
def test_a_date_that_is_none_is_reported(onset: str) -> None:
    """A wrong date makes the resource unusable and is named, not guessed."""
    found = known(sclerosis(recordedDate=onset))
    assert found.truth("systemic_sclerosis") is None
    assert any("date" in remark or "calendar" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        ("Systemic sclerosis", TRUE),
        ("Scleroderma, limited type", TRUE),
        ("No systemic sclerosis", FALSE),
        ("No evidence of systemic sclerosis", FALSE),
        ("Systemic sclerosis ruled out", FALSE),
        ("Possible systemic sclerosis", UNKNOWN),
        ("?systemic sclerosis", UNKNOWN),
        ("Suspected systemic sclerosis", UNKNOWN),
        ("Family history of systemic sclerosis", None),
        ("Mother has systemic sclerosis", None),
        ("Patient with skin sclerosis of unknown kind", None),
    ],
)
def test_text_only(said: str, truth: Truth | None) -> None:
    """A condition given only as text is matched by the names of the fact, negation and family considered."""
    assert known(condition(concept(said))).truth("systemic_sclerosis") is truth


@pytest.mark.parametrize("code", ["Z82.69", "Z84.89", "Z83.3", "Z80.3"])
@pytest.mark.parametrize("system", ["icd10", "http://hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.90"])
def test_family_history_codes_are_not_the_person(code: str, system: str) -> None:
    """A code of family history never makes the disease of a relative the person's own."""
    found = known(condition(concept("Systemic sclerosis", coding(system, code, "Family history of other diseases"))))
    assert found.truth("systemic_sclerosis") is None


@pytest.mark.parametrize("code", ["M34", "M34.0", "M34.81", "M34.9", "M34.99"])
def test_longest_prefix(code: str) -> None:
    """A code of ICD-10-CM that no fact lists means what its longest listed beginning means."""
    assert known(condition(coded("icd10", code))).truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize("code", ["M3", "M", "M35.9", "ZZZ", ""])
def test_other_codes_mean_nothing(code: str) -> None:
    """A code that is shorter than the listed one, or of another disease, is not systemic sclerosis."""
    assert known(condition(coded("icd10", code))).truth("systemic_sclerosis") is None


def test_the_longest_prefix_wins() -> None:
    """M33.03 is listed for the dermatomyositis of children, M33 for all: the longer one is what is meant."""
    children = known(condition(coded("icd10", "M33.03")))
    assert children.truth("juvenile_dermatomyositis") is TRUE
    assert known(condition(coded("icd10", "M33.90"))).truth("juvenile_dermatomyositis") is not TRUE


def test_an_unknown_system_is_not_read_as_a_known_one() -> None:
    """The same code in a system of the hospital's own means nothing."""
    assert known(condition(coded("urn:hospital", SCLEROSIS))).truth("systemic_sclerosis") is None


def test_a_code_shown_as_something_else_is_not_used() -> None:
    """Code and display that disagree are both left aside, and reported."""
    found = known(condition(coded("icd10", SCLEROSIS, "Essential hypertension")))
    assert found.truth("systemic_sclerosis") is None
    assert found.truth("hypertension") is None
    assert any("neither was used" in remark for remark in found.remarks)


def test_two_codes_and_a_text_of_one_condition_are_one() -> None:
    """Several codings of one concept are one saying with one origin."""
    both = concept("Scleroderma", coding("icd10", SCLEROSIS), coding("snomed", "89155008"))
    value = known(condition(both)).value("systemic_sclerosis")
    assert value.truth is TRUE
    assert [origin.name for origin in value.origins] == ["Condition/r1"]
    assert value.date == DAY


def test_newer_refutation_settles_an_older_entry() -> None:
    """What is said last holds."""
    old = sclerosis("active", "confirmed", recordedDate="2019-01-01", id="old")
    new = sclerosis("", "refuted", recordedDate="2023-01-01", id="new")
    assert known(old, new).truth("systemic_sclerosis") is FALSE
    assert known(old, new, as_of="2020-01-01").truth("systemic_sclerosis") is TRUE


def test_a_disagreement_on_one_day_is_unknown_and_reported() -> None:
    """Present and absent on one day is not resolved in silence."""
    found = known(sclerosis("active", "confirmed", id="a"), sclerosis("", "refuted", id="b"))
    assert found.truth("systemic_sclerosis") is UNKNOWN
    assert any("both" in remark for remark in found.remarks)


def test_a_condition_after_the_day_is_not_known_yet() -> None:
    """An assessment of an earlier day does not look ahead."""
    assert known(sclerosis("active"), as_of="2020-01-01").truth("systemic_sclerosis") is None


def test_an_exposure_that_ended_still_happened() -> None:
    """A resolved kidney transplant status stays a transplant."""
    transplant = condition(coded("icd10", "Z94.0"), "resolved", abatementDateTime="2020-01-01")
    assert known(transplant).truth("kidney_transplant") is TRUE


def test_body_sites_of_a_calcification() -> None:
    """The site of a condition of the skin is a place of the calcification; that of another disease is not."""
    cutis = coded("icd10", "L94.2", "Calcinosis cutis")
    elbow = [coded("snomed", "127949000", "Structure of elbow region"), concept("right thumb")]
    found = known(condition(cutis, "active", bodySite=elbow))
    assert found.truth("site_elbow") is TRUE
    assert found.truth("site_hand") is TRUE or found.truth("site_finger") is TRUE
    other = known(condition(coded("icd10", "I10"), "active", bodySite=elbow))
    assert other.truth("site_elbow") is None


def test_what_means_nothing_is_counted_as_not_used() -> None:
    """A condition that no fact speaks of is listed by its label."""
    found = known(condition(concept("Ingrown toenail")), condition(concept("Ingrown toenail"), id="r2"))
    assert dict(found.record.unused) == {"Ingrown toenail": 2}


def test_family_member_history_is_never_the_persons_own() -> None:
    """The disease of the mother is not the person's, whatever its code."""
    mother = resource(
        "FamilyMemberHistory",
        subject=None,
        patient={"reference": "Patient/p"},
        status="completed",
        relationship=concept("mother"),
        condition=[{"code": concept("Systemic sclerosis", coding("icd10", SCLEROSIS))}],
    )
    assert known(mother).truth("systemic_sclerosis") is None


@pytest.mark.parametrize(
    ("recorded", "truth", "taken"),
    [(DAY, UNKNOWN, "unknown"), (None, UNKNOWN, "unknown"), ("2019-03-02", TRUE, "present")],
)
def test_a_refuted_condition_that_is_measured(recorded: str | None, truth: Truth, taken: str) -> None:
    """A refuted kidney failure with a filtration rate of 8 is remarked, and is not absent."""
    refuted = condition(coded("icd10", "N19", "Unspecified kidney failure"), "", "refuted", recordedDate=recorded)
    rate = observation(
        coded("loinc", "98979-8"), id="rate", valueQuantity=quantity(8, "mL/min/1.73m2", code="mL/min/{1.73_m2}")
    )
    found = known(refuted, rate)
    assert found.truth("kidney_failure") is truth
    assert found.remarks == (
        "Condition/r1: the record says that kidney failure is absent, but Observation/rate says that it is present: "
        f"taken as {taken}",
    )


def test_a_denied_whole_with_a_present_kind_is_remarked() -> None:
    """A kind is the closer look, and the disagreement is not silent."""
    denied = condition(concept("Connective tissue disease"), "", "refuted", id="denied")
    found = known(denied, sclerosis(id="kind"))
    assert found.truth("connective_tissue_disease") is TRUE
    assert found.remarks == (
        "Condition/denied: the record says that connective tissue disease is absent, but Condition/kind says that it "
        "is present: taken as present",
    )


USE = [
    ("Long-term use of warfarin", TRUE),
    ("Long term (current) use of warfarin", TRUE),
    ("On warfarin for atrial fibrillation", TRUE),
    ("Warfarin therapy", TRUE),
    ("Bleeding while taking warfarin", TRUE),
    ("Warfarin contraindicated", UNKNOWN),
    ("Adverse reaction to warfarin", UNKNOWN),
    ("Adverse effect of warfarin therapy", UNKNOWN),
    ("Warfarin-induced skin necrosis", UNKNOWN),
    ("Warfarin toxicity", UNKNOWN),
    ("Not on warfarin", FALSE),
    ("Allergy to warfarin", None),
]


@pytest.mark.parametrize(("said", "truth"), USE)
def test_a_diagnosis_that_names_a_medicine(said: str, truth: Truth | None) -> None:
    """Only what states its use makes it taken; what merely names it leaves that open, and says so."""
    found = known(condition(concept(said)))
    assert found.truth("warfarin") is truth
    assert any("does not say that it is taken" in remark for remark in found.remarks) is (truth is UNKNOWN)


def test_a_diagnosis_of_an_allergy() -> None:
    """A problem list holds allergies too."""
    assert known(condition(concept("Allergy to warfarin"))).truth("allergy_warfarin") is TRUE
    assert known(condition(concept("Amoxicillin allergy"))).truth("allergy_penicillin") is TRUE
    assert known(condition(concept("Warfarin allergy"), "", "refuted")).truth("allergy_warfarin") is FALSE


def test_a_code_of_use_is_use() -> None:
    """ICD-10-CM Z79 says that the medicine is taken, with or without words beside it; words may deny it."""
    anticoagulated = coding("icd10", "Z79.01", "Long term (current) use of anticoagulants")
    assert known(condition({"coding": [anticoagulated]})).truth("anticoagulant") is TRUE
    assert known(condition(coded("icd10", "Z79.01"))).truth("anticoagulant") is TRUE
    doubted = concept("Adverse effect of anticoagulant", anticoagulated)
    assert known(condition(doubted)).truth("anticoagulant") is UNKNOWN


@pytest.mark.parametrize(
    ("text", "suspected"),
    [
        ("Possible calciphylaxis", True),
        ("Calciphylaxis unlikely", False),
        ("Ulcer mistaken for calciphylaxis", False),
        ("Histology argues against calciphylaxis", False),
    ],
)
def test_what_is_held_to_be_unlikely_is_not_suspected(text: str, suspected: bool) -> None:
    """What somebody holds to be hardly so is neither there, nor denied, nor suspected, and raises no danger."""
    told = known({"resourceType": "Condition", "id": "c", "recordedDate": "2024-05-01", "code": {"text": text}})
    assert told.truth("calciphylaxis") is UNKNOWN
    assert (told.truth("suspected_calciphylaxis") is TRUE) is suspected


@pytest.mark.parametrize("clinical", ["inactive", "resolved"])
def test_dialysis_that_is_over_is_not_there(clinical: str) -> None:
    """Dependence on dialysis that is no longer active on the list of problems is no dialysis now."""
    assert known(condition(coded("icd10", "Z99.2"), clinical)).truth("dialysis") is UNKNOWN
    assert known(condition(coded("icd10", "Z99.2"), "active")).truth("dialysis") is TRUE
