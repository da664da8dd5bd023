"""What happened during each course: sizes and scores before it and at its end, and what else changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.changes import direction, label_of, number_at
from calcinosis.follow_up.measured import Lesion, Point, Score
from calcinosis.follow_up.results import Course, CourseOf, During, Response
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.dates import days_before
from calcinosis.words.en import follow as words
from calcinosis.words.en.quantities import amount

CANNOT_BE_JUDGED, CANNOT_TELL_WHICH = "cannot-be-judged", "cannot-tell-which"
AFTER_THE_END = 30
"""Days after the end of a course within which a measure still tells how it ended: the project's own choice."""
STILL_ACTING = 365
"""Days since its beginning in which another treatment that goes on counts as a change: the project's own choice."""
_JUDGED_BY = frozenset({"deposits", "wounds"})


class _Track(Struct, frozen=True):
    """The points of one measure by one method, of one lesion or of the person."""

    name: str
    measure: OutcomeMeasure
    unit: str
    points: tuple[Point, ...]


def all_responses(
    span: Span, courses: Sequence[Course], lesions: Sequence[Lesion], scores: Sequence[Score]
) -> tuple[Response, ...]:
    """Return what happened during each course of something that is given for deposits or wounds."""
    tracks = list(_tracks(span, lesions, scores))
    judged = [course for course in courses if course.treatment and span.library.treatments[course.treatment].for_]
    return tuple(_response(span, course, courses, lesions, tracks) for course in judged if course.start)


def _tracks(span: Span, lesions: Sequence[Lesion], scores: Sequence[Score]) -> Iterator[_Track]:
    measures = span.library.outcome_measures
    for lesion in lesions:
        if not lesion.changes and len(lesion.points) > 1:
            continue  # sizes of which it is not known whether they are of one lesion
        for method in lesion.methods:
            points = tuple(one for one in lesion.points if one.method == method or one.date == lesion.ended)
            yield _Track(lesion.name, measures[lesion.measure], lesion.unit, points)
    for score in scores:
        yield _Track(score.name, measures[score.measure], score.unit, score.points)


def _response(
    span: Span, course: Course, courses: Sequence[Course], lesions: Sequence[Lesion], tracks: Sequence[_Track]
) -> Response:
    during = [found for track in tracks if (found := _during(span, course, track)) is not None]
    judged = [(track, one) for track, one in during if track.measure.tells_of in _JUDGED_BY]
    end = max((one.after.date for _, one in judged), default=_end(span, course))
    begin = min((one.before.date for _, one in judged), default=course.start)
    new = [
        one
        for one in lesions
        if course.start < one.first <= end
        and one.how not in {"split", "merged"}
        and any(other.first < one.first for other in lesions)
    ]
    also = list(_also_changed(span, course, courses, begin, end)) if judged else []
    label = CANNOT_BE_JUDGED if not judged else CANNOT_TELL_WHICH if also else ""
    definitions = list(_definitions(span, course, judged, new))
    if judged and not also:
        label = next((label for label, is_met, _, _ in definitions if is_met), "")
    because = [_said(track, one) for track, one in during]
    because += [words.new_during(one.name, one.first) for one in new]
    cites = {source for _, _, _, cite in definitions for source in cite}
    return Response(
        treatment=course.treatment,
        medicine=course.medicine,
        name=course.name,
        start=course.start,
        stop=course.stop,
        ongoing=course.ongoing,
        label=label,
        course=_course_of([one for _, one in judged], bool(new)),
        because=tuple([*_why(span, course, tracks, bool(judged), also), *because, words.ONE_PERSON]),
        during=tuple(one for _, one in during),
        new_lesions=tuple(one.id for one in new),
        also_changed=tuple(also),
        definitions=tuple(says for _, is_met, says, _ in definitions if not is_met and says),
        cite=tuple(sorted(cites)),
    )


def _during(span: Span, course: Course, track: _Track) -> tuple[_Track, During] | None:
    """Return what a measure was before a course and at its end; None where one of them is not recorded."""
    known = [point for point in track.points if number_at(point, track.measure) is not None]
    before = [point for point in known if point.date <= course.start]
    stop = _end(span, course)
    after = [point for point in known if course.start < point.date <= stop]
    if stop == course.stop:
        latest = days_before(course.stop, -AFTER_THE_END)
        after += [point for point in known if course.stop < point.date <= latest][:1]
    if not before or not after:
        return None
    first, last = number_at(before[-1], track.measure), number_at(after[-1], track.measure)
    assert first is not None
    assert last is not None
    way = direction(track.measure, last - first)
    return track, During(what=track.name, measure=track.measure.id, before=before[-1], after=after[-1], direction=way)


def _end(span: Span, course: Course) -> str:
    """Return the day until which a course can have acted: of a single procedure, and of what goes on, the last day."""
    return course.stop if course.stop and course.stop != course.start else span.as_of


def _said(track: _Track, one: During) -> str:
    def shown(point: Point) -> str:
        return track.measure.none_is if point.is_none else amount(point.value or 0.0, track.unit)

    first, last = one.before.value, one.after.value
    is_sized = track.measure.of != "person" and not one.after.is_none and bool(first) and last is not None
    percent = 100 * (last - first) / first if is_sized and first and last is not None else None
    return words.during(track.name, shown(one.before), shown(one.after), one.before.date, one.after.date, percent)


def _course_of(judged: Sequence[During], is_new: bool) -> CourseOf:
    """Return in one word how the deposits or wounds went."""
    ways = {one.direction for one in judged if one.direction != "same"} | ({"worse"} if is_new else set())
    if not judged:
        return "not-measured"
    if len(ways) > 1:
        return "mixed"
    return "unchanged" if not ways else "smaller" if "better" in ways else "larger"


def _why(span: Span, course: Course, tracks: Sequence[_Track], is_judged: bool, also: Sequence[str]) -> Iterator[str]:
    if is_judged:
        if also:
            yield words.also_changed(also)
        return
    points = [point.date for track in tracks if track.measure.tells_of in _JUDGED_BY for point in track.points]
    stop = _end(span, course)
    stop = days_before(stop, -AFTER_THE_END) if stop == course.stop else stop
    is_before, is_after = any(day <= course.start for day in points), any(course.start < day <= stop for day in points)
    yield (
        words.NO_MEASURE_AFTER
        if is_before and not is_after
        else (words.NO_MEASURE_BEFORE if is_after and not is_before else words.NO_MEASURE)
    )
    if course.stop and not any(day > course.stop for day in _days_seen(span)):
        yield words.NOTHING_AFTER


def _days_seen(span: Span) -> list[str]:
    return [said.day.earliest for told in span.said.values() for said in told if said.day is not None]


def _also_changed(span: Span, course: Course, courses: Sequence[Course], begin: str, end: str) -> Iterator[str]:
    """Yield what else was begun or ended between two measures, or was begun shortly before and went on; doses too.

    That the dose of the treatment itself was changed is told only beside something else that changed.
    """
    found = [*_begun_or_ended(span, course, courses, begin, end)]
    doses = [(other, dose) for other in courses for dose in other.doses[1:] if begin <= dose.start < end]
    if found or any(other.medicine != course.medicine for other, _ in doses):
        found += [words.dose_changed(other.name, dose.start) for other, dose in doses]
    yield from dict.fromkeys(found)


def _begun_or_ended(span: Span, course: Course, courses: Sequence[Course], begin: str, end: str) -> Iterator[str]:
    asked = _facts_of_causes(span)
    shortly = days_before(begin, STILL_ACTING)
    for other in courses:
        if other.medicine == course.medicine or not _matters(span, other, asked):
            continue
        is_for = bool(other.treatment and span.library.treatments[other.treatment].for_)
        if other.stop and other.stop != other.start and begin <= other.stop < end:
            yield words.ended(other.name, other.stop)
        elif _was_begun(span, other) and (
            begin <= other.start < end or (is_for and shortly <= other.start < begin and _goes_on(other, begin))
        ):
            yield words.begun(other.name, other.start)


def _was_begun(span: Span, course: Course) -> bool:
    """Whether it is known that a course was begun: what the first day of a record tells may have gone on for years."""
    return course.start_is != "first-recorded" or course.start > min(_days_seen(span), default="")


def _facts_of_causes(span: Span) -> frozenset[str]:
    rules = [rule for one in span.library.causes.values() for rule in (one.present_when, one.suspect_when) if rule]
    return frozenset(name for rule in rules for name in rule.facts if span.library.facts[name].kind == "medicine")


def _matters(span: Span, other: Course, asked: frozenset[str]) -> bool:
    """Whether a medicine or procedure is a treatment, or something by which deposits and wounds come about."""
    if other.treatment:
        return True
    return bool(other.medicine) and any(span.terms.is_related(name, other.medicine) for name in asked)


def _goes_on(other: Course, begin: str) -> bool:
    return other.ongoing is not False or not other.stop or other.stop > begin


def _definitions(
    span: Span, course: Course, judged: Sequence[tuple[_Track, During]], new: Sequence[Lesion]
) -> Iterator[tuple[str, bool, str, tuple[str, ...]]]:
    """Yield what definitions that ask for a treatment call it: the label, whether they may, and what is said.

    A definition holds of the person: every measured lesion has to meet it.
    """
    rules = {rule.id: (track.measure, rule) for track, _ in judged for rule in track.measure.changes if rule.treatments}
    for name in sorted(rules):
        measure, rule = rules[name]
        labels = []
        for track, one in judged:
            if track.measure is measure:
                first, last = number_at(one.before, measure), number_at(one.after, measure)
                assert first is not None
                assert last is not None
                percent = None if first == 0 else 100 * (last - first) / first
                labels.append(label_of(rule, last - first, percent, bool(new)))
        label = next((one for one in labels if one != rule.labels[0].label), rule.labels[0].label)
        is_meant = course.medicine in rule.treatments and span.facts.truth(rule.applies_when).value == "true"
        names = [span.library.facts[one].name for one in rule.treatments]
        is_against = label != rule.labels[0].label  # what a definition for others would grant is not told
        says = words.would_not_be(rule.says, label, words.made_for(names)) if is_against else ""
        yield label, is_meant, says, source_ids(rule.cite) if is_meant or is_against else ()
