"""Results that changed during a course so that a source asks for it to be held or looked at anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.measured import Point, Series
from calcinosis.follow_up.results import Course, StopSignal
from calcinosis.follow_up.span import Span
from calcinosis.library.entries import HoldRule
from calcinosis.person.dates import days_before
from calcinosis.words.en import follow as words
from calcinosis.words.en.quantities import amount

BEFORE_THE_COURSE = 365
"""Days before a course of which a result still tells how it was without it: the project's own choice."""


def hold_signals(span: Span, courses: Sequence[Course], series: Sequence[Series]) -> Iterator[StopSignal]:
    """Yield for each course that may go on the changes of results that its treatment is held for."""
    by_fact = {one.test: one for one in series}
    for course in courses:
        if course.ongoing is False or not course.treatment or not course.start:
            continue
        met: dict[str, StopSignal] = {}
        for rule in span.library.treatments[course.treatment].held_for:
            if rule.fact in by_fact and (not rule.medicines or course.medicine in rule.medicines):
                signal = _signal(span, course, rule, by_fact[rule.fact])
                if signal is not None:
                    met.setdefault(rule.fact, signal)
        yield from met.values()


def _signal(span: Span, course: Course, rule: HoldRule, series: Series) -> StopSignal | None:
    ends = _ends(course, rule, series)
    if ends is None:
        return None
    (first, was), (last, now) = ends
    if not rule.is_met(was, now):
        return None
    treatment = span.library.treatments[course.treatment]
    before = amount(was / series.recorded_scale, series.recorded_unit or series.unit)
    after = amount(now / series.recorded_scale, series.recorded_unit or series.unit)
    advised = [source for one in treatment.if_taken for source in source_ids(one.cite)]
    told = words.changed_during(series.name, before, first.date, after, last.date)
    return StopSignal(
        id=f"change-of-{rule.fact}",
        medicine=course.medicine,
        name=course.name,
        urgency="soon",
        says=rule.says,
        date=last.date,
        is_old=False,
        because=(told,),
        steps=tuple(one.says for one in treatment.if_taken),
        cite=tuple(dict.fromkeys((*source_ids(rule.cite), *advised))),
    )


def _ends(course: Course, rule: HoldRule, series: Series) -> tuple[tuple[Point, float], tuple[Point, float]] | None:
    """Return the result before a course, or the first during it, and the last one; None where one is not known.

    A rule that asks for no change but only for a limit needs the last one alone.
    """
    known = [(point, point.value) for point in series.points if point.value is not None]
    during = [one for one in known if one[0].date > course.start]
    since = days_before(course.start, BEFORE_THE_COURSE)
    before = [one for one in known if since <= one[0].date <= course.start][-1:] or during[:1]
    if not during or not before:
        return None
    is_one = before[0][0] == during[-1][0]
    return None if is_one and (rule.percent is not None or rule.by_value is not None) else (before[0], during[-1])
