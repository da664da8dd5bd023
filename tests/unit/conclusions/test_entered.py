"""What was read of a record: each saying once, with its words, its place, and whether a rule uses it."""

from __future__ import annotations

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.entered import Entered
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.report.renderers.json import as_object
from calcinosis.report.renderers.text import as_text
from tests.fhir.build import (
    Json,
    bundle,
    coded,
    concept,
    medicine,
    observation,
    patient,
    phosphate,
    quantity,
    sclerosis,
)


def assessed(*resources: Json) -> Assessment:
    """Return the assessment of a patient with these resources."""
    record = fhir_record(bundle(patient(), *resources), knowledge().terms, "record.json")
    return assess_record(record, knowledge().library)


def entered(assessment: Assessment, fact: str) -> list[Entered]:
    """Return what was read of one fact."""
    return [one for one in assessment.entered if one.fact == fact]


def test_a_diagnosis_with_its_words_and_place() -> None:
    """What is present names the resource, the words, the day, and that a rule uses it."""
    (one,) = entered(assessed(sclerosis()), "systemic_sclerosis")
    assert (one.truth.value, one.sense, one.date, one.used) == ("true", "present", "2024-05-01", True)
    assert [place.origin.name for place in one.from_] == ["Condition/r1"]


def test_an_older_number_is_entered_and_not_used() -> None:
    """The latest number counts; the one before it was read all the same."""
    old = phosphate(id="old", valueQuantity=quantity(7.4, "mg/dL"), effectiveDateTime="2023-01-01")
    new = phosphate(id="new", valueQuantity=quantity(4.1, "mg/dL"))
    found = entered(assessed(old, new), "phosphate")
    assert [(one.value, one.date, one.used) for one in found] == [
        ("4.1 mg/dL", "2024-05-01", True),
        ("7.4 mg/dL", "2023-01-01", False),
    ]


def test_a_status_that_tells_what_is_over() -> None:
    """A medicine that was given and is over, and an ex-smoker, are past; what was never taken is absent."""
    told = {"medicationCodeableConcept": concept("warfarin")}
    for status, sense in (("stopped", "past"), ("not-taken", "absent"), ("active", "present")):
        found = entered(assessed(medicine("MedicationStatement", status, **told)), "warfarin")
        assert [one.sense for one in found] == [sense]
    for answer, sense in (("Ex-smoker", "past"), ("Never smoker", "absent"), ("Smoker", "present")):
        smoker = observation(concept("Tobacco smoking status"), valueCodeableConcept=concept(answer))
        assert [one.sense for one in entered(assessed(smoker), "smoking")] == [sense]


def test_what_no_rule_reads_is_not_used() -> None:
    """A number of which no rule speaks is read, and the report does not say that all was used."""
    result = observation(coded("loinc", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"))
    assessment = assessed({**result, "valueQuantity": quantity(6.1, "%")})
    (one,) = entered(assessment, "hba1c")
    assert not one.used
    assert "left unread" not in as_text(assessment)
    assert "left unread" in as_text(assessed(sclerosis()))


def test_what_is_computed_names_its_parts() -> None:
    """A number that was worked out stands in no resource."""
    calcium = observation(coded("loinc", "17861-6"), id="ca", valueQuantity=quantity(9.0, "mg/dL"))
    found = as_object(assessed(calcium, phosphate(valueQuantity=quantity(7.4, "mg/dL"))))["entered"]
    product = next(one for one in found if one["fact"] == "calcium_phosphate_product")
    assert product["from"] == []
    assert product["parts"] == ["calcium", "phosphate"]
    assert product["used"] is True
