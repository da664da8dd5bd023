"""Several measures of one thing in a person: which one answers, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.facts import PatientFacts
from calcinosis.person.sayings import Remark
from calcinosis.rules.compare import compared, number_of
from calcinosis.rules.syntax import Compare, Comparison, Limit, beyond_limit
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.judgement import measures_disagree

_BEYOND = ((Comparison.ABOVE, Limit.UPPER), (Comparison.BELOW, Limit.LOWER))


def answering(test: Compare, facts: PatientFacts) -> Compare:
    """Return the comparison that answers a test: the same, or that of a measure which decides or stands in for it."""
    fact, is_limit = facts.vocabulary.facts[test.fact], isinstance(test.limit, Limit)
    asked = test if is_limit else beyond_limit(test)
    own = beside(asked, facts)
    if own is UNKNOWN and not is_limit:
        return test
    for other in (fact.outranked_by, fact.stand_in if own is UNKNOWN else ""):
        instead = replace(asked, fact=other)
        if other and (told := beside(instead, facts)) is not UNKNOWN:
            return test if told is own else instead
    return test


def disagreeing(test: Compare, facts: PatientFacts) -> tuple[str, ...]:
    """Return the other measures that disagree with a number beside its limit, where no better one is known."""
    fact = facts.vocabulary.facts[test.fact]
    own = beside(test, facts) if isinstance(test.limit, Limit) else UNKNOWN
    if own is UNKNOWN or (fact.outranked_by and beside(replace(test, fact=fact.outranked_by), facts) is not UNKNOWN):
        return ()
    others = {other: beside(replace(test, fact=other), facts) for other in fact.measured_with}
    return tuple(other for other, truth in others.items() if truth is not UNKNOWN and truth is not own)


def disagreements(facts: PatientFacts) -> Iterator[Remark]:
    """Yield a question for every pair of measures that disagree beside a limit."""
    known = facts.vocabulary.facts
    pairs = {
        tuple(sorted((name, other)))
        for name in facts.touched
        if known[name].measured_with
        for side in _BEYOND
        for other in disagreeing(Compare(name, *side), facts)
    }
    for one, two in sorted(pairs):
        first, second = facts.value(one), facts.value(two)
        if first is not None and second is not None and first.origins:
            better = known.get(known[one].outranked_by)
            told = [_told(known[name], value) for name, value in ((one, first), (two, second))]
            yield Remark(first.origins[0], *measures_disagree(told, better.name if better else ""))


def _told(fact: Fact, value: Value) -> str:
    number = value.high if value.low is None else value.low
    shown = value.said or ("" if number is None else f"{number:.3g} {fact.unit}")
    return f"{fact.name} {shown}".rstrip()


def beside(test: Compare, facts: PatientFacts) -> Truth:
    """Return whether a number is as a test asks, whatever other measures say."""
    value = facts.value(test.fact)
    if value is None:
        return UNKNOWN
    true, false = compared(test, number_of(value))
    return TRUE if true else FALSE if false else UNKNOWN
