"""Shapes of other versions, statuses that negate, units, limits, times and persons, in small records made by kind."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    Json,
    bundle,
    coded,
    coding,
    concept,
    condition,
    interpretation,
    known,
    known_of,
    medicine,
    observation,
    patient,
    phosphate,
    quantity,
    resource,
)
from tests.fhir.test_field_more import assessed, assessed_of, calcium, dangers, unread

SERUM = {"system": "http://loinc.org", "code": "17861-6"}
WARFARIN = concept("warfarin")


def dstu2(kind: str, **elements: Any) -> Json:
    """Return a resource of the second version, which says patient where later ones say subject."""
    return resource(kind, **{"subject": None, "patient": {"reference": "Patient/p"}, **elements})


def statement(**elements: Any) -> Json:
    """Return a MedicationStatement of warfarin."""
    return resource("MedicationStatement", **{"medicationCodeableConcept": WARFARIN, **elements})


MEDICINES = [
    (statement(status="active", taken="n"), FALSE),
    (statement(status="active", taken="y"), TRUE),
    (statement(status="active", taken="unk"), UNKNOWN),
    (statement(status="not-taken"), FALSE),
    (statement(status="on-hold"), UNKNOWN),
    (statement(status="unknown"), UNKNOWN),
    (statement(status="entered-in-error"), None),
    (dstu2("MedicationStatement", status="active", wasNotTaken=True, medicationCodeableConcept=WARFARIN), FALSE),
    (dstu2("MedicationOrder", status="active", medicationCodeableConcept=WARFARIN, dateWritten="2024-05-01"), TRUE),
    (
        resource(
            "MedicationUsage",
            status="recorded",
            medication={"concept": WARFARIN},
            adherence={"code": concept("", coding("x", "not-taking"))},
        ),
        FALSE,
    ),
    (
        resource(
            "MedicationUsage",
            status="recorded",
            medication={"concept": WARFARIN},
            adherence={"code": concept("", coding("x", "taking-as-directed"))},
        ),
        TRUE,
    ),
    (medicine(doNotPerform=True), None),
    (medicine(intent="proposal"), None),
    (medicine(status="cancelled"), FALSE),
    (medicine(status="on-hold"), UNKNOWN),
    (medicine("MedicationAdministration", "not-done"), UNKNOWN),
    (
        dstu2("MedicationAdministration", status="completed", wasNotGiven=True, medicationCodeableConcept=WARFARIN),
        UNKNOWN,
    ),
    (medicine("MedicationStatement", "active", modifierExtension=[{"url": "http://x", "valueBoolean": True}]), UNKNOWN),
]


@pytest.mark.parametrize(("given", "truth"), MEDICINES)
def test_a_medicine_is_taken_only_where_it_says_so(given: Json, truth: Truth | None) -> None:
    """Statuses that negate, of every version; what is not meant to be done says nothing."""
    assert known(given).truth("warfarin") in ({truth} if truth is not None else {None, FALSE, UNKNOWN})


CONDITIONS = [
    ({"code": coded("icd10", "M349")}, TRUE),
    ({"code": coded("urn:oid:2.16.840.1.113883.6.90", "M34.9")}, TRUE),
    ({"code": coded("icd10", "M34.9"), "verificationStatus": "refuted"}, FALSE),
    ({"code": coded("icd10", "M34.9"), "verificationStatus": "confirmed", "clinicalStatus": "active"}, TRUE),
    ({"code": coded("icd10", "M34.9"), "verificationStatus": "provisional"}, UNKNOWN),
    ({"code": coded("icd10", "M34.9"), "abatementBoolean": True}, UNKNOWN),
    ({"code": coded("icd10", "M34.9"), "implicitRules": "http://x"}, UNKNOWN),
    ({"code": coded("icd10", "M34.9"), "verificationStatus": "entered-in-error"}, None),
]


@pytest.mark.parametrize(("elements", "truth"), CONDITIONS)
def test_a_diagnosis_of_any_shape(elements: Json, truth: Truth | None) -> None:
    """Codes without the dot, systems as OID, statuses as plain codes."""
    assert known(resource("Condition", recordedDate="2024-05-01", **elements)).truth("systemic_sclerosis") is truth


LIMITS = [
    ([{"low": quantity(0.8, "mmol/L"), "high": quantity(1.5, "mmol/L")}], (2.48, 4.65)),
    ([{"text": "2.5 - 4.5 mg/dL"}], (2.5, 4.5)),
    ([{"text": "0.8-1.5 mmol/L"}], (2.48, 4.65)),
    ([{"text": "< 4.5"}], (None, 4.5)),
    ([{"text": "up to 4.5 mg/dL"}], (None, 4.5)),
    (
        [
            {"type": concept("", coding("x", "critical")), "high": quantity(9, "mg/dL")},
            {"high": quantity(4.5, "mg/dL")},
        ],
        (None, 4.5),
    ),
]


@pytest.mark.parametrize(("printed", "expected"), LIMITS)
def test_limits_are_those_of_the_number(printed: list[Json], expected: tuple[float | None, float | None]) -> None:
    """In another unit, in a text, and not those that are for something else."""
    value = known(phosphate(valueQuantity=quantity(6.4, "mg/dL"), referenceRange=printed)).value("phosphate")
    for found, wanted in zip((value.lower_limit, value.upper_limit), expected, strict=True):
        assert found == (pytest.approx(wanted, abs=0.02) if wanted is not None else None) or wanted is None


ANTIBODIES = [
    ({"valueString": "1:320", "referenceRange": [{"text": "<1:40"}]}, TRUE),
    ({"valueString": "1:20", "referenceRange": [{"text": "<1:40"}]}, FALSE),
    (
        {
            "valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 640}},
            "referenceRange": [{"text": "<1:80"}],
        },
        TRUE,
    ),
    ({"valueQuantity": quantity(7, "U/mL", "<"), "referenceRange": [{"high": quantity(7, "U/mL")}]}, FALSE),
    ({"valueQuantity": quantity(20, "U/mL", "<"), "referenceRange": [{"high": quantity(7, "U/mL")}]}, UNKNOWN),
    ({"valueQuantity": quantity(20, "U/mL", ">"), "referenceRange": [{"high": quantity(7, "U/mL")}]}, TRUE),
    ({"valueQuantity": quantity(20, "U/mL"), "referenceRange": [{"high": quantity(7, "kU/L")}]}, UNKNOWN),
    ({"interpretation": interpretation("NEG")}, FALSE),
    ({"interpretation": interpretation("POS")}, TRUE),
    ({"dataAbsentReason": coded("absent", "unknown")}, UNKNOWN),
]


@pytest.mark.parametrize(("elements", "truth"), ANTIBODIES)
def test_an_antibody_is_judged_only_where_both_sides_compare(elements: Json, truth: Truth) -> None:
    """Titres, ratios, comparators, units that differ."""
    found = known(observation(coded("loinc", "16137-2", "Centromere Ab [Presence] in Serum"), **elements))
    assert found.truth("anti_centromere") in ({truth} if truth is not UNKNOWN else {UNKNOWN, None})


SPECIMENS = [
    {"specimen": {"display": "24 hour urine"}},
    {"specimen": {"display": "Dialysate"}},
    {
        "contained": [{"resourceType": "Specimen", "id": "s", "type": concept("Peritoneal fluid")}],
        "specimen": {"reference": "#s"},
    },
    {
        "contained": [{"resourceType": "Specimen", "id": "s", "type": coded("snomed", "122575003", "Urine specimen")}],
        "specimen": {"reference": "#s"},
    },
]


@pytest.mark.parametrize("elements", SPECIMENS)
def test_a_number_of_another_fluid_is_none_of_blood(elements: Json) -> None:
    """Wherever the specimen is told."""
    found = known(calcium(15.2, **elements))
    assert found.truth("calcium") is None
    assert found.remarks


def test_times_are_ordered_by_instant() -> None:
    """Offsets count, a year does not beat a day, issued stands in where nothing else is said."""
    early = calcium(9.1, id="a", effectiveDateTime="2024-03-01T23:30:00-08:00")
    late = calcium(15.2, id="b", effectiveDateTime="2024-03-02T08:00:00+00:00")
    assert known(early, late).number("calcium") == 15.2
    year = calcium(9.1, id="a", effectiveDateTime="2023")
    assert known(year, late).number("calcium") == 15.2
    issued = calcium(9.1, id="a", effectiveDateTime=None, issued="2024-05-01T10:00:00Z")
    assert known(issued, late).number("calcium") == 9.1
    after = calcium(9.1, id="a", effectiveDateTime="2024-03-01", issued="2024-06-01T10:00:00Z")
    assert known(after, late).number("calcium") == 15.2


def test_a_year_that_may_hold_the_newest_leaves_the_order_open() -> None:
    """Of 2024 and of March 2024: a range, with a question."""
    found = known(calcium(9.1, id="a", effectiveDateTime="2024"), calcium(12.2, id="b", effectiveDateTime="2024-03-02"))
    value = found.value("calcium")
    assert (value.low, value.high) == (9.1, 12.2)
    assert any("not known which is the latest" in one for one in found.remarks)


def test_contained_results_are_read() -> None:
    """A report may carry its results within."""
    inner = {
        "resourceType": "Observation",
        "id": "c",
        "status": "final",
        "code": {"coding": [SERUM]},
        "valueQuantity": quantity(13.9, "mg/dL"),
    }
    report = resource(
        "DiagnosticReport",
        status="final",
        code=concept("Panel"),
        effectiveDateTime="2024-05-01",
        contained=[inner],
        result=[{"reference": "#c"}],
    )
    assert known(report).number("calcium") == 13.9


def test_a_contained_subject_is_the_person() -> None:
    """Sex and birth date stand in the resource itself; another contained person is refused."""
    her = {"resourceType": "Patient", "id": "me", "gender": "female", "birthDate": "1950-01-01"}
    mine = calcium(9.1, contained=[her], subject={"reference": "#me"})
    found = known_of({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": mine}]})
    assert found.value("sex").word == "female"
    assert found.number("age") == 74
    other = phosphate(
        id="x",
        valueQuantity=quantity(5, "mg/dL"),
        contained=[{**her, "birthDate": "1990-02-02"}],
        subject={"reference": "#me"},
    )
    with pytest.raises(InputError):
        known_of({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": mine}, {"resource": other}]})


def test_labels_and_links_are_told() -> None:
    """What is withheld, only a summary, or of a record that was replaced."""
    found = known(
        calcium(9.1, meta={"tag": [{"code": "SUBSETTED"}]}),
        phosphate(id="x", valueQuantity=quantity(4, "mg/dL"), meta={"security": [{"code": "REDACTED"}]}),
    )
    assert len({one.partition(": ")[2] for one in found.remarks}) == 2
    old = patient(link=[{"type": "replaced-by", "other": {"reference": "Patient/q"}}])
    assert known_of(bundle(old, calcium(9.1))).remarks


def test_the_dead_have_no_emergencies() -> None:
    """Neither by a date nor by a yes."""
    for died in ({"deceasedBoolean": True}, {"deceasedDateTime": "2024-05-02"}):
        assert not dangers(assessed(calcium(15.2), **died))


TEXT = "Calcinosis cutis of the left elbow. No gangrene."


def attached(content: Json) -> tuple[Json, Json]:
    """Return a report and a document that hold the same attachment."""
    return (
        resource("DiagnosticReport", id="report", status="final", code=concept("Letter"), presentedForm=[content]),
        resource("DocumentReference", id="document", status="current", content=[{"attachment": content}]),
    )


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=utf-8"])
def test_a_plain_text_is_read_as_a_note(place: int, kind: str) -> None:
    """An attachment of text says what a note says, with the resource as its place."""
    data = base64.b64encode(TEXT.encode()).decode()
    found = known(attached({"contentType": kind, "data": data})[place])
    assert found.truth("calcinosis_cutis") is TRUE
    assert found.truth("gangrene") is FALSE
    (origin,) = found.value("calcinosis_cutis").origins
    assert origin.name.partition("/")[0] in {"DiagnosticReport", "DocumentReference"}


@pytest.mark.parametrize("place", [0, 1])
def test_another_attachment_is_named(place: int) -> None:
    """A PDF is not read, and is not silent."""
    found = known(attached({"contentType": "application/pdf", "data": "JVBERi0=", "title": "Letter"})[place])
    assert any(kind == "attachment" for kind, _ in unread(found))


def test_what_excludes_itself_is_remarked() -> None:
    """A pregnancy that is still active decades later never decides, and is told."""
    found = known(condition(concept("Pregnant"), "active", recordedDate="1972-03-01"), calcium(9.1))
    assert found.truth("pregnancy") is not TRUE
    assert any("regnan" in one for one in found.remarks)


def test_what_age_or_sex_exclude_is_asked_about() -> None:
    """A pregnancy of a man, or at 70: the question is put, and what protects a pregnancy stays."""
    for person in (patient(gender="male"), patient(birthDate="1950-01-01")):
        found = assessed_of(bundle(person, condition(concept("Pregnant"), "active")))
        assert any("regnancy" in one.ask for one in found.not_understood)


def test_ingredients_of_the_fifth_version_are_read() -> None:
    """A Medication names its parts under another element."""
    request = resource(
        "MedicationRequest", status="active", intent="order", medication={"reference": {"reference": "Medication/m"}}
    )
    product: Json = {"resourceType": "Medication", "id": "m", "ingredient": [{"item": {"concept": WARFARIN}}]}
    assert known(request, product).truth("warfarin") is TRUE


@pytest.mark.parametrize("kind", ["Condition", "Procedure", "Observation"])
def test_a_resource_without_code_and_text_is_named(kind: str) -> None:
    """What it says may stand in its narrative, which is not read."""
    assert ("code", f"{kind} without a code or a text") in unread(known(resource(kind, status="completed")))


GANGRENE = coding("icd10", "I96")


@pytest.mark.parametrize(
    ("told", "truth"),
    [
        ("Verdacht auf Gangrän", UNKNOWN),
        ("Keine Gangrän", UNKNOWN),
        ("Z.n. Gangrän der Haut", UNKNOWN),
        ("Suspicion de gangrène de la peau", UNKNOWN),
        ("Pas de gangrène", UNKNOWN),
        ("Sin gangrena de la piel", UNKNOWN),
        ("Gangrän, nicht näher bezeichnet", TRUE),
        ("Gangrène de la peau", TRUE),
        ("Gangrene", TRUE),
    ],
)
def test_a_text_in_another_language_beside_a_code(told: str, truth: Truth) -> None:
    """What it denies or doubts is not affirmed by the code; where it only names the same, the code holds."""
    found = known(condition(concept(told, GANGRENE), "active"))
    assert found.truth("gangrene") is truth
    assert ("language" in {kind for kind, _ in unread(found)}) is (truth is UNKNOWN)


@pytest.mark.parametrize(("letter", "truth"), [("G", TRUE), ("A", FALSE), ("V", UNKNOWN), ("Z", UNKNOWN)])
def test_the_certainty_that_german_diagnoses_carry_is_read(letter: str, truth: Truth) -> None:
    """Beside the code: assured, excluded, suspected, state after."""
    extension = {
        "url": "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit",
        "valueCoding": {"system": "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT", "code": letter},
    }
    assert known(condition(concept("", {**GANGRENE, "extension": [extension]}))).truth("gangrene") is truth


def test_a_name_of_a_fact_is_no_word_of_another_language() -> None:
    """No word by which a language is known is all of an English name of a fact; a German name is foreign."""
    terms = knowledge().terms
    names = (name for fact in terms.facts.values() for name in fact.names if fact.kind in {"condition", "finding"})
    assert [name for name in names if " " not in name and terms.language_of(name) != "en"] == [
        "kalziphylaxie",
        "calciphylaxie",
    ]
