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


def test_a_kidney_that_failed_in_days_is_no_chronic_cause() -> None:
    """A rate of 11 beside an acute injury confirms no kidney cause; the diagnosis does."""
    told = {"systemic_lupus_erythematosus": "yes", "calcinosis_cutis": "yes", "phosphate": "5.4 mg/dL"}
    kidney = {"chronic-kidney-disease", "kidney-failure-calciphylaxis"}
    for more, status in (
        ({"egfr": "11 mL/min/1.73m2", "acute_kidney_injury": "yes"}, "suspected"),
        ({"egfr": "11 mL/min/1.73m2"}, "suspected"),
        ({"egfr": "11 mL/min/1.73m2", "chronic_kidney_failure": "yes"}, "confirmed"),
    ):
        found = {cause.id: cause.status for cause in assessed(**told, **more).causes if cause.id in kidney}
        assert set(found.values()) == {status}, more


def test_look_alikes_lower_a_calciphylaxis_only_where_they_are_recorded() -> None:
    """Histology with the picture confirms it; arterial disease that is recorded does not let it be confirmed."""
    told = {
        "dialysis": "yes", "painful_skin_necrosis": "yes", "small_vessel_calcification": "yes",
        "vessel_thrombosis_on_histology": "yes",
    }  # fmt: skip
    certainty = {kind.id: kind.certainty for kind in assessed(**told).types}
    assert certainty["calciphylaxis"] == "confirmed"
    certainty = {kind.id: kind.certainty for kind in assessed(**told, peripheral_arterial_disease="yes").types}
    assert certainty["calciphylaxis"] != "confirmed"


def test_an_infected_lesion_is_an_infection_of_the_skin() -> None:
    """Whoever treats the skin asks about infection, and an infected deposit is one; it is no cause of the deposit."""
    found = assessed(
        age="40", sex="female", dermatomyositis="yes", skin_calcification_on_imaging="yes", infected_deposit="yes"
    )
    for name in ("surgery", "sts-intralesional"):
        treatment = next(one for one in found.treatments if one.id == name)
        assert any(reason.fact == "infection_at_skin" for reason in treatment.because), name
    assert "skin-infection" not in {cause.id for cause in found.causes}


def test_what_most_turns_on_is_named_first_of_what_was_assumed() -> None:
    """Diseases stand before the places where an acne or a burn would be."""
    found = assessed(age="22", sex="female", calcinosis_universalis="yes", skin_calcification_on_imaging="yes",
                     calcium="9.4 mg/dL", phosphate="3.6 mg/dL")  # fmt: skip
    assumed = next(kind.assumes_absent for kind in found.types if kind.id == "idiopathic")
    assert {"dermatomyositis", "systemic_sclerosis", "systemic_lupus_erythematosus"} <= set(assumed[:5])
