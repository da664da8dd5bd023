"""Where between two words another clause begins, into which a context word does not reach."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

SENTENCE_ENDS = frozenset(".;!:")
_DETERMINERS = frozenset({"the", "his", "her", "their", "its"})
_NEW_SUBJECTS = frozenset(("and", word) for word in ("no", "there", "i", "ive", "im"))


def is_cut(tokens: tuple[str, ...], start: int, end: int, near: Iterable[tuple[int, int, str]]) -> bool:
    """Whether a sentence end or a word such as "but" stands between."""
    between = tokens[start:end]
    if not SENTENCE_ENDS.isdisjoint(between):
        return True
    if "and" in between and _begins_anew(tokens[start : end + 1]):
        return True
    return any(start <= begins and ends <= end and kind == "ends" for begins, ends, kind in near)


def _begins_anew(words: tuple[str, ...]) -> bool:
    """Whether a new clause begins in words: "no gout and no fever", "no gout, and the skin is red"."""
    if any(pair in _NEW_SUBJECTS for pair in pairwise(words)):
        return True
    triples = zip(words, words[1:], words[2:], strict=False)
    return any(before == "," and word == "and" and then in _DETERMINERS for before, word, then in triples)
