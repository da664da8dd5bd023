"""What is over or long ago: another danger than an acute one; old results that would decide are told with their day."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record
from tests.unit.conclusions.forms import assessed

Json = dict[str, Any]


def record_of(*resources: Json, as_of: str) -> Assessment:
    """Return the assessment of a woman of 60 with these resources, at a day."""
    patient = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1964-01-01"}
    entries = [{"resource": {"id": f"r{number}", **one}} for number, one in enumerate([patient, *resources])]
    bundle = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    known = knowledge()
    return assess_record(parse_record(bundle.encode(), known.terms, "a bundle"), known.library, as_of)


def condition(name: str, day: str, **more: Any) -> Json:
    """Return a Condition recorded on a day."""
    status = {"coding": [{"code": more.pop("status", "active")}]}
    return {"resourceType": "Condition", "code": {"text": name}, "recordedDate": day, "clinicalStatus": status, **more}


def seen(name: str, day: str, value: bool = True) -> Json:
    """Return an Observation that something was there, or not."""
    return {"resourceType": "Observation", "status": "final", "code": {"text": name}, "effectiveDateTime": day,
            "valueBoolean": value}  # fmt: skip


def takes(name: str, day: str) -> Json:
    """Return a medicine taken since a day."""
    return {"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": name},
            "effectivePeriod": {"start": day}}  # fmt: skip


def dangers(assessment: Assessment) -> dict[str, str]:
    """Return the dangers of today with their urgency."""
    return {flag.id: flag.urgency for flag in assessment.red_flags}


def test_a_leak_is_urgent_only_while_it_is_recent() -> None:
    """A leak of three days ago needs someone now; one of a year ago, or one that healed, does not."""
    leak = seen("Calcium extravasation", "2024-03-01")
    assert dangers(record_of(leak, as_of="2024-03-04")).get("calcium-leak") == "urgent"
    assert "calcium-leak" not in dangers(record_of(leak, as_of="2025-03-04"))
    assert dangers(assessed(age="50", calcium_extravasation="yes")).get("calcium-leak") == "urgent"
    assert "calcium-leak" not in dangers(assessed(age="50", calcium_extravasation="healed"))


CALCIPHYLAXIS = condition("Calciphylaxis", "2023-05-15")
DEAD_SKIN = seen("Skin necrosis", "2023-05-15")


def test_healed_calciphylaxis_is_another_danger_than_acute() -> None:
    """With its wounds closed it is no emergency, nothing is done for it, and it can come back."""
    healed = record_of(CALCIPHYLAXIS, DEAD_SKIN, seen("Skin necrosis", "2024-05-20", False), as_of="2024-12-01")
    assert dangers(healed)["calciphylaxis-healed"] == "soon"
    assert "emergency" not in dangers(healed).values()
    assert next(kind for kind in healed.types if kind.id == "calciphylaxis").over
    assert not [one.id for one in healed.treatments if one.verdict in {"consider", "check-first"}]


def test_calciphylaxis_that_is_not_said_to_have_healed_is_an_emergency() -> None:
    """Without a word of its end, or with new dead skin, it is acute."""
    assert "emergency" in dangers(record_of(CALCIPHYLAXIS, as_of="2024-12-01")).values()
    again = record_of(
        CALCIPHYLAXIS,
        DEAD_SKIN,
        seen("Skin necrosis", "2024-05-20", False),
        seen("Skin necrosis", "2024-11-30"),
        as_of="2024-12-01",
    )
    assert dangers(again)["painful-skin-necrosis"] == "emergency"
    assert not next(kind for kind in again.types if kind.id == "calciphylaxis").over
    assert "emergency" in dangers(assessed(age="60", calciphylaxis="yes", skin_necrosis="no")).values()


def test_warfarin_after_calciphylaxis_is_for_the_prescriber_today() -> None:
    """A vitamin K antagonist that is taken again is urgent and to be avoided, with no emergency of the skin."""
    resolved = condition("Calciphylaxis", "2023-05-15", status="resolved", abatementDateTime="2024-01-22")
    found = record_of(resolved, takes("Warfarin", "2024-11-01"), as_of="2024-12-01")
    assert dangers(found)["vitamin-k-antagonist-after-calciphylaxis"] == "urgent"
    assert "emergency" not in dangers(found).values()
    active = record_of(
        CALCIPHYLAXIS,
        DEAD_SKIN,
        seen("Skin necrosis", "2024-05-20", False),
        takes("Warfarin", "2024-11-01"),
        as_of="2024-12-01",
    )
    assert {one.id for one in active.stop} == {"vitamin-k-antagonists", "warfarin"}


def test_a_medicine_that_is_completed_does_not_end_what_it_was_given_for() -> None:
    """Why a medicine was given or stopped says nothing of the end of an illness."""
    stopped = {**takes("Warfarin", "2021-01-01"), "status": "stopped", "statusReason": [{"text": "calciphylaxis"}]}
    found = record_of(stopped, as_of="2024-12-01")
    assert "calciphylaxis-healed" not in dangers(found)


def test_an_infection_of_long_ago_is_told_with_its_day() -> None:
    """Of an infection that no later record speaks of, the day is told; denied later, it is not told at all."""
    deposit = condition("Calcinosis cutis", "2017-01-01")
    infected = seen("Infected skin lesion", "2025-02-11")
    assert dangers(record_of(deposit, infected, as_of="2025-02-20"))["infected-deposit"] == "urgent"
    later = record_of(deposit, infected, as_of="2025-06-30")
    assert "infected-deposit" not in dangers(later)
    assert [(one.id, one.date) for one in later.earlier_dangers] == [("infected-deposit", "2025-02-11")]
    treated = record_of(deposit, infected, seen("Infected skin lesion", "2025-03-11", False), as_of="2025-06-30")
    assert not treated.earlier_dangers
    assert "infected-deposit" not in dangers(treated)


@pytest.mark.parametrize(("day", "verdict"), [("2025-03-01", "avoid"), ("2025-09-15", "caution")])
def test_a_decisive_old_result_does_not_expire_in_silence(day: str, verdict: str) -> None:
    """Few lymphocytes on tofacitinib, never counted again, stay a reason for caution, with their day."""
    lymphocytes = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Lymphocytes"},
        "effectiveDateTime": "2025-01-14",
        "valueQuantity": {"value": 0.45, "unit": "10*3/uL"},
    }
    found = record_of(takes("Tofacitinib", "2023-12-05"), lymphocytes, as_of=day)
    taken = next(one for one in found.taken if one.medicine == "tofacitinib")
    assert taken.verdict == verdict
    told = " ".join(reason.says for reason in taken.because)
    assert "0.45" in told
    assert ("on 14 January 2025; no later value" in told) == (verdict == "caution")


def measured(name: str, day: str, value: float, unit: str) -> Json:
    """Return a result of a day."""
    return {"resourceType": "Observation", "status": "final", "code": {"text": name}, "effectiveDateTime": day,
            "valueQuantity": {"value": value, "unit": unit}}  # fmt: skip


@pytest.mark.parametrize("as_of", ["2025-06-30", "2025-02-11"])
def test_results_of_different_years_make_no_danger_together(as_of: str) -> None:
    """A low blood pressure of one year and an infection of another, also today's, were never a sepsis."""
    pressure = measured("Systolic blood pressure", "2023-09-12", 84, "mmHg")
    found = record_of(pressure, seen("Infected skin lesion", "2025-02-11"), as_of=as_of)
    assert "sepsis" not in {one.id for one in found.earlier_dangers}


@pytest.mark.parametrize(("day", "is_told"), [("2025-02-10", True), ("2022-02-11", False)])
def test_a_product_of_different_years_is_no_danger(day: str, is_told: bool) -> None:
    """Calcium of one year times phosphate of another was never the product of this person."""
    calcium, phosphate = measured("Calcium", day, 10.0, "mg/dL"), measured("Phosphate", "2025-02-11", 8.4, "mg/dL")
    found = record_of(condition("Calciphylaxis", "2019-01-01"), calcium, phosphate, as_of="2026-03-30")
    assert ("very-high-calcium-phosphate-product" in {one.id for one in found.earlier_dangers}) is is_told


def test_what_only_its_recent_days_count_of_is_told_once_and_as_used() -> None:
    """An infection that a danger reads is used, and stands once among what was entered."""
    found = record_of(condition("Calcinosis cutis", "2017-01-01"), seen("Rigors", "2025-02-11"), as_of="2025-02-20")
    told = {one.fact: one.used for one in found.entered}
    assert told["rigors"]
    assert "recent_rigors" not in told


@pytest.mark.parametrize(("day", "urgency"), [("2025-01-20", "emergency"), ("2024-02-01", "")])
def test_dead_skin_of_four_months_is_still_there(day: str, urgency: str) -> None:
    """Nobody said that it healed: four months later it is still the emergency, a year later it is told as earlier."""
    found = record_of(seen("Skin necrosis", day), takes("Warfarin", "2024-12-17"), as_of="2025-05-15")
    assert urgency in {flag.urgency for flag in found.red_flags} | {""}
    assert bool(found.earlier_dangers) is not bool(urgency)
