"""Problems of lines: those of one kind are named up to a hundred, and counted from there on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from calcinosis.errors import Problem
from calcinosis.population.export.lines import LARGEST_LINE, Block
from calcinosis.words.en import population as words

NAMED = 100
"""Problems of one kind that are named."""


class Problems(Struct):
    """Problems by their kind, and how many there are of each."""

    named: dict[str, list[Problem]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, problem: Problem) -> None:
        """Add a problem of a kind."""
        self.counts[kind] += 1
        listed = self.named.setdefault(kind, [])
        if len(listed) < NAMED:
            listed.append(problem)

    def merge(self, other: Problems) -> None:
        """Add the problems of other lines."""
        self.counts.update(other.counts)
        for kind, problems in other.named.items():
            listed = self.named.setdefault(kind, [])
            listed += problems[: NAMED - len(listed)]

    def listed(self) -> Iterator[Problem]:
        """Yield what is named in the order of files and lines, then of each kind how many there are beyond."""
        yield from sorted((one for problems in self.named.values() for one in problems), key=_place)
        for kind, count in self.counts.items():
            more = count - len(self.named[kind])
            if more > 0:
                last = self.named[kind][-1]
                found = words.COUNTED.format(count=more, found=last.found)
                yield Problem(last.file, 0, found, last.expected, last.remedy)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total()

    def note(self) -> dict[str, Any]:
        """Return what can be written as JSON."""
        return {
            "named": {kind: [one._asdict() for one in problems] for kind, problems in self.named.items()},
            "counts": dict(self.counts),
        }


def problems_of(note: Mapping[str, Any]) -> Problems:
    """Return the problems of a note."""
    named = {kind: [Problem(**one) for one in problems] for kind, problems in note["named"].items()}
    return Problems(named, Counter(note["counts"]))


def _place(problem: Problem) -> tuple[str, int]:
    return problem.file, problem.line


def long_line(block: Block) -> Problem:
    """Return the problem of a line that is left out for its length."""
    size = LARGEST_LINE // 1024**2
    return Problem(block.file, block.first, words.long_line(size), words.shorter_line(size))
