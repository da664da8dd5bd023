"""That one lesion became several, or several became one: where a series of sizes is cut, and what came from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, field

from calcinosis.follow_up.lesion_sayings import Found
from calcinosis.follow_up.places import Place, places_in
from calcinosis.follow_up.span import Span, is_within
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.history import LesionEvent

How = Literal["split", "merged"]


class Lineage(Struct):
    """What became of the lesions of one measure, by their place in a list of them.

    ``cuts`` are the days on which a series of sizes becomes another one, ``ends`` those on which one is over by a split
    or a merger, ``births`` how one began and from which others.
    """

    cuts: dict[int, set[str]] = field(default_factory=dict)
    ends: dict[int, dict[str, How]] = field(default_factory=dict)
    births: dict[tuple[int, str], tuple[How, tuple[int, ...]]] = field(default_factory=dict)


def lineage_of(span: Span, measure: OutcomeMeasure, listed: Sequence[Found]) -> Lineage:
    """Return what split and what merged among the lesions of a measure."""
    found = Lineage()
    for event in sorted(span.history.lesion_events, key=lambda one: (_day(one), one.reference, one.place, one.says)):
        if event.day is not None and not is_within(event.day, span.as_of):
            continue
        if _is_of_measure(span, measure, event):
            _apply(span, event, listed, found)
    return found


def _day(event: LesionEvent) -> str:
    return event.day.earliest if event.day is not None else ""


def _is_of_measure(span: Span, measure: OutcomeMeasure, event: LesionEvent) -> bool:
    """Whether an event is one of deposits or of wounds: by its words, else of deposits."""
    lesions = span.terms.courses.lesions
    named = {fact for word, fact in lesions.items() if word in event.says.lower()}
    wounds = {one.fact for one in span.library.outcome_measures.values() if one.of == "wound"}
    return (measure.of == "wound") == bool(named & wounds)


def _apply(span: Span, event: LesionEvent, listed: Sequence[Found], found: Lineage) -> None:
    own = [place for place, one in enumerate(listed) if _is_named(span, event, one)]
    day = _day(event) or min((listed[place].days[0] for place in own), default="")
    near = [place for place, one in enumerate(listed) if any(one.place.may_be(listed[it].place) for it in own)]
    near = near or [place for place, one in enumerate(listed) if _is_near(span, event, one)]
    came_from = [place for place, one in enumerate(listed) if _is_source(span, event, one)]
    if not day or not near:
        return
    before = [place for place in came_from or near if listed[place].days[0] < day]
    over = [place for place in before if not any(later >= day for later in listed[place].days)]
    going_on = [place for place in before if place not in over and (place in own or place in came_from)]
    new = [place for place in {*near, *own} if listed[place].days[0] >= day]
    first = min((listed[place].days[0] for place in new), default="")
    parents = [*over, *going_on]
    if not parents or (event.how == "merged" and len(parents) < 2 and not came_from):
        return
    for place in parents:
        found.ends.setdefault(place, {})[day] = event.how
    for place in going_on:
        found.cuts.setdefault(place, set()).add(day)
        later = min(one for one in listed[place].days if one >= day)
        found.births.setdefault((place, later), (event.how, tuple(sorted(parents))))
    for place in new:
        if listed[place].days[0] == first or place in own:
            found.births.setdefault((place, listed[place].days[0]), (event.how, tuple(sorted(parents))))


def _is_named(span: Span, event: LesionEvent, one: Found) -> bool:
    """Whether an event is told of a lesion itself: by its reference, or by its very place."""
    if event.reference or one.reference:
        return bool(event.reference) and event.reference == one.reference
    return one.place in places_in(event.place, span.terms)


def _is_near(span: Span, event: LesionEvent, one: Found) -> bool:
    return any(one.place.may_be(place) for place in _places(span, event))


def _is_source(span: Span, event: LesionEvent, one: Found) -> bool:
    """Whether an event names a lesion as one that another came from."""
    if one.reference:
        return one.reference in event.of
    return any(one.place in places_in(words, span.terms) for words in event.of)


def _places(span: Span, event: LesionEvent) -> Iterator[Place]:
    for words in filter(None, (event.place, *event.of)):
        yield from places_in(words, span.terms)
