"""What servers write in ways of their own: codes that disagree, schedules, substances, codes of other countries."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    SCLEROSIS,
    Json,
    coded,
    coding,
    concept,
    condition,
    known,
    medicine,
    phosphate,
    quantity,
)

LATER = phosphate(id="later", effectiveDateTime="2024-06-01", valueQuantity=quantity(4, "mg/dL"))

APART = [
    concept("Gout", coding("icd10", SCLEROSIS)),
    concept("Gout", coding("icd10", SCLEROSIS, "Systemic sclerosis, unspecified")),
    concept("", coding("icd10", SCLEROSIS), coding("snomed", "90560007", "Gout")),
    concept("Chronic kidney disease stage 3", coding("icd10", "N18.4")),
]
TOGETHER = [
    concept("Systemic sclerosis", coding("icd10", SCLEROSIS)),
    concept("Chronic kidney disease", coding("icd10", "N18.4")),
    concept("Systemic sclerosis with ulcers of the fingers", coding("icd10", SCLEROSIS)),
    concept("Seen in clinic", coding("icd10", SCLEROSIS), coding("urn:oid:1.2.840.114350.1", "4711", "SSc")),
]


@pytest.mark.parametrize("code", APART)
def test_codes_and_words_of_different_illnesses(code: Json) -> None:
    """One diagnosis that names two illnesses says so; each is used."""
    assert any("name different illnesses" in one for one in known(condition(code)).remarks)


@pytest.mark.parametrize("code", TOGETHER)
def test_codes_and_words_of_one_illness(code: Json) -> None:
    """A wider name, other words and a code of the house are no other illness."""
    assert not known(condition(code)).remarks


def bounds(**of: object) -> list[Json]:
    """Return one dosage with such a schedule."""
    return [{"timing": {"repeat": of}}]


PERIOD = {"start": "2024-01-01", "end": "2024-02-01"}
WEEK = {"value": 7, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}
COURSES = [
    (medicine(dosageInstruction=bounds(boundsPeriod=PERIOD)), FALSE),
    (medicine(dosageInstruction=bounds(boundsDuration=WEEK)), FALSE),
    (medicine(dosageInstruction=bounds(boundsRange={"low": WEEK, "high": {**WEEK, "value": 90}})), TRUE),
    (medicine(dosageInstruction=bounds(boundsDuration={**WEEK, "code": "mo"})), TRUE),
    (medicine(dosageInstruction=[*bounds(boundsDuration=WEEK), {"text": "then 5 mg daily"}]), TRUE),
    (medicine("MedicationStatement", dosage=bounds(boundsPeriod=PERIOD)), FALSE),
    (
        medicine("MedicationStatement", dosage=bounds(boundsDuration=WEEK), effectivePeriod={"start": "2024-05-30"}),
        TRUE,
    ),
]


@pytest.mark.parametrize(("given", "truth"), COURSES)
def test_a_schedule_that_is_over(given: Json, truth: Truth) -> None:
    """What was to be taken for a week is over after it, whatever its status; a step that goes on is not."""
    assert known(given, LATER).truth("warfarin") is truth


@pytest.mark.parametrize("kind", ["MedicationAdministration", "MedicationDispense"])
def test_one_dose_that_was_not_given(kind: str) -> None:
    """It says neither that a medicine is not taken nor that it never was."""
    calcium = medicine(kind, "not-done", medicationCodeableConcept=concept("Calcium gluconate infusion"))
    assert FALSE not in {one.value.truth for one in known(calcium).record.said}
    assert known(medicine(id="order"), medicine(kind, "not-done", id="dose")).truth("warfarin") is TRUE


def test_substance_within_the_resource() -> None:
    """An ingredient may be referred to."""
    substance = {"resourceType": "Substance", "id": "s", "code": concept("Warfarin")}
    mixed = {"resourceType": "Medication", "id": "m", "ingredient": [{"itemReference": {"reference": "#s"}}]}
    given = medicine(medicationReference={"reference": "#m"}, contained=[mixed, substance])
    assert known(given).truth("warfarin") is TRUE
    named = {**mixed, "ingredient": [{"itemReference": {"reference": "Substance/9", "display": "Warfarin"}}]}
    assert known(medicine(medicationReference={"reference": "#m"}, contained=[named])).truth("warfarin") is TRUE


CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"


@pytest.mark.parametrize(("letter", "truth"), [("A", FALSE), ("V", UNKNOWN), ("Z", UNKNOWN), ("G", TRUE)])
@pytest.mark.parametrize("beside_code", [True, False])
def test_german_certainty(letter: str, truth: Truth, beside_code: bool) -> None:
    """The letter of a German diagnosis counts beside its code and beside the whole."""
    extension = [{"url": CERTAINTY, "valueCoding": {"code": letter}}]
    one = coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", SCLEROSIS)
    code = {"coding": [{**one, "extension": extension}]} if beside_code else {"coding": [one], "extension": extension}
    assert known(condition(code)).truth("systemic_sclerosis") is truth


@pytest.mark.parametrize(
    "system", ["https://smt.esante.gouv.fr/terminologie-cim-10", "http://hl7.org/fhir/sid/icd-10-nl"]
)
def test_translations_of_icd_10(system: str) -> None:
    """The French and the Dutch ICD-10 share the codes of the international one up to the first digit."""
    assert known(condition(coded(system, SCLEROSIS))).truth("systemic_sclerosis") is TRUE


NAMED = [
    ("https://smt.esante.gouv.fr/terminologie-cisp", "CISP"),
    ("https://smt.esante.gouv.fr/terminologie-cip_ucd", "CIP/UCD"),
    ("http://hl7.org/fhir/sid/icd-10-am", "ICD-10-AM"),
    ("https://dmd.nhs.uk", "dm+d"),
    ("http://read.info/ctv3", "Read codes"),
    ("http://fhir.de/CodeSystem/ifa/pzn", "PZN"),
]


@pytest.mark.parametrize(("system", "name"), NAMED)
def test_codes_of_countries_are_named(system: str, name: str) -> None:
    """A code without words of a system that is not read affirms nothing, and is named with its system."""
    found = known(condition(coded(system, SCLEROSIS)))
    assert found.truth("systemic_sclerosis") is None
    assert [one.says for one in found.record.not_read] == [f"{name} {SCLEROSIS}"]


def test_ingredients_without_words_of_a_product_that_is_known() -> None:
    """The code of an ingredient is no second medicine beside a product that is named; alone it is told."""
    ingredient = {"itemCodeableConcept": coded("http://fhir.de/CodeSystem/ask", "22970")}
    product: Json = {"resourceType": "Medication", "id": "m", "ingredient": [ingredient]}
    named = {**product, "code": concept("Warfarin")}
    for one, others in ((named, []), (product, ["ASK 22970"])):
        given = medicine(medicationReference={"reference": "#m"}, contained=[one])
        assert [told.fact for told in known(given).record.other_medicines] == others
