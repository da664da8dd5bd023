"""How a measure changed between two days, and what a published definition calls it where all its conditions hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.measured import Change, Direction, Point
from calcinosis.follow_up.results import Course
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import ChangeRule, OutcomeMeasure
from calcinosis.person.dates import days_between
from calcinosis.truth import TRUE
from calcinosis.words.en import follow as words


def changes(
    span: Span, measure: OutcomeMeasure, points: Sequence[Point], courses: Sequence[Course], new: Sequence[str] = ()
) -> Iterator[Change]:
    """Yield the change from each point to the next, and from the first to the last; ``new`` are days of new lesions.

    Of a lesion that was found no more also that to its last size.
    """
    known = [point for point in points if number_at(point, measure) is not None]
    if measure.is_change:
        for point in known:
            yield from _labelled_points(span, measure, point)
        return
    pairs = list(pairwise(known))
    if len(known) > 3 and measure.of != "person" and number_at(known[-1], measure) == measure.none_at:
        pairs.append((known[0], known[-2]))  # how it went while it could be measured
    if len(known) > 2:
        pairs.append((known[0], known[-1]))
    for before, after in pairs:
        if before.date < after.date:
            yield change(span, measure, before, after, courses, new)


def number_at(point: Point, measure: OutcomeMeasure) -> float | None:
    """Return the number of a point; that nothing was found is the number which says so."""
    return measure.none_at if point.is_none and point.value is None else point.value


def change(
    span: Span, measure: OutcomeMeasure, before: Point, after: Point, courses: Sequence[Course], new: Sequence[str] = ()
) -> Change:
    """Return the change between two points of one measure by one method."""
    first, last = number_at(before, measure), number_at(after, measure)
    assert first is not None
    assert last is not None
    days, difference = days_between(before.date, after.date), last - first
    percent = None if first == 0 else round(100 * difference / first, 1)
    found: tuple[ChangeRule, str] | None = None
    refused = []
    appeared = any(before.date < day <= after.date for day in new)
    for one in measure.changes:
        why = _why_not(span, measure, one, before, after, days, courses)
        if why:
            refused.append(why)
        elif found is None:
            found = one, label_of(one, difference, percent, appeared)
    rule = found[0] if found is not None and found[1] else None
    label = found[1] if found is not None else ""
    return Change(
        start=before.date,
        stop=after.date,
        from_value=first,
        to_value=last,
        days=days,
        change=round(difference, 6),
        percent=percent,
        direction=direction(measure, difference),
        label=label,
        definition=rule.id if rule is not None else "",
        says=words.change(before.date, after.date, first, last, percent),
        not_applied=tuple(refused),
        cite=source_ids(rule.cite) if rule is not None else (),
    )


def direction(measure: OutcomeMeasure, difference: float) -> Direction:
    """Return whether a difference is for the better or the worse."""
    if difference == 0:
        return "same"
    return "better" if (difference < 0) == (measure.better == "lower") else "worse"


def label_of(rule: ChangeRule, difference: float, percent: float | None, appeared: bool) -> str:
    """Return what a definition calls a change; empty where it does not speak of it."""
    by = percent if rule.by == "percent" else difference
    if by is None:
        return ""
    if rule.none_new and appeared:
        return rule.labels[-1].label
    return next((one.label for one in rule.labels if one.fits(by)), "")


def _why_not(
    span: Span,
    measure: OutcomeMeasure,
    rule: ChangeRule,
    before: Point,
    after: Point,
    days: int,
    courses: Sequence[Course],
) -> str:
    """Return which condition of a definition does not hold; empty where all do.

    A score that is made by one method needs no word of it; the size of a lesion does.
    """
    if span.facts.truth(rule.applies_when) is not TRUE:
        return words.not_for_population(rule.says)
    if rule.treatments and not any(
        one.medicine in rule.treatments and one.start <= after.date and (not one.stop or one.stop >= before.date)
        for one in courses
    ):
        return words.not_for_treatment(rule.says, [span.library.facts[name].name for name in rule.treatments])
    methods = {before.method, after.method} - ({""} if measure.of == "person" else set())
    if rule.method and not methods <= {rule.method}:
        return words.not_by_method(rule.says, rule.method)
    if not rule.from_days <= days <= rule.to_days:
        return words.not_in_span(rule.says, days, rule.from_days, rule.to_days)
    return ""


def _labelled_points(span: Span, measure: OutcomeMeasure, point: Point) -> Iterator[Change]:
    """Yield what a score that is itself a change is called."""
    for rule in measure.changes:
        if point.value is not None and span.facts.truth(rule.applies_when) is TRUE:
            label = label_of(rule, point.value, None, appeared=False)
            yield Change(start=point.date, stop=point.date, from_value=0.0, to_value=point.value, days=0,
                         change=point.value, percent=None, direction="", label=label, definition=rule.id,
                         says=rule.says, cite=source_ids(rule.cite))  # fmt: skip
