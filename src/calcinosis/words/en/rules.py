"""Findings, criteria and groups of a rule in words."""

from __future__ import annotations

import re
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

NOT_KNOWN = ": not known"
COUNTED_NOUNS = frozenset(
    ["aminoglycoside", "anaesthetic", "analogue", "antagonist", "antibiotic", "anticoagulant", "antifungal", "binder",
     "bisphosphonate", "blocker", "calcimimetic", "cephalosporin", "corticosteroid", "diuretic", "glycoside",
     "immunosuppressant", "inducer", "inhibitor", "medicine", "opioid", "retinoid", "statin", "sulfonamide",
     "supplement", "vaccine"]
)  # fmt: skip
"""Nouns that need an article in the singular, other than the names of substances."""
_BEFORE_DETAILS = re.compile(r" (?:by|in|into|of|on|or|that|whose|with|without) ")
_VOWEL_SOUND = re.compile(r"[aeio]|u(?!r|ni)|[FHLMNRSX][A-Z]|m[A-Z]")


def with_article(name: str) -> str:
    """Return a name with its article: "a vitamin K antagonist", but "warfarin"."""
    noun = _BEFORE_DETAILS.split(name, maxsplit=1)[0].rpartition(" ")[2]
    if noun not in COUNTED_NOUNS:
        return name
    return f"an {name}" if _VOWEL_SOUND.match(name) else f"a {name}"


def at_least(count: int) -> str:
    """Return the title of a group of which so many parts are asked for."""
    return f"at least {count} of"


def present(kind: str, name: str) -> str:
    """Return that a fact of a kind holds."""
    if kind == "medicine":
        return f"takes {with_article(name)}"
    return {"result": f"{name} positive", "site": f"site: {name}"}.get(kind, name)


def absent(kind: str, name: str) -> str:
    """Return that a fact of a kind does not hold."""
    if kind == "medicine":
        return f"does not take {with_article(name)}"
    return {"result": f"{name} negative", "site": f"not at the {name}"}.get(kind, f"no {name}")


def unknown(kind: str, name: str) -> str:
    """Return that it is not known whether a fact of a kind holds."""
    if kind == "medicine":
        return f"use of {with_article(name)}{NOT_KNOWN}"
    return f"{f'at the {name}' if kind == 'site' else name}{NOT_KNOWN}"


def open_name(says: str) -> str:
    """Return what is not known, without saying so: for a list that says it once."""
    return says.removesuffix(NOT_KNOWN)


def unconfirmed(name: str) -> str:
    """Return that a fact is named and left open."""
    return f"{name} mentioned, not confirmed"


def was_given(name: str) -> str:
    """Return that a medicine was given at some time."""
    return f"{name} given"


def taken_as_absent(says: str) -> str:
    """Return that a fact is taken as absent because nothing names it."""
    return f"{says} mentioned"


def compared(shown: str, relation: str, limit: str) -> str:
    """Return how a value compares with a limit."""
    return f"{shown} {relation} {limit}"


def comparison_unknown(name: str, relation: str, limit: str) -> str:
    """Return that there is no value to compare."""
    return f"{name} {relation.removeprefix('is ')} {limit}{NOT_KNOWN}"


def reported_as(name: str, flag: str) -> str:
    """Return a result that is reported in a word."""
    return f"{name} reported as {flag}"


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
    return f"{name}, {_any_of(words)}{NOT_KNOWN}"


def _any_of(words: Iterable[str]) -> str:
    return " or ".join(map(_plain, words))


def _plain(word: str) -> str:
    return word.replace("_", " ")
