"""The claims of popular pages as they are chosen by verdict and page."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.entry_parts import ClaimRow
from calcinosis.interfaces.web.statements import VERDICT_MARKS, claim_row

WORST_FIRST = tuple(VERDICT_MARKS)[::-1]


class Subject(Struct, frozen=True):
    """The claims of one subject."""

    name: str
    rows: tuple[ClaimRow, ...]


class OfVerdict(Struct, frozen=True):
    """The claims with one verdict."""

    verdict: str
    rows: tuple[ClaimRow, ...]


class Chosen(Struct, frozen=True):
    """The claims that were chosen, those on which the pages disagree by subject, then the others by verdict."""

    verdict: str
    source: str
    verdicts: dict[str, int]
    pages: tuple[Place, ...]
    disagreeing: tuple[Subject, ...]
    others: tuple[OfVerdict, ...]
    shown: int
    count: int


@lru_cache(maxsize=1)
def all_rows() -> tuple[ClaimRow, ...]:
    """Return every claim as a row, the worst verdict first."""
    rows = map(claim_row, catalogue().library.claims.values())
    return tuple(sorted(rows, key=lambda row: (WORST_FIRST.index(row.verdict), row.place.id)))


@lru_cache(maxsize=64)
def chosen_claims(verdict: str, source: str) -> Chosen:
    """Return the claims with a verdict and of a page; a name that is not known chooses all."""
    rows, places = all_rows(), catalogue()
    pages = tuple(dict.fromkeys(places.source(row.source) for row in sorted(rows, key=lambda row: row.source)))
    verdict = verdict if verdict in WORST_FIRST else ""
    source = source if source in {page.id for page in pages} else ""
    wanted = [row for row in rows if verdict in {"", row.verdict} and source in {"", row.source}]
    contested = {row.subject.casefold() for row in rows if row.disagrees}
    subjects = _subjects(wanted)
    return Chosen(
        verdict=verdict,
        source=source,
        verdicts={name: sum(row.verdict == name for row in rows) for name in WORST_FIRST},
        pages=pages,
        disagreeing=tuple(one for one in subjects if one.name.casefold() in contested),
        others=_by_verdict([row for one in subjects if one.name.casefold() not in contested for row in one.rows]),
        shown=len(wanted),
        count=len(rows),
    )


def _subjects(rows: list[ClaimRow]) -> list[Subject]:
    """Return the claims by subject; the pages write one subject with a capital and without."""
    found: dict[str, list[ClaimRow]] = {}
    for row in rows:
        found.setdefault(row.subject.casefold(), []).append(row)
    return [Subject(found[name][0].subject, tuple(found[name])) for name in sorted(found)]


def _by_verdict(rows: list[ClaimRow]) -> tuple[OfVerdict, ...]:
    found = (OfVerdict(name, tuple(row for row in rows if row.verdict == name)) for name in WORST_FIRST)
    return tuple(one for one in found if one.rows)
