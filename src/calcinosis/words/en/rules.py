"""Findings, criteria and groups of a rule in words."""

from __future__ import annotations

from collections.abc import Iterable

IS_ABOVE, IS_NOT_ABOVE, IS_AT_LEAST, IS_AT_MOST = "is above", "is not above", "is at least", "is at most"
IS_BELOW, IS_NOT_BELOW = "is below", "is not below"
UPPER_LIMIT, LOWER_LIMIT = "the upper limit", "the lower limit"
ALL_OF, ANY_OF = "all of", "any of"

PROPER_NAMES = frozenset(
    ["Raynaud", "Gottron", "Sjögren", "Sjogren", "Ehlers-Danlos", "Werner", "Paget", "Down", "Keutel", "Martorell",
     "Rothmund-Thomson", "Albright"]
)  # fmt: skip
"""First words of names that keep their capital inside a sentence."""

PRESENT = {
    "medicine": "takes {name}",
    "result": "{name} is positive",
    "site": "site: {name}",
    "exposure": "{name} is recorded",
    "procedure": "{name} is recorded",
}
ABSENT = {"medicine": "does not take {name}", "result": "{name} is negative", "site": "not at the {name}"}
UNKNOWN = {
    "medicine": "whether {name} is taken is not known",
    "result": "{name} is not known",
    "site": "whether at the {name} is not known",
    "exposure": "whether there was {name} is not known",
    "procedure": "whether there was {name} is not known",
}


def at_least(count: int) -> str:
    """Return the title of a group of which so many parts are asked for."""
    return f"at least {count} of"


def present(kind: str, name: str) -> str:
    """Return that a fact of a kind holds."""
    return PRESENT.get(kind, "{name} is present").format(name=name)


def absent(kind: str, name: str) -> str:
    """Return that a fact of a kind does not hold."""
    return ABSENT.get(kind, "no {name}").format(name=name)


def unknown(kind: str, name: str) -> str:
    """Return that it is not known whether a fact of a kind holds."""
    return UNKNOWN.get(kind, "whether {name} is present is not known").format(name=name)


def unconfirmed(name: str) -> str:
    """Return that a fact is named and left open."""
    return f"{name} is mentioned, not confirmed"


def was_given(name: str) -> str:
    """Return that a medicine was given at some time."""
    return f"{name} is recorded"


def taken_as_absent(says: str) -> str:
    """Return that a fact is taken as absent because nothing names it."""
    return f"{says} is mentioned"


def compared(shown: str, relation: str, limit: str) -> str:
    """Return how a value compares with a limit."""
    return f"{shown} {relation} {limit}"


def comparison_unknown(name: str, relation: str, limit: str) -> str:
    """Return that there is no value to compare."""
    return f"whether {name} {relation} {limit} is not known"


def reported_as(name: str, flag: str) -> str:
    """Return a result that is reported in a word."""
    return f"{name} is reported as {flag}"


def not_judged(shown: str, limit: str) -> str:
    """Return that a value has no limit to be judged by."""
    return f"{shown} cannot be judged: {limit} is not known"


def may_be(shown: str, relation: str, limit: str) -> str:
    """Return that a range lies on both sides of a limit."""
    return f"{shown} may or may not be {relation.removeprefix('is ')} {limit}"


def choice_is(name: str, word: str) -> str:
    """Return the answer to a choice."""
    return f"{name}: {_plain(word)}"


def choice_is_one_of(name: str, words: Iterable[str]) -> str:
    """Return that the answer to a choice is one of some words."""
    return f"{name} is {_any_of(words)}"


def choice_is_not(name: str, words: Iterable[str]) -> str:
    """Return that the answer to a choice is none of some words."""
    return f"{name} is not {_any_of(words)}"


def choice_unknown(name: str, words: Iterable[str]) -> str:
    """Return that it is not known whether the answer to a choice is one of some words."""
    return f"whether {name} is {_any_of(words)} is not known"


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(map(_plain, words))


def _plain(word: str) -> str:
    return word.replace("_", " ")
