"""A criterion and its value to a sentence."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.quantities.words import age, age_range, amount, unit_words
from calcinosis.rules.evaluate import limit_of
from calcinosis.rules.syntax import Absent, Amount, Compare, Comparison, Is, Limit, Test
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

_RELATION = {
    Comparison.ABOVE: ("is above", "is not above"),
    Comparison.AT_LEAST: ("is at least", "is below"),
    Comparison.BELOW: ("is below", "is not below"),
    Comparison.AT_MOST: ("is not above", "is above"),
}
_ASKED = {comparison: words for comparison, (words, _) in _RELATION.items()} | {Comparison.AT_MOST: "is at most"}


def sentence(test: Test, fact: Fact, value: Value | None, truth: Truth) -> str:
    """Return what a test found: "phosphate 7.4 mg/dL is above 4.5 mg/dL"."""
    if isinstance(test, Compare):
        return _comparison(test, fact, value, truth)
    if isinstance(test, Is):
        return _choice(test, fact, value, truth)
    known = truth if not isinstance(test, Absent) else {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}[truth]
    return presence(fact, known, value)


def presence(fact: Fact, truth: Truth, value: Value | None = None) -> str:
    """Return whether a fact holds, in words."""
    name = short_name(fact)
    if fact.kind == "medicine":
        words = {
            TRUE: f"takes {name}",
            FALSE: f"does not take {name}",
            UNKNOWN: f"whether {name} is taken is not known",
        }
    elif fact.kind == "result":
        words = {TRUE: f"{name} is positive", FALSE: f"{name} is negative", UNKNOWN: f"{name} is not known"}
    elif fact.kind == "site":
        words = {
            TRUE: f"site: {name}",
            FALSE: f"not at the {name}",
            UNKNOWN: f"whether at the {name} is not known",
        }
    elif fact.kind in {"exposure", "procedure"}:
        words = {TRUE: f"{name} is recorded", FALSE: f"no {name}", UNKNOWN: f"whether there was {name} is not known"}
    else:
        words = {TRUE: f"{name} is present", FALSE: f"no {name}", UNKNOWN: f"whether {name} is present is not known"}
        if truth is UNKNOWN and value is not None:
            return f"{name} is mentioned, not confirmed"
    return words[truth]


def kind_present(fact: Fact, kind: Fact) -> str:
    """Return that a fact holds in a kind of it; a medicine that was an exposure need not be taken now."""
    was_given = kind.kind == "medicine" and fact.kind != "medicine"
    return f"{short_name(kind)} is recorded" if was_given else presence(kind, TRUE)


def short_name(fact: Fact) -> str:
    """Return the name of a fact as it stands inside a sentence."""
    return _inside(fact.name)


@lru_cache(maxsize=4096)
def _inside(name: str) -> str:
    first = name.split(" ", 1)[0]
    is_plain = first[1:].islower() and first[1].isalpha() and not any(ord(sign) > 127 for sign in first[:1])
    proper = first in _PROPER
    return name[:1].lower() + name[1:] if is_plain and not proper and len(first) > 1 else name


_PROPER = frozenset(
    ["Raynaud", "Gottron", "Sjögren", "Sjogren", "Ehlers-Danlos", "Werner", "Paget", "Down", "Keutel", "Martorell",
     "Rothmund-Thomson", "Albright"]
)  # fmt: skip


def _comparison(test: Compare, fact: Fact, value: Value | None, truth: Truth) -> str:
    name = short_name(fact)
    wanted = _limit_words(test, fact, value)
    if value is None or (truth is UNKNOWN and not value.is_number):
        return f"whether {name} {_ASKED[test.comparison]} {wanted} is not known"
    if not value.is_number:
        return f"{name} is reported as {value.flag}"
    shown = _shown(fact, value)
    if truth is UNKNOWN and limit_of(test, value) is None:
        return f"{name} {shown} cannot be judged: {wanted} is not known"
    if truth is UNKNOWN:
        return f"{name} {shown} may or may not be {_RELATION[test.comparison][0].removeprefix('is ')} {wanted}"
    relation = _RELATION[test.comparison][0 if truth is TRUE else 1]
    return f"{name} {shown} {relation} {wanted}"


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
    return age_range(low, high) if fact.id == "age" else f"{amount(low, '')} to {amount(high, fact.unit)}"


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
        return _amount_of(fact, limit)
    return "the upper limit" if test.limit is Limit.UPPER else "the lower limit"


def _choice(test: Is, fact: Fact, value: Value | None, truth: Truth) -> str:
    name = short_name(fact)
    words = " or ".join(word.replace("_", " ") for word in test.words)
    if truth is UNKNOWN:
        return f"whether {name} is {words} is not known"
    if truth is TRUE and value is not None:
        return f"{name}: {value.word.replace('_', ' ')}"
    return f"{name} is not {words}"
