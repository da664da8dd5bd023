"""The statements of an answer: the best, as many as a reader takes, of each thing that is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.answers.answer import Audience
from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import Question
from calcinosis.answers.ranking import Ranked, ranked
from calcinosis.answers.statements import Told
from calcinosis.library.library import Library

MOST_WORDS: dict[Audience, int] = {"patient": 120, "clinician": 220}
_MOST_STATEMENTS, _MOST_OF_ENTRY, _MOST_UNNAMED = 6, 3, 2
_ENOUGH, _NEAR_BEST, _NEAR_BEST_UNNAMED = 1.3, 0.64, 0.7
"""A statement that reaches less does not answer; nor does one of less than this part of the best."""


def chosen(asked: Question, index: StatementIndex, library: Library, audience: Audience, said: int = 0) -> list[Told]:
    """Return the statements that answer, best first, as many as a reader takes who was told some words before."""
    spoken = {one.entry for one in index.told if one.plain}
    best = [
        one
        for one in ranked(asked, index, library)
        if _is_for(index.told[one.row], audience, spoken, asked) and index.told[one.row].cite
    ]
    if asked.named and not any(one.share for one in best[:_MOST_STATEMENTS]):
        return []  # what is named is not spoken of
    compared = _compared(asked, best, index)
    limits = (_MOST_OF_ENTRY, _NEAR_BEST) if asked.named else (_MOST_UNNAMED, _NEAR_BEST_UNNAMED)
    rows = list(_cut(compared or best, index, audience, *limits, said))
    return [index.told[row] for row in rows]


def text_for(one: Told, audience: Audience) -> str:
    """Return a statement in the words for an audience."""
    return one.plain or one.says if audience == "patient" else one.says


def _is_for(one: Told, audience: Audience, spoken: set[str], asked: Question) -> bool:
    """Whether a statement is for an audience; of what is named and has no plain words a patient reads the others."""
    return audience == "clinician" or bool(one.plain) or (one.entry in asked.entries and one.entry not in spoken)


def _compared(asked: Question, best: list[Ranked], index: StatementIndex) -> list[Ranked]:
    """Return the statements of the things that are compared in turn, or nothing where none are."""
    if "difference" not in asked.aspects or len(asked.named) < 2:
        return []
    of_each = [[one for one in best if index.told[one.row].entry in group] for group in asked.named]
    if sum(map(bool, of_each)) < 2:
        return []
    found = [some[place] for place in range(_MOST_OF_ENTRY) for some in of_each if place < len(some)]
    return list({one.row: one for one in found}.values())


def _cut(
    best: Iterable[Ranked], index: StatementIndex, audience: Audience, most: int, near: float, said: int
) -> Iterator[int]:
    """Yield the rows of the best statements until one is too weak or a reader has enough."""
    count, seen, of_entry = said, set[str](), dict[str, int]()
    first = None
    for ranked_one in best:
        first = ranked_one.score if first is None else first
        if ranked_one.score < _ENOUGH or ranked_one.score < first * near or len(seen) >= _MOST_STATEMENTS:
            return
        if seen and not ranked_one.fits:
            continue  # of what is asked something is told already, and this tells something else
        one = index.told[ranked_one.row]
        says = text_for(one, audience)
        length = len(says.split())
        if says in seen or of_entry.get(one.entry, 0) >= most or count + length > MOST_WORDS[audience]:
            continue
        seen.add(says)
        of_entry[one.entry] = of_entry.get(one.entry, 0) + 1
        count += length
        yield ranked_one.row
