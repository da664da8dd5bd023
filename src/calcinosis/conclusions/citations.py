"""The sources that an assessment cites, gathered from its results when a reader asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct

from calcinosis.data import written_types
from calcinosis.library.library import Library
from calcinosis.library.source import Source


class SourceResult(Struct, frozen=True, kw_only=True):
    """A source that a line of the assessment cites."""

    citation: str
    url: str
    kind: str
    read: str
    supports: bool


def sources_of(library: Library, assessment: Any) -> dict[str, SourceResult]:
    """Return the sources that the results of an assessment cite, by id."""
    return {name: _source(library.sources[name]) for name in sorted(_cites(assessment)) if name in library.sources}


def sources_named(library: Library, names: Iterable[str]) -> dict[str, SourceResult]:
    """Return some sources of the knowledge by id."""
    return {name: _source(library.sources[name]) for name in sorted(set(names))}


@lru_cache(maxsize=4096)
def _source(source: Source) -> SourceResult:
    return SourceResult(
        citation=source.citation, url=source.link, kind=source.kind, read=source.read, supports=source.supports
    )


def _cites(result: Any) -> set[str]:
    """Return every source id cited anywhere in a result."""
    found: set[str] = set()
    waiting = [result]
    while waiting:
        part = waiting.pop()
        kind = type(part)
        cites, inner = _FIELDS[kind] if kind in _FIELDS else _citing_fields(kind)
        if cites:
            found.update(part.cite)
        for name in inner:
            if value := getattr(part, name):
                waiting += value if type(value) is tuple else (value,)
    return found


_FIELDS: dict[type[Any], tuple[bool, tuple[str, ...]]] = {}


def _citing_fields(kind: type[Any]) -> tuple[bool, tuple[str, ...]]:
    """Return whether a result has citations of its own, and its fields with results that may."""
    _FIELDS[kind] = found = _find_citing_fields(kind) if issubclass(kind, Struct) else (False, ())
    return found


def _find_citing_fields(kind: type[Struct]) -> tuple[bool, tuple[str, ...]]:
    plain = {"from_", "check", "monitor", "assumes_absent", "settled_by", "would_settle", "would_check", "leads_to",
             "unknown", "looked_at", "active", "not_used", "not_read", "not_understood"}  # fmt: skip
    names = [
        name
        for name, written in written_types(kind).items()
        if name not in plain and ("tuple" in written or "Summary" in written)
    ]
    return "cite" in names, tuple(name for name in names if name != "cite")
