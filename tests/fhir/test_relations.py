"""Where and when a cause was beside the deposit, in coded records and in notes."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis import assess
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.person.joined import joined
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.readers.note.note import note_record
from tests.fhir.build import Json, concept, condition, observation, patient, resource

CALCIUM = "Calcinosis cutis"


def place(said: str) -> Json:
    """Return the place of a resource; an empty one has none."""
    return {"bodySite": [concept(said)]} if said else {}


def deposit(where: str = "", **elements: Any) -> Json:
    """Return a Condition of calcium in the skin."""
    return condition(concept(CALCIUM), "active", id="deposit", **place(where), **elements)


def of(*resources: Json) -> Assessment:
    """Return what follows from a record."""
    bundle: Json = {"resourceType": "Bundle", "type": "collection", "entry": []}
    bundle["entry"] = [{"resource": one} for one in (patient(), *resources)]
    return assess(fhir_record(bundle, knowledge().terms, "record"))


def of_note(text: str) -> Assessment:
    """Return what follows from a note."""
    return assess(note_record(text, "note", knowledge().terms))


def status(found: Assessment, cause: str) -> str:
    """Return the status of a cause; ``none`` where it is not spoken of or ruled out."""
    one = next((one for one in found.causes if one.id == cause), None)
    return "none" if one is None or one.status == "excluded" else one.status


def says(found: Assessment, cause: str) -> list[str]:
    """Return the reasons of a cause."""
    return [reason.says for one in found.causes if one.id == cause for reason in one.because]


PLACES = [
    ("Left thigh", "Left thigh", "confirmed"),
    ("Right thigh", "Left thigh", "none"),
    ("Thigh", "Left thigh", "confirmed"),
    ("Both thighs", "Left thigh", "confirmed"),
    ("Left fingertip", "Left hand", "confirmed"),
    ("Left hand", "Left index finger", "confirmed"),
    ("Left hand", "Left knee", "none"),
    ("Left knee", "Left lower leg", "suspected"),
    ("", "Left thigh", "suspected"),
    ("Left thigh", "", "suspected"),
    ("Port A", "Left thigh", "suspected"),
]
"""Where a scar is, where the deposit is, and what follows: places that touch may be one."""


@pytest.mark.parametrize(("scar", "calcium", "expected"), PLACES)
def test_a_scar_counts_where_the_deposit_is(scar: str, calcium: str, expected: str) -> None:
    """Sites agree if one is a part of the other and sides are not opposed; apart they rule it out; else it is open."""
    found = of(deposit(calcium), condition(concept("Scar"), id="scar", **place(scar)))
    assert status(found, "scar") == expected


def test_the_trace_tells_both_places() -> None:
    """The reason of a cause at the place names where it is and where the deposit is, with both resources."""
    found = of(deposit("Left thigh"), condition(concept("Scar"), id="scar", **place("Left thigh")))
    assert says(found, "scar") == ["scar: left thigh; deposit: left thigh"]
    (reason,) = (reason for one in found.causes if one.id == "scar" for reason in one.because)
    assert {origin.name for origin in reason.from_} == {"Condition/deposit", "Condition/scar"}


def test_what_is_not_known_is_asked() -> None:
    """A scar somewhere is suspected, and whether it is at the deposit is a question."""
    found = of(deposit("Left thigh"), condition(concept("Scar"), id="scar"))
    assert says(found, "scar") == ["scar; at the place of the deposit: ask"]
    dystrophic = next(one for one in found.types if one.id == "dystrophic")
    assert dystrophic.status == "undetermined"
    assert any(reason.fact == "scar__at__skin_calcification" for reason in dystrophic.because)


def test_the_deposit_is_where_the_lump_is() -> None:
    """Where no place of the calcium is said, the lump tells it; a lump elsewhere rules nothing out."""
    lump = observation(concept("Hard nodule"), id="lump", valueBoolean=True, bodySite=concept("Left elbow"))
    scar = condition(concept("Scar"), id="scar", **place("Left elbow"))
    assert status(of(deposit(), lump, scar), "scar") == "confirmed"
    scar = condition(concept("Scar"), id="scar", **place("Right knee"))
    assert status(of(deposit(), lump, scar), "scar") == "suspected"


DAYS = [("2020-03-01", "confirmed"), ("2024-06-01", "none")]
"""When the radiotherapy of the breast was, whose deposit is of the first of May, and what follows."""


@pytest.mark.parametrize(("day", "expected"), DAYS)
def test_what_came_after_the_deposit_is_no_cause(day: str, expected: str) -> None:
    """At the same place, the cause has to come first."""
    radiotherapy = resource(
        "Procedure",
        id="rt",
        status="completed",
        code=concept("Radiotherapy"),
        performedDateTime=day,
        **place("Left breast"),
    )
    assert status(of(deposit("Left breast"), radiotherapy), "radiotherapy") == expected


def test_a_day_of_writing_down_is_no_beginning() -> None:
    """A scar that was entered after the deposit may be older; one that began after it is no cause."""
    late: Json = {"recordedDate": "2024-06-01", **place("Left knee")}
    assert status(of(deposit("Left knee"), condition(concept("Scar"), id="scar", **late)), "scar") == "confirmed"
    late["onsetDateTime"] = "2024-05-20"
    assert status(of(deposit("Left knee"), condition(concept("Scar"), id="scar", **late)), "scar") == "none"


def test_a_note_of_a_later_day_may_tell_of_an_old_scar() -> None:
    """The day of a note is that of its writing, and no beginning."""
    terms = knowledge().terms
    first = note_record("2024-01-05\nCalcinosis cutis of the left knee.", "first", terms)
    later = note_record("2024-03-09\nScar of the left knee.", "later", terms)
    assert status(assess(joined([first, later], "notes")), "scar") == "confirmed"


def test_a_deposit_is_as_old_as_its_onset() -> None:
    """An infusion after the onset of a deposit that was recorded later is no cause of it."""
    infusion = resource(
        "Procedure",
        id="iv",
        status="completed",
        code=concept("Infusion of calcium gluconate"),
        performedDateTime="2024-04-20",
    )
    assert status(of(deposit(), infusion), "calcium-infusion") == "confirmed"
    assert status(of(deposit(onsetDateTime="2023-01-05"), infusion), "calcium-infusion") == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A hard nodule of the left shin appeared after a blow. Biopsy: calcium in the dermis.", "confirmed"),
        ("Injury of the left shin in 2001. Calcinosis cutis of the left shin.", "confirmed"),
        ("Injury of the right shin in 2001. Calcinosis cutis of the left shin.", "none"),
        ("She had an injury once. Calcinosis cutis of the left shin.", "suspected"),
        ("Calcinosis cutis of the left shin. She was knocked at this place.", "confirmed"),
        ("Calcinosis cutis of the left shin; injury after the nodule had appeared.", "none"),
    ],
)
def test_notes_tell_place_and_order(text: str, expected: str) -> None:
    """Sites, words for the same place, before and after bind in a clause."""
    assert status(of_note(text), "local-trauma") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Scar of the left elbow after excision of a calcified nodule. Calcinosis cutis of the left elbow.", "none"),
        ("Scar of the left elbow. Calcinosis cutis of the left elbow.", "confirmed"),
        ("Calcium deposits in an old scar.", "confirmed"),
        ("Calcinosis cutis of the right elbow. Old burn scar of the left forearm.", "none"),
    ],
)
def test_a_scar_left_by_removing_a_deposit_is_no_cause(text: str, expected: str) -> None:
    """It came after the deposit, whatever its place."""
    assert status(of_note(text), "scar") == expected


def test_an_infusion_begun_after_the_nodule_is_no_cause() -> None:
    """By words, and by days."""
    text = "Calcinosis cutis of the left hand. Calcium gluconate by vein was begun after the nodule had appeared."
    assert status(of_note(text), "calcium-infusion") == "none"
    assert status(of_note(text.replace("after the", "before the")), "calcium-infusion") == "suspected"


def test_coded_record_and_note_say_the_same() -> None:
    """The same person as resources and as prose."""
    for where, expected in (("left knee", "confirmed"), ("right knee", "none"), ("", "suspected")):
        coded = of(deposit("Left knee"), condition(concept("Scar"), id="scar", **place(where)))
        told = of_note(f"Calcinosis cutis of the left knee. Scar{f' of the {where}' if where else ''}.")
        assert status(coded, "scar") == status(told, "scar") == expected
