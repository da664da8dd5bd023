"""Answers of Observations by their codes and words, interpretations of every system, and results that are to come."""

from __future__ import annotations

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    Json,
    centromere,
    coded,
    concept,
    interpretation,
    known,
    observation,
    phosphate,
    quantity,
    resource,
)

ANSWERS = [
    ("2667000", "Absent", FALSE),
    ("52101004", "Present", TRUE),
    ("260385009", "Negative", FALSE),
    ("10828004", "Positive", TRUE),
    ("260373001", "Detected", TRUE),
    ("260415000", "Not detected", FALSE),
    ("11214006", "Reactive", TRUE),
    ("131194007", "Non-reactive", FALSE),
    ("410515003", "Known present", TRUE),
    ("410516002", "Known absent", FALSE),
    ("42425007", "Equivocal", UNKNOWN),
    ("419984006", "Inconclusive", UNKNOWN),
    ("82334004", "Indeterminate", UNKNOWN),
    ("415684004", "Suspected", UNKNOWN),
    ("373121007", "Test not done", UNKNOWN),
]


@pytest.mark.parametrize(("code", "shown", "truth"), ANSWERS)
@pytest.mark.parametrize("has_words", [True, False])
def test_answer_by_its_code(code: str, shown: str, truth: Truth, has_words: bool) -> None:
    """An answer counts by its code, with or without words, and what settles nothing is an answer too."""
    found = known(centromere(valueCodeableConcept=coded("snomed", code, shown if has_words else "")))
    assert found.truth("anti_centromere") is truth
    assert not found.remarks


@pytest.mark.parametrize(
    ("said", "truth"), [("2+", TRUE), ("weak positive", TRUE), ("Borderline", UNKNOWN), ("pending", UNKNOWN)]
)
def test_answer_in_words(said: str, truth: Truth) -> None:
    """So does one in words."""
    found = known(centromere(valueString=said))
    assert found.truth("anti_centromere") is truth
    assert not found.remarks


FLAGS = [
    (coded("snomed", "281302008", "Boven referentiebereik"), "high"),
    (coded("snomed", "281300000"), "low"),
    (coded("snomed", "281301001", "Within reference range"), "normal"),
    (coded("http://hl7.org/fhir/v2/0078", "HH"), "high"),
    (coded("http://terminology.hl7.org/CodeSystem/v2-0078", "L"), "low"),
    (coded("http://example.org/flags", "17", "High"), "high"),
]


@pytest.mark.parametrize(("code", "flag"), FLAGS)
def test_interpretation_of_every_system(code: Json, flag: str) -> None:
    """A result is high or low by the codes of each version or of SNOMED CT, or by the words of another code."""
    assert known(phosphate(interpretation=[code])).value("phosphate").flag == flag


@pytest.mark.parametrize(("code", "truth"), [("RR", TRUE), ("WR", TRUE), (">", TRUE), ("IND", UNKNOWN), ("L", UNKNOWN)])
def test_interpretation_of_an_antibody(code: str, truth: Truth) -> None:
    """One that reacts is positive, one that cannot be judged is neither, and that is no mistake of the record."""
    found = known(centromere(interpretation=interpretation(code)))
    assert found.truth("anti_centromere") is truth
    assert not found.remarks


def test_a_result_that_is_only_registered() -> None:
    """A value of a test without a result yet is not used, and that is told; a preliminary one is."""
    code = coded("snomed", "10828004", "Positive")
    for status, truth in (("registered", UNKNOWN), ("preliminary", TRUE), ("amended", TRUE), ("cancelled", None)):
        assert known(centromere(status=status, valueCodeableConcept=code)).truth("anti_centromere") is truth
    told = known(phosphate(status="registered", valueQuantity=quantity(6.2, "mg/dL")))
    assert told.truth("phosphate") is None
    assert any("still to come" in one for one in told.remarks)


def test_members_and_results_that_are_not_in_the_record() -> None:
    """What a panel or a report only refers to is named, unless it is there."""
    member = [{"reference": "Observation/member", "display": "Phosphate"}]
    panel = observation(coded("loinc", "24321-2", "Basic panel"), id="panel", hasMember=member)
    report = resource("DiagnosticReport", id="report", status="final", code=concept("Basic panel"), result=member)
    for whole in (panel, report):
        assert "Phosphate" in [one.says for one in known(whole).record.not_read]
        found = known(whole, phosphate(id="member", valueQuantity=quantity(6.2, "mg/dL")))
        assert "Phosphate" not in [one.says for one in found.record.not_read]


FOREIGN = ["hepatitis A-test negatief", "Hepatitis-A-Test negativ", "prueba de hepatitis A negativa"]


@pytest.mark.parametrize("said", FOREIGN)
def test_a_negative_answer_in_another_language(said: str) -> None:
    """What another language denies is not there for its name."""
    code = coded("loinc", "22314-9", "Hepatitis A virus IgM Ab [Presence] in Serum")
    found = known(observation(code, valueCodeableConcept=coded("snomed", "165996008", said)))
    assert found.truth("liver_disease") is not TRUE


def test_the_kind_of_thing_behind_a_name() -> None:
    """The tag that SNOMED CT writes behind a name is no word of it; brackets that say something are read."""
    pump = coded("snomed", "433296005", "Infusion pump for intravenous fluids (physical object)")
    assert known(resource("Device", status="active", type=pump)).truth("foreign_body") is None
    shown = coded("http://example.org/house", "1", "Lump (calcinosis cutis)")
    assert known(resource("Condition", code=shown)).truth("calcinosis_cutis") is TRUE


def test_a_wish_for_a_child_is_no_pregnancy() -> None:
    """Nor the absence of one."""
    code = coded("loinc", "86645-9", "Pregnancy intention in the next year - Reported")
    wish = coded("snomed", "454411000124100", "Not sure of desire to become pregnant (finding)")
    assert known(observation(code, valueCodeableConcept=wish)).truth("pregnancy") is None


IN_AN_ILLNESS = [
    "Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain",
    "Presence of ulcer in primary malignant melanoma of skin",
]


@pytest.mark.parametrize("name", IN_AN_ILLNESS)
@pytest.mark.parametrize("answer", [coded("snomed", "260385009", "Negative"), coded("snomed", "10828004", "Positive")])
def test_what_a_test_takes_as_known_is_neither_denied_nor_affirmed(name: str, answer: Json) -> None:
    """A receptor that is not found in a cancer says nothing of whether there is one; what is asked is answered."""
    found = known(observation(concept(name), valueCodeableConcept=answer))
    assert found.truth("malignancy") is None
    asked = known(observation(concept("Presence of cancer"), valueCodeableConcept=answer))
    assert asked.truth("malignancy") is (TRUE if "Positive" in str(answer) else FALSE)
