"""Bundles of every kind, single resources, several resources; whose record it is."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import FALSE, TRUE
from tests.fhir.build import (
    DAY,
    Known,
    bundle,
    coded,
    concept,
    known,
    known_of,
    patient,
    phosphate,
    quantity,
    resource,
    sclerosis,
)

ME = {"reference": "Patient/p"}


def parsed(data: bytes) -> Known:
    """Return what is known after reading bytes."""
    record = parse_record(data, knowledge().terms, "record.json")
    facts, remarks = record.facts(knowledge().library.vocabulary, record.last_day)
    return Known(record, facts, tuple(remark.says for remark in remarks))


@pytest.mark.parametrize("kind", ["collection", "searchset", "document", "transaction", "batch", "history"])
def test_every_kind_of_bundle(kind: str) -> None:
    """What a Bundle is for does not change what it says."""
    found = known_of(bundle(patient(), sclerosis(), kind=kind))
    assert found.truth("systemic_sclerosis") is TRUE
    assert found.record.id == "p"
    assert found.record.last_day == DAY
    assert found.number("age") == 54


def test_ips_document() -> None:
    """An International Patient Summary is a document: a Composition whose sections refer to the entries."""
    composition = resource(
        "Composition",
        id="c",
        status="final",
        type=coded("loinc", "60591-5", "Patient summary Document"),
        date=DAY,
        section=[
            {"title": "Problems", "code": coded("loinc", "11450-4"), "entry": [{"reference": "Condition/r1"}]},
            {
                "title": "Medicines",
                "code": coded("loinc", "10160-0"),
                "entry": [{"reference": "MedicationStatement/m"}],
            },
        ],
    )
    none = resource(
        "MedicationStatement",
        id="m",
        status="unknown",
        medicationCodeableConcept=coded(
            "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-medication-info", "No information"
        ),
    )
    found = known_of(bundle(composition, patient(), sclerosis(), none, kind="document"))
    assert found.truth("systemic_sclerosis") is TRUE
    assert found.remarks == ()


def test_urn_references() -> None:
    """In a transaction the subject is the temporary address of the Patient entry."""
    urn = "urn:uuid:0a4e1a35-1b2c-4d5e-8f90-000000000002"
    record = bundle(patient(id=None), sclerosis(subject={"reference": urn}), kind="transaction")
    record["entry"][0]["fullUrl"] = urn
    del record["entry"][0]["resource"]["id"]
    assert known_of(record).truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize(
    "subject",
    [
        "Patient/p",
        "https://fhir.example/base/Patient/p",
        "https://proxy.example/Patient/p",
        "Patient/p/_history/3",
        "https://fhir.example/base/Patient/p/_history/3",
    ],
)
def test_ways_to_refer_to_the_patient(subject: str) -> None:
    """Relative, absolute and versioned references are to the same person."""
    assert known(sclerosis(subject={"reference": subject})).truth("systemic_sclerosis") is TRUE


def test_single_resource() -> None:
    """One Condition is a record."""
    assert known_of(sclerosis()).truth("systemic_sclerosis") is TRUE


def test_patient_alone() -> None:
    """A Patient with nothing else is a record of which nothing is known."""
    assert known_of(patient()).record.id == "p"


def test_list_of_resources() -> None:
    """Resources in a JSON list are one record."""
    assert known_of([patient(), sclerosis()]).truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n"])
def test_ndjson(end: bytes) -> None:
    """One resource a line, the lines ended in any way, is one record."""
    lines = [orjson.dumps(patient()), orjson.dumps(sclerosis()), orjson.dumps(phosphate(valueString="high"))]
    found = parsed(end.join(lines) + end)
    assert found.truth("systemic_sclerosis") is TRUE
    assert found.value("phosphate").flag == "high"


def test_bundles_in_bundles() -> None:
    """A batch response holds search sets."""
    outer = {
        "resourceType": "Bundle",
        "type": "batch-response",
        "entry": [{"resource": bundle(patient(), sclerosis())}],
    }
    assert known_of(outer).truth("systemic_sclerosis") is TRUE


def test_entries_without_a_resource() -> None:
    """An entry of a deletion, or an answer without content, is passed over."""
    record = bundle(patient(), sclerosis())
    record["entry"] += [{"request": {"method": "DELETE", "url": "Condition/x"}}, {"response": {"status": "204"}}, {}]
    assert known_of(record).truth("systemic_sclerosis") is TRUE


def test_two_patients_are_refused() -> None:
    """A Bundle of two people is not the record of one."""
    with pytest.raises(InputError, match="2 different Patient resources"):
        known_of(bundle(patient(), patient(id="other"), sclerosis()))


def test_two_patients_without_ids_are_refused() -> None:
    """Two people are two people although neither has an id."""
    one, other = patient(), patient(gender="male")
    del one["id"], other["id"]
    with pytest.raises(InputError, match="2 different Patient resources"):
        known_of([one, other, sclerosis(subject=None)])


def test_the_same_patient_twice_is_one() -> None:
    """Two copies of one Patient, as two search sets give them, are one person."""
    assert known_of(bundle(patient(), patient(), sclerosis())).truth("systemic_sclerosis") is TRUE


def test_subjects_of_two_people_without_a_patient_are_refused() -> None:
    """Without a Patient the subjects still tell two people apart."""
    with pytest.raises(InputError, match="different persons"):
        known_of([sclerosis(), sclerosis(subject={"reference": "Patient/other"})])


def test_a_patient_without_an_id() -> None:
    """A Patient that nothing can refer to is taken as the subject, if there is one subject only."""
    nameless = patient()
    del nameless["id"]
    assert known_of([nameless, sclerosis()]).truth("systemic_sclerosis") is TRUE
    with pytest.raises(InputError, match="different persons"):
        known_of([nameless, sclerosis(), sclerosis(subject={"reference": "Patient/other"})])


@pytest.mark.parametrize(
    "other",
    [
        sclerosis(subject={"reference": "Patient/somebody-else"}),
        sclerosis(subject={"reference": "https://fhir.example/base/Patient/xp"}),
        sclerosis(subject={"reference": "Group/g"}),
        resource("AllergyIntolerance", subject=None, patient={"reference": "Patient/x"}, code=coded("icd10", "Z88.0")),
    ],
)
def test_resources_about_another_person(other: dict[str, Any]) -> None:
    """What is about somebody else is reported and not used."""
    found = known(other)
    assert found.truth("systemic_sclerosis") is None
    assert found.truth("allergy_penicillin") is None
    assert any("another person" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("focus", "used"),
    [("RelatedPerson/mother", False), ("Patient/donor", False), ("Patient/p", True), ("BodyStructure/lesion", True)],
)
def test_focus_of_an_observation(focus: str, used: bool) -> None:
    """A result of the mother, kept in the record of the child, is not the child's."""
    found = known(phosphate(valueQuantity=quantity(5, "mg/dL"), focus=[{"reference": focus}]))
    assert (found.truth("phosphate") is TRUE) is used
    assert any("another person" in remark for remark in found.remarks) is not used


def test_a_resource_without_a_subject_is_the_patients() -> None:
    """A subject that is missing is no other person."""
    assert known(sclerosis(subject=None)).truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize("kind", ["Practitioner", "Questionnaire", "CarePlan", "Bundel"])
def test_resources_that_say_nothing(kind: str) -> None:
    """A resource that holds no facts of a person is no record; the message names it."""
    with pytest.raises(InputError, match=kind):
        known_of({"resourceType": kind, "id": "x"})


def test_unread_resources_beside_a_patient_are_passed_over() -> None:
    """What is not read does no harm."""
    found = known({"resourceType": "Claim", "id": "c", "patient": ME}, sclerosis())
    assert found.truth("systemic_sclerosis") is TRUE


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (sclerosis(code="M34.9"), "code"),
        (sclerosis(code={"coding": "M34.9"}), "coding"),
        (sclerosis(code={"coding": ["M34.9"]}), "coding"),
        (sclerosis(code={"coding": [{"system": ["x"], "code": "M34.9"}]}), "system"),
        (sclerosis(code={"text": 5}), "text"),
        (sclerosis(recordedDate=20240501), "recordedDate"),
        (sclerosis(clinicalStatus=["active"]), "clinicalStatus"),
        (phosphate(valueQuantity=7.4), "valueQuantity"),
        (phosphate(valueQuantity=quantity("7.4", "mg/dL")), "value"),  # type: ignore[arg-type]
        (phosphate(valueQuantity={"value": True, "unit": "mg/dL"}), "value"),
        (phosphate(referenceRange={"high": 5}, valueQuantity=quantity(5, "mg/dL")), "referenceRange"),
        (phosphate(component="x"), "component"),
    ],
)
def test_elements_of_the_wrong_shape(broken: dict[str, Any], place: str) -> None:
    """One resource that cannot be read is reported with the element that is wrong; the others are used."""
    found = known(broken, sclerosis(id="good", code=coded("icd10", "M33.90")))
    assert found.truth("dermatomyositis") is TRUE
    assert found.truth("systemic_sclerosis") is None
    assert any(place in remark and "not used" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("1970-05-01", (54, 54)),
        ("1970-05-02", (53, 53)),
        ("1970", (53, 54)),
        ("1970-05", (53, 54)),
        ("2024-04-01", None),
    ],
)
def test_age(birth: str, age: tuple[float, float] | None) -> None:
    """The age is exact to the day, or between two years."""
    value = known_of(bundle(patient(birthDate=birth), sclerosis())).value("age")
    assert value.low is not None
    assert value.high is not None
    if age is None:
        assert 0.05 < value.low < 0.1
    else:
        assert (value.low, value.high) == age


@pytest.mark.parametrize("birth", ["1870-01-01", "2030-01-01", "01.01.1970", 1970])
def test_birth_dates_that_cannot_be(birth: object) -> None:
    """An age that no one reaches, or a date that is none, is reported."""
    found = known_of(bundle(patient(birthDate=birth), sclerosis()))
    assert found.truth("age") is None
    assert found.truth("systemic_sclerosis") is TRUE
    assert found.remarks != ()


def test_a_planned_encounter_is_not_the_last_day() -> None:
    """The record ends with what happened, not with an appointment of next year."""
    visit = resource("Encounter", id="e", status="planned", period={"start": "2031-01-01"})
    assert known(sclerosis(), visit).record.last_day == DAY
    assert known(sclerosis(), {**visit, "status": "finished"}).record.last_day == "2031-01-01"


def test_origin_of_every_value() -> None:
    """Each value names the resource that it was read in."""
    value = known(sclerosis(id="abc")).value("systemic_sclerosis")
    assert [(origin.kind, origin.name) for origin in value.origins] == [("resource", "Condition/abc")]


def test_order_of_entries_does_not_matter() -> None:
    """The same resources in another order say the same."""
    resources = [sclerosis(id="a"), sclerosis("", "refuted", id="b", recordedDate="2020-01-01"), phosphate(id="c")]
    forward, backward = known(*resources), known_of(bundle(*reversed(resources), patient()))
    assert forward.value("systemic_sclerosis") == backward.value("systemic_sclerosis")
    assert forward.remarks == backward.remarks


def test_text_divisions_are_not_read() -> None:
    """The narrative repeats the data for people; a name in it is no fact."""
    narrative = {"status": "generated", "div": "<div>systemic sclerosis, warfarin</div>"}
    found = known_of(bundle(patient(text=narrative), sclerosis(code=concept("Gout"), text=narrative)))
    assert found.truth("systemic_sclerosis") is None
    assert found.truth("gout") is TRUE
    assert found.truth("warfarin") is not FALSE
