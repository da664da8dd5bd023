"""A criterion and its value to a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from calcinosis.rules.compare import limit_of
from calcinosis.rules.syntax import Absent, All, Amount, AnyGroup, AtLeast, Compare, Comparison, Is, Limit, Test
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en import rules as words
from calcinosis.words.en.quantities import age, age_range, amount, amount_range, unit_words

_RELATION = {
    Comparison.ABOVE: (words.IS_ABOVE, words.IS_NOT_ABOVE),
    Comparison.AT_LEAST: (words.IS_AT_LEAST, words.IS_BELOW),
    Comparison.BELOW: (words.IS_BELOW, words.IS_NOT_BELOW),
    Comparison.AT_MOST: (words.IS_NOT_ABOVE, words.IS_ABOVE),
}
_ASKED = {comparison: relation for comparison, (relation, _) in _RELATION.items()}
_ASKED[Comparison.AT_MOST] = words.IS_AT_MOST
_LIMITS = {Limit.UPPER: words.UPPER_LIMIT, Limit.LOWER: words.LOWER_LIMIT}


def sentence(test: Test, fact: Fact, value: Value | None, truth: Truth) -> str:
    """Return what a test found: "phosphate 7.4 mg/dL is above 4.5 mg/dL"."""
    if isinstance(test, Compare):
        return _comparison(test, fact, value, truth)
    if isinstance(test, Is):
        return _choice(test, fact, value, truth)
    known = truth if not isinstance(test, Absent) else {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}[truth]
    return presence(fact, known, value)


def asked(test: Test, facts: Mapping[str, Fact]) -> str:
    """Return what a criterion asks for: "phosphate in serum is above the upper limit"."""
    fact = facts[test.fact]
    if isinstance(test, Compare):
        limit = test.limit
        wanted = amount(limit.number, limit.unit) if isinstance(limit, Amount) else _LIMITS[limit]
        return words.compared(short_name(fact), _ASKED[test.comparison], wanted)
    if isinstance(test, Is):
        return words.choice_is_one_of(short_name(fact), test.words)
    return presence(fact, FALSE if isinstance(test, Absent) else TRUE)


def group_title(group: AnyGroup) -> str:
    """Return how many of its parts a group asks for."""
    if isinstance(group, AtLeast):
        return words.at_least(group.count)
    return words.ALL_OF if isinstance(group, All) else words.ANY_OF


def presence(fact: Fact, truth: Truth, value: Value | None = None) -> str:
    """Return whether a fact holds, in words."""
    name = short_name(fact)
    if fact.relation is not None and truth is not UNKNOWN and value is not None and value.said:
        return value.said
    if truth is UNKNOWN:
        is_named = value is not None and fact.kind not in _ASKED_ANEW
        return words.unconfirmed(name) if is_named else words.unknown(fact.kind, name)
    return (words.present if truth is TRUE else words.absent)(fact.kind, name)


_ASKED_ANEW = frozenset({"medicine", "result", "site", "exposure", "procedure"})
"""Kinds of which a mention that confirms nothing is no finding to be confirmed."""


def kind_present(fact: Fact, kind: Fact) -> str:
    """Return that a fact holds in a kind of it; a medicine that was an exposure need not be taken now."""
    was_given = kind.kind == "medicine" and fact.kind != "medicine"
    return words.was_given(short_name(kind)) if was_given else presence(kind, TRUE)


def short_name(fact: Fact) -> str:
    """Return the name of a fact as it stands inside a sentence."""
    return _inside(fact.name)


@lru_cache(maxsize=4096)
def _inside(name: str) -> str:
    first = name.split(" ", 1)[0]
    is_plain = first[1:].islower() and first[1].isalpha() and not any(ord(sign) > 127 for sign in first[:1])
    proper = first in words.PROPER_NAMES
    return name[:1].lower() + name[1:] if is_plain and not proper and len(first) > 1 else name


def _comparison(test: Compare, fact: Fact, value: Value | None, truth: Truth) -> str:
    name = short_name(fact)
    wanted = _limit_words(test, fact, value)
    if value is None or (truth is UNKNOWN and not value.is_number):
        return words.comparison_unknown(name, _ASKED[test.comparison], wanted)
    if not value.is_number:
        return words.reported_as(name, value.flag)
    shown = f"{name} {_shown(fact, value)}"
    if truth is UNKNOWN and limit_of(test, value) is None:
        return words.not_judged(shown, wanted)
    if truth is UNKNOWN:
        return words.may_be(shown, _RELATION[test.comparison][0], wanted)
    relation = _RELATION[test.comparison][0 if truth is TRUE else 1]
    return words.compared(shown, relation, wanted)


def _shown(fact: Fact, value: Value) -> str:
    if value.low is not None and value.high is not None and value.low != value.high:
        number = _range(fact, value.low, value.high)
    elif value.low is None:
        number = f"{'<' if value.open_high else '≤'} {_amount_of(fact, value.high or 0.0)}"
    elif value.high is None:
        number = f"{'>' if value.open_low else '≥'} {_amount_of(fact, value.low)}"
    else:
        number = _amount_of(fact, value.low)
    unit_as_said = value.said.rpartition(" ")[2]
    other = value.said and "/" in unit_as_said and unit_as_said not in {fact.unit, unit_words(fact.unit)}
    return f"{number} ({value.said})" if other and fact.id != "age" else number


def _range(fact: Fact, low: float, high: float) -> str:
    return age_range(low, high) if fact.id == "age" else amount_range(low, high, fact.unit)


def _amount_of(fact: Fact, number: float) -> str:
    return age(number) if fact.id == "age" else amount(number, fact.unit)


def _limit_words(test: Compare, fact: Fact, value: Value | None) -> str:
    if isinstance(test.limit, Amount):
        is_as_written = fact.id == "age" and test.limit.unit != fact.unit  # "1 month" is no 4 weeks
        return (
            amount(test.limit.number, test.limit.unit) if is_as_written else _amount_of(fact, test.limit.in_fact_unit)
        )
    limit = limit_of(test, value) if value is not None else None
    if limit is not None:
        return _amount_of(fact, fact.limit_written(limit))
    return _LIMITS[test.limit]


def _choice(test: Is, fact: Fact, value: Value | None, truth: Truth) -> str:
    name = short_name(fact)
    if truth is UNKNOWN:
        return words.choice_unknown(name, test.words)
    if truth is TRUE and value is not None:
        return words.choice_is(name, value.word)
    return words.choice_is_not(name, test.words)
