"""What is to be checked before a treatment, in the order in which it is likely to matter for this person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from calcinosis.conclusions.assessment import TreatmentResult
from calcinosis.person.facts import PatientFacts
from calcinosis.truth import TRUE

_RARELY = frozenset({"medicine", "allergy"})
"""Kinds of facts of which a record tells most that is so; what it does not name of them seldom is."""


def in_order_of_weight(results: Iterable[TreatmentResult], facts: PatientFacts) -> tuple[TreatmentResult, ...]:
    """Return the results, each with the checks first that weigh most for this person.

    First what holds and asks for care, then what the record touches without settling it, then what most of the
    treatments turn on; what it does not name of medicines and allergies, and parts of a whole, come last.
    """
    found = tuple(results)
    asked = Counter(fact for result in found for fact in result.check)
    return tuple(replace(one, check=_ordered(one.check, asked, facts)) if one.check else one for one in found)


def _ordered(check: tuple[str, ...], asked: Mapping[str, int], facts: PatientFacts) -> tuple[str, ...]:
    vocabulary = facts.vocabulary
    parts = set[str]().union(*(vocabulary.kinds.get(fact, ()) for fact in check))
    parts.update(part for fact in check for part in vocabulary.reads.get(fact, ()))

    def place(fact: str) -> tuple[bool, bool, bool, bool, int]:
        value = facts.value(fact)
        holds = value is not None and (value.truth is TRUE or value.is_number)
        is_touched = fact in facts.touched
        is_rare = vocabulary.facts[fact].kind in _RARELY and not is_touched
        return not holds, fact in parts and not holds, not is_touched, is_rare, -asked[fact]

    return tuple(sorted(check, key=place))
