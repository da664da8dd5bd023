"""The clauses of a question: people tell what happened in some, and ask in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis.answers.intents import Likely
from calcinosis.answers.likeness import Named, intents_of
from calcinosis.answers.names import words_only
from calcinosis.compiled import Knowledge

_ENDS = re.compile(r"(?<![.?!;:,])[.?!;:,]++(?:\s|$)|(?<=\s)[-–—/]++\s|\s(?=(?:but|because|so|when|if)\s)")
_STOPS = re.compile(r"(?<![.?!])[.?!]++(?:\s|$)")
_SHORTEST = 3
"""Words of a clause that asks something."""
_CLAUSE = 0.8
"""What the likeness of a clause counts beside that of the whole question."""
_SURE = 0.25
"""The likeness by which a clause asks."""


def intents_of_clauses(
    text: str, tokens: tuple[str, ...], named: Named, known: Knowledge
) -> tuple[tuple[Likely, ...], int]:
    """Return the intents that a question or one clause of it may have, and where the words end that ask it.

    What somebody tells beside the question makes it longer and no less that question; what "it" means stands before.
    """
    named = tuple(named)
    whole = intents_of(tokens, named, known)
    best = {one.intent: one.share for one in whole}
    ends, most = len(tokens), 0.0
    for start, end in _clauses(text, len(tokens)):
        inside = tuple((place - start, length, one) for place, length, one in named if start <= place < end)
        found = intents_of(tokens[start:end], inside, known)
        for one in found:
            best[one.intent] = max(best.get(one.intent, 0.0), _CLAUSE * one.share)
        if found and found[0].share >= max(_SURE, most):
            ends, most = _stop(text, end, len(tokens)), found[0].share
    order = sorted(best, key=lambda intent: -best[intent])
    return tuple(Likely(intent, best[intent]) for intent in order), ends


def _stop(text: str, place: int, count: int) -> int:
    """Return where the sentence ends in which a word stands, by the number of words."""
    end = 0
    for sentence in _STOPS.split(text):
        end += len(words_only(sentence))
        if end >= place:
            return end
    return count


def _clauses(text: str, count: int) -> Iterator[tuple[int, int]]:
    """Yield where each clause begins and ends, by the number of words; nothing of a text of one clause."""
    lengths = [len(words_only(part)) for part in _ENDS.split(text)]
    if sum(lengths) != count or sum(map(bool, lengths)) < 2:
        return  # a mark inside a word, as in "ca/po4"
    start = 0
    for length in lengths:
        if length >= _SHORTEST:
            yield start, start + length
        start += length
