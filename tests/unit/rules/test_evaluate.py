"""Criteria and groups on what is known, of one person and of a group, and what carries a rule."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator

import pytest

from calcinosis.person.facts import PatientFacts
from calcinosis.person.group import GroupFacts
from calcinosis.population.settled import statements_of
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import (
    Absent,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
)
from calcinosis.rules.trace import carrying
from calcinosis.rules.vocabulary import Fact, Flag, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.population.answers import settled_people

T, F, U = TRUE, FALSE, UNKNOWN
ABOVE, AT_LEAST, BELOW, AT_MOST = Comparison.ABOVE, Comparison.AT_LEAST, Comparison.BELOW, Comparison.AT_MOST
COMPARE: dict[Comparison, Callable[[float, float], bool]] = {
    ABOVE: operator.gt,
    AT_LEAST: operator.ge,
    BELOW: operator.lt,
    AT_MOST: operator.le,
}


KINDS = {"a": "condition", "b": "condition", "c": "condition", "choice": "choice", "number": "quantity"}
VOCABULARY = Vocabulary.of(
    {
        name: Fact(id=name, name=name, kind=kind, learned_by="laboratory", checked="")  # type: ignore[arg-type]
        for name, kind in KINDS.items()
    }
)
Told = dict[str, Value]


def truth_of(rule: Rule, told: Told) -> Truth:
    """Return the truth of a rule for one person, which is the same in a group of five in which all are alike."""
    found = PatientFacts(VOCABULARY, told).truth(rule)
    group = GroupFacts(VOCABULARY, 5, statements_of(settled_people([told] * 5)))
    assert group.of(group.literal(rule)) == {T: (31, 0), F: (0, 31), U: (0, 0)}[found]
    return found


def judged(test: Test, value: Value | None) -> Truth:
    """Return the truth of one test on one value."""
    return truth_of(Criterion(test), {} if value is None else {test.fact: value})


def compare(comparison: Comparison, limit: float) -> Compare:
    """Return a comparison with an amount."""
    return Compare("number", comparison, Amount(limit, "mg/dL", limit))


def number(low: float | None, high: float | None, open_low: bool = False, open_high: bool = False) -> Value:
    """Return a number between two bounds."""
    return Value(truth=T, low=low, high=high, open_low=open_low, open_high=open_high)


@pytest.mark.parametrize("test", [Present("a"), Absent("a"), compare(ABOVE, 1), Is("choice", ("a",))])
def test_of_a_fact_that_is_not_known_nothing_is(test: Test) -> None:
    """Without a value every test is unknown."""
    assert judged(test, None) is U


@pytest.mark.parametrize("truth", [T, F, U])
def test_present_and_absent(truth: Truth) -> None:
    """A mention that settles nothing leaves both unknown."""
    assert judged(Present("a"), Value(truth=truth)) is truth
    assert judged(Absent("a"), Value(truth=truth)) is {T: F, F: T, U: U}[truth]


def inside(value: Value) -> Iterator[float]:
    """Yield numbers that a value may have, close to and at its bounds."""
    for quarter in range(-8, 41):
        candidate = quarter / 4
        if value.low is not None and (candidate < value.low or (candidate == value.low and value.open_low)):
            continue
        if value.high is not None and (candidate > value.high or (candidate == value.high and value.open_high)):
            continue
        yield candidate


@pytest.mark.parametrize("comparison", list(Comparison))
@pytest.mark.parametrize("limit", [2.0, 4.0, 6.0])
def test_intervals_agree_with_every_number_inside(comparison: Comparison, limit: float) -> None:
    """A comparison is settled exactly when all numbers that the value may have give the same answer."""
    tried = 0
    bounds = [None, 2.0, 3.0, 4.0, 6.0]
    for low, high, open_low, open_high in itertools.product(bounds, bounds, (False, True), (False, True)):
        if (low is None and high is None) or (low is None and open_low) or (high is None and open_high):
            continue
        value = number(low, high, open_low, open_high)
        answers = {COMPARE[comparison](candidate, limit) for candidate in inside(value)}
        if not answers:
            continue
        expected = U if len(answers) == 2 else (T if answers.pop() else F)
        assert judged(compare(comparison, limit), value) is expected, value
        tried += 1
    assert tried > 40


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [(ABOVE, F, F, T), (AT_LEAST, F, T, T), (BELOW, T, F, F), (AT_MOST, T, T, F)],
)
def test_printed_and_usual_limits(comparison: Comparison, below: Truth, at: Truth, above: Truth) -> None:
    """The limit that comes with the result decides, the upper and the lower alike."""
    for limit in Limit:
        for result, expected in ((3.9, below), (4.0, at), (4.1, above)):
            limits = {"upper_limit": 4.0, "lower_limit": 1.0} if limit is Limit.UPPER else {"lower_limit": 4.0}
            value = Value(truth=T, low=result, high=result, **limits)  # type: ignore[arg-type]
            assert judged(Compare("number", comparison, limit), value) is expected


def test_a_limit_that_the_result_does_not_print() -> None:
    """A number without the limit asked for is not judged, not even by its other limit."""
    value = Value(truth=T, low=9, high=9, lower_limit=2)
    assert judged(Compare("number", ABOVE, Limit.UPPER), value) is U
    assert judged(Compare("number", BELOW, Limit.LOWER), value) is F


@pytest.mark.parametrize(
    ("limit", "comparison", "high", "low", "normal"),
    [
        (Limit.UPPER, ABOVE, T, F, F),
        (Limit.UPPER, AT_MOST, F, T, T),
        (Limit.LOWER, BELOW, F, T, F),
        (Limit.LOWER, AT_LEAST, T, F, T),
        (Limit.UPPER, AT_LEAST, U, U, U),
        (Limit.LOWER, AT_MOST, U, U, U),
    ],
)
def test_the_flag_alone(limit: Limit, comparison: Comparison, high: Truth, low: Truth, normal: Truth) -> None:
    """A result that is only called high, low or normal answers questions about its limits, but not of equality."""
    for flag, expected in (("high", high), ("low", low), ("normal", normal)):
        value = Value(truth=T, flag=flag)  # type: ignore[arg-type]
        assert judged(Compare("number", comparison, limit), value) is expected


@pytest.mark.parametrize("flag", ["high", "low", "normal"])
@pytest.mark.parametrize("comparison", list(Comparison))
def test_the_flag_says_nothing_of_an_amount(comparison: Comparison, flag: Flag) -> None:
    """High is not above any number, low not below."""
    assert judged(compare(comparison, 1), Value(truth=T, flag=flag)) is U


def test_the_number_goes_before_the_flag() -> None:
    """Where number and limit are known, the flag is not asked; where the limit is missing, it is."""
    printed = Value(truth=T, low=3, high=3, upper_limit=4, flag="high")
    assert judged(Compare("number", ABOVE, Limit.UPPER), printed) is F
    unprinted = Value(truth=T, low=3, high=3, flag="high")
    assert judged(Compare("number", ABOVE, Limit.UPPER), unprinted) is T


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value(truth=T, word="second"), T),
        (Value(truth=T, word="third"), T),
        (Value(truth=T, word="first"), F),
        (Value(truth=F), F),
        (Value(truth=U), U),
        (Value(truth=T), U),
    ],
)
def test_choice_words(value: Value, expected: Truth) -> None:
    """A choice is one of the words, another one, none of them, or not told."""
    assert judged(Is("choice", ("second", "third")), value) is expected


def rule_of(*facts: str) -> tuple[Criterion, ...]:
    """Return criteria that the facts are present."""
    return tuple(Criterion(Present(fact), text=fact) for fact in facts)


def told(**truths: Truth) -> Told:
    """Return what is known of facts that are present or absent."""
    return {fact: Value(truth=truth) for fact, truth in truths.items()}


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ((T, T, U), T),
        ((T, U, U), U),
        ((T, U, F), U),
        ((T, F, F), F),
        ((U, U, U), U),
        ((U, U, F), U),
        ((U, F, F), F),
    ],
)
def test_at_least_counts_the_unknown_apart(truths: tuple[Truth, ...], expected: Truth) -> None:
    """Two of three: unknown parts may still be reached, false ones not."""
    rule = AtLeast(rule_of("a", "b", "c"), count=2)
    known = told(**dict(zip("abc", truths, strict=True)))
    assert truth_of(rule, known) is expected


def carried(rule: Rule, known: Told) -> list[str]:
    """Return the sentences of the criteria that carry a result."""
    facts = PatientFacts(VOCABULARY, known)
    return [one.text for _, one in carrying(facts, rule, facts.truth(rule), 1)]


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ({"a": T, "b": F, "c": T}, ["a", "c"]),
        ({"a": F, "b": F, "c": T}, ["a", "b"]),
        ({"a": T, "b": T, "c": F}, ["c"]),
        ({"a": F, "b": F, "c": F}, ["a", "b", "c"]),
        ({"a": T, "b": F}, ["a", "c"]),
        ({"b": F, "c": T}, ["a", "c"]),
        ({"c": F}, ["c"]),
        ({}, ["a", "b", "c"]),
    ],
)
def test_carrying(truths: dict[str, Truth], expected: list[str]) -> None:
    """Of a true rule the true parts, of a false one the false ones, of an unknown one what is open or true."""
    rule = All((AnyOf(rule_of("a", "b")), *rule_of("c")))
    assert carried(rule, told(**truths)) == expected


def test_a_criterion_carries_its_own_truth() -> None:
    """Whatever its truth, one criterion explains itself."""
    assert carried(rule_of("a")[0], told(a=F)) == ["a"]


def test_counting_needs_no_more_than_it_counts() -> None:
    """At least one is any, at least all is all."""
    rules = rule_of("a", "b", "c")
    for truths in itertools.product((T, F, U), repeat=3):
        known = told(**dict(zip("abc", truths, strict=True)))
        assert truth_of(AtLeast(rules, count=1), known) is truth_of(AnyOf(rules), known)
        assert truth_of(AtLeast(rules, count=3), known) is truth_of(All(rules), known)
