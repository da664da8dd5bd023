"""The order in which facts are worked out from others: what each reads, and in which step it can be known."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.rules.vocabulary import Vocabulary
from calcinosis.words.en import knowledge as words

BY_AGE_AND_SEX = ("age", "sex")
"""What usual limits depend on."""


def reads(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts whose values may be read when a fact is worked out."""
    fact = vocabulary.facts[name]
    found = {*fact.includes, *vocabulary.reads.get(name, ())}
    for rule in (fact.true_when, fact.absent_when):
        found |= rule.facts if rule is not None else set()
    if name in vocabulary.conditions:
        found.add(vocabulary.conditions[name].fact)
    if fact.days_from:
        found |= {fact.days_from, fact.days_to}
    if fact.usual_limits:
        found |= set(BY_AGE_AND_SEX)
    return frozenset(found & set(vocabulary.facts))


def all_read(names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return these facts and all from which they are worked out, at any depth."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += reads(name, vocabulary)
    return frozenset(found)


def wholes(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Return for each fact those that include it, at any depth: if one is stated as absent, so is the fact."""
    found: dict[str, list[str]] = {}
    for whole, kinds in vocabulary.kinds.items():
        for kind in kinds:
            found.setdefault(kind, []).append(whole)
    return {kind: tuple(sorted(listed)) for kind, listed in found.items()}


def steps(names: Iterable[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return the facts in steps: each reads only facts of the steps before. Raises KnowledgeError on a circle."""
    graph = TopologicalSorter({name: reads(name, vocabulary) for name in names})
    try:
        graph.prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        problem = Problem(f"facts/{error.args[1][0]}.yaml", 1, words.CIRCLE.format(circle=circle), words.NO_CIRCLE)
        raise KnowledgeError([problem]) from error
    found = []
    while graph.is_active():
        ready = graph.get_ready()
        found.append(tuple(sorted(ready)))
        graph.done(*ready)
    return tuple(found)
