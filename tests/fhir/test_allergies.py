"""Allergies: to a medicine, to its class, to nothing known."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, allergy, coded, concept, condition, known

NONE_KNOWN = [
    coded("snomed", "716186003", "No known allergy (situation)"),
    coded("snomed", "409137002", "No known drug allergy (situation)"),
    concept("No known drug allergies"),
    coded("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-allergies"),
    coded("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-medication-allergies"),
]


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        (coded("rxnorm", "11289", "warfarin"), ("allergy_warfarin",)),
        (coded("snomed", "91936005", "Allergy to penicillin"), ("allergy_penicillin", "allergy_antibiotic")),
        (concept("Amoxicillin"), ("allergy_penicillin", "allergy_antibiotic")),
        (concept("alendronate"), ("allergy_bisphosphonate",)),
    ],
)
def test_substance_to_allergy(code: Json, facts: tuple[str, ...]) -> None:
    """An allergy to a substance is one to its class, and is not taking it."""
    found = known(allergy(code))
    assert [found.truth(fact) for fact in facts] == [TRUE] * len(facts)
    assert found.truth("warfarin") is None
    assert found.truth("alendronate") is None


@pytest.mark.parametrize(
    ("clinical", "verification", "truth"),
    [
        ("active", "confirmed", TRUE),
        ("active", "unconfirmed", UNKNOWN),
        ("resolved", "confirmed", UNKNOWN),
        ("active", "refuted", FALSE),
        ("active", "entered-in-error", None),
    ],
)
def test_status(clinical: str, verification: str, truth: Truth | None) -> None:
    """A refuted allergy is none, an unconfirmed one to be asked about."""
    found = known(allergy(coded("rxnorm", "11289", "warfarin"), clinical, verification))
    assert found.truth("allergy_warfarin") is truth


@pytest.mark.parametrize("code", NONE_KNOWN)
def test_no_known_allergy(code: Json) -> None:
    """No known allergy denies each of them."""
    found = known(allergy(code))
    assert found.truth("allergy_warfarin") is FALSE
    assert found.truth("allergy_penicillin") is FALSE


@pytest.mark.parametrize("code", NONE_KNOWN)
def test_a_named_allergy_outweighs_the_general_denial(code: Json) -> None:
    """An allergy that the record names is not undone by "no known allergy", whichever is newer or undated."""
    named = allergy(coded("rxnorm", "11289", "warfarin"), id="a", recordedDate="2019-01-01")
    denial = allergy(code, id="b", recordedDate=None)
    assert known(named, denial).truth("allergy_warfarin") is TRUE


@pytest.mark.parametrize(("clinical", "verification"), [("resolved", "confirmed"), ("active", "refuted")])
def test_a_denial_that_was_taken_back(clinical: str, verification: str) -> None:
    """That "no known allergy" is resolved or refuted does not deny anything."""
    found = known(allergy(NONE_KNOWN[0], clinical, verification))
    assert found.truth("allergy_warfarin") is not FALSE


def test_no_information() -> None:
    """No information about allergies is not their absence."""
    code = coded("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-allergy-info")
    assert known(allergy(code)).truth("allergy_warfarin") is UNKNOWN


def test_substance_of_a_reaction() -> None:
    """The substance may stand in the reaction only."""
    found = known(allergy(concept("Drug allergy"), reaction=[{"substance": coded("rxnorm", "11289", "warfarin")}]))
    assert found.truth("allergy_warfarin") is TRUE


def test_a_manifestation_is_not_a_disease() -> None:
    """What a reaction looked like is not a finding of today."""
    reaction = {"substance": concept("penicillin"), "manifestation": [concept("Skin necrosis")]}
    assert known(allergy(concept("penicillin"), reaction=[reaction])).truth("skin_necrosis") is None


def test_food_is_no_medicine() -> None:
    """An allergy to cashew nuts says nothing of medicines."""
    found = known(allergy(coded("snomed", "227493005", "Cashew nuts")))
    assert found.truth("allergy_drug") is None
    assert dict(found.record.unused) == {"Cashew nuts": 1}


@pytest.mark.parametrize("said", ["No known allergies", "NKDA", "Patient denies any drug allergies", "Nil known"])
def test_no_known_allergy_as_a_text(said: str) -> None:
    """A text that says so as a whole denies what the code denies, and is no name that nobody understood."""
    found = known(allergy(concept(said)))
    assert found.truth("allergy_warfarin") is FALSE
    assert not found.record.unused
    assert not found.record.remarks


NONE_OF_OTHERS = [
    coded("snomed", "429625007", "No known food allergy (situation)"),
    coded("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-environmental-allergies"),
    concept("No known food allergies"),
    concept("No known latex allergy"),
]


@pytest.mark.parametrize("code", NONE_OF_OTHERS)
def test_no_known_allergy_to_something_else(code: Json) -> None:
    """That no food or latex is known to harm says nothing of medicines, and the record says what it said."""
    found = known(allergy(code))
    assert not any(name.startswith("allergy_") for name in found.facts.stated)
    assert any("no single finding or medicine is taken as absent" in one for one in found.remarks)


@pytest.mark.parametrize("said", ["Not on file", "Unknown", "Allergies not recorded"])
def test_allergies_that_are_not_told(said: str) -> None:
    """What a record does not tell of allergies is told as that."""
    found = known(allergy(concept(said)))
    assert found.truth("allergy_warfarin") is not FALSE
    assert [one.kind for one in found.record.not_read] == ["not-stated"]


def test_a_substance_that_is_not_known() -> None:
    """A reaction to something unknown leaves the named allergy, and denies no other."""
    found = known(allergy(coded("rxnorm", "11289", "warfarin"), reaction=[{"substance": concept("None")}]))
    assert found.truth("allergy_warfarin") is TRUE
    assert "allergy_penicillin" not in found.facts.stated


def test_no_known_allergy_on_a_list_of_problems() -> None:
    """A Condition that says so counts as the resource made for it; one that was refuted does not."""
    code = coded("snomed", "716186003", "No known allergy (situation)")
    assert known(condition(code, "active", "confirmed")).truth("allergy_warfarin") is FALSE
    assert known(condition(code, "active", "refuted")).truth("allergy_warfarin") is not FALSE
