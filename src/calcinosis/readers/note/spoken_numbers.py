"""Numbers as notes write them in words: "three and a half", "fifty-eight", "half a"."""

from __future__ import annotations

import re

from calcinosis.terminology.note_words import NoteWords

_DIGITS = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")
_HALF = ("and", "a", "half")


def number_from(tokens: tuple[str, ...], place: int, words: NoteWords) -> tuple[float, int] | None:
    """Return the number that begins at a word, in digits or in words, and where it ends."""
    token = tokens[place]
    if _DIGITS.fullmatch(token):
        return float(token.replace(",", ".")), place + 1
    if tokens[place : place + 2] in {("half", "a"), ("half", "an"), ("a", "half")}:
        return 0.5, place + 2
    number, end = float(words.numerals.get(token, -1)), place + 1
    if token in words.tens:
        number = float(words.tens[token])
        below = words.numerals.get(tokens[end], 0) if end < len(tokens) else 0
        if 0 < below < 10:
            number, end = number + below, end + 1
    if number < 0:
        return None
    if tokens[end : end + 3] == _HALF:
        return number + 0.5, end + 3
    return number, end
