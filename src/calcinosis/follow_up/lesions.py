"""Lesions with an identity: the sizes of each over time, by one method at a time, and when it was no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.follow_up.changes import changes
from calcinosis.follow_up.lesion_sayings import REMOVAL, Found, day_of, lesions_told
from calcinosis.follow_up.lineage import How, Lineage, lineage_of
from calcinosis.follow_up.measured import Lesion, Point, Sign
from calcinosis.follow_up.results import Course
from calcinosis.follow_up.scores import points_of
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.sayings import Said
from calcinosis.truth import TRUE
from calcinosis.words.en import follow as words
from calcinosis.words.en.report import day_words

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_Key = tuple[str, int, int]


class _Draft(Struct, frozen=True):
    """A lesion before it has its id: its measure and place in the list of told ones, and which it came from."""

    key: _Key
    lesion: Lesion
    of: tuple[_Key, ...] = ()


def all_lesions(span: Span, courses: Sequence[Course]) -> tuple[Lesion, ...]:
    """Return the lesions of a record that were measured, deposits before wounds, by their places."""
    drafts: list[_Draft] = []
    for measure in sorted(span.library.outcome_measures.values(), key=lambda one: one.id):
        if measure.of != "person" and measure.fact in span.said:
            drafts += _of_measure(span, measure, courses)
    return tuple(_with_ids(drafts))


def _of_measure(span: Span, measure: OutcomeMeasure, courses: Sequence[Course]) -> Iterator[_Draft]:
    told = lesions_told(span, measure)
    lineage = lineage_of(span, measure, told) if span.history.lesion_events else Lineage()
    stretches = [_stretches(_points(span, measure, one), lineage.cuts.get(place, set()))
                 for place, one in enumerate(told)]  # fmt: skip
    new = sorted(one.days[0] for place, one in enumerate(told) if (place, one.days[0]) not in lineage.births)[1:]
    for place, found in enumerate(told):
        for number, stretch in enumerate(stretches[place]):
            start, after = stretch[0].date, [one[0].date for one in stretches[place][number + 1 :]]
            born = [lineage.births[place, one.date] for one in stretch if (place, one.date) in lineage.births]
            ends = lineage.ends.get(place, {}).items()
            over = min(((day, way) for day, way in ends if start < day <= min(after, default=day)), default=None)
            lesion = _lesion(span, measure, found, stretch, courses, new, over, number, stretches[place])
            key, before = (measure.id, place, number), (measure.id, place, number - 1)
            if born:
                how, parents = born[0]
                of = tuple(sorted((measure.id, one, _last_before(stretches[one], start)) for one in parents))
                says = (*lesion.says, words.CAME_FROM[how])
                yield _Draft(key, replace(lesion, how=how, says=says), of)
            elif number:
                says = (*lesion.says, words.comes_back(lesion.first))
                yield _Draft(key, replace(lesion, how="recurrence", says=says), (before,))
            else:
                yield _Draft(key, lesion)


def _last_before(stretches: Sequence[Sequence[Point]], day: str) -> int:
    """Return which stretch of a lesion is the last that began before a day."""
    return max((number for number, one in enumerate(stretches) if one[0].date < day), default=0)


def _stretches(points: Sequence[Point], cuts: set[str]) -> list[list[Point]]:
    """Return the points of a place parted into lesions: after one had gone, and where one split or merged."""
    found: list[list[Point]] = [[]]
    for point in points:
        before = found[-1]
        sized = [one for one in before if not one.is_none]
        is_again = bool(sized) and before[-1].is_none and not point.is_none
        is_cut = bool(before) and any(before[-1].date < day <= point.date for day in cuts)
        if is_again or is_cut:
            found.append([])
        found[-1].append(point)
    return found


def _points(span: Span, measure: OutcomeMeasure, found: Found) -> list[Point]:
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
        if (day_of(said), method) not in measured:
            points.append(Point(date=day_of(said), value=None, says=said.value.said, method=method, is_none=True,
                                from_=said.value.origins))  # fmt: skip
    return sorted(set(points), key=lambda point: (point.date, point.is_none, point.method, point.says))


def _lesion(
    span: Span,
    measure: OutcomeMeasure,
    found: Found,
    points: list[Point],
    courses: Sequence[Course],
    new: Sequence[str],
    over: tuple[str, How] | None,
    number: int,
    stretches: Sequence[Sequence[Point]],
) -> Lesion:
    sized = [point for point in points if not point.is_none] or points
    methods = tuple(dict.fromkeys(point.method for point in sized))
    main = max(methods, key=lambda method: (sum(point.method == method for point in sized), method))
    end = _end(points, methods, is_wound=measure.of == "wound")
    compared = not found.is_mixed and found.place.is_known
    since = sized[0].date
    by_method = [
        [one for one in points if one.method == method and one != end and one.date >= since] for method in methods
    ]
    if end is not None and end.method != REMOVAL:
        said = methods[0] if not end.method and len(methods) == 1 else end.method  # "healed" needs no method
        by_method = [[*one, end] if methods[place] == said else one for place, one in enumerate(by_method)]
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
        none_is=measure.none_is,
        ended=end.date if end is not None else over[0] if over is not None else "",
        ended_how=measure.none_is
        if end is not None and end.method != REMOVAL
        else REMOVAL
        if end is not None
        else (over[1] if over is not None else ""),
        first=since,
        signs=tuple(_signs(span, found, number, stretches)),
        says=tuple(_says(found, methods, end, over)),
    )


def _end(points: Sequence[Point], methods: Sequence[str], *, is_wound: bool) -> Point | None:
    """Return the first of the last points that say that a lesion is no more, by a method by which it was measured."""
    last: Point | None = None
    for point in points:
        if not point.is_none:
            last = None
        elif last is None and any(_ends(point, method, is_wound) for method in methods):
            last = point
    return last


def _ends(end: Point, method: str, is_wound: bool) -> bool:
    """Whether a lesion is no more by what was found: by the same method, or its removal; a closed wound is closed."""
    return is_wound or end.method in {method, REMOVAL}


def _signs(span: Span, found: Found, number: int, stretches: Sequence[Sequence[Point]]) -> Iterator[Sign]:
    """Yield the findings at the place of a lesion, of the days on which it was this one."""
    for said in sorted(found.signs, key=lambda one: (day_of(one), one.fact, one.value.truth.value)):
        begun = [place for place, one in enumerate(stretches) if one[0].date <= day_of(said)]
        if max(begun, default=0) != number:
            continue
        fact = span.library.facts[said.fact]
        yield Sign(
            date=day_of(said), fact=fact.id, name=fact.name, present=said.value.truth is TRUE, from_=said.value.origins
        )


def _says(found: Found, methods: Sequence[str], end: Point | None, over: tuple[str, How] | None) -> Iterator[str]:
    if not found.place.is_known:
        yield words.PLACE_NOT_STATED
    elif found.is_mixed:
        yield words.SEVERAL_ON_ONE_DAY
    elif len([method for method in methods if method]) > 1:
        yield words.not_comparable(methods)
    if end is not None and end.method == REMOVAL:
        yield words.removed(end.date)
    elif end is None and over is not None:
        yield words.BECAME[over[1]].format(day=day_words(over[0]))
    yield from found.says


def _id(kind: str, name: str) -> str:
    return f"{kind}-{_NO_LETTER.sub('-', name.lower()).strip('-')}"[:80].rstrip("-")


def _with_ids(drafts: Sequence[_Draft]) -> Iterator[Lesion]:
    """Yield lesions each with an id of its own, in the order of kinds, places and first days."""
    seen: dict[str, int] = {}
    ids: dict[_Key, str] = {}
    ordered = sorted(drafts, key=lambda one: (one.lesion.kind, one.lesion.id, one.lesion.first, one.lesion.measure,
                                              repr(one.lesion.points)))  # fmt: skip
    for draft in ordered:
        name = draft.lesion.id
        seen[name] = seen.get(name, 0) + 1
        ids[draft.key] = f"{name}-{seen[name]}" if seen[name] > 1 else name
    kinds: dict[str, set[str]] = {}
    for draft in ordered:
        kinds.setdefault(draft.lesion.name, set()).add(draft.lesion.kind)
    for draft in ordered:
        name, kind = draft.lesion.name, draft.lesion.kind
        shown = words.of_kind(name, kind) if len(kinds[name]) > 1 else name
        yield replace(draft.lesion, id=ids[draft.key], name=shown, of=tuple(sorted(ids[one] for one in draft.of)))
