"""The plain data of a YAML text, with the line of each value."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from calcinosis.errors import Problem

Place = tuple[str | int, ...]
"""Where a value stands in a document: keys and indexes from the top."""


class Document(Struct):
    """The plain data of one YAML text and the line on which each value stands; without ``numbers`` all are texts."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    numbers: bool = True

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest value that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def report(self, place: Place, found: str, expected: str, remedy: str = "") -> None:
        """Record a problem at a place in the document."""
        self.report_line(self.line(place), found, expected, remedy)

    def report_line(self, line: int, found: str, expected: str, remedy: str = "") -> None:
        """Record a problem on a line of the document."""
        self.problems.append(Problem(self.file, line, found, expected, remedy))
