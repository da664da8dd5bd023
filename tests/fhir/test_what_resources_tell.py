"""What resources tell beside their main code: conclusions, relatives, statuses in words, ends of courses."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, Known, concept, condition, known, medicine, observation, quantity, resource


def report(conclusion: str, title: str = "Skin biopsy", **elements: object) -> Json:
    """Return a DiagnosticReport of 2024-05-01 with a conclusion."""
    more = {"conclusion": conclusion, "effectiveDateTime": "2024-05-01", **elements}
    return resource("DiagnosticReport", status="final", code=concept(title), **more)


def family(said: str, relative: str = "brother") -> Json:
    """Return a FamilyMemberHistory with one condition."""
    return resource(
        "FamilyMemberHistory", status="completed", relationship=concept(relative), condition=[{"code": concept(said)}]
    )


def not_read(found: Known) -> list[str]:
    """Return the words that were not read."""
    return [one.says for one in found.record.not_read]


CONCLUSIONS = [
    ("Skin of the left thigh: calcium deposits in the dermis.", "site_thigh", TRUE),
    ("Skin of the left thigh: no calcium deposits.", "site_thigh", None),
    ("Phosphate 7.2 mg/dL.", "phosphate", TRUE),
]


@pytest.mark.parametrize(("conclusion", "fact", "truth"), CONCLUSIONS)
def test_conclusion_is_read_sentence_by_sentence(conclusion: str, fact: str, truth: Truth | None) -> None:
    """A conclusion tells places of what it finds, and numbers."""
    assert known(report(conclusion)).truth(fact) is truth


def test_sentences_of_a_conclusion_that_are_not_read_are_named() -> None:
    """Also where another sentence was read, or another language is written."""
    found = known(report("Calcium deposits in the dermis. Frobnicated zibbles abound."))
    assert not_read(found) == ["Skin biopsy: Frobnicated zibbles abound"]
    assert known(report("Kalkablagerungen in der Dermis.")).record.not_read[0].kind == "language"


def test_report_without_anything_to_read_is_named() -> None:
    """A report whose pictures alone are described says by its title that it was there."""
    bare = resource("DiagnosticReport", status="final", code=concept("X-ray hand"), media=[{"comment": "fingertips"}])
    assert not_read(known(bare)) == ["X-ray hand; fingertips"]


def test_what_relatives_have_is_theirs() -> None:
    """It is told as of the family, is not the person's own, and counts for the facts about the family."""
    found = known(family("Hyperphosphataemic familial tumoral calcinosis"))
    assert found.truth("family_history_of_tumoral_calcinosis") is TRUE
    assert found.truth("familial_tumoral_calcinosis") is None
    told = known(family("Haemodialysis", "grandfather"))
    assert told.truth("dialysis") is None
    assert ("dialysis", "family") in [(one.fact, one.sense) for one in told.record.mentions]
    assert dict(known(family("Frobnication")).record.unused) == {"Frobnication": 1}


STATUSES = [
    ({"verificationStatus": concept("Refuted")}, FALSE),
    ({"verificationStatus": concept("Provisional")}, UNKNOWN),
    ({"clinicalStatus": concept("Resolved")}, UNKNOWN),
    ({"clinicalStatus": concept("Active")}, TRUE),
]


@pytest.mark.parametrize(("elements", "truth"), STATUSES)
def test_status_in_words(elements: Json, truth: Truth) -> None:
    """A status that is written out counts as its code does."""
    assert known(condition(concept("Calciphylaxis"), **elements)).truth("calciphylaxis") is truth


def test_use_in_words() -> None:
    """So does what a statement of the fifth version says of the use."""
    said = {"medication": {"concept": concept("Warfarin")}, "medicationCodeableConcept": None}
    found = known(medicine("MedicationStatement", "recorded", **said, adherence={"code": concept("Not taking")}))
    assert found.truth("warfarin") is FALSE


COURSES = [
    ({"performedPeriod": {"start": "2017-01-10", "end": "2021-09-13"}}, "completed", UNKNOWN),
    ({"performedPeriod": {"start": "2017-01-10"}}, "in-progress", TRUE),
    ({"performedPeriod": {"start": "2024-04-30T20:00:00Z", "end": "2024-05-01T04:00:00Z"}}, "completed", TRUE),
]


@pytest.mark.parametrize(("elements", "status", "truth"), COURSES)
def test_course_of_dialysis_ends(elements: Json, status: str, truth: Truth) -> None:
    """Dialysis from one year to another is over; one session of it is not its end."""
    given = resource("Procedure", status=status, code=concept("Haemodialysis"), **elements)
    found = known(given, observation(concept("Phosphate"), valueQuantity=quantity(5, "mg/dL")))
    assert found.truth("dialysis") is truth


INTERPRETATIONS = [concept("H"), [concept("H")], [{"coding": [{"code": "H>"}]}]]


@pytest.mark.parametrize("interpretation", INTERPRETATIONS)
def test_interpretation_as_one_object_or_in_letters(interpretation: object) -> None:
    """The second version had one interpretation, and some write its code as a text."""
    found = known(observation(concept("Phosphate"), interpretation=interpretation))
    assert found.value("phosphate").flag == "high"
    assert not found.record.remarks


FLAGS = [("On warfarin", "warfarin"), ("Allergic to sulfonamides", "allergy_sulfonamide"), ("Dialysis", "dialysis")]


@pytest.mark.parametrize(("said", "fact"), FLAGS)
def test_flag_names_a_medicine_or_an_allergy(said: str, fact: str) -> None:
    """A warning on a record is read as a diagnosis is."""
    assert known(resource("Flag", status="active", code=concept(said))).truth(fact) is TRUE
