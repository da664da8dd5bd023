"""Names of which a list shares the last word, "no renal or rheumatic disease", and how words were written."""

from __future__ import annotations

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import Words

_LIST_GOES_ON = frozenset({",", "or", "and", "nor"})
_WITHIN = 9
_BOTH_WORDS = 2
_HYPHENS = frozenset("-\u2010\u2011")


def goes_on_as_list(tokens: tuple[str, ...]) -> frozenset[int]:
    """Return the places of the words that a comma or a conjunction follows."""
    return frozenset(place - 1 for place, token in enumerate(tokens) if token in _LIST_GOES_ON)


def with_shared_noun(
    names: Phrases, nouns: frozenset[str], tokens: tuple[str, ...], place: int
) -> tuple[int, str] | None:
    """Return what a word of a list means with the noun that it shares with the others; None where it shares none."""
    for at in range(place + 2, min(place + _WITHIN, len(tokens))):
        if tokens[at] in nouns:
            for noun in (tokens[at], *sorted(nouns)):
                found = names.at((tokens[place], noun), 0)
                if found is not None and found[0] == _BOTH_WORDS:
                    return 1, found[1]
            return None
        if not tokens[at].isalpha() and tokens[at] != ",":
            return None
    return None


def joined(words: Words, text: str) -> frozenset[int]:
    """Return the words that a hyphen joins to the one before."""
    return frozenset(place for place, start in enumerate(words.starts) if start and text[start - 1] in _HYPHENS)


def with_s(words: Words, text: str) -> frozenset[int]:
    """Return the words that end with an "s" which their one spelling has not: plurals, and "takes"."""
    return frozenset(
        place
        for place, end in enumerate(words.ends)
        if text[end - 1 : end] in {"s", "S"} and not words.tokens[place].endswith("s")
    )
