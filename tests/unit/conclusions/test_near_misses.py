"""What looks like something else: bone inside a deposit, milia-like papules, a leak of today, kidney disease beside."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.report import report_of
from tests.unit.conclusions.forms import assessed


def look_alikes(assessment: Assessment) -> set[str]:
    """Return the look-alikes that are named."""
    return {one.id for one in assessment.look_alikes}


def test_bone_inside_a_deposit_is_no_osteoma() -> None:
    """A focus of bone in a deposit that holds calcium salt is secondary; bone alone is an osteoma."""
    deposit = assessed(age="52", secondary_bone_on_histology="yes", skin_calcification_on_histology="yes")
    assert look_alikes(deposit).isdisjoint({"osteoma-cutis", "heterotopic-ossification"})
    assert deposit.presentation == "calcinosis"
    alone = assessed(age="52", bone_on_histology="yes")
    assert "osteoma-cutis" in look_alikes(alone)


def test_papules_like_milia_that_hold_calcium_are_no_milia() -> None:
    """A milium is a look-alike until calcium was shown in it."""
    assert "milium" in look_alikes(assessed(age="12", milium="yes"))
    assert "milium" not in look_alikes(assessed(age="12", milium="yes", skin_calcification_on_histology="yes"))


def test_a_leak_of_today_is_a_presentation_of_its_own() -> None:
    """Before any deposit exists the report names the leak, and what to do now stands first."""
    leak = assessed(age="50", calcium_extravasation="yes")
    assert leak.presentation == "suspected"
    head = report_of(leak).head
    assert "cute leak of calcium" in head.title
    assert head.next.says.startswith("Stop the infusion")
    steps = " ".join(step.says for flag in leak.red_flags for step in flag.steps)
    assert "hyaluronidase" in steps
    assert "2 to 3 weeks" in steps
    deposit = assessed(age="50", calcium_extravasation="yes", skin_calcification_on_imaging="yes")
    assert "cute leak" not in report_of(deposit).head.title


def test_kidney_disease_of_stage_3_beside_calcium_on_a_film_is_not_metastatic() -> None:
    """Without disturbed minerals or a deposit of the skin it points to nothing."""
    found = assessed(age="64", chronic_kidney_disease_stage_3="yes", skin_calcification_on_imaging="yes")
    assert found.leading_type != "metastatic"
    minerals = assessed(
        age="64", chronic_kidney_disease_stage_3="yes", skin_calcification_on_imaging="yes", phosphate="6.4 mg/dL"
    )
    assert minerals.leading_type == "metastatic"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"systolic_blood_pressure": "142 mmHg", "creatinine": "6.8 mg/dL", "dialysis": "yes"}, False),
        ({"systolic_blood_pressure": "142 mmHg", "creatinine": "1.9 mg/dL", "chronic_kidney_disease": "yes"}, False),
        ({"systolic_blood_pressure": "142 mmHg", "creatinine": "1.9 mg/dL"}, True),
        ({"systolic_blood_pressure": "150 mmHg", "platelets": "80 10*3/uL"}, True),
        ({"acute_kidney_injury": "yes", "chronic_kidney_disease": "yes"}, True),
        ({"uncontrolled_hypertension": "yes"}, True),
    ],
)
def test_renal_crisis_is_new(answers: dict[str, str], expected: bool) -> None:
    """A pressure of 142 on stable dialysis is no crisis; a new rise of creatinine, or few platelets, is one."""
    found = {flag.id for flag in assessed(age="55", systemic_sclerosis="yes", **answers).red_flags}
    assert ("scleroderma-renal-crisis" in found) == expected


def test_a_cause_without_a_sign_of_calcium_is_no_suspicion() -> None:
    """Where nothing is a sign of calcium no type is called suspected under a title that says so."""
    found = assessed(age="50", systemic_sclerosis="yes")
    assert found.presentation == "none"
    assert {kind.certainty for kind in found.types} <= {"open", "unlikely", "excluded"}
