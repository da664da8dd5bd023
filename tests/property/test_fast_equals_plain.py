"""What is skipped and remembered changes no answer."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcinosis.person.facts import PatientFacts
from tests.property.people import Stated, nearly_safe_person, plain_facts, random_person, real, real_rules
from tests.property.plain import truth_of

SEEDS = st.integers(min_value=0, max_value=2**32)


def compare(stated: Stated, assume_absent: bool, chance: Random) -> None:
    """Ask for everything in any order, and demand the plain answers."""
    vocabulary = real().vocabulary
    fast = PatientFacts(vocabulary, stated)
    if assume_absent:
        fast = fast.assuming_absent()
    plain = plain_facts(stated, vocabulary, assume_absent)
    rules, names = list(real_rules()), sorted(vocabulary.facts)
    chance.shuffle(rules)
    chance.shuffle(names)
    for rule in rules[::2]:
        assert fast.truth(rule) is truth_of(rule, plain)
    for name in names:
        assert fast.value(name) == plain.value(name), name
    for rule in rules:
        assert fast.truth(rule) is truth_of(rule, plain)


@pytest.mark.parametrize("assume_absent", [False, True])
@given(seed=SEEDS)
def test_random_people(assume_absent: bool, seed: int) -> None:
    """Every rule of the library and every fact, for anybody, with and without assuming."""
    chance = Random(seed)
    compare(random_person(chance), assume_absent, chance)


@pytest.mark.parametrize("assume_absent", [False, True])
@given(seed=SEEDS)
def test_people_almost_safe_to_treat(assume_absent: bool, seed: int) -> None:
    """The same for people of whom just enough is known."""
    chance = Random(seed)
    compare(nearly_safe_person(chance), assume_absent, chance)


@pytest.mark.parametrize("assume_absent", [False, True])
def test_nobody(assume_absent: bool) -> None:
    """The same where nothing is known at all."""
    compare({}, assume_absent, Random(1))


@given(seed=SEEDS)
def test_assuming_absent_only_adds(seed: int) -> None:
    """What is stated stays as it is when the unmentioned is taken as absent; relations come with their causes."""
    chance = Random(seed)
    told = random_person(chance)
    stated = {name: value for name, value in told.items() if real().facts[name].relation is None}
    facts = PatientFacts(real().vocabulary, stated)
    assumed = facts.assuming_absent()
    for name in stated:
        assert assumed.value(name) == facts.value(name)
