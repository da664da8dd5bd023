"""Treatments in the order of care: the driver, pain and wound, the first specific choice, the next, surgery."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from tests.unit.conclusions.forms import assessed

TYPES = [kind for kind in knowledge().library.types.values() if kind.part_of is None]


def order(assessment: Assessment, verdict: str) -> list[str]:
    """Return the treatments of a verdict in their order."""
    return [one.id for one in assessment.treatments if one.verdict == verdict]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: str(kind.id))
def test_each_type_has_its_order_of_care(kind: object) -> None:
    """Every step cites its source and names treatments that are meant for the type, each once."""
    library = knowledge().library
    sequence = library.types[kind.id].sequence  # type: ignore[attr-defined]
    assert sequence
    named = [name for step in sequence for name in step.treatments]
    assert len(named) == len(set(named))
    steps = ["driver", "relief", "first", "next", "surgery"]
    assert [step.step for step in sequence] == [step for step in steps if step in {one.step for one in sequence}]
    for name in named:
        meant = {one.type for one in library.treatments[name].for_}
        assert kind.id in meant, name  # type: ignore[attr-defined]


CALCIPHYLAXIS = {"age": "61", "dialysis": "yes", "calciphylaxis": "yes", "skin_necrosis": "yes", "severe_pain": "yes"}


def test_calciphylaxis_is_treated_in_the_order_of_care() -> None:
    """What feeds it and pain come before thiosulfate, and thiosulfate before what lowers phosphate or is surgery."""
    assessment = assessed(**CALCIPHYLAXIS, phosphate="6.8 mg/dL")
    now, checked = order(assessment, "consider"), order(assessment, "check-first")
    assert now.index("calciphylaxis-pain-relief") < now.index("dialysis-intensification")
    assert checked[0] == "sts-iv"
    assert checked.index("lanthanum") < checked.index("debridement")


def test_a_treatment_whose_decisive_fact_is_unknown_does_not_lead() -> None:
    """Parathyroidectomy without a parathyroid hormone stands behind all that is known to be an option."""
    without = assessed(**CALCIPHYLAXIS, secondary_hyperparathyroidism="suspected")
    undecided = [one.undecided for one in without.treatments if one.verdict == "check-first"]
    assert undecided == sorted(undecided)
    assert not undecided[0]


def test_surgery_of_deposits_comes_after_the_first_medicines() -> None:
    """In systemic sclerosis the disease comes first, then the first specific choices, and removal last."""
    answers = {"age": "61", "limited_systemic_sclerosis": "yes", "skin_calcification_on_imaging": "yes"}
    found = order(assessed(**answers, calcium="9.3 mg/dL", phosphate="3.4 mg/dL"), "check-first")
    assert found.index("diltiazem") < found.index("minocycline") < found.index("surgery")
