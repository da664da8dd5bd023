"""What a sentence makes of something of which a rule asks whether it is planned."""

from __future__ import annotations

import pytest

from calcinosis.terminology.matcher import Matcher

CONTEXT = {
    "hypothetical": {"before": ["awaiting"]},
    "plan": {"": ["due", "awaiting", "needs"], "not": ["due to", "never"], "done": ["had"]},
}
MATCHER = Matcher.of([("booster", "booster"), ("graft", "graft")], CONTEXT, planned=frozenset({"booster"}))


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("She is due a booster.", "planned"),
        ("Awaiting her booster.", "planned"),
        ("Booster, due in May.", "planned"),
        ("Needs a graft.", "present"),  # no rule asks whether it is planned
        ("Awaiting a graft.", "hypothetical"),
        ("Fever due to the booster.", "present"),
        ("Never needs a booster.", "hypothetical"),
        ("Had a booster, needs rest.", "present"),
        ("Needs rest, booster in May.", "present"),
        ("Needs rest; booster in May.", "present"),
    ],
)
def test_the_sense_of_what_may_be_planned(sentence: str, sense: str) -> None:
    assert [one.sense for one in MATCHER.mentions(sentence)] == [sense]
