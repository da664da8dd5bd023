"""The diseases of which a question asks: a statement that speaks of others alone does not answer it."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import Question
from calcinosis.library.library import Library

_COMPARED = "difference"


def diseases_asked_of(asked: Question, library: Library) -> frozenset[str]:
    """Return the types and causes that a question names, with those that belong to them; none where it compares."""
    named = {one for one in asked.entries if one in library.types or one in library.causes}
    if not named or _COMPARED in asked.aspects:
        return frozenset()
    return frozenset(named.union(*(_related(library)[one] for one in named)))


def is_of_others(row: int, diseases: frozenset[str], index: StatementIndex) -> bool:
    """Whether a statement speaks of diseases, and of none of some: of scrotal nodules, in systemic sclerosis."""
    if not diseases:
        return False
    types, spoken = index.told[row].types, index.diseases[row]
    is_of_other_types = bool(types) and diseases.isdisjoint(types)
    return is_of_other_types or (bool(spoken) and diseases.isdisjoint(spoken))


@lru_cache(maxsize=2)
def _related(library: Library) -> dict[str, frozenset[str]]:
    """Return for each type and cause those that belong to it: what leads to it or it leads to, its forms, its whole."""
    found: dict[str, set[str]] = {name: set() for name in (*library.types, *library.causes)}
    for kind in library.types.values():
        if kind.part_of:
            found[kind.id].add(kind.part_of)
            found[kind.part_of].add(kind.id)
    forms = {name: library.vocabulary.kinds.get(name.replace("-", "_"), ()) for name in library.causes}
    for name, cause in library.causes.items():
        found[name].update(cause.leads_to)
        for kind_name in cause.leads_to:
            found[kind_name].add(name)
        for other in library.causes:
            if other.replace("-", "_") in forms[name]:
                found[name].add(other)
                found[other].add(name)
    return {name: frozenset(related) for name, related in found.items()}
