"""Every medicine that is taken now has one of five verdicts, whatever it treats."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.assessment import TakenResult
from tests.unit.conclusions.forms import assessed


def taken(**answers: str) -> dict[str, TakenResult]:
    """Return what is said of the medicines of a form, by medicine."""
    return {result.medicine: result for result in assessed(**answers).taken}


def test_objections_of_a_treatment_are_told_of_the_medicine() -> None:
    """What is contraindicated for this person is to be avoided, without any type of calcinosis."""
    found = taken(age="31", sex="female", pregnancy="yes", mycophenolate="yes")
    assert found["mycophenolate"].verdict == "avoid"
    assert any("pregnancy" in reason.says for reason in found["mycophenolate"].because)
    assert found["mycophenolate"].cite


def test_what_would_decide_is_named() -> None:
    """A medicine of which something decisive is not known is not called safe."""
    found = taken(age="50", sex="female", methotrexate="yes")["methotrexate"]
    assert found.verdict == "cannot-be-judged"
    assert "alanine_aminotransferase" in found.unknown or found.unknown
    assert not any(name.startswith("allergy_") for name in found.unknown)


def test_a_class_is_not_named_beside_its_member() -> None:
    """Warfarin is named, not the class that it makes true."""
    assert set(taken(age="70", warfarin="yes", vitamin_k_antagonist="yes")) == {"warfarin"}


def test_every_medicine_taken_has_a_line() -> None:
    """No medicine is passed over: one without any rule is not judged, and says so."""
    found = taken(age="70", atorvastatin="yes", prednisolone="yes", hydrochlorothiazide="yes")
    assert set(found) == {"atorvastatin", "prednisolone", "hydrochlorothiazide"}
    for result in found.values():
        assert result.verdict != "not-judged" or not result.looked_at


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_what_is_not_taken_is_not_listed(answer: str) -> None:
    """A medicine that is denied or not known to be taken is none that is taken now."""
    assert not taken(age="70", warfarin=answer)


PAIRS = [
    ({"sildenafil": "yes", "clarithromycin": "yes"}, {"sildenafil": "caution", "clarithromycin": "caution"}),
    ({"sildenafil": "yes", "itraconazole": "yes"}, {"sildenafil": "avoid", "itraconazole": "avoid"}),
    ({"tadalafil": "yes", "nitrate": "yes"}, {"tadalafil": "avoid", "nitrate": "avoid"}),
    ({"tadalafil": "yes", "erythromycin": "yes"}, {"tadalafil": "caution"}),
    ({"sildenafil": "yes", "diltiazem": "yes"}, {"sildenafil": "caution"}),
    ({"mercaptopurine": "yes", "allopurinol": "yes"}, {"mercaptopurine": "avoid", "allopurinol": "avoid"}),
    ({"mercaptopurine": "yes", "febuxostat": "yes"}, {"mercaptopurine": "avoid", "febuxostat": "avoid"}),
    ({"azathioprine": "yes", "allopurinol": "yes"}, {"azathioprine": "caution", "allopurinol": "caution"}),
    ({"enoxaparin": "yes", "platelets": "62 10*3/uL"}, {"enoxaparin": "caution"}),
    ({"enoxaparin": "yes", "heparin_induced_thrombocytopenia": "yes"}, {"enoxaparin": "avoid"}),
    ({"heparin": "yes", "platelets": "62 10*3/uL"}, {"heparin": "avoid"}),
    ({"heparin": "yes", "platelets": "120 10*3/uL"}, {"heparin": "caution"}),
    ({"dalteparin": "yes", "thrombocytopenia": "yes"}, {"dalteparin": "cannot-be-judged"}),
    ({"sirolimus": "yes", "diltiazem": "yes"}, {"sirolimus": "caution"}),
    ({"sirolimus": "yes", "clarithromycin": "yes"}, {"sirolimus": "avoid"}),
    ({"everolimus": "yes", "diltiazem": "yes"}, {"everolimus": "caution"}),
    ({"edoxaban": "yes", "pregnancy": "yes"}, {"edoxaban": "avoid"}),
    ({"edoxaban": "yes", "egfr": "11 mL/min/{1.73_m2}"}, {"edoxaban": "avoid"}),
    ({"edoxaban": "yes", "diltiazem": "yes"}, {"edoxaban": "cannot-be-judged"}),
    ({"dabigatran": "yes", "tacrolimus_systemic": "yes"}, {"dabigatran": "avoid", "tacrolimus_systemic": "avoid"}),
    ({"apixaban": "yes", "diltiazem": "yes"}, {"apixaban": "caution"}),
    ({"diltiazem": "yes", "phenytoin": "yes"}, {"diltiazem": "caution"}),
]


@pytest.mark.parametrize(("answers", "verdicts"), PAIRS, ids=["+".join(answers) for answers, _ in PAIRS])
def test_what_a_label_says_of_two_is_told_of_both(answers: dict[str, str], verdicts: dict[str, str]) -> None:
    """Pairs that a label or a study was read for are judged by it; the others are not judged."""
    found = taken(age="44", sex="female", **answers)
    assert {name: found[name].verdict for name in verdicts} == verdicts
