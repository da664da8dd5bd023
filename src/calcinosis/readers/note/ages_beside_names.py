"""Ages that stand beside the letter of the sex or the name of the person: "F, 73", "(M 58)", "it's Anna (66)"."""

from __future__ import annotations

import re

from calcinosis.terminology.statements import TextReading

_LETTERS = frozenset({"f", "m"})
_OLDEST = 110
_CLOSES = re.compile(r"[ \t]*+(?:[,.;)\]\n\f]|$)|[ \t]{2}")
"""What follows an age that is all that is said: "M, 58.", "F 44)"."""
_BACK = 60
_INTRODUCED = re.compile(
    r"(?<![A-Za-z])(?:[Ii]t(?:['’]s| is)|I(?:['’]m| am)|[Mm]y name is|[Tt]his is|M(?:rs?|s|iss|x|aster)[.]?)"
    r"(?:[ ][A-Z][A-Za-z'’-]{0,30}+[.]?){1,3}+[ ]?[(]$"
)
"""A name by which the person is introduced, up to the bracket with the age."""


def sex_before(reading: TextReading, place: int, end: int) -> str:
    """Return the letter of the sex right before a bare number, or nothing."""
    words = reading.words
    at = place - 1 - (words.tokens[place - 1 : place] == (",",))
    if at < 0 or words.tokens[at] not in _LETTERS or not _is_bare(reading, place, end):
        return ""
    is_capital = reading.text[words.starts[at] : words.ends[at]].isupper()
    return words.tokens[at] if is_capital and not reading.text[: words.starts[at]].endswith((".", "-", "/")) else ""


def is_of_a_name(reading: TextReading, place: int, end: int) -> bool:
    """Whether a bare number stands in brackets behind a name by which the person is introduced."""
    start = reading.words.starts[place]
    is_alone = reading.text[reading.words.ends[end - 1] :][:1] == ")"
    return (
        is_alone
        and _is_bare(reading, place, end)
        and bool(_INTRODUCED.search(reading.text, max(0, start - _BACK), start))
    )


def _is_bare(reading: TextReading, place: int, end: int) -> bool:
    """Whether a number of years is one word of digits, and all that is said there."""
    token = reading.words.tokens[place]
    is_years = end == place + 1 and token.isdigit() and 0 < int(token) <= _OLDEST
    return is_years and _CLOSES.match(reading.text, reading.words.ends[place]) is not None
