"""Stretches of days on which a medicine was taken, put together as courses: gaps, pauses, stops, single doses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from msgspec import Struct, field

from calcinosis.follow_up.results import Pause
from calcinosis.follow_up.span import Span, is_within
from calcinosis.person.dates import days_between
from calcinosis.person.history import Prescription

StopIs = Literal["written", "last-recorded", "first-denied", "not-known", ""]
LONGEST_GAP = 30
"""Days without a medicine that are still one course where it was not stopped for a reason: the project's own choice."""


class Part(Struct):
    """A stretch of days on which a medicine was taken, as one source has it; an open one has no last day.

    ``over`` is what said later that it had been stopped.
    """

    one: Prescription
    start: str
    stop: str
    stop_is: StopIs
    over: Prescription | None = None

    @property
    def why(self) -> Prescription:
        """What tells how it ended."""
        return self.over or self.one


class Run(Struct):
    """The parts of one course, in order, and the pauses between them."""

    parts: list[Part] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)

    @property
    def stop(self) -> str:
        """The last day, as written if it is; empty where one part goes on."""
        if any(not part.stop for part in self.parts):
            return ""
        written = max((part.stop for part in self.parts if part.stop_is == "written"), default="")
        begun = max(part.start for part in self.parts)
        return written if written and written >= begun else max(part.stop for part in self.parts)


def first_day(one: Prescription) -> str:
    """Return the first day of taking it; after all days where none is written."""
    return one.start.earliest if one.start is not None else "9999"


def last_day(one: Prescription) -> str:
    """Return the last day of taking it; after all days where none is written."""
    return one.stop.latest if one.stop is not None else "9999"


def runs_of(span: Span, told: Sequence[Prescription], denials: Sequence[Prescription]) -> list[Run]:
    """Return the courses of one medicine that orders and statements tell of, in order."""
    runs: list[Run] = []
    for part in _parts(span, told, denials):
        if not runs or not _goes_on(runs[-1], part):
            runs.append(Run([part]))
            continue
        _note_pause(runs[-1], part)
        runs[-1].parts.append(part)
    for run in runs:
        for before, after in pairwise(run.parts):  # a new order of the same medicine takes the place of the old
            if not before.stop and after.start > before.start:
                before.stop, before.stop_is = after.start, "last-recorded"
    return runs


def _parts(span: Span, told: Sequence[Prescription], denials: Sequence[Prescription]) -> list[Part]:
    """Return the stretches of a medicine in order; that it was stopped ends what was said to be taken before.

    Each visit tells the same course again: "yes, since May", "yes, since May", "no, stopped in August".
    """
    stops = [one for one in told if one.start is None and one.stop is not None and is_within(one.stop, span.as_of)]
    parts = [_part(span, one, denials) for one in told if one not in stops]
    for one in sorted(stops, key=last_day):
        mine = [part for part in parts if _is_ended_by(part, one)]
        for part in mine:
            part.stop, part.stop_is, part.over = last_day(one), "written", one
        if not mine:
            parts.append(_part(span, one, denials))
    return sorted(parts, key=lambda part: part.start or "9999")


def _is_ended_by(part: Part, stop: Prescription) -> bool:
    """Whether a stretch that was told earlier is over by what was told later of the same medicine."""
    is_told_again = part.one.kind == "statement" and part.one.origin.kind != "resource"
    is_open = not part.stop or part.stop_is in {"first-denied", "last-recorded"}
    return is_told_again and is_open and part.start <= last_day(stop) and seen_day(part.one) <= seen_day(stop)


def seen_day(one: Prescription) -> str:
    """Return the day on which it was told; empty where that is not known."""
    return one.seen.earliest if one.seen is not None else ""


def _part(span: Span, one: Prescription, denials: Sequence[Prescription]) -> Part:
    start = one.start.earliest if one.start else ""
    if one.stop is not None and is_within(one.stop, span.as_of):
        return Part(one, start, one.stop.latest, "written")
    if one.kind == "statement" and one.origin.kind != "resource" and (denied := _denied_after(start, denials)):
        return Part(one, start, denied, "first-denied")
    if one.state == "ended" and one.stop is None:
        return Part(one, start, start, "not-known")
    return Part(one, start, "", "")


def _denied_after(start: str, denials: Sequence[Prescription]) -> str:
    """Return the first day on which a form or note says that a medicine is not taken, after it said that it is."""
    days = [one.start.earliest for one in denials if one.start is not None and one.origin.kind != "resource"]
    return min((day for day in days if day >= start), default="")


def _goes_on(run: Run, part: Part) -> bool:
    """Whether a part belongs to a course: no gap, a stated pause, or a short gap after no harm."""
    before, stop = run.parts[-1].why, run.stop
    if not stop or not part.start or part.start <= stop or before.is_pause or before.state == "paused":
        return True
    return days_between(stop, part.start) <= LONGEST_GAP and not before.stopped_because


def _note_pause(run: Run, part: Part) -> None:
    before, stop = run.parts[-1].why, run.stop
    if stop and part.start > stop and (before.is_pause or before.state == "paused"):
        run.pauses.append(Pause(start=stop, stop=part.start, because=before.stopped_because))


def runs_of_doses(doses: Sequence[Prescription]) -> list[Run]:
    """Return single doses as courses: those that follow one another at their usual distance are one."""
    days = sorted({one.start.earliest: one for one in doses if one.start is not None}.items())
    gaps = [days_between(one[0], other[0]) for one, other in pairwise(days)]
    longest = max(LONGEST_GAP, 2 * median(gaps)) if gaps else LONGEST_GAP
    runs: list[Run] = []
    for day, one in days:
        part = Part(one, day, day, "last-recorded")
        if runs and days_between(runs[-1].parts[-1].start, day) <= longest:
            runs[-1].parts.append(part)
        else:
            runs.append(Run([part]))
    return runs
