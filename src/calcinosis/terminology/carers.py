"""Texts in which somebody writes of another: in "my mum is on dialysis" the person is the mother."""

from __future__ import annotations

from collections.abc import Mapping

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import SENTENCE_MARKS

_MINE = frozenset({"my", "our"})
_ONESELF = frozenset({"i", "ive", "im"})
_MINE_WITHIN = 4
"""Words between "my" and the relative: "my 6 year old daughter"."""
_TOLD_WITHIN = 8
"""Words behind "I" within which what is said of the writer stands."""
_TELLS = "informant"


def told_of(tokens: tuple[str, ...], persons: Mapping[str, str], names: Phrases, context: Phrases) -> tuple[str, ...]:
    """Return the words of a text in which the relative is the person of whom a carer writes.

    ``persons`` gives for each relative the word for the person: a husband is a man. Whoever tells a finding or a
    medicine of himself is the person, and his relatives are relatives.
    """
    if _MINE.isdisjoint(tokens):
        return tokens
    places = [place for place, token in enumerate(tokens) if token in persons and _is_mine(tokens, place)]
    if not places or _tells_of_oneself(tokens, persons, names, context):
        return tokens
    first, meant = tokens[places[0]], list(tokens)
    for place in places:
        if tokens[place] == first:
            meant[place] = persons[first]
    return tuple(meant)


def _is_mine(tokens: tuple[str, ...], place: int) -> bool:
    before = tokens[max(0, place - _MINE_WITHIN) : place]
    return any(token in _MINE for token in before) and SENTENCE_MARKS.isdisjoint(before)


def _tells_of_oneself(tokens: tuple[str, ...], persons: Mapping[str, str], names: Phrases, context: Phrases) -> bool:
    """Whether a name stands behind "I" or right behind "my": "I have lumps", but not "I noticed lumps on her leg"."""
    for place, token in enumerate(tokens):
        if token in _MINE and place + 1 < len(tokens) and names.at(tokens, place + 1) is not None:
            return True
        if token not in _ONESELF:
            continue
        for at in range(place + 1, min(place + 1 + _TOLD_WITHIN, len(tokens))):
            mark = context.at(tokens, at)
            if tokens[at] in SENTENCE_MARKS or tokens[at] in persons or (mark is not None and _TELLS in mark[1]):
                break
            if names.at(tokens, at) is not None:
                return True
    return False
