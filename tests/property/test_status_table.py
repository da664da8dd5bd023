"""The status of a type is defined for every pair of truths, and says what both allow."""

from __future__ import annotations

from itertools import product
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from calcinosis.conclusions.decisions import STATUS, Status
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

TRUTHS = st.sampled_from(Truth)
FINAL = {"established", "conflicting", "excluded", "not-supported"}


def status_of(established: Truth, excluded: Truth) -> Status:
    """Return the status that follows from the two rules of a type."""
    return STATUS.of(established=established, excluded=excluded)


def possible(truth: Truth) -> tuple[Truth, ...]:
    """Return how a truth can turn out."""
    return (TRUE, FALSE) if truth is UNKNOWN else (truth,)


def test_every_pair_has_a_status() -> None:
    """Nine pairs, each with a status that the contract knows; provisional is decided elsewhere."""
    found = {pair: status_of(*pair) for pair in product(Truth, repeat=2)}
    assert len(found) == 9
    assert set(found.values()) == set(get_args(Status)) - {"provisional"}


@given(TRUTHS, TRUTHS)
def test_a_status_of_two_known_truths_is_final(established: Truth, excluded: Truth) -> None:
    """Only what is unknown leaves a type undetermined."""
    if UNKNOWN not in (established, excluded):
        assert status_of(established, excluded) in FINAL


@given(TRUTHS, TRUTHS)
def test_settling_never_contradicts(established: Truth, excluded: Truth) -> None:
    """What is established stays so however the rest turns out; a false rule never becomes established."""
    status = status_of(established, excluded)
    ends = {status_of(*pair) for pair in product(possible(established), possible(excluded))}
    if status in {"established", "conflicting"}:
        assert ends == {status}
    if status == "excluded":
        assert ends <= {"excluded", "conflicting"}
    if status == "not-supported":
        assert ends <= {"not-supported", "excluded"}
    if "established" in ends and len(ends) > 1:
        assert status == "undetermined"
