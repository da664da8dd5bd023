"""The statements of the knowledge by their words: how much of what a question says stands in each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct

from calcinosis.answers.names import names_disease, sites_by_word, subjects, words_only
from calcinosis.answers.prepared import prepared
from calcinosis.answers.statements import Told, statements_of
from calcinosis.answers.stems import stem
from calcinosis.compiled import Knowledge
from calcinosis.library.entries import Investigation
from calcinosis.library.library import Library

_NAME, _SATURATION, _LENGTH, _ONCE = 2, 1.2, 0.6, 1.3
"""What a word in the name of an entry counts, and the constants of BM25."""
_SAME = 0.85
"""What a word of the same meaning counts."""
_NOWHERE: Mapping[int, float] = {}


class StatementIndex(Struct, frozen=True):
    """All statements, what each speaks of, and in which statements each word stands, with its weight there."""

    told: tuple[Told, ...]
    own: Mapping[str, tuple[int, ...]]
    """The statements of each entry; ``title`` and ``said`` name it in the name of their own entry, or in words."""
    title: Mapping[str, tuple[int, ...]]
    said: Mapping[str, tuple[int, ...]]
    topic: Mapping[str, tuple[int, ...]]
    """Those of topics that have it in their name: what is told of it and nothing else."""
    of_type: Mapping[str, tuple[int, ...]]
    """Those of each type; what holds for all of them tells of none."""
    other_names: frozenset[str]
    """The types that are not called by the name of the disease, as calciphylaxis."""
    of_aspect: Mapping[str, tuple[int, ...]]
    diseases: tuple[frozenset[str], ...]
    """The types and causes that each statement speaks of, by its entry or in words."""
    situations: tuple[frozenset[str], ...]
    """The situations of which each statement speaks, such as pregnancy."""
    rows: Mapping[str, Mapping[int, float]]
    rarity: Mapping[str, float]
    same: Mapping[str, tuple[str, ...]]

    def scores(self, words: Iterable[str]) -> dict[int, float]:
        """Return how much of some words stands in each statement: 1 for all of them, each counted by its rarity."""
        asked = dict.fromkeys(stem(word) for word in words)
        most = sum(self.rarity.get(one, self.rarity[""]) for one in asked)
        found: dict[int, float] = {}
        for one in asked:
            best: dict[int, float] = {}
            for other in (one, *self.same.get(one, ())):
                counts = self.rarity.get(one, self.rarity[""]) * (1.0 if other == one else _SAME)
                for row, weight in self.rows.get(other, _NOWHERE).items():
                    best[row] = max(best.get(row, 0.0), counts * weight)
            for row, score in best.items():
                found[row] = found.get(row, 0.0) + score
        return {row: score / most for row, score in found.items()} if most else {}


def statement_index(known: Knowledge) -> StatementIndex:
    """Return the index of the statements of a library."""
    return prepared("index", known, lambda: _index(known))


def _index(known: Knowledge) -> StatementIndex:
    told = tuple(statements_of(known.library))
    counted = [_counts(one, known.library) for one in told]
    mean = sum(sum(counts.values()) for counts in counted) / max(1, len(counted))
    rows: dict[str, list[tuple[int, float]]] = {}
    for row, counts in enumerate(counted):
        length = 1 - _LENGTH + _LENGTH * sum(counts.values()) / mean
        for word, often in counts.items():
            rows.setdefault(word, []).append((row, often * (_SATURATION + 1) / (often + _SATURATION * length) / _ONCE))
    rarity = {word: math.log(1 + len(told) / (len(found) + 0.5)) for word, found in rows.items()}
    about = subjects(known, told)
    types = sum(not kind.part_of for kind in known.library.types.values())
    rarity[""] = math.log(1 + len(told))
    return StatementIndex(
        told=told,
        own=_rows((one.entry,) for one in told),
        title=_rows(one.named for one in about),
        said=_rows(one.said for one in about),
        topic=_rows(
            about_one.named if one.entry in known.library.topics else ()
            for one, about_one in zip(told, about, strict=True)
        ),
        of_type=_rows(one.types if len(one.types) < types else () for one in told),
        other_names=frozenset(kind for kind in known.library.types if not names_disease(kind, known)),
        of_aspect=_rows((one.aspect,) for one in told),
        diseases=tuple(
            _diseases(one, about_one.said | about_one.named | {one.entry}, known.library)
            for one, about_one in zip(told, about, strict=True)
        ),
        situations=tuple(
            known.terms.questions.situations_of(words_only(f"{one.says} {one.plain} {one.entry.replace('-', ' ')}"))
            for one in told
        ),
        rows={word: {row: min(weight, 1.0) for row, weight in found} for word, found in rows.items()},
        rarity=rarity,
        same=_same((*known.terms.questions.same, *sites_by_word(known.library))),
    )


def _diseases(one: Told, spoken: frozenset[str], library: Library) -> frozenset[str]:
    """Return the diseases that a statement speaks of; what names none of a treatment speaks of the types it is for."""
    found = spoken & (library.types.keys() | library.causes.keys())
    treatment = library.treatments.get(one.entry)
    if found or one.types or treatment is None:
        return found
    types = {kind.type for kind in treatment.for_}
    return frozenset(types - {"all"}) if "all" not in types else frozenset()


def _rows(keys: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for row, some in enumerate(keys):
        for key in some:
            found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _counts(one: Told, library: Library) -> dict[str, int]:
    counts: dict[str, int] = {}
    entry = library.entry(one.entry)
    kind = f"{entry.group} test" if isinstance(entry, Investigation) else ""
    name = f"{one.entry.replace('-', ' ')} {getattr(entry, 'name', '')} {kind}"
    for text, weight in ((name, _NAME), (f"{one.says} {one.plain}", 1)):
        for word in words_only(text):
            counts[stem(word)] = counts.get(stem(word), 0) + weight
    return counts


def _same(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        stems = tuple(dict.fromkeys(stem(word) for word in group))
        for one in stems:
            found[one] = (*found.get(one, ()), *(other for other in stems if other != one))
    return found
