"""A record to its follow-up: the table of contents of the course of one person."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.conclusions.assess import assess_record
from calcinosis.follow_up.courses import all_courses
from calcinosis.follow_up.due import all_due
from calcinosis.follow_up.lesions import all_lesions
from calcinosis.follow_up.responses import all_responses
from calcinosis.follow_up.results import FollowUp, VisitResult
from calcinosis.follow_up.scores import all_scores
from calcinosis.follow_up.series import all_series
from calcinosis.follow_up.since import since_last_visit
from calcinosis.follow_up.span import Span, span_of
from calcinosis.follow_up.stop_signals import all_stop_signals
from calcinosis.library.library import Library
from calcinosis.person.record import Record
from calcinosis.terminology.terms import Terms


def follow_record(record: Record, library: Library, terms: Terms, as_of: str | None = None) -> FollowUp:
    """Return the course of one person up to a day, by default the last of the record.

    It rests on the assessment of that day, which it holds: what is taken and what is dangerous is the same in both.
    """
    assessment = assess_record(record, library, as_of)
    span = span_of(record, library, terms, assessment)
    courses = all_courses(span)
    lesions = all_lesions(span, courses)
    scores = all_scores(span, courses)
    series = all_series(span)
    return FollowUp(
        record=assessment.record,
        visits=tuple(_visits(span)),
        series=series,
        courses=courses,
        lesions=lesions,
        scores=scores,
        responses=all_responses(span, courses, lesions, scores),
        due=all_due(span, courses, lesions),
        stop_signals=all_stop_signals(span, courses, series),
        since_last_visit=since_last_visit(span, series, courses, lesions, scores),
        assessment=assessment,
    )


def _visits(span: Span) -> Iterator[VisitResult]:
    visits = sorted({(one.day.earliest, one.kind, one.says) for one in span.history.visits})
    return (VisitResult(date=day, kind=kind, says=says) for day, kind, says in visits if day <= span.as_of)
