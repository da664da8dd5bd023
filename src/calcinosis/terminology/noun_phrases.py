"""Which noun a determiner belongs to: what "the" takes as known, and the whole that a finding is in."""

from __future__ import annotations

DETERMINERS = frozenset({"the", "this", "these", "those", "his", "her", "their", "its", "both"})
_POSSESSIVES = frozenset({"his", "her", "their"})
OF_A_WHOLE = frozenset(
    {"in", "of", "at", "on", "over", "around", "under", "near", "beneath", "above", "within", "from", "to", "along"}
)
VERBS = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "doe",
        "do",
        "did",
        "can",
        "could",
        "will",
        "would",
    }
    | {"may", "might", "must", "should", "show", "showed"}
)
"""Verbs, in the one spelling of words, that end a list of subjects."""
_ENDS_A_NOUN_PHRASE = (
    OF_A_WHOLE
    | VERBS
    | {",", ";", ":", "or", "and", "a", "an", "represent", "contain", "hold", "mean", "indicate", "reflect", "suggest"}
    | {
        "go",
        "goe",
        "went",
        "turn",
        "turned",
        "turning",
        "become",
        "became",
        "get",
        "got",
        "look",
        "feel",
        "felt",
        "smell",
    }
    | {"grow", "grew", "stay", "remain", "appear", "seem", "start", "begin", "rise", "fall"}
    | {"belong", "come", "arise", "point", "fit", "speak", "consist", "harbor", "hide", "count", "stem", "correspond"}
)
"""Words, in the one spelling of words, that never stand between a determiner and its noun."""
_BEFORE_A_NAME = 3
"""Words between a determiner and its noun."""


def is_presupposed(tokens: tuple[str, ...], start: int, since: int) -> bool:
    """Whether the words that start here belong to a whole that is taken as known: "pain in the nodule".

    ``since`` is where what is denied or asked begins; a whole stands behind it.
    """
    for place in range(start - 1, max(start - 1 - _BEFORE_A_NAME, since - 1), -1):
        if tokens[place] in DETERMINERS:
            return place > since and tokens[place - 1] in OF_A_WHOLE
        if tokens[place] in {",", ";", ":", "or", "nor", "and"}:
            return False
    return False


def is_definite(tokens: tuple[str, ...], start: int, nouns: frozenset[int] = frozenset()) -> bool:
    """Whether "the", "these" or the like stands before a name, within its noun phrase.

    A verb ends the noun phrase ("do these papules hold calcium"), and so does a place that comes before it ("are the
    plates in the skin calcium?"), or another noun: ``nouns`` are the places of such ("is the white material calcium?").
    """
    for place in range(start - 1, max(start - 1 - _BEFORE_A_NAME, -1), -1):
        if tokens[place] in DETERMINERS:
            return place == start - 1 or tokens[place - 1] not in OF_A_WHOLE
        if tokens[place] in _ENDS_A_NOUN_PHRASE or place in nouns:
            return False
    return False


def is_possessed(tokens: tuple[str, ...], start: int) -> bool:
    """Whether "her", "his" or the like stands before a name, within its noun phrase: what is hers is there."""
    for place in range(start - 1, max(start - 1 - _BEFORE_A_NAME, -1), -1):
        if tokens[place] in _POSSESSIVES:
            return True
        if tokens[place] in _ENDS_A_NOUN_PHRASE:
            return False
    return False
