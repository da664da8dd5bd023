"""An id that is none: the problem, with the entries that may be meant."""

from __future__ import annotations

from collections.abc import Mapping

from calcinosis.errors import Problem
from calcinosis.rules.check import nearest

_MOST = 5
_SHORT_LIST = 12


def unknown_id(word: str, names: Mapping[str, str], what: str) -> Problem:
    """Return the problem of a word that is no id; ``names`` are the entries it may be, ``what`` is what they are."""
    return Problem(word or '""', 0, f"no {what} of this name", f"the id of {_article(what)}", _remedy(word, names))


def _remedy(word: str, names: Mapping[str, str]) -> str:
    said = word.lower().split()
    holding = [one for one, name in names.items() if said and all(part in f"{one} {name}".lower() for part in said)]
    if 0 < len(holding) <= _MOST:
        return f"did you mean {_listed(holding)}?"
    if close := nearest(word.lower().replace(" ", "-"), names):
        return close
    if holding:
        return f"did you mean {_listed(holding[:_MOST])}, or another of {len(holding)}?"
    return f"one of {', '.join(names)}" if len(names) <= _SHORT_LIST else ""


def _listed(ids: list[str]) -> str:
    return " or ".join(f'"{one}"' for one in ids)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
