"""An interaction has no direction: what a rule on one medicine says of another holds from either side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.taken import taken_results
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.library.entries import TYPE_IDS, MedicineSafety, Treatment
from calcinosis.library.interactions import RULES, medicines_of, with_kinds
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import AnyOf, Criterion, Present, Rule, criteria
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE

LIBRARY = knowledge().library
FACTS = LIBRARY.facts
ENTRIES: list[Treatment | MedicineSafety] = [*LIBRARY.treatments.values(), *LIBRARY.medicine_safety.values()]
GRAVITY = {"avoid": 3, "caution": 2, "check-first": 2, "cannot-be-judged": 1, "not-judged": 0}


def plain_pairs() -> Iterator[tuple[str, str, str]]:
    """Yield each two medicines of which a rule says something by itself, with the key of the rule."""
    for entry in ENTRIES:
        for key in RULES:
            rule = getattr(entry, key, None)
            parts: tuple[Rule, ...] = rule.parts if isinstance(rule, AnyOf) else (rule,) if rule is not None else ()
            for part in parts:
                if isinstance(part, Criterion) and isinstance(part.test, Present):
                    other = part.test.fact
                    kinds = [other] if FACTS[other].kind == "medicine" else with_kinds([other], FACTS)
                    for kind in kinds if FACTS[other].kind in {"medicine", "exposure"} else ():
                        for mine in medicines_of(entry) if FACTS[kind].kind == "medicine" else ():
                            yield mine, kind, key


PAIRS = sorted(set(plain_pairs()))


def taken_together(*names: str) -> dict[str, str]:
    """Return the verdict on each medicine where all are taken, and nothing else is known."""
    facts = PatientFacts(LIBRARY.vocabulary, {name: Value(truth=TRUE) for name in names})
    return {result.medicine: result.verdict for result in taken_results(LIBRARY, facts, ())}


def proposed(taken: str, medicine: str) -> set[str]:
    """Return the verdicts on the treatments with a medicine for somebody who takes another, where they are options."""
    facts = PatientFacts(LIBRARY.vocabulary, {taken: Value(truth=TRUE)})
    results = treatment_results(LIBRARY, facts, facts.assuming_absent(), TYPE_IDS)
    meant = {
        one.id
        for one in LIBRARY.treatments.values()
        if one.medicine == medicine and any(indication.consider_when is None for indication in one.for_)
    }
    return {str(one.verdict) for one in results if one.id in meant and one.verdict != "not-for-this-type"}


TAKEN_WRONGLY = "methotrexate_daily"
"""A way of taking a medicine that is a danger by itself, whatever else is taken."""


def test_there_are_pairs() -> None:
    """The walk finds the pairs of the files."""
    assert len(PAIRS) > 350


@pytest.mark.parametrize(("mine", "other", "key"), PAIRS)
def test_both_taken(mine: str, other: str, key: str) -> None:
    """Of two that are taken together the same is said of each, for every kind of the one that is named."""
    for name in sorted(with_kinds([other], FACTS) - {TAKEN_WRONGLY}):
        verdicts = taken_together(mine, name)
        if len(verdicts) == 2:
            assert len(set(verdicts.values())) == 1, verdicts
        least = {"do_not_use_when": 3, "caution_when": 2, "not_known_when": 1}[key]
        assert min(GRAVITY[verdict] for verdict in verdicts.values()) >= least, verdicts


@pytest.mark.parametrize(("mine", "other", "key"), PAIRS)
def test_one_taken_and_one_proposed(mine: str, other: str, key: str) -> None:
    """A treatment is judged beside what is taken as it is where both are taken."""
    for taken, medicine in chain(((mine, other), (other, mine))):
        together = taken_together(taken, medicine)
        if medicine not in together or taken == medicine:
            continue
        for verdict in proposed(taken, medicine):
            assert GRAVITY[verdict] >= min(GRAVITY[together[medicine]], 2), (taken, medicine)


def test_no_class_names_its_own_member() -> None:
    """A rule on a medicine never names a class that the medicine itself belongs to: it would always hold."""
    wrong = [
        (entry.id, criterion.text)
        for entry in ENTRIES
        for key in RULES
        for criterion in criteria(getattr(entry, key, None))
        if isinstance(criterion.test, Present) and FACTS[criterion.test.fact].kind == "medicine"
        for mine in medicines_of(entry)
        if mine != criterion.test.fact and mine in with_kinds([criterion.test.fact], FACTS)
    ]
    assert wrong == []
