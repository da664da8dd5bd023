"""An id that is none: the problem, with the entries that may be meant."""

from __future__ import annotations

from collections.abc import Mapping

from calcinosis.errors import Problem
from calcinosis.rules.check import nearest
from calcinosis.words.en import knowledge as words

_MOST = 5
_SHORT_LIST = 12


def unknown_id(word: str, names: Mapping[str, str], what: str) -> Problem:
    """Return the problem of a word that is no id; ``names`` are the entries it may be, ``what`` is what they are."""
    return Problem(
        word or '""',
        0,
        words.NO_SUCH.format(what=what),
        words.ID_OF.format(what=words.with_article(what)),
        _remedy(word, names),
    )


def _remedy(word: str, names: Mapping[str, str]) -> str:
    said = word.lower().split()
    holding = [one for one, name in names.items() if said and all(part in f"{one} {name}".lower() for part in said)]
    if 0 < len(holding) <= _MOST:
        return words.DID_YOU_MEAN.format(ids=words.listed(holding))
    if close := nearest(word.lower().replace(" ", "-"), names):
        return close
    if holding:
        return words.OR_ANOTHER.format(ids=words.listed(holding[:_MOST]), count=len(holding))
    return words.ONE_OF.format(words=", ".join(names)) if len(names) <= _SHORT_LIST else ""
