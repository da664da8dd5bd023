"""Which type leads: one whose rule holds stands before one that is only pointed to."""

from __future__ import annotations

import pytest

from tests.unit.conclusions.forms import assessed


@pytest.mark.parametrize("disease", ["systemic_sclerosis", "dermatomyositis", "systemic_lupus_erythematosus"])
@pytest.mark.parametrize(
    "kidney", [{"egfr": "25 mL/min/1.73m2"}, {"chronic_kidney_disease_stage_3": "yes"}, {"creatinine": "3.4 mg/dL"}]
)
def test_kidney_disease_alone_does_not_lead(disease: str, kidney: dict[str, str]) -> None:
    """With no calcium and no phosphate measured, the disease that calcifies leads."""
    assessment = assessed(age="56", sex="female", skin_calcification="yes", **{disease: "yes"}, **kidney)
    assert assessment.leading_type == "dystrophic"


def test_measured_phosphate_leads() -> None:
    """A measured disturbance in kidney failure leads beside a disease that calcifies."""
    assessment = assessed(
        age="56",
        sex="female",
        skin_calcification="yes",
        systemic_sclerosis="yes",
        dialysis="yes",
        phosphate="8.1 mg/dL",
    )
    assert assessment.leading_type == "metastatic"


def test_danger_is_not_set_behind() -> None:
    """What points to calciphylaxis leads before another type whose rule holds."""
    assessment = assessed(
        age="56",
        sex="female",
        skin_calcification="yes",
        systemic_sclerosis="yes",
        egfr="25 mL/min/1.73m2",
        chronic_kidney_disease="yes",
        livedo="yes",
        severe_pain="yes",
    )
    assert assessment.leading_type == "calciphylaxis"
