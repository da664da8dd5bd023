"""What leaves a rule unknown: the facts that would have to be found out, down to those that nothing else tells."""

from __future__ import annotations

from calcinosis.person.facts import PatientFacts
from calcinosis.person.measures import disagreeing
from calcinosis.rules.syntax import Compare, Criterion, Rule, Test
from calcinosis.rules.vocabulary import Fact, Relation
from calcinosis.truth import TRUE, UNKNOWN


def unknown_facts(rule: Rule | None, facts: PatientFacts) -> tuple[str, ...]:
    """Return the facts, stated ones and not derived ones, that leave a rule unknown."""
    return () if rule is None or facts.truth(rule) is not UNKNOWN else tuple(_open_facts(rule, facts))


def _open_facts(rule: Rule, facts: PatientFacts) -> dict[str, None]:
    """Return the facts that leave an unknown rule so; equal rules are one node of the program, and looked at once."""
    place = facts.program.by_id[id(rule)] >> 1
    found = facts.open_facts.get(place)
    if found is None:
        found = facts.open_facts[place] = _found_open(rule, place, facts)
    return found


def _found_open(rule: Rule, place: int, facts: PatientFacts) -> dict[str, None]:
    same = _untouched_open(rule, place, facts) if rule.facts.isdisjoint(facts.touched) else None
    return _open_in_parts(rule, facts) if same is None else same


def _open_in_parts(rule: Rule, facts: PatientFacts) -> dict[str, None]:
    if type(rule) is Criterion:
        fact = rule.test.fact
        if facts.vocabulary.facts[fact].companion_of:  # nobody asks for that
            return {}
        better = _deciding(rule.test, facts)
        return dict.fromkeys((better,) if better else unknown_bases(fact, facts))
    found: dict[str, None] = {}
    for part in rule.parts:
        if facts.truth(part) is UNKNOWN:
            found.update(_open_facts(part, facts))
    return found


def _deciding(test: Test, facts: PatientFacts) -> str:
    """Return the measure that would decide where several disagree beside a limit; empty where none does."""
    if type(test) is not Compare or not disagreeing(test, facts):
        return ""
    return facts.vocabulary.facts[test.fact].outranked_by


def _untouched_open(rule: Rule, place: int, facts: PatientFacts) -> dict[str, None] | None:
    """Return the open facts of a rule that has nothing to do with the record.

    They are the same for every record, unless a formula is among what they follow from: another may know its age.
    """
    vocabulary, key = facts.vocabulary, (place, facts.assume_absent)
    if key not in vocabulary.untouched_open:
        is_same = vocabulary.formulas.keys().isdisjoint(vocabulary.all_read(rule.facts))
        vocabulary.untouched_open[key] = _open_in_parts(rule, facts) if is_same else None
    return vocabulary.untouched_open[key]


def unknown_bases(name: str, facts: PatientFacts) -> tuple[str, ...]:
    """Return the facts that would have to be found out to know a fact."""
    if name not in facts.bases:
        facts.bases[name] = (name,)  # an answer for a fact that is derived through itself
        facts.bases[name] = _worked_out_bases(name, facts)
    return facts.bases[name]


def _worked_out_bases(name: str, facts: PatientFacts) -> tuple[str, ...]:
    fact = facts.vocabulary.facts[name]
    if fact.relation is not None:
        return _bases_of_relation(fact, fact.relation, facts)
    if fact.true_when is not None and name not in facts.stated:
        return unknown_facts(fact.true_when, facts) or (name,)
    if fact.formula:
        return (name, *(part for part in facts.vocabulary.reads[name] if facts.value(part) is None))
    return (name,)


def _bases_of_relation(fact: Fact, relation: Relation, facts: PatientFacts) -> tuple[str, ...]:
    """Return what is to be found out first: whether there is such a cause at all, then how it lies."""
    cause = facts.value(relation.of[0])
    return (fact.id,) if cause is not None and cause.truth is TRUE else unknown_bases(relation.of[0], facts)
