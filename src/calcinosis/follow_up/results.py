"""A follow-up: plain data, everything that any reader sees. The names are those of the JSON."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment, RecordSummary
from calcinosis.conclusions.citations import SourceResult, sources_of
from calcinosis.follow_up.measured import Direction, Lesion, Point, Score, Series
from calcinosis.library.entries import Urgency
from calcinosis.rules.vocabulary import Origin

DueState = Literal["not-due", "due", "overdue", "no-interval-tested", "complete"]
CourseOf = Literal["smaller", "larger", "mixed", "unchanged", "not-measured"]


class Dose(Struct, frozen=True, kw_only=True):
    """A dose from one day on, as it is written."""

    start: str
    stop: str
    says: str


class Pause(Struct, frozen=True, kw_only=True):
    """A stop that was meant to end, and did."""

    start: str
    stop: str
    because: str


class StoppedBecause(Struct, frozen=True, kw_only=True):
    """Why a medicine was stopped, in the words of the record, with the facts that they name."""

    says: str
    facts: tuple[str, ...] = ()


class Course(Struct, frozen=True, kw_only=True):
    """One course of a medicine or procedure; dose changes and pauses are within it.

    ``ongoing`` is None where the record does not tell. ``start_is`` and ``stop_is`` say whether the day is written, or
    is only the first or last on which something is said of it. ``supplied_until`` is where the last supply ends.
    """

    treatment: str
    medicine: str
    name: str
    start: str
    stop: str
    start_is: Literal["written", "first-recorded", "not-known"]
    stop_is: Literal["written", "last-recorded", "first-denied", "not-known", ""]
    ongoing: bool | None
    doses: tuple[Dose, ...] = ()
    given: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    stopped_because: StoppedBecause | None = None
    conflicts: tuple[str, ...] = ()
    supplied_until: str = ""
    says: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    from_: tuple[Origin, ...] = ()


class During(Struct, frozen=True, kw_only=True):
    """What one measure was before, and at the end of, a course."""

    what: str
    measure: str
    before: Point
    after: Point
    direction: Direction


class Response(Struct, frozen=True, kw_only=True):
    """What happened during one course. It is no effect of the treatment: that cannot be told from one person."""

    treatment: str
    medicine: str
    name: str
    start: str
    stop: str
    ongoing: bool | None
    label: str
    course: CourseOf
    because: tuple[str, ...]
    during: tuple[During, ...] = ()
    new_lesions: tuple[str, ...] = ()
    also_changed: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


class Due(Struct, frozen=True, kw_only=True):
    """What is to be done by an interval, when it was last done, and how it stands."""

    id: str
    what: str
    last: str
    due: str
    state: DueState
    days: int | None
    when: str
    says: str = ""
    cite: tuple[str, ...] = ()


class StopSignal(Struct, frozen=True, kw_only=True):
    """What speaks against something that is taken, with the day of the finding, however old."""

    id: str
    medicine: str
    name: str
    urgency: Urgency
    says: str
    date: str
    is_old: bool
    because: tuple[str, ...]
    steps: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


class News(Struct, frozen=True, kw_only=True):
    """One thing that is new or changed since the visit before."""

    what: str
    says: str
    date: str = ""


class SinceLastVisit(Struct, frozen=True, kw_only=True):
    """What changed between the visit before and the last one, and after it; ``before`` and ``last`` are their days."""

    before: str = ""
    last: str = ""
    new: tuple[News, ...] = ()
    worse: tuple[News, ...] = ()
    better: tuple[News, ...] = ()
    gone: tuple[News, ...] = ()
    started: tuple[News, ...] = ()
    stopped: tuple[News, ...] = ()
    planned: tuple[News, ...] = ()


class VisitResult(Struct, frozen=True, kw_only=True):
    """A day on which the person was seen."""

    date: str
    kind: str
    says: str


class FollowUp(Struct, frozen=True, kw_only=True):
    """The course of one person up to a day, with the assessment of that day on which it rests."""

    record: RecordSummary
    visits: tuple[VisitResult, ...]
    series: tuple[Series, ...]
    courses: tuple[Course, ...]
    lesions: tuple[Lesion, ...]
    scores: tuple[Score, ...]
    responses: tuple[Response, ...]
    due: tuple[Due, ...]
    stop_signals: tuple[StopSignal, ...]
    since_last_visit: SinceLastVisit
    assessment: Assessment

    @property
    def sources(self) -> dict[str, SourceResult]:
        """The sources that are cited, by id; gathered anew each time."""
        return sources_of(self.assessment.account.library, self)
