"""Unwanted events, impressions, diagnoses of visits, and what only holds other resources together or is aimed at."""

from __future__ import annotations

import pytest

from calcinosis.truth import TRUE, UNKNOWN, Truth
from tests.fhir.build import DAY, Json, Known, coded, concept, known, resource, sclerosis

OUTCOME = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome"


def event(**elements: object) -> Json:
    """Return an AdverseEvent that killed skin."""
    return resource("AdverseEvent", actuality="actual", date=DAY, event=concept("Skin necrosis"), **elements)


def not_read(found: Known) -> list[str]:
    """Return the words that were not read."""
    return [one.says for one in found.record.not_read]


OUTCOMES = [
    (coded(OUTCOME, "resolved"), UNKNOWN),
    (coded(OUTCOME, "resolvedWithSequelae", "Resolved with Sequelae"), UNKNOWN),
    ([concept("Resolved")], UNKNOWN),
    (coded(OUTCOME, "ongoing", "Ongoing"), TRUE),
    (None, TRUE),
]


@pytest.mark.parametrize(("outcome", "truth"), OUTCOMES)
def test_outcome_of_an_event(outcome: object, truth: Truth) -> None:
    """An event that is resolved may be over, and its outcome is no name that nobody understood."""
    found = known(event(outcome=outcome))
    assert found.truth("skin_necrosis") is truth
    assert not found.record.unused


@pytest.mark.parametrize(
    "suspect", [{"instance": {"display": "Warfarin"}}, {"instanceCodeableConcept": concept("Warfarin")}]
)
def test_a_suspected_medicine_is_not_taken_for_that(suspect: Json) -> None:
    """What is suspected of an event was given once; whether it is taken is left open, and told."""
    found = known(event(suspectEntity=[suspect]))
    assert found.truth("warfarin") is UNKNOWN
    assert any("does not say that it is taken" in one for one in found.remarks)


def test_a_condition_that_an_event_led_to() -> None:
    """One that is not in the record is named."""
    led_to = [{"reference": "Condition/r9", "display": "Systemic sclerosis"}]
    assert "Systemic sclerosis" in not_read(known(event(resultingCondition=led_to)))
    assert not_read(known(event(resultingCondition=led_to), sclerosis(id="r9"))) == []


def test_clinical_impression() -> None:
    """Its findings and its summary count as those of a report; one that was given up says nothing."""
    told: Json = {"summary": "No ulcers. Calciphylaxis of both thighs.", "date": DAY}
    found = known(
        resource("ClinicalImpression", status="completed", finding=[{"item": {"concept": concept("Fever")}}], **told)
    )
    assert found.truth("calciphylaxis") is TRUE
    assert found.truth("fever") is TRUE
    assert found.truth("skin_ulcer") is not TRUE
    assert known(resource("ClinicalImpression", status="entered-in-error", **told)).truth("calciphylaxis") is None
    named = resource("ClinicalImpression", status="completed", finding=[{"itemCodeableConcept": concept("No fever")}])
    assert known(named).truth("fever") is not TRUE


def test_diagnoses_of_a_visit() -> None:
    """The fifth version tells them in the visit; the fourth refers to them, and what is not there is named."""
    visit: Json = {"status": "finished", "period": {"start": DAY}}
    told = resource("Encounter", diagnosis=[{"condition": [{"concept": concept("Calciphylaxis")}]}], **visit)
    assert known(told).truth("calciphylaxis") is TRUE
    by_reference = {"condition": {"reference": "Condition/r9", "display": "Systemic sclerosis"}}
    referred = resource("Encounter", diagnosis=[by_reference], **visit)
    assert not_read(known(referred)) == ["Systemic sclerosis"]
    assert not_read(known(referred, sclerosis(id="r9"))) == []
    planned = resource("Encounter", diagnosis=[{"condition": [{"concept": concept("Gout")}]}], status="planned")
    assert known(planned).truth("gout") is None


def test_a_complication_of_a_procedure_was_there() -> None:
    """What came of a procedure is no longer what it looked for."""
    done = resource(
        "Procedure",
        status="completed",
        code=concept("Biopsy"),
        performedDateTime=DAY,
        complication=[concept("Calciphylaxis")],
    )
    assert known(done).truth("calciphylaxis") is TRUE
    sought = resource(
        "Procedure",
        status="completed",
        code=concept("Biopsy"),
        performedDateTime=DAY,
        reasonCode=[concept("Calciphylaxis")],
    )
    assert known(sought).truth("calciphylaxis") is UNKNOWN


def test_entries_of_a_list() -> None:
    """What a list has and the record has not is named; what was taken off it is told."""
    entries = [{"item": {"display": "Gout"}}, {"deleted": True, "item": {"reference": "Condition/r9"}}]
    held = resource("List", status="current", mode="working", title="Problems", entry=entries)
    found = known(held, sclerosis(id="r9"))
    assert found.truth("gout") is None
    assert not_read(found) == ["Gout"]
    assert any('"Condition/r9" was taken off' in one for one in found.remarks)
    assert not known({**held, "status": "retired"}).record.not_read


EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


@pytest.mark.parametrize(("code", "is_none"), [("nilknown", True), ("notasked", False), ("withheld", False)])
def test_why_a_list_is_empty(code: str, is_none: bool) -> None:
    """Nothing known denies no single thing, and what was not asked is not told: in a list and in a document."""
    reason = coded(EMPTY, code, code)
    wholes = (
        resource("List", status="current", title="Allergies", emptyReason=reason),
        resource("Composition", status="final", section=[{"title": "Allergies", "emptyReason": reason}]),
    )
    for whole in wholes:
        found = known(whole)
        assert found.truth("allergy_warfarin") is None
        assert any("no single finding or medicine is taken as absent" in one for one in found.remarks) is is_none
        assert [one.kind for one in found.record.not_read] == ([] if is_none else ["not-stated"])


def test_sections_of_a_document() -> None:
    """A section that only its text tells is named; one whose entries are in the record is not."""
    text = {"status": "generated", "div": "<div><b>Gout</b> of both feet</div>"}
    told = resource("Composition", status="final", section=[{"title": "Problems", "section": [{"text": text}]}])
    assert not_read(known(told)) == [": Gout of both feet"]
    entry = [{"reference": "Condition/r9"}]
    held = resource("Composition", status="final", section=[{"title": "Problems", "text": text, "entry": entry}])
    assert not_read(known(held, sclerosis(id="r9"))) == []
    assert not_read(known(held)) == ["Condition that is referred to and is not in the record"]


def test_what_is_aimed_at_is_not_there() -> None:
    """A goal is a plan, and one that was reached or given up is none."""
    aim = resource("Goal", lifecycleStatus="active", description=concept("No calciphylaxis; phosphate below 5.5 mg/dL"))
    found = known(aim)
    assert [one.says for one in found.record.history.plans] == ["No calciphylaxis; phosphate below 5.5 mg/dL"]
    assert not {"calciphylaxis", "phosphate"} & set(found.facts.stated)
    assert not known({**aim, "lifecycleStatus": "completed"}).record.history.plans


def test_a_study_of_images_is_no_finding() -> None:
    """What a study shows a report tells; its name and its places are told as not read."""
    study = resource(
        "ImagingStudy",
        status="available",
        description="X-ray: soft tissue calcification",
        series=[{"bodySite": {"display": "Left hand"}}, {"bodySite": {"concept": concept("Right hand")}}],
    )
    found = known(study)
    assert set(found.facts.stated) <= {"age", "sex"}
    assert not_read(found) == ["ImagingStudy: Left hand; Right hand", "X-ray: soft tissue calcification"]


NARRATIVE = {
    "status": "generated",
    "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>Calciphylaxis &amp; gout</p></div>',
}
ALONE = [
    resource("Condition", text=NARRATIVE),
    resource("Observation", status="final", code=concept("Wound"), text=NARRATIVE),
    resource("DiagnosticReport", status="final", code=concept("Skin biopsy"), text=NARRATIVE),
    resource("MedicationStatement", status="active", text=NARRATIVE),
    resource("CarePlan", status="active", text=NARRATIVE),
    sclerosis(text={**NARRATIVE, "status": "additional"}),
]


@pytest.mark.parametrize("told", ALONE)
def test_what_the_narrative_alone_tells_is_named(told: Json) -> None:
    """A resource that leaves what it says to its narrative, or says more in it, is not passed over in silence."""
    found = known(told)
    assert "Calciphylaxis & gout" in not_read(found)
    assert found.truth("calciphylaxis") is None


def test_a_narrative_that_was_made_of_the_elements() -> None:
    """It tells nothing else, and one of a resource that was taken back nothing at all."""
    assert not_read(known(sclerosis(text=NARRATIVE))) == []
    void = sclerosis(verification="entered-in-error", text={**NARRATIVE, "status": "generated"})
    assert not_read(known(void)) == []
    assert (
        not_read(known(resource("Observation", status="entered-in-error", code=concept("Wound"), text=NARRATIVE))) == []
    )


def test_planned_activities_that_are_not_in_the_record() -> None:
    """A plan that only refers to what it holds names what is missing."""
    plan = resource("CarePlan", status="active", activity=[{"plannedActivityReference": {"display": "Haemodialysis"}}])
    assert not_read(known(plan)) == ["Haemodialysis"]
