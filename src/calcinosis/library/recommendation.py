"""The rule by which the evidence behind a treatment becomes a recommendation, as ``recommendation.yaml`` writes it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.data import FromFile
from calcinosis.library.entries import Indication, Statement, Treatment
from calcinosis.rules.syntax import Citation

Level = Literal["I", "II", "III", "IV", "V"]
Grade = Literal["A", "B", "C", "D"]
Directness = Literal[1, 2, 3]
Kind = Literal["medicine", "procedure", "device", "self-care", "cause-directed", "supportive"]

LEVELS: tuple[Level, ...] = ("I", "II", "III", "IV", "V")


class GradeRow(FromFile, frozen=True, kw_only=True):
    """The levels and the directness that give one grade."""

    grade: Grade
    levels: tuple[Level, ...]
    directness: tuple[Directness, ...]
    cite: tuple[Citation, ...]


class Inconclusive(FromFile, frozen=True, kw_only=True):
    """From how many patients on, and below which share improved, studies speak for nothing."""

    patients: int
    improved_below: float
    cite: tuple[Citation, ...]


class Few(FromFile, frozen=True, kw_only=True):
    """Below how many patients the numbers are called few."""

    patients: int
    cite: tuple[Citation, ...]


class ConsiderRow(FromFile, frozen=True, kw_only=True):
    """The grades that allow to consider treatments of some kinds, at some directness."""

    grades: tuple[Grade, ...]
    directness: tuple[Directness, ...]
    kinds: tuple[Kind, ...]


_NOTHING_SAID = Statement(says="", cite=())


class RecommendationRule(FromFile, frozen=True, kw_only=True):
    """One rule for all treatments: level, directness, numbers and kind to *consider* or no statement.

    ``single_reports`` says what published single cases are worth.
    """

    id: str
    name: str
    summary: tuple[Statement, ...]
    grades: tuple[GradeRow, ...]
    inconclusive: Inconclusive
    few: Few
    consider: tuple[ConsiderRow, ...]
    single_reports: Statement = _NOTHING_SAID
    checked: str

    def recommendation(self, treatment: Treatment, indication: Indication, patients: int, improved: int) -> Recommended:
        """Return what follows for one type from the indication and the numbers of the studies that count."""
        inconclusive = patients >= self.inconclusive.patients and improved < self.inconclusive.improved_below * patients
        grade = "D" if inconclusive else self.grade(indication)
        considered = not inconclusive and any(
            grade in row.grades and indication.directness in row.directness and treatment.kind in row.kinds
            for row in self.consider
        )
        few = patients < self.few.patients
        return Recommended(grade=grade, consider=considered, few=few, inconclusive=inconclusive)

    def grade(self, indication: Indication) -> Grade:
        """Return the grade of level and directness; D where no row fits."""
        level = level_of(indication.level)
        fitting = (row.grade for row in self.grades if level in row.levels and indication.directness in row.directness)
        return next(fitting, "D")


NO_RULE = RecommendationRule(
    id="recommendation",
    name="",
    summary=(),
    grades=(),
    inconclusive=Inconclusive(patients=0, improved_below=0, cite=()),
    few=Few(patients=0, cite=()),
    consider=(),
    checked="",
)
"""Stands where the file could not be read: nothing may be considered."""


class Recommended(Struct, frozen=True, kw_only=True):
    """What follows from the evidence for one type: the grade, whether to consider, and how far the numbers go."""

    grade: Grade
    consider: bool
    few: bool
    inconclusive: bool


def level_of(written: str) -> Level | None:
    """Return the level without its letter (IIB is level II); None if it is no level."""
    numeral = written.strip().split(" ")[0].rstrip("ABCabc")
    return next((level for level in LEVELS if level == numeral), None)
