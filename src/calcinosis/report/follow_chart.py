"""The chart of a follow-up: a lane for each result and score, bars for treatments, dots for lesions, one time axis.

Places are percents of the width and pixels of the height, so that text never shrinks with the chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from calcinosis.follow_up.measured import Lesion, Point, Score, Series
from calcinosis.follow_up.results import Course, FollowUp
from calcinosis.report.follow_report import capitalised, point_says
from calcinosis.report.lines import clean
from calcinosis.words.en import follow_page as page
from calcinosis.words.en.quantities import number_words, unit_words
from calcinosis.words.en.report import day_words

_LEFT, _RIGHT = 3.0, 96.0
_HEIGHT, _TOP, _BOTTOM = 92.0, 24.0, 84.0
_BAR, _BAR_TOP = 30.0, 19.0
_MOST_LANES, _TICKS = 8, 4


class Shape(Struct, frozen=True):
    """One element of a drawing with its attributes, and its text."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""


class Lane(Struct, frozen=True, kw_only=True):
    """A lane of the chart: what it shows, in words too, and its shapes."""

    title: str
    note: str
    says: str
    height: float
    shapes: tuple[Shape, ...]


class TableRow(Struct, frozen=True, kw_only=True):
    """The values of one day, in the order of the columns; empty where none is known."""

    day: str
    values: tuple[str, ...]


class Chart(Struct, frozen=True, kw_only=True):
    """The lanes of a chart, its time axis, and the same numbers as a table."""

    lanes: tuple[Lane, ...]
    axis: tuple[Shape, ...]
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


class _Span(Struct, frozen=True):
    first: date
    last: date

    def at(self, day: str) -> float:
        """Return the place of a day in percent of the width."""
        there = date.fromisoformat(day)
        whole = max((self.last - self.first).days, 1)
        part = min(max((there - self.first).days / whole, 0.0), 1.0)
        return round(_LEFT + part * (_RIGHT - _LEFT), 2)


class _Track(Struct, frozen=True):
    """The numbers of a lane: days with values, limits, the unit in which they are shown."""

    title: str
    note: str
    unit: str
    points: tuple[tuple[Point, float], ...]
    lower: float | None = None
    upper: float | None = None


def follow_chart(found: FollowUp) -> Chart | None:
    """Return the chart of a follow-up; None where nothing was recorded on two days."""
    tracks = [*_result_tracks(found.series), *map(_score_track, found.scores), *map(_lesion_track, found.lesions)]
    tracks = [track for track in tracks if track.points]
    days = sorted({point.date for track in tracks for point, _ in track.points})
    if len(days) < 2:
        return None
    span = _Span(date.fromisoformat(days[0]), date.fromisoformat(max(days[-1], found.record.as_of)))
    lanes = [_lane(track, span, found.record.as_of) for track in tracks if len(track.points) > 1 or "mm" in track.unit]
    bars = _bars(found.courses, span, found.record.as_of)
    return Chart(
        lanes=(*lanes, *([bars] if bars is not None else [])),
        axis=tuple(_axis(span)),
        columns=tuple(f"{track.title}, {track.unit}" if track.unit else track.title for track in tracks),
        rows=tuple(TableRow(day=day_words(day), values=tuple(_on(track, day) for track in tracks)) for day in days),
    )


def _on(track: _Track, day: str) -> str:
    return "; ".join(_shown(point, value) for point, value in track.points if point.date == day)


def _shown(point: Point, value: float) -> str:
    return point_says(point, "") if point.is_none else number_words(value)


def _result_tracks(series: Sequence[Series]) -> Iterator[_Track]:
    """Yield the results that are held against limits or passed one first, the others behind; not more than fit."""
    told = [one for one in series if len(one.points) > 1]
    ordered = sorted(told, key=lambda one: (not one.crossings, not any(x.kind == "target" for x in one.limits)))
    for one in ordered[:_MOST_LANES]:
        scale = one.recorded_scale
        limit = one.limits[0] if one.limits else None
        lower = None if limit is None or limit.lower is None else limit.lower / scale
        upper = None if limit is None or limit.upper is None else limit.upper / scale
        unit = unit_words(one.recorded_unit or one.unit)
        note = page.limits_note(unit, lower, upper, limit.kind if limit is not None else "")
        points = tuple((point, point.value / scale) for point in one.points if point.value is not None)
        yield _Track(one.name, note, unit, points, lower, upper)


def _score_track(one: Score) -> _Track:
    points = tuple((point, point.value) for point in one.points if point.value is not None)
    note = page.scale_note(one.best, one.worst)
    return _Track(one.name, note, "", points)


def _lesion_track(one: Lesion) -> _Track:
    points = tuple((point, 0.0 if point.is_none else point.value) for point in one.points
                   if point.is_none or point.value is not None)  # fmt: skip
    unit = unit_words(one.unit)
    note = (
        page.SAME_METHOD.format(method=one.method) if one.method and len(one.methods) == 1 else " / ".join(one.methods)
    )
    kept = tuple((point, value) for point, value in points if value is not None)
    return _Track(capitalised(clean(one.name)), f"{unit}, {note}" if note else unit, unit, kept)


def _lane(track: _Track, span: _Span, as_of: str) -> Lane:
    values = [value for _, value in track.points]
    ends = [*values, *(limit for limit in (track.lower, track.upper) if limit is not None)]
    low, high = min(ends), max(ends)
    room = (high - low) or abs(high) or 1.0

    def height(value: float) -> float:
        return round(_BOTTOM - (value - low) / room * (_BOTTOM - _TOP), 1)

    shapes: list[Shape] = []
    if track.lower is not None or track.upper is not None:
        top = height(track.upper) if track.upper is not None else 0.0
        bottom = height(track.lower) if track.lower is not None else _HEIGHT
        shapes.append(_shape("rect", "band", x="0", width="100%", y=top, height=round(bottom - top, 1)))
        shapes += [_shape("line", "bandline", x1="0", x2="100%", y1=y, y2=y) for y in (top, bottom) if 0 < y < _HEIGHT]
    shapes.append(_today(span, as_of, _HEIGHT))
    placed = [(span.at(point.date), height(value), point, value) for point, value in track.points]
    for (x, y, one, _), (next_x, next_y, other, _) in pairwise(placed):
        if one.method == other.method and not one.is_none:
            shapes.append(_shape("line", "line", x1=f"{x}%", x2=f"{next_x}%", y1=y, y2=next_y))
    for x, y, point, value in placed:
        is_out = (track.upper is not None and value > track.upper) or (track.lower is not None and value < track.lower)
        shapes.append(_shape("circle", "dot out" if is_out or point.is_none else "dot", cx=f"{x}%", cy=y, r="4.2"))
    for place, style in dict.fromkeys(((0, "lab"), (len(placed) - 1, "strong"))):
        x, y, point, value = placed[place]
        shapes.append(_text(style, x, max(y - 9, 12.0), _shown(point, value)))
    return Lane(title=track.title, note=track.note, says=_says(track), height=_HEIGHT, shapes=tuple(shapes))


def _says(track: _Track) -> str:
    """Return in words what a lane shows: its first and its last value."""
    (first, start), (last, end) = track.points[0], track.points[-1]
    return page.lane_says(track.title, _shown(first, start), first.date, _shown(last, end), last.date, track.unit)


def _today(span: _Span, as_of: str, height: float) -> Shape:
    x = f"{span.at(as_of)}%"
    return _shape("line", "now", x1=x, x2=x, y1=0, y2=height)


def _bars(courses: Sequence[Course], span: _Span, as_of: str) -> Lane | None:
    """Return the lane of the treatments: a bar each, dark where it goes on."""
    shown = [
        one for one in courses if one.start and (one.ongoing is not False or (one.stop or one.start) >= str(span.first))
    ]
    if not shown:
        return None
    height = _BAR * len(shown)
    shapes = [_today(span, as_of, height)]
    for place, one in enumerate(shown):
        y = _BAR_TOP + place * _BAR
        stop = as_of if one.ongoing is not False else one.stop or one.start
        left, right = span.at(one.start), span.at(max(stop, one.start))
        gaps = [(span.at(pause.start), span.at(pause.stop)) for pause in one.pauses]
        begin = left
        for gap_start, gap_stop in [*gaps, (right, right)]:
            width = max(round(gap_start - begin, 2), 0.6)
            style = "tx" if one.ongoing is not False else "tx stop"
            shapes.append(_shape("rect", style, x=f"{begin}%", width=f"{width}%", y=y, height="8", rx="4"))
            begin = gap_stop
        shapes.append(_text("", left, y - 5, capitalised(clean(one.name))))
    said = "; ".join(page.course_says(clean(one.name), one.start, one.stop, one.ongoing) for one in shown)
    return Lane(title=page.SECTIONS["courses"], note=page.BARS_NOTE, says=said, height=height, shapes=tuple(shapes))


def _axis(span: _Span) -> Iterator[Shape]:
    """Yield the ticks of the time axis with their months."""
    whole, before = (span.last - span.first).days, ""
    for tick in range(_TICKS):
        day = date.fromordinal(span.first.toordinal() + round(whole * tick / (_TICKS - 1)))
        x = span.at(day.isoformat())
        yield _shape("line", "axis", x1=f"{x}%", x2=f"{x}%", y1=0, y2=6)
        month = page.month(day.isoformat())
        yield _text("lab", x, 21, "" if month == before else month)
        before = month


def _text(style: str, x: float, y: float, text: str) -> Shape:
    anchor = "start" if x < 20 or not style else "end" if x > 80 else "middle"
    if not style and x > 60:
        anchor = "end"
    return _shape("text", style, text, x=f"{x}%", y=round(y, 1), text_anchor=anchor)


def _shape(tag: str, style: str, text: str = "", **attributes: object) -> Shape:
    named = tuple((name.replace("_", "-"), str(value)) for name, value in attributes.items())
    return Shape(tag, (("class", style), *named) if style else named, text)
