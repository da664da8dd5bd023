"""Numbers are doubted before they alarm, and no limit is crossed by the digits in which it is written."""

from __future__ import annotations

from tests.unit.conclusions.forms import assessed


def test_a_number_that_fits_another_unit_is_asked_about() -> None:
    """Calcium of 2.35 mg/dL is no emergency but a question: in mmol/L it is normal."""
    found = assessed(age="58", sex="female", skin_calcification="yes", calcium="2.35 mg/dL")
    assert not [flag for flag in found.red_flags if flag.urgency == "emergency"]
    assert [item.ask for item in found.not_understood if "mmol/L" in item.ask]


def test_a_low_number_that_can_be_true_still_alarms() -> None:
    """A calcium that a living person can have is not doubted."""
    found = assessed(age="58", sex="female", skin_calcification="yes", calcium="5.8 mg/dL")
    assert [flag for flag in found.red_flags if flag.urgency == "emergency"]
    assert not found.not_understood


def test_a_limit_holds_in_the_digits_in_which_it_is_written() -> None:
    """2.55 mmol/L is not above 10.2 mg/dL; 10.3 mg/dL is."""
    statuses = {
        said: {
            kind.id: kind.status
            for kind in assessed(
                age="58", sex="female", systemic_sclerosis="yes", skin_calcification_on_imaging="yes",
                calcium=said, phosphate="3.5 mg/dL",
            ).types
        }["dystrophic"]
        for said in ("2.55 mmol/L", "10.3 mg/dL")
    }  # fmt: skip
    assert statuses == {"2.55 mmol/L": "established", "10.3 mg/dL": "conflicting"}


def test_total_calcium_alone_forbids_nothing_where_the_corrected_is_normal() -> None:
    """Low total calcium with low albumin is no contraindication of what lowers calcium."""
    found = assessed(
        age="58", sex="female", systemic_sclerosis="yes", skin_calcification_on_imaging="yes",
        calcium="8.0 mg/dL", albumin="1.8 g/dL", phosphate="3.4 mg/dL",
    )  # fmt: skip
    verdicts = {result.id: result.verdict for result in found.treatments}
    assert verdicts["bisphosphonates"] != "avoid"
