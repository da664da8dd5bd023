"""One thing measured in several ways: which of them answers beside a limit."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Compare, Comparison, Criterion, Limit
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

HIGH = Criterion(Compare("calcium", Comparison.ABOVE, Limit.UPPER), ())
LOW, NORMAL, ABOVE = 7.0, 9.5, 12.0


@pytest.mark.parametrize(
    ("total", "corrected", "ionised", "is_high"),
    [
        (NORMAL, None, None, FALSE),
        (None, NORMAL, None, FALSE),  # where only the corrected one was printed, it answers
        (None, ABOVE, None, TRUE),
        (NORMAL, ABOVE, None, UNKNOWN),  # where they disagree, neither does
        (ABOVE, NORMAL, None, UNKNOWN),
        (None, None, 4.8, FALSE),  # the ionised one outranks both, and answers alone
        (NORMAL, ABOVE, 4.8, FALSE),
        (NORMAL, NORMAL, 6.5, TRUE),
        (None, ABOVE, 4.8, FALSE),
        (None, None, None, UNKNOWN),
    ],
)
def test_which_calcium_answers(
    total: float | None, corrected: float | None, ionised: float | None, is_high: Truth
) -> None:
    told = {"calcium": total, "corrected_calcium": corrected, "ionised_calcium": ionised, "age": 50.0}
    values = {name: Value(truth=TRUE, low=one, high=one) for name, one in told.items() if one is not None}
    assert PatientFacts(knowledge().library.vocabulary, values).truth(HIGH) is is_high
