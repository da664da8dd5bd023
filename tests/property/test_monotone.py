"""New information may settle an open question, and never overturns a settled one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

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
)
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.property.people import (
    MENTIONED,
    Stated,
    consistent_person,
    plain_facts,
    real,
    real_rules,
)
from tests.property.plain import truth_of

FACTS, QUANTITIES, WORDS = ("a", "b", "c"), ("x", "y"), ("first", "second", "third")
NUMBERS = st.integers(min_value=0, max_value=6).map(float)

sentences = st.one_of(
    st.builds(Present, st.sampled_from(FACTS)),
    st.builds(Absent, st.sampled_from(FACTS)),
    st.builds(Is, st.just("choice"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple)),
    st.builds(
        Compare,
        st.sampled_from(QUANTITIES),
        st.sampled_from(Comparison),
        st.one_of(st.sampled_from(Limit), NUMBERS.map(lambda number: Amount(number, "mg/dL", number))),
    ),
)


def groups(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Return groups of rules."""
    listed = st.lists(parts, min_size=1, max_size=4).map(tuple)
    counted = listed.flatmap(lambda rules: st.integers(1, len(rules)).map(lambda count: AtLeast(rules, count=count)))
    return st.one_of(listed.map(All), listed.map(AnyOf), counted)


rules: st.SearchStrategy[Rule] = st.recursive(st.builds(Criterion, sentences), groups, max_leaves=12)


@dataclass(frozen=True)
class Told:
    """What is known, by fact."""

    values: Mapping[str, Value]

    def value(self, fact: str) -> Value | None:
        """Return what is known of a fact."""
        return self.values.get(fact)


@st.composite
def more_and_less(draw: st.DrawFn) -> tuple[Told, Told]:
    """Return two states of knowledge about one person, the second with less of what the first knows."""
    more = {name: draw(st.sampled_from((TRUE, FALSE)).map(_presence)) for name in FACTS}
    more["choice"] = Value(truth=TRUE, word=draw(st.sampled_from(WORDS)))
    for name in QUANTITIES:
        number, lower, upper = draw(NUMBERS), draw(NUMBERS), draw(NUMBERS)
        lower, upper = sorted((lower, upper))
        more[name] = Value(truth=TRUE, low=number, high=number, lower_limit=lower, upper_limit=upper)
    once = {name: draw(_less(value)) for name, value in more.items()}
    twice = {name: draw(_less(value)) for name, value in once.items() if value is not None}
    return tuple(Told({name: value for name, value in one.items() if value is not None}) for one in (once, twice))  # type: ignore[return-value]


def _presence(truth: Truth) -> Value:
    return Value(truth=truth)


def _less(value: Value) -> st.SearchStrategy[Value | None]:
    """Return the same or less information: nothing, a mention, a wider range, no limits, a flag for a number."""
    options: list[st.SearchStrategy[Value | None]] = [st.just(value), st.just(value), st.none()]
    if not value.is_number and not value.flag:
        options.append(st.just(Value(truth=UNKNOWN)))
    if value.low is not None and value.high is not None:
        low, high = value.low, value.high
        options += [
            st.builds(lambda down, up: replace(value, low=low - down, high=high + up), NUMBERS, NUMBERS),
            st.just(replace(value, low=None)),
            st.just(replace(value, high=None)),
            st.just(replace(value, lower_limit=None, upper_limit=None)),
        ]
        if low == high and value.lower_limit is not None and value.upper_limit is not None:
            flag = "low" if low < value.lower_limit else "high" if low > value.upper_limit else "normal"
            options.append(st.just(Value(truth=TRUE, flag=flag)))  # type: ignore[arg-type]
    return st.one_of(options)


def check(rule: Rule, less: Truth, more: Truth) -> None:
    """A settled truth stays."""
    assert less in (UNKNOWN, more), rule


PEOPLE = 100
"""So many people are asked every rule of the library, several times each."""


@given(rules, more_and_less())
def test_random_rules(rule: Rule, states: tuple[Told, Told]) -> None:
    """For any rule and any knowledge, what more knowledge says is what less had settled."""
    more, less = states
    check(rule, truth_of(rule, less), truth_of(rule, more))


@settings(max_examples=PEOPLE)
@given(st.integers(min_value=0, max_value=2**32))
def test_real_rules(seed: int) -> None:
    """For every rule of the library, and a person in whom nothing disagrees, told of in three steps."""
    chance = Random(seed)
    whole = consistent_person(real(), chance)
    assume(whole is not None)
    assert whole is not None
    names = sorted(whole)
    some = chance.sample(names, chance.randrange(len(names)))
    few = chance.sample(some, chance.randrange(len(some) + 1))
    steps: list[Stated] = [{name: whole[name] for name in told} for told in (few, some, names)]
    views = [plain_facts(step, real().vocabulary) for step in steps]
    for rule in real_rules():
        truths = [truth_of(rule, view) for view in views]
        check(rule, truths[0], truths[1])
        check(rule, truths[1], truths[2])


@settings(max_examples=PEOPLE)
@given(st.integers(min_value=0, max_value=2**32))
def test_a_mention_overturns_nothing(seed: int) -> None:
    """That something is suspected, of which the record does not speak otherwise, changes no settled rule.

    A mention of a kind of what is settled as absent is a disagreement, and reopens it.
    """
    chance = Random(seed)
    whole = consistent_person(real(), chance)
    assume(whole is not None)
    assert whole is not None
    told = {name: whole[name] for name in chance.sample(sorted(whole), len(whole) // 2)}
    before = plain_facts(told, real().vocabulary)
    absent = [name for name in real().vocabulary.kinds if (value := before.value(name)) and value.truth is FALSE]
    denied = {kind for name in absent for kind in real().vocabulary.kinds[name]}
    open_facts = [
        name
        for name, fact in sorted(real().facts.items())
        if fact.kind not in {"quantity", "choice"} and before.value(name) is None and name not in {*told, *denied}
    ]
    mentioned = {name: MENTIONED for name in chance.sample(open_facts, min(20, len(open_facts)))}
    after = plain_facts({**told, **mentioned}, real().vocabulary)
    for rule in real_rules():
        check(rule, truth_of(rule, before), truth_of(rule, after))
