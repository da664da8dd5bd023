"""Lesions with an identity: the sizes of each over time, by one method at a time, and when it was no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Literal

from calcinosis.data_classes import dataclass
from calcinosis.follow_up.changes import changes
from calcinosis.follow_up.measured import Lesion, Point, Sign
from calcinosis.follow_up.places import NOWHERE, Place, places_in
from calcinosis.follow_up.results import Course
from calcinosis.follow_up.scores import points_of
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.sayings import Said
from calcinosis.terminology.places import places_joined
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en import follow as words

_NO_LETTER = re.compile(r"[^a-z0-9]+")
REMOVAL = "procedure"


@dataclass(slots=True)
class _Found:
    """What was said of one lesion: its sizes, and the findings at its place."""

    reference: str
    place: Place
    words: str
    sizes: list[Said] = field(default_factory=list)
    gone: list[tuple[str, Said]] = field(default_factory=list)
    signs: list[Said] = field(default_factory=list)
    is_mixed: bool = False


def all_lesions(span: Span, courses: Sequence[Course]) -> tuple[Lesion, ...]:
    """Return the lesions of a record that were measured, deposits before wounds, by their places."""
    found: list[Lesion] = []
    for measure in sorted(span.library.outcome_measures.values(), key=lambda one: one.id):
        if measure.of != "person" and measure.fact in span.said:
            told = _told(span, measure)
            days = sorted(min(_day(said) for said in one.sizes) for one in told)
            for one in told:
                found += _lesions(span, measure, one, courses, days[1:])
    return tuple(_with_ids(found))


def _day(said: Said) -> str:
    assert said.day is not None
    return said.day.earliest


def _told(span: Span, measure: OutcomeMeasure) -> list[_Found]:
    """Return the sizes of a measure by lesion: those that the record keeps apart, the others by their places."""
    named = {one.reference: one.place for one in span.history.lesions}
    found: dict[str, _Found] = {}
    rest: list[tuple[Place, Said]] = []
    for said in span.said[measure.fact]:
        place = _place_of(span, said)
        if said.lesion:
            place_words = named.get(said.lesion, "") or said.site
            known = next(iter(places_in(place_words, span.terms)), place)
            found.setdefault(said.lesion, _Found(said.lesion, known, place_words)).sizes.append(said)
        else:
            rest.append((place, said))
    listed = [found[name] for name in sorted(found)]
    for place, said in sorted(rest, key=lambda one: (-len(one[0].parts), one[0].side == "", one[0], _day(one[1]))):
        mine = [one for one in listed if one.place == place] or [one for one in listed if one.place.may_be(place)]
        if len(mine) == 1 and (mine[0].place == place or not _is_measured(mine[0], said)):
            mine[0].is_mixed = mine[0].is_mixed or _differs(mine[0], said)
            mine[0].sizes.append(said)
        else:
            listed.append(_Found("", place, said.site, [said]))
    for one in listed:
        _add_findings(span, measure, one, listed)
    return listed


def _place_of(span: Span, said: Said) -> Place:
    places = places_in(said.site, span.terms)
    return (
        places[0] if len(places) == 1 else Place(places_joined(one.site for one in places), "") if places else NOWHERE
    )


def _is_measured(found: _Found, said: Said) -> bool:
    """Whether another size of a lesion by the same method stands on the same day."""
    return any(one.day == said.day and one.method == said.method for one in found.sizes)


def _differs(found: _Found, said: Said) -> bool:
    return any(
        one.day == said.day and one.method == said.method and one.value.low != said.value.low for one in found.sizes
    )


def _add_findings(span: Span, measure: OutcomeMeasure, found: _Found, listed: Sequence[_Found]) -> None:
    """Add the findings at the place of a lesion, and those that say that it was no more."""
    for name, sayings in span.said.items():
        fact = span.library.facts[name]
        if fact.kind in {"quantity", "site", "medicine", "allergy"}:
            continue
        for said in sayings:
            if not _is_at(span, found, said, listed):
                continue
            if name in measure.ended_by:
                if said.value.truth is TRUE:
                    found.gone.append((REMOVAL, said))
            elif _is_seen_as(span, measure, name) and _says_gone(span, said):
                found.gone.append((span.terms.courses.method_named(said.method), said))
            elif fact.learned_by in {"examination", "history"} and said.value.truth is not UNKNOWN:
                found.signs.append(said)


def _is_at(span: Span, found: _Found, said: Said, listed: Sequence[_Found]) -> bool:
    """Whether a finding is of one lesion: by its reference, or by a place that is of no other."""
    if said.lesion:
        return said.lesion == found.reference
    places = places_in(said.site or said.value.said, span.terms)
    mine = [one for place in places for one in listed if one.place.is_known and one.place.may_be(place)]
    return found in mine and len({id(one) for one in mine}) <= len(places)


def _is_seen_as(span: Span, measure: OutcomeMeasure, name: str) -> bool:
    return any(span.terms.is_related(name, one) for one in measure.seen_as)


def _says_gone(span: Span, said: Said) -> bool:
    if said.value.truth is FALSE:
        return True
    return said.value.truth is UNKNOWN and span.terms.courses.is_gone(said.value.said)


def _lesions(
    span: Span, measure: OutcomeMeasure, found: _Found, courses: Sequence[Course], new: Sequence[str]
) -> Iterator[Lesion]:
    """Yield a lesion, and each one that came at its place after it had gone."""
    points = _points(span, measure, found)
    stretches: list[list[Point]] = [[]]
    for point in points:
        before = stretches[-1]
        if before and before[-1].is_none and not point.is_none:
            stretches.append([])
        stretches[-1].append(point)
    first = ""
    for place, stretch in enumerate(stretches):
        lesion = _lesion(span, measure, found, stretch, courses, new)
        first = first or lesion.id
        yield (
            replace(lesion, of=first, how="recurrence", says=(*lesion.says, words.comes_back(lesion.first)))
            if place
            else lesion
        )


def _points(span: Span, measure: OutcomeMeasure, found: _Found) -> list[Point]:
    """Return the sizes of a lesion by day and method, with the days on which it was found no more."""
    by_method: dict[str, list[Said]] = {}
    for said in found.sizes:
        by_method.setdefault(span.terms.courses.method(said.method) if said.method else "", []).append(said)
    points = [
        replace(point, method=method, is_none=point.value is not None and point.value == measure.none_at)
        for method, sayings in sorted(by_method.items())
        for point in points_of(span, sayings)
    ]
    measured = {(point.date, point.method) for point in points}
    for method, said in found.gone:
        if (_day(said), method) not in measured:
            points.append(Point(date=_day(said), value=None, says=said.value.said, method=method, is_none=True,
                                from_=said.value.origins))  # fmt: skip
    return sorted(set(points), key=lambda point: (point.date, point.is_none, point.method, point.says))


def _lesion(
    span: Span,
    measure: OutcomeMeasure,
    found: _Found,
    points: list[Point],
    courses: Sequence[Course],
    new: Sequence[str],
) -> Lesion:
    sized = [point for point in points if not point.is_none] or points
    methods = tuple(dict.fromkeys(point.method for point in sized))
    main = max(methods, key=lambda method: (sum(point.method == method for point in sized), method))
    end = _end(points, methods)
    compared = not found.is_mixed and found.place.is_known
    by_method = [[one for one in points if one.method == method and one != end] for method in methods]
    if end is not None:
        by_method = [[*one, end] if _ends(end, methods[place]) else one for place, one in enumerate(by_method)]
    side = found.place.side
    kind: Literal["deposit", "wound"] = "deposit" if measure.of == "deposit" else "wound"
    name = found.words.strip() or span.library.facts[measure.fact].name
    return Lesion(
        id=_id(kind, name),
        measure=measure.id,
        site=found.place.site,
        side=side,
        kind=kind,
        name=name,
        method=main,
        methods=methods,
        unit=span.library.facts[measure.fact].unit,
        points=tuple(points),
        changes=tuple(one for told in by_method if compared for one in changes(span, measure, told, courses, new)),
        ended="" if end is None else end.date,
        ended_how="" if end is None else REMOVAL if end.method == REMOVAL else measure.none_is,
        first=points[0].date,
        signs=tuple(_signs(span, found)),
        says=tuple(_says(found, methods, end)),
    )


def _end(points: Sequence[Point], methods: Sequence[str]) -> Point | None:
    """Return the first of the last points that say that a lesion is no more, by a method by which it was measured."""
    last: Point | None = None
    for point in points:
        if not point.is_none:
            last = None
        elif last is None and any(_ends(point, method) for method in methods):
            last = point
    return last


def _ends(end: Point, method: str) -> bool:
    """Whether a lesion measured by one method is no more by what was found: the same method, or its removal."""
    return end.method in {method, REMOVAL}


def _signs(span: Span, found: _Found) -> Iterator[Sign]:
    for said in sorted(found.signs, key=lambda one: (_day(one), one.fact, one.value.truth.value)):
        fact = span.library.facts[said.fact]
        yield Sign(
            date=_day(said), fact=fact.id, name=fact.name, present=said.value.truth is TRUE, from_=said.value.origins
        )


def _says(found: _Found, methods: Sequence[str], end: Point | None) -> Iterator[str]:
    if not found.place.is_known:
        yield words.PLACE_NOT_STATED
    elif found.is_mixed:
        yield words.SEVERAL_ON_ONE_DAY
    elif len([method for method in methods if method]) > 1:
        yield words.not_comparable(methods)
    if end is not None and end.method == REMOVAL:
        yield words.removed(end.date)


def _id(kind: str, name: str) -> str:
    return f"{kind}-{_NO_LETTER.sub('-', name.lower()).strip('-')}"[:80].rstrip("-")


def _with_ids(lesions: Sequence[Lesion]) -> Iterator[Lesion]:
    """Yield lesions each with an id of its own, in the order of kinds, places and first days."""
    seen: dict[str, int] = {}
    for lesion in sorted(lesions, key=lambda one: (one.kind, one.id, one.first, one.measure, repr(one.points))):
        seen[lesion.id] = seen.get(lesion.id, 0) + 1
        yield replace(lesion, id=f"{lesion.id}-{seen[lesion.id]}") if seen[lesion.id] > 1 else lesion
