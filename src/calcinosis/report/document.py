"""What a report is made of: plain data that every renderer lays out in its own way."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.conclusions.assessment import Verdict
from calcinosis.library.entries import Urgency

Mark = Literal[
    "", "true", "false", "unknown", "assumed", "against", "established", "provisional", "undetermined",
    "not-supported", "excluded", "conflicting", "consider", "check-first", "avoid", "not-for-this-type", "danger",
    "unlikely", "past", "family", "planned", "asked", "not-stated", "soon", "known",
]  # fmt: skip

FULL_BAR = 100
"""So many patients fill the width of an evidence bar."""

SectionId = Literal[
    "why", "types", "causes", "change", "tests", "treatments", "stop", "follow-up", "cases", "record", "sources"
]  # fmt: skip


class Line(Struct, frozen=True, kw_only=True):
    """One sentence with its mark, its sources and where in the record it was read.

    ``brief`` says whether it stands in the one-minute view; ``parts`` and ``names`` are what it opens to; ``aside``
    is a short remark beside it, ``changes`` what a test could change, ``url`` the page of a publication. ``plain`` says
    the same to a patient, where there are such words. ``entry`` is the id of the entry of the knowledge that it comes
    from, or several; that of a line also stands for its parts.
    """

    says: str
    mark: Mark = ""
    word: str = ""
    label: str = ""
    plain: str = ""
    cites: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    aside: str = ""
    names: tuple[str, ...] = ()
    parts: tuple[Line, ...] = ()
    brief: bool = True
    entry: str = ""
    changes: tuple[str, ...] = ()
    url: str = ""

    @property
    def patient(self) -> str:
        """The words for a patient, or the same ones where there are none."""
        return self.plain or self.says


class Evidence(Struct, frozen=True, kw_only=True):
    """The studies behind a treatment in words, with the numbers for a bar."""

    words: str
    patients: int
    improved: int
    has_bar: bool
    cites: tuple[str, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether the bar, a person for each percent, is cut off at its full width."""
        return self.patients > FULL_BAR

    @property
    def bar_all(self) -> int:
        """The length of the bar in percent."""
        return min(self.patients, FULL_BAR)

    @property
    def bar_improved(self) -> int:
        """The length of its dark part in percent; of a cut bar it is the share."""
        return round(self.improved * FULL_BAR / self.patients) if self.is_cut else self.improved


class TreatmentRow(Struct, frozen=True, kw_only=True):
    """One treatment: its verdict, the reason, what is behind it, what to check and what to watch.

    ``known`` are those of what to check that hold for this person; the others are to be asked.
    """

    id: str
    name: str
    verdict: Verdict
    word: str
    reason: Line
    parts: tuple[Line, ...] = ()
    evidence: Evidence | None = None
    check: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    monitor: tuple[str, ...] = ()
    dose: str = ""
    taken: bool = False
    brief: bool = True

    @property
    def cites(self) -> tuple[str, ...]:
        """The sources of the reason and of the evidence, each once."""
        behind = self.evidence.cites if self.evidence else ()
        return tuple(dict.fromkeys((*self.reason.cites, *behind)))


class SourceLine(Struct, frozen=True, kw_only=True):
    """A source as it is listed at the end; ``quoted`` ones are shown, but no verdict rests on them.

    ``number`` counts them in the order in which they are cited, ``short`` names first author, year and title.
    """

    id: str
    citation: str
    url: str
    kind: str
    quoted: bool
    brief: bool
    number: int = 0
    short: str = ""


class Danger(Struct, frozen=True, kw_only=True):
    """A danger that is present: how urgent, what it is, what to do in which order, and why."""

    name: str
    urgency: Urgency
    word: str
    line: Line
    steps: tuple[Line, ...]
    because: tuple[Line, ...]


class Head(Struct, frozen=True, kw_only=True):
    """The answer in one minute: what, of whom, how sure, what next, which danger."""

    title: str
    who: str
    how_sure: Line
    next: Line
    dangers: tuple[Danger, ...]
    no_danger: Line

    @property
    def emergencies(self) -> tuple[Danger, ...]:
        """The dangers that need someone today."""
        return tuple(danger for danger in self.dangers if danger.urgency == "emergency")


class Section(Struct, frozen=True, kw_only=True):
    """One part of the report; ``note`` stands above its lines, or alone where there is nothing to list."""

    id: SectionId
    title: str
    lines: tuple[Line, ...] = ()
    rows: tuple[TreatmentRow, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    note: str = ""
    plain_note: str = ""

    @property
    def has_something(self) -> bool:
        """Whether it says anything."""
        return bool(self.lines or self.rows or self.sources or self.note)

    @property
    def brief(self) -> tuple[Line, ...]:
        """The lines of the one-minute view."""
        return tuple(line for line in self.lines if line.brief)

    @property
    def rest(self) -> tuple[Line, ...]:
        """The lines that open on demand."""
        return tuple(line for line in self.lines if not line.brief)


class EnteredRow(Struct, frozen=True, kw_only=True):
    """One thing that was read, or was not: how it is said, its value, its date and where it stands."""

    mark: Mark
    name: str
    word: str = ""
    value: str = ""
    date: str = ""
    place: str = ""
    is_worked_out: bool = False


class EnteredGroup(Struct, frozen=True, kw_only=True):
    """What was read of one kind."""

    title: str
    rows: tuple[EnteredRow, ...]


class LookedAt(Struct, frozen=True):
    """The signs of danger that were asked for and are absent, and those that nobody asked for."""

    absent: str
    not_asked: str


class Report(Struct, frozen=True, kw_only=True):
    """Everything that a reader sees of one assessment."""

    head: Head
    entered: tuple[EnteredGroup, ...]
    looked_at: LookedAt | None
    sections: tuple[Section, ...]
    intended_use: str
    knowledge: str

    def section(self, name: SectionId) -> Section:
        """Return the section with this id."""
        return next(section for section in self.sections if section.id == name)
