"""The statements of an answer: the best, as many as a reader takes, of each thing that is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.answers.answer import Audience, Said
from calcinosis.answers.care import care
from calcinosis.answers.composing import is_same, told_to
from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import OPENINGS, Question
from calcinosis.answers.ranking import Ranked, ranked
from calcinosis.answers.setting import diseases_asked_of, is_of_others
from calcinosis.answers.statements import Told
from calcinosis.answers.weights import NEAR
from calcinosis.library.library import Library

_AGAINST = frozenset({"against", "home", "claims", "safety", "evidence", "prevention"})
"""What is asked where that something does not help is told of what nobody named."""
MOST_WORDS: dict[Audience, int] = {"patient": 120, "clinician": 220}
_MORE_OF_PARTS: dict[Audience, int] = {"patient": 0, "clinician": 100}
"""Words that a question of several parts may have more."""
_MOST_STATEMENTS: dict[Audience, int] = {"patient": 6, "clinician": 14}
_MOST_OF_ENTRY, _MOST_UNNAMED, _MOST_OF_CAUSE, _SEEN, _MOST_OF_PART = 3, 2, 2, 6, 4
_NEAR_ENOUGH, _LIKE_ENOUGH = 0.5, 0.05
"""How near an aspect is to what is asked, or the share of examples it answers, to be told behind the first one."""
_TAKEN = "taken"
_NOTHING: Mapping[str, float] = {}
_LISTED = 3
"""Tests that are named together are told of in turn."""
_LIFE, _LIKE, _LIKELY = "life", 0.1, 0.3
"""Clinicians are told of daily life where it is named, or by examples of this share."""
_ENOUGH, _NEAR_BEST, _NEAR_BEST_UNNAMED, _NEAR_BEST_OTHER = 1.3, 0.64, 0.7, 0.6
"""A statement that reaches less does not answer; nor does one of less than this part of the best."""


class Chosen(Struct, frozen=True):
    """A statement that answers, its words for the reader, how it is told, how much it is of what is named, and whether
    it stands in the order of care."""

    told: Told
    says: str
    said: Said
    share: float
    is_step: bool = False


def chosen(asked: Question, index: StatementIndex, library: Library, audience: Audience, said: int = 0) -> list[Chosen]:
    """Return the statements that answer, best first, as many as a reader takes who was told some words before."""
    spoken = {one.entry for one in index.told if one.plain}
    best = [
        one
        for one in ranked(asked, index, library)
        if _is_for(index.told[one.row], audience, spoken, asked)
        and index.told[one.row].cite
        and (one.share or index.told[one.row].aspect != "against" or not _AGAINST.isdisjoint(asked.aspects))
    ]
    if asked.named and not any(one.share for one in best[:_SEEN]):
        return []  # what is named is not spoken of
    most, near = (_MOST_OF_ENTRY, _NEAR_BEST) if asked.named else (_MOST_UNNAMED, _NEAR_BEST_UNNAMED)
    best = _exact_first(_compared(asked, best, index, library) or best, asked, index)
    causes = _of_causes(asked, best, index, library)
    before = sum(len(index.told[one.row].says.split()) for one in causes)
    room = MOST_WORDS[audience] - said - before if audience == "clinician" else 0
    steps = [row for row in care(asked, index, library, room) if _is_for(index.told[row], audience, spoken, asked)]
    listed = _with_care(asked, best, steps, causes, index) if steps else best
    tell = partial(told_to, asked, library, audience)
    diseases = diseases_asked_of(asked, library)
    listed = _without_others(listed, frozenset(steps), diseases, index)
    listed = [
        one for one in listed if one.row in steps or one is listed[0] or _is_to_the_point(one, asked, diseases, index)
    ]
    return list(
        _cut(listed, index, tell, MOST_WORDS[audience] - said, most, near, frozenset(steps), _MOST_STATEMENTS[audience])
    )


def _without_others(
    listed: list[Ranked], steps: frozenset[int], diseases: frozenset[str], index: StatementIndex
) -> list[Ranked]:
    """Return statements without those of other diseases; the first stays where nothing else answers nearly as well."""
    others = {one.row for one in listed if is_of_others(one.row, diseases, index)}
    if not listed or listed[0].row not in others:
        return [one for one in listed if one.row not in others]
    rest = [one for one in listed if one.row not in others]
    is_near = any(one.score >= listed[0].score * _NEAR_BEST_OTHER for one in rest if one.row not in steps)
    return rest if is_near else [listed[0], *rest]


def _is_to_the_point(one: Ranked, asked: Question, diseases: frozenset[str], index: StatementIndex) -> bool:
    """Whether a statement tells something like what is asked, of no situation that is not spoken of."""
    told = index.told[one.row]
    if not index.situations[one.row] <= asked.situations and diseases.isdisjoint(index.diseases[one.row]):
        return False
    if told.aspect == _TAKEN:
        return asked.decides or asked.asks_for(_TAKEN)
    wanted = {*asked.aspects, *(near for aspect in asked.aspects for near in NEAR.get(aspect, ()))}
    is_wanted = (
        told.aspect in asked.aspects
        or max((NEAR.get(aspect, _NOTHING).get(told.aspect, 0.0) for aspect in asked.aspects), default=0.0)
        >= _NEAR_ENOUGH
    )
    is_like = asked.likeness.answers.get((told.entry, told.aspect), 0.0) >= _LIKE_ENOUGH
    return is_wanted or is_like or asked.asks_for(told.aspect) or not wanted


def chosen_of_parts(
    parts: Mapping[str, Question], index: StatementIndex, library: Library, audience: Audience, said: int = 0
) -> tuple[list[Chosen], tuple[str, ...]]:
    """Return the statements that answer each part of a question, and the parts that nothing answers.

    The best of each part is told before the second of any, as far as a reader takes it.
    """
    said -= _MORE_OF_PARTS[audience] if len(parts) > 1 else 0
    of_each = {
        words: [one for one in chosen(part, index, library, audience, said) if _is_of_part(one, part)]
        for words, part in parts.items()
    }
    cared = next((words for words, some in of_each.items() if any(one.is_step for one in some)), None)
    of_each = {words: [one for one in some if words == cared or not one.is_step] for words, some in of_each.items()}
    room, found = MOST_WORDS[audience] - said, dict[str, list[Chosen]]()
    rows = (
        (words, some[place])
        for place in range(_MOST_STATEMENTS[audience])
        for words, some in of_each.items()
        if place < len(some) and (place < _MOST_OF_PART or len(parts) == 1 or some[place].is_step)
    )
    told, full = list[str](), set[str]()
    for words, one in rows:
        length = len(one.said.says.split())
        if length > room or one.told.entry in full:
            full.add(one.told.entry)  # what goes on about it would stand without its beginning
        elif len(told) < _MOST_STATEMENTS[audience] and not any(is_same(one.says, it) for it in told):
            found.setdefault(words, []).append(replace(one, said=replace(one.said, part=words)))
            told.append(one.says)
            room -= length
    listed = [one for words in of_each for one in found.get(words, ())]
    return listed, tuple(words for words, some in of_each.items() if not some) if listed else ()


def _is_of_part(one: Chosen, part: Question) -> bool:
    """Whether a statement is of what a part names; of daily life is told where it is asked of."""
    is_of_life = one.told.aspect == _LIFE and one.told.entry not in part.entries and not part.asks_for(_LIFE)
    is_like = part.likeness.entries.get(one.told.entry, 0.0) >= _LIKE or (
        bool(part.intents) and part.intents[0].share >= _LIKELY
    )
    return (one.share > 0 or one.is_step or (not part.named and is_like)) and not is_of_life


def _is_for(one: Told, audience: Audience, spoken: set[str], asked: Question) -> bool:
    """Whether a statement is for an audience; of what is named and has no plain words a patient reads the others.

    A dose that is asked for is told as it stands.
    """
    is_dose = one.aspect == "dose" and not asked.aspects[1:] and asked.asks_for("dose")
    is_asked = one.entry in asked.entries and (one.entry not in spoken or is_dose)
    if audience == "patient":
        return bool(one.plain) or is_asked
    return one.aspect != _LIFE or one.entry in asked.entries or asked.likeness.entries.get(one.entry, 0.0) >= _LIKE


def _exact_first(best: list[Ranked], asked: Question, index: StatementIndex) -> list[Ranked]:
    """Return statements in the same order of entries, of each entry those first that tell just what is asked of it."""
    wanted = frozenset(asked.aspects) - OPENINGS
    if not wanted:
        return best
    entries = [index.told[one.row].entry for one in best]
    of_entry: dict[str, list[Ranked]] = {}
    for one, entry in zip(best, entries, strict=True):
        of_entry.setdefault(entry, []).append(one)
    waiting = {
        entry: iter(sorted(some, key=lambda one: index.told[one.row].aspect not in wanted))
        for entry, some in of_entry.items()
    }
    return [next(waiting[entry]) for entry in entries]


def _compared(asked: Question, best: list[Ranked], index: StatementIndex, library: Library) -> list[Ranked]:
    """Return the statements of the things that are compared or chosen between in turn, or nothing where none are."""
    groups = asked.named
    if "difference" not in asked.aspects:
        treatments = tuple(group for group in groups if library.treatments.keys() >= set(group))
        tests = tuple(group for group in groups if not library.investigations.keys().isdisjoint(group))
        is_choice = asked.chooses and len(treatments) > 1
        groups = treatments if is_choice else tests if len(tests) >= _LISTED else ()
    of_each = [[one for one in best if index.told[one.row].entry in group] for group in groups]
    if sum(map(bool, of_each)) < 2:
        return []
    found = [some[place] for place in range(_MOST_OF_ENTRY) for some in of_each if place < len(some)]
    return list({one.row: one for one in found}.values())


def _of_causes(asked: Question, best: list[Ranked], index: StatementIndex, library: Library) -> list[Ranked]:
    """Return how the diseases are treated of which alone is asked: it takes the place of the first step of a type."""
    causes = frozenset(asked.entries) & library.causes.keys()
    if library.types.keys() & asked.entries or not best or index.told[best[0].row].entry not in causes:
        return []
    told = (one for one in best if index.told[one.row].entry in causes and index.told[one.row].aspect == "treatment")
    return list(islice(told, _MOST_OF_CAUSE))


def _with_care(
    asked: Question, best: list[Ranked], rows: list[int], of_causes: list[Ranked], index: StatementIndex
) -> list[Ranked]:
    """Return statements with the steps of care in their order, behind a first one of what is asked of."""
    known = {one.row: one for one in best}
    steps = [known.get(row, Ranked(0.0, row, 0.0, True)) for row in rows[bool(of_causes) :]]
    first = of_causes or [one for one in best[:1] if one not in steps and index.told[one.row].entry in asked.entries]
    told = {one.row for one in (*first, *steps)}.union(rows)
    return [*first, *steps, *(one for one in best if one.row not in told)]


def _cut(
    best: Iterable[Ranked],
    index: StatementIndex,
    tell: Callable[[Told, bool], tuple[str, Said]],
    room: int,
    most: int,
    near: float,
    care: frozenset[int],
    most_told: int,
) -> Iterator[Chosen]:
    """Yield the best statements until one is too weak or a reader has enough; ``room`` is for how many words."""
    told: list[Chosen] = []
    of_entry = Counter[str]()
    first = None
    for ranked_one in best:
        first = ranked_one.score if first is None else first
        is_care = ranked_one.row in care
        is_weak = ranked_one.score < _ENOUGH or ranked_one.score < first * near
        if (is_weak and not is_care) or len(told) >= most_told:
            return
        if told and not ranked_one.fits and not is_care:
            continue  # of what is asked something is told already, and this tells something else
        one = index.told[ranked_one.row]
        says, said = tell(one, bool(told) and told[-1].told.entry == one.entry)
        length = len(said.says.split())
        if (of_entry[one.entry] >= most and not is_care) or length > room or any(is_same(says, it.says) for it in told):
            continue
        told.append(Chosen(one, says, said, ranked_one.share, is_care))
        of_entry[one.entry] += 1
        room -= length
        yield told[-1]
