"""Dangers that stand or fall with a number in question: results that differ, or a critical one without its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from calcinosis.conclusions.assessment import AskedDanger, RedFlagResult
from calcinosis.conclusions.causes import red_flag_results
from calcinosis.conclusions.decisions import red_flag_place
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.rules.words import short_name
from calcinosis.words.en import remarks as words
from calcinosis.words.en.quantities import amount


def asked_dangers(library: Library, facts: PatientFacts, present: tuple[RedFlagResult, ...]) -> tuple[AskedDanger, ...]:
    """Return the dangers that would stand if one of the numbers in question were right, most urgent first."""
    known = {flag.id for flag in present}
    found: dict[str, AskedDanger] = {}
    for name, value, question in _in_question(facts.stated, library.facts):
        other = PatientFacts(facts.vocabulary, {**facts.stated, name: value})
        for flag in red_flag_results(library, other):
            if flag.id not in known and flag.id not in found:
                found[flag.id] = AskedDanger(
                    id=flag.id,
                    name=flag.name,
                    urgency=flag.urgency,
                    says=question,
                    from_=value.origins,
                    cite=flag.cite,
                )
    return tuple(sorted(found.values(), key=lambda danger: red_flag_place(danger.urgency, danger.id)))


def _in_question(stated: Mapping[str, Value], facts: Mapping[str, Fact]) -> Iterator[tuple[str, Value, str]]:
    """Yield each number in question as one of those that it can be, with the question that settles it."""
    for name, value in stated.items():
        fact = facts[name]
        if fact.kind != "quantity":
            continue
        if value.is_disputed and value.low is not None and value.high is not None:
            for bound in (value.low, value.high):
                said = amount(bound, fact.unit)
                exact = replace(value, low=bound, high=bound, said=said)
                yield name, exact, words.which_is_right(short_name(fact), value.said, said)
        elif value.is_critical and fact.plausible is not None and not value.is_number:
            bound = fact.plausible[value.flag == "high"]
            yield name, replace(value, low=bound, high=bound), words.number_missing(short_name(fact), value.said)
