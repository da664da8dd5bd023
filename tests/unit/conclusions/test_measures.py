"""Total, corrected and ionised calcium: where they disagree none settles a rule, and the ionised one decides."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import TRUE
from tests.unit.conclusions.forms import assessed

SCLERODERMA = {
    "age": "50",
    "sex": "female",
    "systemic_sclerosis": "yes",
    "skin_calcification_on_histology": "yes",
    "phosphate": "3.5 mg/dL",
}
TOTAL_NORMAL_CORRECTED_HIGH = {"calcium": "9.6 mg/dL", "albumin": "2.6 g/dL"}


def status(assessment: Assessment, kind: str) -> str:
    """Return the status of a type."""
    return next(one.status for one in assessment.types if one.id == kind)


def test_total_and_corrected_that_disagree_settle_nothing_in_silence() -> None:
    """Both are shown, ionised calcium is asked for, and no type becomes conflicting by the one alone."""
    found = assessed(**SCLERODERMA, **TOTAL_NORMAL_CORRECTED_HIGH)
    assert found.leading_type == "dystrophic"
    assert status(found, "dystrophic") == "undetermined"
    assert status(found, "metastatic") not in {"established", "provisional", "conflicting"}
    (asked,) = [one for one in found.not_understood if "disagree" in one.says]
    assert "9.6 mg/dL" in asked.says
    assert "10.7 mg/dL" in asked.says
    assert "ionised calcium" in asked.ask
    assert "ionised-calcium" in [test.id for test in found.workup]
    told = [reason.says for kind in found.types if kind.id == "dystrophic" for reason in kind.because]
    assert any("9.6 mg/dL" in says and "10.7 mg/dL" in says for says in told)


def test_one_measure_alone_contraindicates_nothing() -> None:
    """Corrected calcium alone above the limit is a reason for care with calcium, not a contraindication."""
    found = assessed(age="60", dialysis="yes", calcium_acetate="yes", **TOTAL_NORMAL_CORRECTED_HIGH)
    taken = next(one for one in found.taken if one.medicine == "calcium_acetate")
    assert taken.verdict == "caution"
    both = assessed(age="60", dialysis="yes", calcium_acetate="yes", calcium="11.2 mg/dL", albumin="3.0 g/dL")
    assert next(one for one in both.taken if one.medicine == "calcium_acetate").verdict == "avoid"


@pytest.mark.parametrize(
    ("ionised", "expected"), [("1.2 mmol/L", {"established", "provisional"}), ("1.5 mmol/L", {"conflicting"})]
)
def test_ionised_calcium_outranks_both(ionised: str, expected: set[str]) -> None:
    """Where it is known it decides, and the reason names it."""
    found = assessed(**SCLERODERMA, **TOTAL_NORMAL_CORRECTED_HIGH, ionised_calcium=ionised)
    assert status(found, "dystrophic") in expected
    assert not [one for one in found.not_understood if "disagree" in one.says]


def test_no_emergency_by_a_total_that_ionised_calcium_refutes() -> None:
    """A high total with a normal ionised calcium, as with much albumin, is no hypercalcaemic emergency."""
    high = {flag.id for flag in assessed(age="60", calcium="14.6 mg/dL").red_flags}
    assert "severe-hypercalcaemia" in high
    refuted = assessed(age="60", calcium="14.6 mg/dL", ionised_calcium="1.22 mmol/L")
    assert not [flag.id for flag in refuted.red_flags if "calc" in flag.id]


def test_a_value_that_only_its_own_limits_call_normal_is_asked_about() -> None:
    """A calcium of 14.6 mg/dL that the print calls normal raises no emergency until it is settled."""
    found = assessed(age="60", calcium="14.6 mg/dL, lower_limit 12 mg/dL, upper_limit 15 mg/dL")
    assert not [flag for flag in found.red_flags if flag.urgency == "emergency"]
    assert any("limits" in one.says and one.ask for one in found.not_understood)
    usual = assessed(age="60", potassium="5.2 mmol/L, lower_limit 3.5 mmol/L, upper_limit 5.3 mmol/L")
    assert not [one for one in usual.not_understood if "limits" in one.says]


@pytest.mark.parametrize(("age", "expected"), [("5 days", False), ("10 years", True)])
def test_limits_of_calcium_are_those_of_the_age(age: str, expected: bool) -> None:
    """A calcium of 12 mg/dL is within the limits of cord blood, and high in a child."""
    found = assessed(age=age, calcium="12 mg/dL", skin_calcification_on_histology="yes")
    told = [reason.truth for kind in found.types if kind.id == "metastatic" for reason in kind.because
            if reason.fact == "calcium"]  # fmt: skip
    assert ("true" in told) == expected


def test_one_low_filtration_rate_is_no_chronic_kidney_disease() -> None:
    """It takes three months, or the diagnosis."""
    answers = {"age": "60", "phosphate": "6.1 mg/dL", "skin_calcification": "yes"}
    once = assessed(**answers, egfr="44 mL/min/1.73m2")
    diagnosed = assessed(**answers, chronic_kidney_disease_stage_3="yes")
    assert [(one.id, one.status) for one in once.causes if one.id == "chronic-kidney-disease"] == [
        ("chronic-kidney-disease", "suspected")
    ]
    assert ("chronic-kidney-disease", "confirmed") in [(one.id, one.status) for one in diagnosed.causes]


def test_a_result_without_a_number_that_disagrees_is_named() -> None:
    """A calcium that is only called high beside a corrected calcium that is normal: the question names it."""
    high = Said("calcium", Value(truth=TRUE, flag="high", origins=(Origin("question", "calcium"),)))
    normal = Said(
        "corrected_calcium", Value(truth=TRUE, low=9.4, high=9.4, upper_limit=10.2, origins=high.value.origins)
    )
    found = assess_record(Record(id="r", source="form", said=(high, normal)), knowledge().library)
    assert any("disagree" in item.says for item in found.not_understood)
