"""What is wrong with an input or a knowledge file, said so that its reader can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from calcinosis.words.en import documents as words


class Problem(NamedTuple):
    """One thing that is wrong: where it stands, what was found, what was expected, what to do."""

    file: str
    line: int
    found: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        text = words.PROBLEM.format(place=place, found=self.found, expected=self.expected)
        return text + (words.REMEDY.format(remedy=self.remedy) if self.remedy else "")


class CalcinosisError(Exception):
    """An input or knowledge file cannot be used; ``problems`` names everything that is wrong at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[CalcinosisError], tuple[tuple[Problem, ...]]]:
        """Keep the problems where the error comes from another process."""
        return type(self), (self.problems,)


class InputError(CalcinosisError):
    """A record, form or export cannot be read."""


class KnowledgeError(CalcinosisError):
    """A knowledge file is wrong."""


class ExtraMissingError(ImportError):
    """The libraries of an extra are not installed."""

    def __init__(self, extra: str = "evidence", libraries: str = words.EVIDENCE_LIBRARIES) -> None:
        super().__init__(words.EXTRA_MISSING.format(libraries=libraries, extra=extra))
