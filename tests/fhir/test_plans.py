"""What is planned is no more than planned."""

from __future__ import annotations

import calcinosis
from calcinosis.truth import TRUE


def test_the_text_of_a_plan_tells_of_nothing_that_is_there() -> None:
    """What a plan aims at is not what the person has; its words are named as not read."""
    plan = {
        "resourceType": "CarePlan",
        "id": "plan",
        "status": "active",
        "intent": "plan",
        "subject": {"reference": "Patient/p"},
        "description": "Manage obesity and weight loss",
    }
    found = calcinosis.assess(calcinosis.read([{"resourceType": "Patient", "id": "p"}, plan]))
    assert not [one.fact for one in found.entered if one.truth is TRUE]
    assert any("Manage obesity" in one.says for one in found.not_read)
