"""What is to be checked before a treatment, in the order in which it is likely to matter for this person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from calcinosis.conclusions.assessment import TreatmentResult
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.library.library import Library
from calcinosis.library.speaking import safety_rules
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import All, AnyOf, Rule
from calcinosis.truth import TRUE, UNKNOWN

_RARELY = frozenset({"medicine", "allergy"})
"""Kinds of facts of which a record tells most that is so; what it does not name of them seldom is."""


def in_order_of_weight(
    results: Iterable[TreatmentResult], library: Library, facts: PatientFacts
) -> tuple[TreatmentResult, ...]:
    """Return the results, each with the checks first that weigh most for this person.

    First what alone decides a rule of which the rest holds, then what holds and asks for care, then what the record
    touches without settling it, then what most of the treatments turn on; what it does not name of medicines and
    allergies, and parts of a whole, come last.
    """
    found = tuple(results)
    asked = Counter(fact for result in found for fact in result.check)
    places = {fact: _place(fact, count, facts) for fact, count in asked.items()}
    return tuple(_weighed(result, places, library, facts) if result.check else result for result in found)


_Place = tuple[bool, bool, bool, int]
"""Whether a check does not hold, whether it is not touched, whether it seldom is so, and less how many ask for it."""


def _place(fact: str, asked: int, facts: PatientFacts) -> _Place:
    """Return where a check stands among those of any treatment, as far as that is the same for each."""
    value = facts.value(fact)
    holds = value is not None and (value.truth is TRUE or value.is_number)
    is_touched = fact in facts.touched
    is_rare = facts.vocabulary.facts[fact].kind in _RARELY and not is_touched
    return not holds, not is_touched, is_rare, -asked


def _weighed(
    result: TreatmentResult, places: Mapping[str, _Place], library: Library, facts: PatientFacts
) -> TreatmentResult:
    rules = safety_rules(library.treatments[result.id], library)
    deciding = frozenset(fact for rule, _ in rules for fact in _deciding(rule, facts))
    return replace(result, check=_ordered(result.check, deciding, places, facts))


def _deciding(rule: Rule, facts: PatientFacts) -> Iterator[str]:
    """Yield the open facts that alone decide a part of a rule, since the rest of that part holds."""
    if rule.facts.isdisjoint(facts.touched) or facts.truth(rule) is not UNKNOWN:
        return
    if isinstance(rule, AnyOf):
        for part in rule.parts:
            yield from _deciding(part, facts)
    elif isinstance(rule, All) and any(facts.truth(part) is TRUE for part in rule.parts):
        for part in rule.parts:
            yield from unknown_facts(part, facts) if facts.truth(part) is UNKNOWN else ()


def _ordered(
    check: tuple[str, ...], deciding: frozenset[str], places: Mapping[str, _Place], facts: PatientFacts
) -> tuple[str, ...]:
    vocabulary = facts.vocabulary
    parts = set[str]().union(*(vocabulary.kinds.get(fact, ()) for fact in check))
    parts.update(part for fact in check for part in vocabulary.reads.get(fact, ()))

    def place(fact: str) -> tuple[bool, bool, bool, bool, bool, int]:
        holds_not, is_untouched, is_rare, asked = places[fact]
        return fact not in deciding, holds_not, fact in parts and holds_not, is_untouched, is_rare, asked

    return tuple(sorted(check, key=place))
