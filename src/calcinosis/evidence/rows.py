"""Which study rows count, and why the others do not."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct

from calcinosis.library.entries import StudyRow, Treatment
from calcinosis.library.library import Library
from calcinosis.words.en import evidence as words

ORIGINAL = frozenset({"RCT", "cohort", "case-series", "case-report"})
"""Kinds of source that report patients of their own."""

SMALLEST = 2
"""Single cases are told, not counted: what is published of one patient is what went well."""


class Row(Struct, frozen=True):
    """A study row with the reason why it is not counted; an empty reason means that it is."""

    study: StudyRow
    name: str
    not_counted: str

    @property
    def counts(self) -> bool:
        """Whether the row goes into totals."""
        return not self.not_counted


@lru_cache(maxsize=1024)
def rows_of(treatment: Treatment, library: Library) -> tuple[Row, ...]:
    """Return all study rows of a treatment, those that count first, the largest first."""
    rows = [Row(study, _name(study, library), _why_not(study, library)) for study in treatment.evidence]
    return tuple(sorted(rows, key=lambda row: (not row.counts, -(row.study.patients or 0), row.name)))


def studies_of(treatment: Treatment, library: Library, types: Collection[str]) -> tuple[StudyRow, ...]:
    """Return the studies that count and that are about one of these types."""
    studies = (row.study for row in rows_of(treatment, library) if row.counts)
    return tuple(study for study in studies if not {*study.types}.isdisjoint(types))


def totals(treatment: Treatment, library: Library, types: Collection[str]) -> tuple[int, int]:
    """Return how many were treated in the studies of these types that count, and how many of them improved."""
    studies = studies_of(treatment, library, types)
    return sum(study.patients or 0 for study in studies), sum(study.improved or 0 for study in studies)


def _name(study: StudyRow, library: Library) -> str:
    source = library.sources[study.source]
    if not source.authors or "not shown" in source.authors:
        return source.id
    author = source.authors.split(",")[0].split(" et al")[0].rsplit(" ", 1)[0]
    return f"{author} {source.year}" if source.year else author


def _why_not(study: StudyRow, library: Library) -> str:
    for cite in study.cite:
        source = library.sources[cite.source]
        if source.machine_written:
            return words.MACHINE_WRITTEN
        if not source.supports:
            return words.CONSUMER_PAGE
        if source.kind not in ORIGINAL:
            return words.NO_PATIENTS.format(kind=source.kind.replace("-", " "))
    if study.patients is None:
        return words.NUMBER_TREATED
    if study.improved is None:
        return words.NUMBER_IMPROVED
    if study.patients < SMALLEST:
        return words.SINGLE_CASE
    return ""
