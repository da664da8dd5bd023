"""Words cut to what they have in common: forms of one word, and what sounds alike."""

from __future__ import annotations

import re
from functools import lru_cache

_ENDINGS = ("ically", "ations", "ation", "ments", "ment", "ingly", "able", "ible", "ions", "ion", "ing", "ers", "ely",
            "er", "or", "ed", "al", "ly", "es", "e", "y")  # fmt: skip
_LEAST = 4
"""Letters that a word keeps."""
_SOUNDS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("y", "i"), ("c", "k"), ("z", "s"), ("h", ""))
_DOUBLED = re.compile(r"(.)\1")


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """Return what forms of one word share, as inject of injected and injection."""
    for ending in _ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= _LEAST:
            return token[: -len(ending)]
    return token


@lru_cache(maxsize=65536)
def sound(token: str) -> str:
    """Return a spelling by sound, in which letters that are mixed up are one."""
    for letters, one in _SOUNDS:
        token = token.replace(letters, one)
    return _DOUBLED.sub(r"\1", token)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be put in, left out, changed or swapped; ``most + 1`` for any more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        row = [place]
        for column, letter_of_other in enumerate(other, 1):
            cost = min(row[-1] + 1, last[column] + 1, last[column - 1] + (letter != letter_of_other))
            if place > 1 < column and letter == other[column - 2] and one[place - 2] == letter_of_other:
                cost = min(cost, before[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
