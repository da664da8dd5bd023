"""Resources of one type to what they say: split by the engine, each distinct meaning read once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from calcinosis.population.backends import Backend
from calcinosis.population.known import Known
from calcinosis.population.meanings import Sight, read_meaning
from calcinosis.population.queries import Queries
from calcinosis.terminology.terms import Terms

_MOST_KNOWN = 500_000
"""Meanings of a type that are remembered; what goes beyond is read anew."""


@dataclass(slots=True)
class Told:
    """How much resources of one type told, and what was not used."""

    lines: int = 0
    used: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ResourceReader:
    """Reads resources with one engine and one knowledge, and writes what they say of ``facts``.

    Meanings are remembered from one part of a type to the next, so that the engine hands over the texts of new ones
    alone. They are told apart by 64 bits: among a million meanings two have the same once in some 40 million screens,
    which is noticed when both are new, and not when one of them was known.
    """

    backend: Backend
    queries: Queries
    terms: Terms
    facts: frozenset[str]
    known: dict[str, Known] = field(default_factory=dict)

    def learn(self, kind: str) -> None:
        """Read the meanings of some resources of a type, which stand in ``raw``, before those of all."""
        known = self.known.get(kind)
        if known is None or len(known.sights) > _MOST_KNOWN:
            self.known[kind] = Known()
            self._make_rows(kind)
            self._read_texts(kind, self.known[kind])

    def read(self, kind: str, folder: Path) -> Told:
        """Write what the resources of one type in ``raw`` say, the days they tell of and when they were updated."""
        known = self.known.setdefault(kind, Known())
        self._make_rows(kind)
        self._read_texts(kind, known)
        told = Told(lines=self._count("count rows"))
        self._tell(kind, known, told, folder, 0)
        if known.needs_numbers:
            self.backend.put("known", known.needing_table())
            self.backend.make("numbered", self.queries["numbered"])
            self.backend.rename("numbered", "rows")
            each = Known()
            self._read_texts(kind, each)
            self._tell(kind, each, told, folder, 1)
        self.backend.drop("rows", "known", "sights", "sayings", "days")
        return told

    def _make_rows(self, kind: str) -> None:
        self.backend.put("known", self.known[kind].needing_table())
        self.backend.make("rows", self.queries[f"rows {kind}"])

    def _read_texts(self, kind: str, known: Known) -> None:
        """Read the meanings that are not known yet."""
        found = self.backend.fetch(self.queries["texts"])
        meanings = found["meaning"].to_pylist()
        if len(set(meanings)) < len(meanings):
            raise RuntimeError("two meanings have one hash: nothing was written")
        for meaning, text in zip(meanings, found["texts"].to_pylist(), strict=True):
            if meaning not in known.sights:
                known.add(*read_meaning(kind, meaning, orjson.loads(text), self.terms, self.facts))

    def _tell(self, kind: str, known: Known, told: Told, folder: Path, number: int) -> None:
        """Write what rows of known meanings tell."""
        self.backend.put("sights", known.sights_table())
        self.backend.put("sayings", known.sayings_table())
        self.backend.put("days", known.days_table())
        for name, query in (("said", f"said {kind}"), ("days", "days"), ("stamps", "stamps")):
            self.backend.write(self.queries[query], folder / f"{name}-{number}.parquet")
        counts = self.backend.fetch(self.queries["counts"])
        for meaning, count in zip(counts["meaning"].to_pylist(), counts["count"].to_pylist(), strict=True):
            _count(told, known.sights[meaning], count)

    def _count(self, query: str) -> int:
        return int(self.backend.fetch(self.queries[query])["count"][0].as_py())


def _count(told: Told, sight: Sight, count: int) -> None:
    if not sight.unread and not sight.needs_number:
        told.used += count
    if sight.unknown:
        told.unknown[sight.unknown] += count
    if sight.problem:
        told.problems[sight.problem] += count
