"""Medicines: what is taken on the day, what was ever given, and how a record refers to a medicine."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import DAY, bundle, coded, concept, known, known_of, medicine, patient

WARFARIN = coded("rxnorm", "11289", "warfarin")
KINDS = ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"]
STATUSES = [
    ("MedicationRequest", "active", TRUE),
    ("MedicationRequest", "completed", FALSE),
    ("MedicationRequest", "stopped", FALSE),
    ("MedicationRequest", "cancelled", FALSE),
    ("MedicationRequest", "unknown", UNKNOWN),
    ("MedicationRequest", "draft", None),
    ("MedicationRequest", "entered-in-error", None),
    ("MedicationStatement", "active", TRUE),
    ("MedicationStatement", "completed", FALSE),
    ("MedicationStatement", "stopped", FALSE),
    ("MedicationStatement", "intended", UNKNOWN),
    ("MedicationStatement", "unknown", UNKNOWN),
    ("MedicationStatement", "not-taken", FALSE),
    ("MedicationStatement", "entered-in-error", None),
    ("MedicationAdministration", "in-progress", TRUE),
    ("MedicationAdministration", "not-done", UNKNOWN),
    ("MedicationAdministration", "unknown", UNKNOWN),
    ("MedicationAdministration", "entered-in-error", None),
    ("MedicationDispense", "completed", UNKNOWN),
    ("MedicationDispense", "declined", UNKNOWN),
    ("MedicationDispense", "cancelled", UNKNOWN),
    ("MedicationDispense", "entered-in-error", None),
]


@pytest.mark.parametrize(("kind", "status", "truth"), STATUSES)
def test_status(kind: str, status: str, truth: Truth | None) -> None:
    """What the status of each kind of resource says of taking the medicine now."""
    assert known(medicine(kind, status)).truth("warfarin") is truth


@pytest.mark.parametrize("intent", ["proposal", "plan", "option"])
def test_a_plan_is_no_order(intent: str) -> None:
    """What somebody proposes is not taken."""
    assert known(medicine(intent=intent)).truth("warfarin") is None


def test_do_not_perform() -> None:
    """An order not to give a medicine is no order to give it."""
    assert known(medicine(doNotPerform=True)).truth("warfarin") is None


def test_stopped_in_the_past_was_given() -> None:
    """A medicine that ended is not taken, but what it left behind, an exposure, stays."""
    injections = medicine(
        "MedicationStatement",
        "stopped",
        medicationCodeableConcept=concept("Nadroparin calcium 0.4 mL subcutaneous injection"),
        effectiveDateTime=None,
        effectivePeriod={"start": "2020-01-01", "end": "2020-02-01"},
    )
    found = known(injections, as_of=DAY)
    assert found.truth("nadroparin") is FALSE
    assert found.truth("calcium_heparin_injection") is TRUE


def test_not_taken_is_no_exposure() -> None:
    """A medicine that was never taken left nothing behind."""
    injections = medicine(
        "MedicationStatement", "not-taken", medicationCodeableConcept=concept("Nadroparin calcium injection")
    )
    assert known(injections).truth("calcium_heparin_injection") is FALSE


@pytest.mark.parametrize(
    ("end", "truth"),
    [
        ("2024-04-30", FALSE),
        ("2024-05-31", TRUE),
        ("2024-06-30", TRUE),
        ("2024-05", UNKNOWN),
        ("2024", UNKNOWN),
        ("2023", FALSE),
        ("2025", TRUE),
    ],
)
def test_end_of_a_period(end: str, truth: Truth) -> None:
    """A partial end is before, on or after the day, or cannot be told."""
    period = {"start": "2020-01-01", "end": end}
    taken = medicine("MedicationStatement", effectiveDateTime=None, effectivePeriod=period)
    assert known(taken, as_of="2024-05-20").truth("warfarin") is truth
    ordered = medicine(authoredOn="2020-01-01", dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": period}}}])
    assert known(ordered, as_of="2024-05-20").truth("warfarin") is truth


def test_an_open_period_goes_on() -> None:
    """A period without an end has not ended."""
    taken = medicine("MedicationStatement", effectiveDateTime=None, effectivePeriod={"start": "2010"})
    assert known(taken, as_of=DAY).truth("warfarin") is TRUE


@pytest.mark.parametrize(
    "elements",
    [
        {"authoredOn": "2030-01-01"},
        {"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2030-01-01"}}}}]},
    ],
)
def test_future_start(elements: dict[str, Any]) -> None:
    """A medicine that starts after the day is not taken on it."""
    assert known(medicine(**elements), as_of=DAY).truth("warfarin") is not TRUE


def test_future_start_of_a_statement() -> None:
    """A statement of today about a medicine that starts next year is not about today."""
    taken = medicine(
        "MedicationStatement", effectiveDateTime=None, dateAsserted=DAY, effectivePeriod={"start": "2030-01-01"}
    )
    assert known(taken, as_of=DAY).truth("warfarin") is not TRUE


def test_a_start_within_the_year_is_unknown() -> None:
    """ "2024" may be before or after the first of May."""
    taken = medicine("MedicationStatement", effectiveDateTime="2024")
    assert known(taken, as_of=DAY).truth("warfarin") is UNKNOWN


def test_a_newer_order_outweighs_an_older_stop() -> None:
    """Stopped and started again is taken; started and stopped is not, the last saying holds."""
    stopped = medicine("MedicationStatement", "not-taken", id="a", effectiveDateTime="2023-01-01")
    assert known(stopped, medicine(id="b")).truth("warfarin") is TRUE
    later = {**stopped, "effectiveDateTime": "2024-06-01"}
    assert known(later, medicine(id="b")).truth("warfarin") is FALSE


def test_a_completed_prescription_does_not_end_a_running_one() -> None:
    """That one box is finished does not say that the medicine is."""
    finished = medicine(status="completed", id="a", authoredOn="2024-05-10")
    assert known(finished, medicine(id="b")).truth("warfarin") is TRUE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["contained", "id", "urn", "absolute", "other server", "version"])
def test_references(kind: str, how: str) -> None:
    """A medicine is found by every way in which FHIR refers to it."""
    medication = {"resourceType": "Medication", "id": "m1", "code": WARFARIN}
    urn = "urn:uuid:0a4e1a35-1b2c-4d5e-8f90-000000000001"
    address = "https://fhir.example/base/Medication/m1"
    reference = {
        "contained": "#m1",
        "id": "Medication/m1",
        "urn": urn,
        "absolute": address,
        "other server": address.replace("fhir.example", "proxy.example"),
        "version": "Medication/m1/_history/2",
    }[how]
    taken = medicine(kind, "in-progress", medicationReference={"reference": reference})
    if how == "contained":
        taken["contained"] = [medication]
        assert known(taken).truth("warfarin") is TRUE
        return
    record = bundle(patient(), taken)
    record["entry"].append({"fullUrl": urn if how == "urn" else address, "resource": medication})
    assert known_of(record).truth("warfarin") is TRUE


def test_ingredients() -> None:
    """A medicine without a code of its own is what it is made of."""
    ingredients = [
        {"itemCodeableConcept": coded("rxnorm", "46041", "alendronate")},
        {"itemCodeableConcept": coded("rxnorm", "3443", "diltiazem")},
    ]
    medication = {"resourceType": "Medication", "id": "m1", "ingredient": ingredients}
    found = known(medicine(medicationReference={"reference": "#m1"}, contained=[medication]))
    assert found.truth("alendronate") is TRUE
    assert found.truth("diltiazem") is TRUE


def test_a_reference_to_nothing_is_reported() -> None:
    """A medicine that the record does not hold is named by its display, or reported."""
    lost = medicine(medicationReference={"reference": "Medication/lost"})
    found = known(lost)
    assert any("not in the record" in remark for remark in found.remarks)
    shown = medicine(medicationReference={"reference": "Medication/lost", "display": "Warfarin 5 mg"})
    assert known(shown).truth("warfarin") is TRUE


@pytest.mark.parametrize(
    ("code", "display", "fact"),
    [
        ("855332", "Warfarin Sodium 5 MG Oral Tablet", "warfarin"),
        ("904419", "Alendronic acid 10 MG Oral Tablet", "alendronate"),
        ("197361", "Amlodipine 5 MG Oral Tablet", "amlodipine"),
        ("11289", "", "warfarin"),
    ],
)
def test_product_to_ingredient(code: str, display: str, fact: str) -> None:
    """A product of RxNorm is the medicine in it."""
    assert known(medicine(medicationCodeableConcept=coded("rxnorm", code, display))).truth(fact) is TRUE


@pytest.mark.parametrize(
    ("code", "display", "facts"),
    [
        ("3002", "Alendronate", ("cyclophosphamide", "alendronate")),
        ("3002", "Amlodipine 5 MG Oral Tablet", ("cyclophosphamide", "amlodipine")),
        ("855332", "Sodium chloride 9 MG/ML Injectable Solution", ("warfarin",)),
        ("308182", "Omeprazole 20 MG Delayed Release Capsule", ("amoxicillin", "omeprazole")),
    ],
)
def test_a_code_shown_as_another_medicine_is_not_used(code: str, display: str, facts: tuple[str, ...]) -> None:
    """Where code and name are of two medicines, neither is used; being a salt or a capsule is no agreement."""
    found = known(medicine(medicationCodeableConcept=coded("rxnorm", code, display)))
    assert [found.truth(fact) for fact in facts] == [None] * len(facts)
    assert any(code in remark and display in remark and "neither was used" in remark for remark in found.remarks)


def test_a_text_that_disagrees_with_the_code_is_reported_too() -> None:
    """The text of the concept stands in for a display that is missing."""
    wrong = {**coded("rxnorm", "3002"), "text": "Alendronate"}
    found = known(medicine(medicationCodeableConcept=wrong))
    assert found.truth("cyclophosphamide") is None
    assert any("neither was used" in remark for remark in found.remarks)


GLUCONATE = {"text": "Calcium gluconate"}


@pytest.mark.parametrize(
    ("route", "injected", "swallowed"),
    [
        ({"route": coded("snomed", "47625008", "Intravenous route")}, TRUE, None),
        ({"route": concept("by mouth")}, None, TRUE),
        ({"text": "1 tablet orally twice a day"}, None, TRUE),
        ({}, None, None),
    ],
)
def test_route_by_dosage(route: dict[str, Any], injected: Truth | None, swallowed: Truth | None) -> None:
    """The dosage says whether calcium gluconate is injected or swallowed; without a route neither is known."""
    found = known(medicine(medicationCodeableConcept=GLUCONATE, dosageInstruction=[route]))
    assert found.truth("calcium_gluconate") is TRUE
    assert found.truth("calcium_gluconate_injection") is injected
    assert found.truth("calcium_gluconate_oral") is swallowed
    assert (found.truth("calcium_infusion") is TRUE) is (injected is TRUE)


@pytest.mark.parametrize(
    ("name", "fact", "other"),
    [
        ("triamcinolone acetonide 40 MG/ML Injectable Suspension", "triamcinolone_injection", "triamcinolone_topical"),
        ("triamcinolone 0.1 % topical cream", "triamcinolone_topical", "triamcinolone_injection"),
    ],
)
def test_route_by_name(name: str, fact: str, other: str) -> None:
    """Where the dosage says no route, the name of the product does."""
    found = known(medicine(medicationCodeableConcept=concept(name)))
    assert found.truth(fact) is TRUE
    assert found.truth(other) is None


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        ("Warfarin 5 mg daily", TRUE),
        ("No warfarin", FALSE),
        ("Warfarin discontinued", FALSE),
        ("Possible warfarin", UNKNOWN),
        ("Mother takes warfarin", None),
        ("Coumadin", TRUE),
    ],
)
def test_text_only(said: str, truth: Truth | None) -> None:
    """A medicine given only as text is matched by its names, negation considered."""
    assert known(medicine(medicationCodeableConcept=concept(said))).truth("warfarin") is truth


def test_dosage_of_an_administration_is_an_object() -> None:
    """MedicationAdministration has one dosage, MedicationStatement a list."""
    given = medicine(
        "MedicationAdministration",
        "in-progress",
        medicationCodeableConcept=GLUCONATE,
        dosage={"route": concept("intravenous")},
    )
    assert known(given).truth("calcium_gluconate_injection") is TRUE
    taken = medicine(
        "MedicationStatement", medicationCodeableConcept=GLUCONATE, dosage=[{"route": concept("intravenous")}]
    )
    assert known(taken).truth("calcium_gluconate_injection") is TRUE


@pytest.mark.parametrize(
    ("when", "truth"),
    [
        ({"effectiveDateTime": DAY}, TRUE),
        ({"effectiveDateTime": f"{DAY}T09:30:00Z"}, TRUE),
        ({"effectiveDateTime": "2024-04-30"}, UNKNOWN),
        ({"effectiveDateTime": "2014-04-30"}, UNKNOWN),
        ({"effectiveDateTime": "2024-05"}, UNKNOWN),
        ({"effectiveDateTime": None}, UNKNOWN),
        ({"effectiveDateTime": None, "effectivePeriod": {"start": "2024-04-20", "end": DAY}}, TRUE),
    ],
)
def test_a_dose_that_was_given(when: dict[str, Any], truth: Truth) -> None:
    """A completed administration is taken on its day; later nobody said that no other dose followed."""
    given = medicine("MedicationAdministration", "completed", **when)
    assert known(given, as_of=DAY).truth("warfarin") is truth


def test_a_dose_that_was_given_does_not_outweigh_what_is_told_later() -> None:
    """Stopped after the dose is stopped, and a running order goes on."""
    given = medicine("MedicationAdministration", "completed", id="dose", effectiveDateTime="2024-04-01")
    stopped = medicine("MedicationStatement", "not-taken", id="stopped")
    assert known(given, stopped).truth("warfarin") is FALSE
    assert known(given, medicine(id="order", authoredOn="2024-03-01")).truth("warfarin") is TRUE


def test_a_medicine_that_no_fact_knows_is_not_judged() -> None:
    """No medicine that is taken is passed over: one that nothing here knows is named, and that it is not judged."""
    named = concept("Zolbetinib 50 mg tablet")
    record = known(medicine(medicationCodeableConcept=named), medicine(id="r2")).record
    taken = {result.name: result for result in assess_record(record, knowledge().library).taken}
    assert taken["Zolbetinib 50 mg tablet"].verdict == "not-judged"
    assert [origin.name for origin in taken["Zolbetinib 50 mg tablet"].from_] == ["MedicationRequest/r1"]
    assert len(taken) == 2


@pytest.mark.parametrize("status", ["stopped", "not-taken", "intended"])
def test_a_medicine_that_no_fact_knows_and_is_not_taken_is_not_listed(status: str) -> None:
    """What was stopped, is not taken or is only intended is no medicine that is taken now."""
    given = medicine("MedicationStatement", status, medicationCodeableConcept=concept("Zolbetinib 50 mg tablet"))
    assert assess_record(known(given).record, knowledge().library).taken == ()


def test_of_a_product_the_part_that_is_known_is_judged() -> None:
    """A product whose own name is not known is told by its parts; each part that is not known is named."""
    parts = [{"itemCodeableConcept": concept(name)} for name in ("amlodipine", "zolbetinib")]
    product = {"resourceType": "Medication", "id": "m", "code": concept("Duozolb"), "ingredient": parts}
    given = medicine(medicationReference={"reference": "#m"}, contained=[product])
    taken = {result.name: result.verdict for result in assess_record(known(given).record, knowledge().library).taken}
    assert "Amlodipine" in taken
    assert taken["zolbetinib"] == "not-judged"
    assert "Duozolb" not in taken


@pytest.mark.parametrize(
    "said",
    [
        "Co-trimoxazole 960 mg",
        "Sulfamethoxazole / Trimethoprim 800/160 mg",
        "Trimethoprim / Sulfamethoxazole 160/800 mg",
        "trimethoprim-sulfamethoxazole",
        "sulfamethoxazole-trimethoprim DS",
        "Bactrim forte",
        "Septrin",
        "TMP-SMX",
    ],
)
def test_each_part_of_a_combination_is_taken(said: str) -> None:
    found = known(medicine(medicationCodeableConcept=concept(said)))
    assert found.truth("trimethoprim") is TRUE
    assert found.truth("sulfamethoxazole") is TRUE


def test_a_code_of_one_part_beside_the_name_of_both() -> None:
    found = known(
        medicine(medicationCodeableConcept=coded("rxnorm", "10180", "sulfamethoxazole 400 MG / trimethoprim 80 MG"))
    )
    assert found.truth("trimethoprim") is TRUE


def test_a_part_that_is_not_known_is_named_as_not_judged() -> None:
    record = known(medicine(medicationCodeableConcept=concept("Warfarin / zebrafenone 5/20 mg"))).record
    taken = {result.name: result.verdict for result in assess_record(record, knowledge().library).taken}
    assert taken["zebrafenone"] == "not-judged"
    assert "Warfarin" in taken
