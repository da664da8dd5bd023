"""What of a person is compared with published cases: facts that hold or do not, with the wider facts that follow."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from functools import lru_cache

from calcinosis.conclusions.assessment import CauseResult
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.vocabulary import Fact
from calcinosis.truth import FALSE, TRUE

Feature = tuple[str, str]
"""A fact and what is known of it: `true`, `false`, or the word of a choice."""
HOLDS, HOLDS_NOT = "true", "false"
NO_CAUSE = ""
"""Stands for the causes of who has none: to have none is something in common."""
AGE, AGES = "age", (0.5, 3.0, 18.0, 60.0)
"""The years at which one group of ages ends and the next begins."""


def features_of(facts: PatientFacts, library: Library) -> frozenset[Feature]:
    """Return what is compared of one person: nothing that is not known, and no number as such.

    A number counts by what follows from it, as a high phosphate; what only follows to be absent does not
    count, nor does a medicine that is not taken now, which may have been taken.
    """
    found = set()
    for name in facts.touched & comparable(library):
        value = facts.value(name)
        if value is None:
            continue
        if value.word:
            found.add((name, value.word))
        elif value.truth is TRUE:
            found.add((name, HOLDS))
        elif value.truth is FALSE and name in facts.stated and library.facts[name].kind != "medicine":
            found.add((name, HOLDS_NOT))
    age = facts.value(AGE)
    if age is not None and age.low is not None:
        found.add((AGE, str(bisect(AGES, age.low))))
    return frozenset(_widest_denials(found, library))


def causes_of(results: Iterable[CauseResult], library: Library, told: Iterable[str] = ()) -> frozenset[str]:
    """Return the causes that are confirmed, and those that are told; associations are none."""
    confirmed = (cause.id for cause in results if cause.status == "confirmed")
    found = frozenset(cause for cause in (*confirmed, *told) if library.causes[cause].strength == "cause")
    return found or frozenset({NO_CAUSE})


def _widest_denials(found: set[Feature], library: Library) -> set[Feature]:
    """Leave out what does not hold because something wider does not: it is one finding, not a dozen."""
    denied = {name for name, word in found if word == HOLDS_NOT}
    following = {name for wide in denied for name in narrower(library)[wide]}
    return {(name, word) for name, word in found if word != HOLDS_NOT or name not in following}


@lru_cache(maxsize=4)
def narrower(library: Library) -> dict[str, frozenset[str]]:
    """Return the facts that each fact includes, with all that they include."""
    found: dict[str, frozenset[str]] = {}
    for name, fact in library.facts.items():
        reached, waiting = set[str](), list(fact.includes)
        while waiting:
            part = waiting.pop()
            if part not in reached and part in library.facts:
                reached.add(part)
                waiting += library.facts[part].includes
        found[name] = frozenset(reached - {name})
    return found


@lru_cache(maxsize=4)
def comparable(library: Library) -> frozenset[str]:
    """Return the facts that two people can have in common as such.

    Left out are numbers, how facts lie to each other in place and time, and what no record says in so many words.
    """
    return frozenset(fact.id for fact in library.facts.values() if _is_comparable(fact))


def _is_comparable(fact: Fact) -> bool:
    follows = fact.relation is not None or fact.companion_of
    is_said = fact.names or fact.codes or fact.read or fact.words
    return bool(fact.checked and is_said) and fact.kind != "quantity" and not follows
