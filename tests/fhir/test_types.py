"""Types on whole records: what establishes one, and what leaves it open."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.fhir.bundle import fhir_record
from tests.fhir.build import (
    DAY,
    bundle,
    coded,
    concept,
    condition,
    medicine,
    observation,
    patient,
    quantity,
    resource,
    sclerosis,
)

Json = dict[str, Any]
CALCIUM = ("17861-6", "mg/dL")
PHOSPHATE = ("2777-1", "mg/dL")
ABOUT = {"skin_calcification_on_imaging", "skin_calcification_on_histology"}


def deposit(day: str = DAY) -> Json:
    """Return a Condition of calcium in the skin."""
    return condition(
        concept("Calcinosis cutis, calcium deposits in the skin on biopsy"), id="deposit", recordedDate=day
    )


def minerals(calcium: float, phosphate: float) -> list[Json]:
    """Return results of calcium and phosphate in mg/dL, without printed limits."""
    told = [(CALCIUM, calcium, "calcium"), (PHOSPHATE, phosphate, "phosphate")]
    return [
        observation(coded("loinc", code), id=name, valueQuantity=quantity(value, unit))
        for (code, unit), value, name in told
    ]


def infusion(day: str | None, **elements: Any) -> Json:
    """Return a Procedure of a calcium infusion."""
    code = concept("Intravenous infusion of calcium gluconate")
    return resource("Procedure", status="completed", code=code, performedDateTime=day, **{"id": "infusion", **elements})


def assessed(*resources: Json) -> Assessment:
    """Return the assessment of the patient with these resources."""
    known = knowledge()
    return assess_record(fhir_record(bundle(patient(), *resources), known.terms, "record.json"), known.library)


def statuses(*resources: Json) -> dict[str, str]:
    """Return the status of each type."""
    return {result.id: result.status for result in assessed(*resources).types}


@pytest.mark.parametrize(
    ("title", "fact"),
    [
        ("Radiograph of the hand", "skin_calcification_on_imaging"),
        ("Ultrasound-guided biopsy", "skin_calcification_on_histology"),
        ("Skin, punch biopsy", "skin_calcification_on_histology"),
        ("Second look", "skin_calcification_on_histology"),
    ],
)
def test_the_title_of_a_report_says_how_calcium_was_seen(title: str, fact: str) -> None:
    """The same words are an image's in the report of an image, in a report and in an observation."""
    report = resource("DiagnosticReport", id="r", status="final", code=concept(title), conclusion="Calcium deposits.")
    seen = observation(concept(title), id="o", valueString="Calcium deposits")
    for one in (report, seen):
        record = fhir_record(bundle(patient(), one), knowledge().terms, "record.json")
        assert {said.fact for said in record.said} & ABOUT == {fact}, one["resourceType"]


def test_a_small_rise_beside_damaged_tissue_establishes_nothing() -> None:
    """Systemic sclerosis and a phosphate of 4.7: metastatic is open, dystrophic is in conflict, and both are shown."""
    found = statuses(deposit(), sclerosis(id="ssc"), *minerals(9.4, 4.7))
    assert found["metastatic"] == "undetermined"
    assert found["dystrophic"] == "conflicting"


def test_a_rise_with_nothing_else_is_provisional() -> None:
    """Where nothing else explains the deposit, it holds only if the causes that nobody mentions are absent."""
    found = assessed(deposit(), *minerals(9.4, 5.2))
    assert found.leading_type == "metastatic"
    assert found.types[0].status == "provisional"
    assert "systemic_sclerosis" in found.types[0].assumes_absent


def test_a_rise_with_its_cause_or_a_high_product_establishes_metastatic() -> None:
    """Kidney failure behind the phosphate, or a product above 70, counts also beside systemic sclerosis."""
    failing = condition(coded("icd10", "N18.6", "End stage renal disease"), id="kidney")
    assert statuses(deposit(), failing, *minerals(9.4, 6.8))["metastatic"] == "established"
    assert statuses(deposit(), failing, sclerosis(id="ssc"), *minerals(9.4, 6.8))["metastatic"] == "established"
    assert statuses(deposit(), sclerosis(id="ssc"), *minerals(11.0, 8.0))["metastatic"] == "established"


@pytest.mark.parametrize(("calcium", "phosphate", "status"), [(9.4, 3.5, "established"), (None, None, "undetermined")])
def test_dystrophic_needs_normal_minerals(calcium: float | None, phosphate: float | None, status: str) -> None:
    """Normal values establish it; unmeasured they leave it open, and the tests that settle it are named."""
    told = minerals(calcium, phosphate) if calcium is not None and phosphate is not None else []
    found = assessed(deposit(), sclerosis(id="ssc"), *told)
    dystrophic = next(result for result in found.types if result.id == "dystrophic")
    assert dystrophic.status == status
    if not told:
        assert {"serum-calcium", "serum-phosphate"} <= set(dystrophic.settled_by)
        assert {"calcium", "phosphate"} <= {reason.fact for reason in dystrophic.because}
        assert {"serum-calcium", "serum-phosphate"} <= {test.id for test in found.workup}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-04-15", "established"),
        ("2014-04-15", "undetermined"),
        ("2024", "undetermined"),
        (None, "undetermined"),
    ],
)
def test_an_infusion_explains_what_follows_it_within_weeks(day: str | None, status: str) -> None:
    """One of ten years ago, or of an unknown day, is suspected and not the established cause."""
    found = statuses(deposit(), infusion(day), *minerals(9.4, 3.5))
    assert found["iatrogenic"] == status


def test_of_several_infusions_the_last_may_be_the_cause() -> None:
    """A first one years ago does not hide one of last month, and does not settle it either."""
    found = statuses(deposit(), infusion("2014-04-15"), infusion("2024-04-15", id="second"), *minerals(9.4, 3.5))
    assert found["iatrogenic"] == "undetermined"


def test_an_old_infusion_does_not_stand_before_another_cause() -> None:
    """Systemic sclerosis leads where the infusion lies ten years back."""
    found = assessed(deposit(), infusion("2014-04-15"), sclerosis(id="ssc"), *minerals(9.4, 3.5))
    assert found.leading_type == "dystrophic"


@pytest.mark.parametrize(("said", "status"), [("Heel", "established"), ("Elbow", "undetermined")])
def test_heel_sticks_explain_deposits_of_the_heel(said: str, status: str) -> None:
    """A deposit elsewhere is not explained by them."""
    stick = resource("Procedure", id="stick", status="completed", code=concept("Heel stick"), performedDateTime=DAY)
    found = statuses({**deposit(), "bodySite": [concept(said)]}, stick, *minerals(9.4, 3.5))
    assert found["iatrogenic"] in {status, "not-supported" if status == "undetermined" else status}


def test_being_a_woman_is_an_association() -> None:
    """It raises the risk of calciphylaxis, explains nothing, and is named only where the record points to that."""
    calm = {cause.id: cause.status for cause in assessed(deposit(), *minerals(9.4, 3.5)).causes}
    assert "female-sex" not in calm
    necrosis = condition(concept("Painful skin necrosis"), id="necrosis")
    failing = condition(coded("icd10", "N18.6", "End stage renal disease"), id="kidney")
    found = {cause.id: cause.strength for cause in assessed(deposit(), necrosis, failing).causes}
    assert found["female-sex"] == "association"


def test_pain_of_calciphylaxis_is_treated_whatever_the_kidneys() -> None:
    """That severe pain is treated waits for no test; an opioid that piles up in kidney failure is reviewed."""
    found = assessed(
        condition(concept("Calciphylaxis"), id="calciphylaxis"),
        condition(coded("icd10", "N18.6", "End stage renal disease"), id="kidney"),
        medicine(id="morphine", medicationCodeableConcept=concept("Morphine 10 mg oral tablet")),
    )
    verdicts = {one.id: one.verdict for one in found.treatments}
    assert found.leading_type == "calciphylaxis"
    assert verdicts["calciphylaxis-pain-relief"] == "consider"
    assert "renally-cleared-opioids" in {one.id for one in found.stop}


def test_ceftriaxone_and_calcium_in_a_newborn_are_reviewed_without_a_deposit() -> None:
    """A contraindication is about the person: nothing needs to point to calcium in the skin."""
    calcium = medicine(
        "MedicationAdministration",
        "completed",
        id="calcium",
        medicationCodeableConcept=concept("Calcium gluconate"),
        dosage={"route": concept("intravenous")},
    )
    ceftriaxone = medicine(id="ceftriaxone", medicationCodeableConcept=concept("Ceftriaxone"))
    known_ = knowledge()
    newborn = bundle(patient(birthDate="2024-04-20"), calcium, ceftriaxone)
    found = assess_record(fhir_record(newborn, known_.terms, "record.json"), known_.library)
    assert found.presentation == "none"
    assert found.treatments == ()
    stop = {one.id: one for one in found.stop}
    assert "ceftriaxone" in stop
    assert all(word.startswith(("ceftriaxone", "calcium")) for word in stop), "both medicines of the pair, and no other"
    assert {reason.fact for reason in stop["ceftriaxone"].against} >= {"age"}
    older = bundle(patient(), calcium, ceftriaxone)
    assert assess_record(fhir_record(older, known_.terms, "record.json"), known_.library).stop == ()


MASSES = concept("Calcified masses next to the hip and periarticular masses of the shoulder")


@pytest.mark.parametrize("local", ["Old scar of the left forearm", "Injury to the knee", "Burn scar of the leg"])
def test_a_local_cause_does_not_explain_masses_around_joints_with_high_phosphate(local: str) -> None:
    """One scar does not make masses at other joints: what disturbs phosphate in the whole body outranks it."""
    masses = condition(MASSES, id="masses")
    found = assessed(deposit(), masses, condition(concept(local), id="local"), *minerals(9.4, 6.6))
    assert found.leading_type == "metastatic"
    assert found.types[0].status == "provisional"


def test_a_local_cause_of_one_deposit_with_a_small_rise_is_still_a_conflict() -> None:
    """Without masses around joints, a scar at its place and a raised phosphate are both shown."""
    here = {**deposit(), "bodySite": [concept("Left forearm")]}
    found = statuses(here, condition(concept("Old scar of the left forearm"), id="local"), *minerals(9.4, 4.9))
    assert found["dystrophic"] == "conflicting"
    assert found["metastatic"] != "provisional"


def test_a_disease_of_the_whole_body_still_conflicts_beside_masses() -> None:
    """Systemic sclerosis explains deposits at many places: only local causes are outranked."""
    found = statuses(deposit(), condition(MASSES, id="masses"), sclerosis(id="ssc"), *minerals(9.4, 4.9))
    assert (found["metastatic"], found["dystrophic"]) == ("undetermined", "conflicting")
