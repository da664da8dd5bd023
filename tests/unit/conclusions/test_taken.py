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
