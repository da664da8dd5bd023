"""What is new since the visit before: new, worse, better and gone, begun and ended, and what is planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from calcinosis.follow_up.changes import direction, number_at
from calcinosis.follow_up.due import seen_days
from calcinosis.follow_up.measured import Lesion, Point, Score, Series
from calcinosis.follow_up.results import Course, News, SinceLastVisit
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.history import Plan
from calcinosis.truth import FALSE, TRUE, Truth
from calcinosis.words.en import follow as words
from calcinosis.words.en.quantities import amount, number_words, unit_words
from calcinosis.words.en.report import day_words

_FOUND = frozenset({"finding", "condition"})
_Groups = dict[str, list[News]]


def since_last_visit(
    span: Span,
    series: Sequence[Series],
    courses: Sequence[Course],
    lesions: Sequence[Lesion],
    scores: Sequence[Score],
) -> SinceLastVisit:
    """Return what changed since the visit before the last one; without two visits only what is planned."""
    before, last = _two_visits(span)
    groups: _Groups = {name: [] for name in ("new", "worse", "better", "gone", "started", "stopped")}
    if before:
        _add_lesions(span, groups, lesions, before)
        _add_scores(span, groups, scores, before)
        _add_series(groups, series, before)
        _add_findings(span, groups, before)
        _add_courses(groups, courses, before)
    planned = sorted(_planned(span), key=lambda one: (one.date or "9999", one.says))
    return SinceLastVisit(
        before=before,
        last=last,
        planned=tuple(dict.fromkeys(planned)),
        **{
            name: tuple(sorted(found, key=lambda one: (one.date, one.what, one.says))) for name, found in groups.items()
        },
    )


def _two_visits(span: Span) -> tuple[str, str]:
    """Return the last two visits of the kind that is most frequent: a night in hospital is not the visit before."""
    kinds = Counter(one.kind for one in span.history.visits)
    most = max(kinds.values(), default=0)
    usual = {kind for kind, count in kinds.items() if count == most}
    days = sorted(
        {one.day.earliest for one in span.history.visits if one.kind in usual and one.day.latest <= span.as_of}
    ) or seen_days(span)
    return (days[-2], days[-1]) if len(days) > 1 else ("", days[-1] if days else "")


def _shown(point: Point, unit: str, measure: OutcomeMeasure) -> str:
    return measure.none_is if point.is_none else amount(point.value or 0.0, unit)


def _add_lesions(span: Span, groups: _Groups, lesions: Sequence[Lesion], before: str) -> None:
    for lesion in lesions:
        measure = span.library.outcome_measures[lesion.measure]
        if lesion.first > before:
            size = _shown(next(one for one in lesion.points if one.date == lesion.first), lesion.unit, measure)
            says = words.NEW_LESION.format(name=lesion.name, size=size) + words.NEW_HOW[lesion.how]
            groups["new"].append(News(what=lesion.id, says=says, date=lesion.first))
        elif lesion.ended > before and lesion.ended_how in {"split", "merged"}:
            continue  # what it became is told as new
        elif lesion.ended > before:
            says = words.LESION_GONE.format(name=lesion.name, how=lesion.ended_how)
            groups["gone"].append(News(what=lesion.id, says=says, date=lesion.ended))
        elif lesion.changes:
            for method in lesion.methods:
                points = [one for one in lesion.points if one.method == method]
                _add_change(groups, lesion.id, lesion.name, points, before, measure, lesion.unit)


def _add_scores(span: Span, groups: _Groups, scores: Sequence[Score], before: str) -> None:
    for score in scores:
        measure = span.library.outcome_measures[score.measure]
        if not measure.is_change:
            _add_change(groups, score.test, score.name, score.points, before, measure, score.unit)


def _add_change(
    groups: _Groups,
    what: str,
    name: str,
    points: Sequence[Point],
    before: str,
    measure: OutcomeMeasure,
    unit: str,
) -> None:
    """Add how a measure changed from its last value at the visit before to its last value."""
    numbers = [(one, number) for one in points if (number := number_at(one, measure)) is not None]
    earlier = [one for one in numbers if one[0].date <= before]
    later = [one for one in numbers if one[0].date > before]
    if not earlier or not later:
        return
    (first, was), (last, now) = earlier[-1], later[-1]
    group = direction(measure, now - was)
    if group in {"better", "worse"}:
        says = words.LESION_CHANGED.format(
            name=name, before=_shown(first, unit, measure), after=_shown(last, unit, measure)
        )
        groups[group].append(News(what=what, says=says, date=last.date))


def _add_series(groups: _Groups, series: Sequence[Series], before: str) -> None:
    """Add the results that passed a limit since the visit before, or moved on beyond it."""
    for one in series:
        crossed = [crossing for crossing in one.crossings if crossing.date > before]
        if not crossed:
            continue
        numbers = [(point.date, point.value) for point in one.points if point.value is not None]
        earlier = [value for day, value in numbers if day <= before]
        last_day, last = numbers[-1]
        if not earlier:
            continue
        percent = "" if not earlier[-1] else words.signed(100 * (last - earlier[-1]) / earlier[-1])
        says = words.RESULT_CHANGED.format(
            name=one.name,
            before=number_words(earlier[-1] / one.recorded_scale),
            after=number_words(last / one.recorded_scale),
            unit=unit_words(one.recorded_unit or one.unit),
            percent=percent,
            now=words.STANDS[crossed[-1].now],
        )
        group = "better" if crossed[-1].now == "within" else "worse"
        groups[group].append(News(what=one.test, says=says, date=last_day))


def _add_findings(span: Span, groups: _Groups, before: str) -> None:
    scored = {name for one in span.library.outcome_measures.values() if one.fact in span.said for name in one.seen_as}
    for name, sayings in span.said.items():
        fact = span.library.facts[name]
        if fact.kind not in _FOUND or fact.companion_of or name in span.roughly or name in scored:
            continue
        told = [(said.day.earliest, said.value.truth) for said in sayings if said.day is not None]
        first = min((day for day, truth in told if truth is TRUE), default="")
        last_day, last = told[-1]
        if first > before:
            groups["new"].append(News(what=name, says=fact.name, date=first))
        elif first and last is FALSE and last_day > before and not _was_denied(told, before):
            groups["gone"].append(News(what=name, says=fact.name, date=last_day))


def _was_denied(told: Sequence[tuple[str, Truth]], before: str) -> bool:
    """Whether the last that was said until a day is that it is not there."""
    return next((truth is FALSE for day, truth in reversed(told) if day <= before), False)


def _add_courses(groups: _Groups, courses: Sequence[Course], before: str) -> None:
    for course in courses:
        if course.start > before:
            says = words.COURSE_STARTED.format(name=course.name, day=day_words(course.start))
            groups["started"].append(News(what=course.medicine, says=says, date=course.start))
        if course.ongoing is False and course.stop > before and course.stop != course.start:
            says = words.COURSE_STOPPED.format(name=course.name, day=day_words(course.stop))
            if course.stopped_because is not None:
                says = words.STOPPED_BECAUSE.format(stopped=says, why=course.stopped_because.says)
            groups["stopped"].append(News(what=course.medicine, says=says, date=course.stop))


def _planned(span: Span) -> Iterator[News]:
    for plan in span.history.plans:
        yield News(
            what=" ".join(plan.facts), says=_plan_says(plan, span.as_of), date=plan.day.earliest if plan.day else ""
        )


def _plan_says(plan: Plan, as_of: str) -> str:
    if plan.day is None:
        return words.PLAN_NO_DAY.format(what=plan.says)
    shape = words.PLAN_PAST if plan.day.latest < as_of else words.PLAN_OPEN
    return shape.format(what=plan.says, day=day_words(plan.day.earliest))
