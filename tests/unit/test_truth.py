"""Kleene's tables, each value of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, any_of, truth
from tests.property.kleene import all_of, at_least, negate

T, F, U = TRUE, FALSE, UNKNOWN


def completions(values: tuple[Truth, ...]) -> Iterator[tuple[bool, ...]]:
    """Yield every way in which unknown values can turn out."""
    yield from itertools.product(*((True, False) if value is U else (value is T,) for value in values))


def agreed(values: tuple[Truth, ...], judge: Callable[[tuple[bool, ...]], bool]) -> Truth:
    """Return what a judgement gives however the unknown values turn out; unknown where that matters."""
    results = {judge(completed) for completed in completions(values)}
    return U if len(results) == 2 else truth(results.pop())


@pytest.mark.parametrize(("value", "expected"), [(T, F), (F, T), (U, U)])
def test_negate(value: Truth, expected: Truth) -> None:
    """The opposite of unknown is unknown."""
    assert negate(value) is expected


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_or_of_two(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    """The two tables of nine, as they are printed."""
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either


def test_nothing_is_all_true_and_none_true() -> None:
    """Of no values, all are true and none is."""
    assert all_of([]) is T
    assert any_of([]) is F
    assert at_least(0, []) is T
    assert at_least(1, []) is F


@pytest.mark.parametrize("values", list(itertools.product((T, F, U), repeat=4)))
def test_groups_of_four_agree_with_every_completion(values: tuple[Truth, ...]) -> None:
    """A group is settled exactly when it comes out the same however the unknown values turn out."""
    assert all_of(values) is agreed(values, all)
    assert any_of(values) is agreed(values, any)
    for count in range(6):
        assert at_least(count, values) is agreed(values, lambda made, count=count: sum(made) >= count)  # type: ignore[misc]


def test_at_least_reads_a_generator_once() -> None:
    """Values that come one by one are counted as those of a list."""
    assert at_least(2, (value for value in (T, U, T))) is T


@pytest.mark.parametrize(("value", "expected"), [(True, T), (False, F), (None, U)])
def test_truth_of_a_boolean(value: bool | None, expected: Truth) -> None:
    """None is unknown."""
    assert truth(value) is expected


@pytest.mark.parametrize("value", [T, F, U])
def test_truth_refuses_to_be_a_boolean(value: Truth) -> None:
    """Nobody can write `if truth:` and read unknown as false or as true."""
    with pytest.raises(TypeError, match="three values"):
        bool(value)
