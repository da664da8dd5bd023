"""What people complain of in their own words, as a clinician would note it: said, not denied, and not long over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from calcinosis.answers.names import words_only
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.question_words import LayWords, ToldWords

_BEFORE, _NEAR = 3, 6
"""Words before a sign in which it may be denied, and on either side of it in which a time of long ago is its time."""
_ENDS = re.compile(r"(?<![,;.!?])[,;.!?]++(?=\s|$)")
_NO_PHRASES = Phrases.of(())


class _Spoken(Struct, frozen=True):
    """The words of a text, and those with which a clause begins."""

    tokens: tuple[str, ...]
    starts: frozenset[int]


def complaints_in(text: str, told: ToldWords) -> list[str]:
    """Return what a text complains of, each in the words of a clinician."""
    spoken = _spoken(text)
    return [lay.reads for lay in told.lay if _is_said(lay, spoken, told)]


def _spoken(text: str) -> _Spoken:
    tokens: list[str] = []
    starts: set[int] = set()
    for clause in _ENDS.split(text):
        starts.add(len(tokens))
        tokens += words_only(clause)
    return _Spoken(tuple(tokens), frozenset(starts))


def _is_said(lay: LayWords, spoken: _Spoken, told: ToldWords) -> bool:
    """Whether a text says a complaint: all parts of it, of which the last is the sign that has a time."""
    if lay.unless.stand_in(spoken.tokens):
        return False
    if lay.together:
        *parts, sign = lay.together
        if all(any(_affirmed(spoken, told, part)) for part in parts) and any(_affirmed(spoken, told, sign, lay.over)):
            return True
    return any(_affirmed(spoken, told, lay.said, lay.over))


def _affirmed(spoken: _Spoken, told: ToldWords, phrases: Phrases, over: Phrases = _NO_PHRASES) -> Iterator[bool]:
    """Yield for each place of some phrases whether it is neither denied nor of long ago."""
    tokens = spoken.tokens
    for place, length, _ in phrases.places(tokens, 0, len(tokens)):
        near = tokens[max(0, place - _NEAR) : place + length + _NEAR]
        yield not (_is_denied(spoken, place, told) or over.stand_in(near))


def _is_denied(spoken: _Spoken, place: int, told: ToldWords) -> bool:
    """Whether a word before a place denies it: "no fever, chills"; a denied verb ends with its clause."""
    for at in range(max(0, place - _BEFORE), place):
        if spoken.tokens[at] in told.denied and not (
            spoken.tokens[at] in told.denied_verbs and any(at < start <= place for start in spoken.starts)
        ):
            return True
    return False
