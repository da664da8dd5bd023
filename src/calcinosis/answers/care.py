"""The order of care of a type as the outline of an answer: its steps, and for clinicians the treatments of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import Question
from calcinosis.answers.setting import diseases_asked_of, is_of_others
from calcinosis.library.library import Library

_TREATED, _DOSE = "treatment", "dose"
_MOST: dict[str, int] = {"first": 3, "next": 2, "surgery": 1}
"""Of how many treatments of a step is told; of the others by the step alone."""
_SUBJECT = 4
"""Words by which a treatment is called before what is told of it."""


def care(asked: Question, index: StatementIndex, library: Library, room: int = 0) -> list[int]:
    """Return the statements on the care of the type that is asked of, or to which what is named leads, in their order.

    Every step is told, and of its treatments as many as ``room`` has words for, behind it; each stands before its dose
    where a dose is asked for.
    """
    things = {*library.treatments, *library.investigations, *library.look_alikes}
    if not {_TREATED, _DOSE}.intersection(asked.aspects) or not things.isdisjoint(asked.entries):
        return []
    kinds = {name for name in asked.entries if name in library.types}
    kinds = kinds or {
        kind for name in asked.entries if name in library.causes for kind in library.causes[name].leads_to
    }
    return list(_steps(kinds.pop(), asked, index, library, room)) if len(kinds) == 1 else []


def with_doses(parts: Mapping[str, Question], index: StatementIndex, library: Library) -> dict[str, Question]:
    """Return the parts of a question with the dose asked for beside the care, where a part asks for that alone."""
    doses = {words for words, part in parts.items() if _DOSE in part.aspects and _TREATED not in part.aspects}
    cared = [words for words, part in parts.items() if words not in doses and care(part, index, library)]
    lone = {words for words in doses if library.treatments.keys().isdisjoint(parts[words].entries)}
    if not cared or not lone:
        return dict(parts)
    found = {words: part for words, part in parts.items() if words not in lone}
    found[cared[0]] = replace(found[cared[0]], aspects=(*found[cared[0]].aspects, _DOSE))
    titles = {cared[0]: ", ".join((cared[0].rstrip(" ,;?"), *sorted(lone)))}
    return {titles.get(words, words): part for words, part in found.items()}


def _steps(kind: str, asked: Question, index: StatementIndex, library: Library, room: int) -> Iterator[int]:
    said = {index.told[row].says: row for row in reversed(index.own.get(kind, ()))}
    room -= sum(len(step.says.split()) for step in library.types[kind].sequence)
    for step in library.types[kind].sequence:
        row = said.get(" ".join(step.says.split()))
        if row is not None:
            yield row
        for rows in _most_fitting(step.treatments, _MOST.get(step.step, 0), kind, asked, index, library):
            length = sum(_SUBJECT + len(index.told[row].says.split()) for row in rows)
            if length <= room:
                room -= length
                yield from rows


def _most_fitting(
    names: tuple[str, ...], most: int, kind: str, asked: Question, index: StatementIndex, library: Library
) -> list[tuple[int, ...]]:
    """Return the statements on so many treatments in their order, if not on all on those that speak of the disease."""
    diseases = diseases_asked_of(asked, library)
    causes = diseases & library.causes.keys() if not library.types.keys() & set(asked.entries) else frozenset()
    found = []
    for name in names:
        rows = [row for row in index.own.get(name, ()) if not is_of_others(row, diseases, index)]
        effect = [row for row in rows if index.told[row].aspect == _TREATED and kind in index.told[row].types]
        dose = [row for row in rows if index.told[row].aspect == _DOSE and _DOSE in asked.aspects]
        if effect:
            found.append((*effect[:1], *sorted(dose, key=lambda row: -index.told[row].weight)[:1]))
    fitting = sorted(found, key=lambda rows: causes.isdisjoint(index.diseases[rows[0]]))[:most]
    return [rows for rows in found if rows in fitting]
