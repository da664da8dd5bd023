"""More records as the field writes them, invented by kind: what must be read, what must not, what must be said."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.report.renderers.text import as_text
from calcinosis.truth import TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    Json,
    Known,
    bundle,
    coded,
    concept,
    condition,
    interpretation,
    known,
    medicine,
    observation,
    patient,
    quantity,
    resource,
)

CALCIUM = "17861-6"


def calcium(value: float | None = None, unit: str = "mg/dL", **more: Any) -> Json:
    """Return an Observation of total calcium, without a value where none is given."""
    given = {} if value is None else {"valueQuantity": quantity(value, unit)}
    return observation(coded("loinc", CALCIUM, "Calcium [Mass/volume] in Serum or Plasma"), **{**given, **more})


def assessed(*resources: Json, **person: Any) -> Assessment:
    """Return the assessment of a person with these resources."""
    return assessed_of(bundle(patient(**person), *resources))


def assessed_of(data: Json) -> Assessment:
    """Return the assessment of a record."""
    return assess_record(fhir_record(data, knowledge().terms, "record.json"), knowledge().library)


def dangers(found: Assessment) -> set[str]:
    """Return the dangers that stand."""
    return {flag.id for flag in found.red_flags}


def questions(found: Assessment) -> list[str]:
    """Return the questions that what was doubted raises."""
    return [one.ask for one in found.not_understood if one.ask]


def unread(found: Known) -> set[tuple[str, str]]:
    """Return the kinds and the words of what was not read."""
    return {(one.kind, one.says) for one in found.record.not_read}


@pytest.mark.parametrize(("code", "flag"), [("H", "high"), ("HH", "high"), ("LL", "low"), ("HU", "high")])
def test_a_flag_without_a_number_is_read(code: str, flag: str) -> None:
    """What the laboratory calls high is high, whether or not its number came."""
    assert known(calcium(interpretation=interpretation(code))).value("calcium").flag == flag


@pytest.mark.parametrize(("code", "danger"), [("HH", "severe-hypercalcaemia"), ("LL", "severe-hypocalcaemia")])
def test_a_critical_flag_without_a_number_raises_its_question(code: str, danger: str) -> None:
    """The number is asked for, with the danger that it may be; nothing is called an emergency yet."""
    for flag in (interpretation(code), [concept("Critically " + {"HH": "high", "LL": "low"}[code])]):
        found = assessed(calcium(interpretation=flag))
        (asked,) = (one for one in found.asked_dangers if one.id == danger)
        assert "without its number" in asked.says
        assert danger not in dangers(found)
    assert not assessed(calcium(interpretation=interpretation("H"))).asked_dangers


def test_two_values_of_one_instant_ask_and_name_the_danger() -> None:
    """A range settles nothing; if its upper end is right it is an emergency, and that is said."""
    moment = "2024-05-01T08:00:00Z"
    found = assessed(
        calcium(9.3, id="one", effectiveDateTime=moment), calcium(15.2, id="two", effectiveDateTime=moment)
    )
    assert questions(found)
    (asked,) = (one for one in found.asked_dangers if one.id == "severe-hypercalcaemia")
    assert "15.2 mg/dL" in asked.says
    assert {origin.name for origin in asked.from_} == {"Observation/one", "Observation/two"}
    assert "to settle first: Severe hypercalcaemia" in as_text(found)
    assert "severe-hypercalcaemia" not in dangers(found)


def test_two_equal_values_of_one_instant_are_one() -> None:
    """The same result sent twice is no question."""
    assert not questions(assessed(calcium(9.3, id="one"), calcium(9.3, id="two")))


ORGANS = [
    ("Gangrene", "Gallbladder"),
    ("Necrosis", "Femoral head"),
    ("Ulcer", "Stomach"),
    ("Ulcer", "Colon structure"),
    ("Necrosis", "Small intestine"),
    ("Gangrene", "Appendix"),
]


@pytest.mark.parametrize(("finding", "organ"), ORGANS)
@pytest.mark.parametrize("kind", ["Condition", "Observation"])
def test_a_finding_of_an_organ_is_none_of_the_skin(kind: str, finding: str, organ: str) -> None:
    """The place of a finding stands in an element of its own."""
    site: Any = [concept(organ)] if kind == "Condition" else concept(organ)
    if kind == "Condition":
        found = known(condition(concept(finding), "active", bodySite=site))
    else:
        found = known(observation(concept(finding), valueBoolean=True, bodySite=site))
    assert {found.truth(name) for name in ("gangrene", "skin_necrosis", "skin_ulcer")} == {None}


def test_the_same_words_at_the_heel_are_of_the_skin() -> None:
    """A place of the skin leaves the finding as it is."""
    assert known(condition(concept("Ulcer"), "active", bodySite=[concept("Left heel")])).truth("skin_ulcer") is TRUE


def test_a_code_of_an_organ_is_no_skin_site() -> None:
    """ICD-10 K82.A1 is gangrene of the gallbladder."""
    found = known(
        condition(
            concept(
                "",
                {
                    "system": "http://hl7.org/fhir/sid/icd-10-cm",
                    "code": "K82.A1",
                    "display": "Gangrene of gallbladder in cholecystitis",
                },
            ),
            "active",
        )
    )
    assert found.truth("gangrene") is None


@pytest.mark.parametrize(
    ("pain", "joined"), [("Left thigh", True), ("Thigh", True), ("", True), ("Right arm", False), ("Left knee", True)]
)
def test_pain_and_colour_told_in_two_resources_are_of_one_lesion(pain: str, joined: bool) -> None:
    """In kidney failure painful purple skin is a danger, wherever each half of it stands; pain elsewhere is none."""
    where: Json = {"bodySite": concept(pain)} if pain else {}
    found = assessed(
        condition(coded("icd10", "N18.6"), "active", id="kidney"),
        observation(concept("Purpura"), id="colour", valueBoolean=True, bodySite=concept("Left thigh")),
        observation(concept("Pain"), id="pain", valueBoolean=True, **where),
    )
    assert ("painful-skin-necrosis" in dangers(found)) is joined
    because = [one.says for flag in found.red_flags if flag.id == "painful-skin-necrosis" for one in flag.because]
    places = {"Left thigh": "pain: left thigh; purple, net-like, mottled or dying skin: left thigh"}
    assert pain not in places or places[pain] in because


def test_a_dispense_and_an_administration_are_read() -> None:
    """What a pharmacy handed over was given; whether it goes on is not known."""
    found = known(medicine("MedicationDispense", "completed"))
    assert found.truth("warfarin") is UNKNOWN
    assert known(medicine("MedicationDispense", "entered-in-error")).truth("warfarin") is None
    assert known(medicine("MedicationDispense", "declined")).truth("warfarin") is UNKNOWN


def test_kinds_that_no_rule_asks_for_are_counted() -> None:
    """Each kind once, with its number."""
    others = [resource("RiskAssessment", id=f"g{number}", status="final") for number in range(3)]
    (kind,) = (one for one in known(*others).record.not_read if one.kind == "kind")
    assert (kind.says, kind.count) == ("RiskAssessment", 3)


@pytest.mark.parametrize(
    "told",
    [
        "Verdacht auf Kalziphylaxie",
        "Keine Hinweise auf Gangrän",
        "Suspicion de calciphylaxie",
        "Sin evidencia de gangrena",
        "Nessuna evidenza di gangrena",
        "Geen aanwijzingen voor gangreen",
        "Kalkablagerungen der Haut an beiden Ellenbogen",
    ],
)
def test_a_text_in_another_language_is_named(told: str) -> None:
    """It affirms nothing, and is not silent."""
    found = known(condition(concept(told), "active"))
    assert all(one.value.truth is not TRUE for one in found.record.said if one.fact != "sex")
    assert "language" in {kind for kind, _ in unread(found)}


@pytest.mark.parametrize(("clinical", "truth"), [("inactive", TRUE), ("resolved", UNKNOWN), ("remission", TRUE)])
def test_an_inactive_problem_that_lasts_is_still_there(clinical: str, truth: Truth) -> None:
    """Systemic sclerosis at rest is not gone; a resolved one is not known."""
    assert known(condition(coded("icd10", "M34.9"), clinical)).truth("systemic_sclerosis") is truth


def test_an_inactive_skin_infection_is_over() -> None:
    """What can end and is inactive is neither there nor denied."""
    assert known(condition(concept("Infected wound"), "inactive")).truth("infected_lesion") is not TRUE
