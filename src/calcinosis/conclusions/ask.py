"""What to ask next: how much each fact that is not known yet has to do with what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.conclusions.assessment import TreatmentResult
from calcinosis.conclusions.decisions import PROVEN, SUSPECTED
from calcinosis.conclusions.open_facts import unknown_bases
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Criterion, Rule
from calcinosis.truth import TRUE, UNKNOWN

_DEEP = 8
_LEAST = 1e-4
"""A share below this changes no order that a reader sees."""
_LOOK_ALIKE, _SAFETY = 0.3, 0.2
"""How much a look-alike and the safety of a treatment weigh beside a type or a danger."""


def asking_weights(
    library: Library, facts: PatientFacts, treatments: tuple[TreatmentResult, ...] = ()
) -> dict[str, float]:
    """Return the facts that are open and matter, most deciding first.

    Each open rule has one vote. It is shared equally among its open parts, down to the facts that would have to be
    found out: a fact on which a rule turns alone gets the whole vote, one of twenty gets a twentieth.
    """
    weights: dict[str, float] = {}
    for rule, vote in _open_rules(library, facts):
        _share(rule, facts, vote, weights, _DEEP)
    for treatment in treatments:
        if treatment.verdict == "check-first":
            for fact in treatment.check:
                weights[fact] = weights.get(fact, 0) + _SAFETY / len(treatment.check)
    known = facts.stated
    open_ones = ((name, weight) for name, weight in weights.items() if name not in known)
    return dict(sorted(open_ones, key=lambda item: (-round(item[1], 6), item[0])))


def _open_rules(library: Library, facts: PatientFacts) -> Iterator[tuple[Rule, float]]:
    """Yield the rules whose truth a reader waits for, with their votes."""
    for name in (PROVEN, SUSPECTED):
        rule = facts.vocabulary.facts[name].true_when
        if rule is not None:
            yield rule, 1.0
    for kind in library.types.values():
        excluded = kind.excluded_when is not None and facts.truth(kind.excluded_when) is TRUE
        if kind.part_of is None and not excluded:
            for found in (kind.suspect_when, kind.established_when, kind.excluded_when):
                if found is not None:
                    yield found, 1.0
    for flag in library.red_flags.values():
        yield flag.when, 1.0
    for look_alike in library.look_alikes.values():
        if look_alike.suspect_when is not None:
            yield look_alike.suspect_when, _LOOK_ALIKE


def _share(rule: Rule, facts: PatientFacts, vote: float, weights: dict[str, float], deep: int) -> None:
    """Share the vote of a rule among the facts that leave it open."""
    if vote < _LEAST or not deep:
        return
    if type(rule) is Criterion:
        if facts.truth(rule) is UNKNOWN:
            _share_fact(rule.test.fact, facts, vote, weights, deep)
        return
    if facts.truth(rule) is UNKNOWN:
        parts = [part for part in rule.parts if facts.truth(part) is UNKNOWN]
        for part in parts:
            _share(part, facts, vote / len(parts), weights, deep)


def _share_fact(name: str, facts: PatientFacts, vote: float, weights: dict[str, float], deep: int) -> None:
    """Give the vote to a fact, or to those that it is worked out from."""
    fact = facts.vocabulary.facts[name]
    if fact.true_when is not None and name not in facts.stated and facts.truth(fact.true_when) is UNKNOWN:
        _share(fact.true_when, facts, vote, weights, deep - 1)
        return
    if fact.relation is not None:
        _add(weights, list(unknown_bases(name, facts)), vote)
        return
    if fact.days_from:
        _add(weights, [part for part in (fact.days_from, fact.days_to) if part and part not in facts.stated], vote)
        return
    parts = [part for part in facts.vocabulary.reads.get(name, ()) if facts.value(part) is None]
    _add(weights, parts or [name], vote)


def _add(weights: dict[str, float], names: list[str], vote: float) -> None:
    for name in names:
        weights[name] = weights.get(name, 0) + vote / len(names)
