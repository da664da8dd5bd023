"""What is due by the intervals that sources give, with the last day on which it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.measured import Lesion
from calcinosis.follow_up.results import Course, Due, DueState
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import DueItem
from calcinosis.library.entries import FollowUp
from calcinosis.person.dates import days_before, days_between
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE
from calcinosis.words.en import follow as words

_ORDER: tuple[DueState, ...] = ("overdue", "due", "not-due", "no-interval-tested", "complete")


def all_due(span: Span, courses: Sequence[Course], lesions: Sequence[Lesion]) -> tuple[Due, ...]:
    """Return what is to be done for this person, overdue first; nothing for who has died."""
    if span.assessment.record.deceased:
        return ()
    told = {result.id for result in span.assessment.follow_up}
    found: list[Due] = []
    for entry in span.library.follow_up.values():
        if entry.id in told:
            found += _of_entry(span, entry, courses, _gone_since(lesions) if entry.until_gone else "")
        elif entry.due and (over := _course_that_is_over(span, entry, courses)) is not None:
            found += [_complete(span, entry, item, over) for item in entry.due]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), one.due or "9999", one.id, one.what)))


def _gone_since(lesions: Sequence[Lesion]) -> str:
    """Return the day since which no deposit is found any more; empty while one is, or where none was measured."""
    deposits = [one for one in lesions if one.kind == "deposit"]
    is_over = [one.ended for one in deposits if one.ended or not any(one.id in other.of for other in deposits)]
    return max(is_over, default="") if all(is_over) else ""


def _of_entry(span: Span, entry: FollowUp, courses: Sequence[Course], gone: str) -> Iterator[Due]:
    if not entry.due:
        last = gone or max(seen_days(span), default="")
        says = words.gone_since(entry.says, gone) if gone else words.seen_last(entry.says, last) if last else entry.says
        yield Due(id=entry.id, what=entry.says, last=last, due="", state="complete" if gone else "no-interval-tested",
                  days=days_between(last, span.as_of) if last else None, when=entry.interval, says=says,
                  cite=source_ids(entry.cite))  # fmt: skip
        return
    for item in entry.due:
        starts = _starts(item, courses)
        if (item.once or item.after_end) and not starts:
            continue
        yield _once(span, entry, item, max(starts)) if starts else _again(span, entry, item)


def _starts(item: DueItem, courses: Sequence[Course]) -> list[str]:
    """Return the days from which a single interval runs."""
    begun = [course.start for course in courses if course.medicine in item.once and course.start]
    over = [course.stop for course in courses if course.medicine in item.after_end and course.stop]
    return begun + over


def _done(span: Span, item: DueItem) -> list[str]:
    """Return the days on which what is due was done."""
    found = set(span.days_of(set(item.facts)))
    found |= set(seen_days(span)) if item.visit else set()
    for sayings in span.said.values() if item.methods else ():
        for said in sayings:
            if said.day is not None and span.terms.courses.method_named(said.method) in item.methods:
                found.add(said.day.earliest)
    return sorted(found)


def seen_days(span: Span) -> list[str]:
    """Return the days on which the person was seen; without encounters those of the forms and notes."""
    visits = {one.day.earliest for one in span.history.visits if one.day.latest <= span.as_of}
    if visits:
        return sorted(visits)
    found = {
        said.day.earliest
        for name, sayings in span.said.items()
        if span.library.facts[name].kind != "medicine"  # taken since a day on which nobody was seen
        for said in sayings
        if said.day is not None and any(origin.kind in {"question", "line"} for origin in said.value.origins)
    }
    told = (one.seen for one in span.history.prescriptions if one.origin.kind == "question")
    return sorted(found | {day.earliest for day in told if day is not None and day.latest <= span.as_of})


def _again(span: Span, entry: FollowUp, item: DueItem) -> Due:
    """Return how something stands that is done again and again."""
    done = _done(span, item)
    last = max(done, default="")
    if not last:
        return _due(entry, item, "", "", "due", None, words.never_done(item.what))
    days = days_between(last, span.as_of)
    state: DueState = "not-due" if days < item.from_days else "due" if days <= item.to_days else "overdue"
    says = words.days_ago(item.what, last, days)
    if state == "overdue":
        says = f"{says} {words.ELSEWHERE}"
    gap, start, stop = max(((days_between(one, two), one, two) for one, two in pairwise(done)), default=(0, "", ""))
    if gap > item.to_days:
        says = f"{says} {words.gap(gap, start, stop)}"
    return _due(entry, item, last, days_before(last, -item.to_days), state, days, says)


def _once(span: Span, entry: FollowUp, item: DueItem, start: str) -> Due:
    """Return how something stands that is done once, so many days after a medicine was begun or ended."""
    done = [day for day in _done(span, item) if day > start]
    due, from_day = days_before(start, -item.to_days), days_before(start, -item.from_days)
    if done:
        return _due(entry, item, done[-1], due, "complete", days_between(done[-1], span.as_of),
                    words.days_ago(item.what, done[-1], days_between(done[-1], span.as_of)))  # fmt: skip
    state: DueState = "not-due" if span.as_of < from_day else "due" if span.as_of <= due else "overdue"
    return _due(entry, item, "", due, state, None, words.never_done(item.what))


def _due(entry: FollowUp, item: DueItem, last: str, due: str, state: DueState, days: int | None, says: str) -> Due:
    return Due(id=entry.id, what=item.what, last=last, due=due, state=state, days=days, when=entry.interval, says=says,
               cite=source_ids(item.cite))  # fmt: skip


def _course_that_is_over(span: Span, entry: FollowUp, courses: Sequence[Course]) -> Course | None:
    """Return the last course during which something was due and that has ended."""
    asked = [name for name in entry.applies_when.facts if span.library.facts[name].kind == "medicine"]
    over = [one for one in courses if one.ongoing is False and one.stop and one.medicine]
    for course in sorted(over, key=lambda one: (one.stop, one.medicine), reverse=True):
        mine = [name for name in asked if span.terms.is_related(name, course.medicine)]
        if mine:
            taken = {**span.facts.stated, **dict.fromkeys(mine, Value(truth=TRUE))}
            if PatientFacts(span.library.vocabulary, taken).truth(entry.applies_when) is TRUE:
                return course
    return None


def _complete(span: Span, entry: FollowUp, item: DueItem, course: Course) -> Due:
    done = [day for day in _done(span, item) if course.start <= day <= course.stop]
    says = words.course_over(item.what, course.name, course.stop, len(done))
    return _due(entry, item, done[-1] if done else "", "", "complete", None, says)
