"""Scores over time: totals only, as they were entered, with what published definitions call their changes."""

from __future__ import annotations

from collections.abc import Sequence

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.changes import changes
from calcinosis.follow_up.measured import Point, Score
from calcinosis.follow_up.results import Course
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.sayings import Said, settle


def all_scores(span: Span, courses: Sequence[Course]) -> tuple[Score, ...]:
    """Return the scores of a record, by what they tell of."""
    measures = [one for one in span.library.outcome_measures.values() if one.of == "person" and one.fact in span.said]
    return tuple(_score(span, one, courses) for one in sorted(measures, key=lambda one: (one.tells_of, one.id)))


def _score(span: Span, measure: OutcomeMeasure, courses: Sequence[Course]) -> Score:
    fact = span.library.facts[measure.fact]
    points = tuple(points_of(span, list(span.said[measure.fact])))
    return Score(
        measure=measure.id,
        test=fact.id,
        name=fact.name,
        tells_of=measure.tells_of,
        better=measure.better,
        best=measure.best,
        worst=measure.worst,
        unit=fact.unit,
        points=points,
        changes=tuple(changes(span, measure, points, courses)),
        notes=tuple(note.says for note in measure.notes),
        cite=tuple(dict.fromkeys(source for note in measure.notes for source in source_ids(note.cite))),
    )


def points_of(span: Span, sayings: Sequence[Said]) -> list[Point]:
    """Return one point for each day; results of one day that differ are a range."""
    by_day: dict[str, list[Said]] = {}
    for said in sayings:
        assert said.day is not None
        by_day.setdefault(said.day.earliest, []).append(said)
    found = []
    for day, told in sorted(by_day.items()):
        values, _ = settle(told, day, span.library.facts)
        for value in values.values():
            is_one = value.low is not None and value.low == value.high and not value.is_disputed
            methods = sorted({method for one in told if (method := span.terms.courses.method_named(one.method))})
            found.append(
                Point(
                    date=day,
                    value=value.low if is_one else None,
                    low=None if is_one else value.low,
                    high=None if is_one else value.high,
                    says=value.said,
                    method=methods[0] if len(methods) == 1 else "",
                    from_=tuple(sorted({origin for one in told for origin in one.value.origins})),
                )
            )
    return found
