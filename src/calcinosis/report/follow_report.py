"""A follow-up as what a reader sees: a headline, and sections of lines in the order of a visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from calcinosis.conclusions.assessment import EarlierDanger
from calcinosis.follow_up.lesion_sayings import REMOVAL
from calcinosis.follow_up.measured import Lesion, Point, Score, Series
from calcinosis.follow_up.results import Course, Due, FollowUp, Response
from calcinosis.report.head import whose
from calcinosis.report.lines import clean
from calcinosis.words.en import follow as words
from calcinosis.words.en import follow_page as page
from calcinosis.words.en.quantities import amount, number_words, unit_words
from calcinosis.words.en.report import day_words

FollowMark = Literal["danger", "soon", "known", "better", "worse", "not-known", ""]


class FollowLine(Struct, frozen=True, kw_only=True):
    """One line: what it is about, what is said, what stands aside, and the sources."""

    label: str = ""
    says: str
    aside: tuple[str, ...] = ()
    mark: FollowMark = ""
    cites: tuple[str, ...] = ()


class FollowSection(Struct, frozen=True, kw_only=True):
    """The lines under one heading; ``note`` stands above them."""

    id: str
    title: str
    lines: tuple[FollowLine, ...]
    note: str = ""


class FollowReport(Struct, frozen=True, kw_only=True):
    """What a reader sees of a follow-up, but for its chart."""

    title: str
    lede: str
    who: str
    sections: tuple[FollowSection, ...]


def follow_report(found: FollowUp) -> FollowReport:
    """Return the headline and the sections of a follow-up that say something."""
    told = {
        "danger": list(_dangers(found)),
        "stop": list(_signals(found)),
        "since": list(_since(found)),
        "over": list(_over(found)),
        "due": [_due(one) for one in found.due],
        "lesions": [_lesion(one) for one in found.lesions],
        "scores": [_score(one) for one in found.scores],
        "results": [_series(one) for one in found.series],
        "courses": [_course(one) for one in found.courses],
        "responses": [_response(one) for one in found.responses],
    }
    since = found.since_last_visit
    notes = {"since": page.between(since.before, since.last) if since.before else page.ONE_VISIT}
    sections = [
        FollowSection(id=name, title=page.SECTIONS[name], lines=tuple(lines), note=notes.get(name, ""))
        for name, lines in told.items()
        if lines or name == "since"
    ]
    return FollowReport(title=_title(found), lede=_lede(found), who=whose(found.assessment), sections=tuple(sections))


def _title(found: FollowUp) -> str:
    last = [one.changes[-1].direction for one in found.lesions if one.changes and not one.ended]
    came_again = {name for one in found.lesions for name in one.of}
    new = sum(one.id == news.what for one in found.lesions for news in found.since_last_visit.new)
    gone = sum(bool(one.ended) and one.id not in came_again for one in found.lesions)
    return page.headline(last.count("better"), last.count("worse"), new, gone)


def _lede(found: FollowUp) -> str:
    points = [one.points for one in found.series] + [one.points for one in found.lesions]
    days = sorted(point.date for told in (*points, *(one.points for one in found.scores)) for point in told)
    overdue = sum(one.state == "overdue" for one in found.due)
    return page.lede(len(found.stop_signals), overdue, days[0] if days else "", found.record.as_of)


def _dangers(found: FollowUp) -> Iterator[FollowLine]:
    told = {one.id for one in found.stop_signals}
    for flag in found.assessment.red_flags:
        if flag.id not in told:
            yield FollowLine(label=flag.name, says=flag.says, mark="danger", cites=flag.cite)
    for danger in found.assessment.earlier_dangers:
        if danger.id not in told and not _gone_after(found, danger):
            says = f"{words.old_finding(danger.date)} {danger.says}"
            yield FollowLine(label=danger.name, says=says, mark="known", cites=danger.cite)


def _over(found: FollowUp) -> Iterator[FollowLine]:
    """Yield earlier dangers of which nothing is left."""
    told = {one.id for one in found.stop_signals}
    for danger in found.assessment.earlier_dangers:
        gone = _gone_after(found, danger) if danger.id not in told else ""
        if gone:
            yield FollowLine(label=danger.name, says=words.over(danger.date, gone), mark="better", cites=danger.cite)


def _gone_after(found: FollowUp, danger: EarlierDanger) -> str:
    """Return when the last lesion was gone at whose place an earlier danger was seen; empty while one is there."""
    library = found.assessment.account.library
    asked = {library.facts[name].companion_of or name for name in library.red_flags[danger.id].when.facts}
    there = [
        one
        for one in found.lesions
        if any(sign.present and sign.fact in asked and sign.date == danger.date for sign in one.signs)
    ]
    is_gone = [bool(one.ended) and one.ended_how in {one.none_is, REMOVAL} for one in there]
    again = {name for one in found.lesions for name in one.of}
    return max(one.ended for one in there) if there and all(is_gone) and again.isdisjoint(x.id for x in there) else ""


def _signals(found: FollowUp) -> Iterator[FollowLine]:
    for one in found.stop_signals:
        aside = (*one.because, *one.steps)
        is_of_a_day = bool(one.date) and not one.id.startswith(("planned-", "came-up-"))
        says = f"{words.old_finding(one.date)} {one.says}" if is_of_a_day else one.says
        yield FollowLine(label=one.name, says=says, aside=aside, mark="danger", cites=one.cite)


def _since(found: FollowUp) -> Iterator[FollowLine]:
    marks: dict[str, FollowMark] = {"new": "known", "worse": "worse", "better": "better", "gone": "better"}
    for group, label in page.GROUPS.items():
        for news in getattr(found.since_last_visit, group):
            says = f"{clean(news.says)}, {day_words(news.date)}" if news.date and group in marks else clean(news.says)
            yield FollowLine(label=label, says=f"{says}.", mark=marks.get(group, ""))


def _due(one: Due) -> FollowLine:
    mark: FollowMark = "soon" if one.state in {"overdue", "due"} else "better" if one.state == "complete" else ""
    aside = (one.when,) if one.state != "complete" else ()
    return FollowLine(label=page.DUE_STATES[one.state], says=one.says or one.what, aside=aside, mark=mark,
                      cites=one.cite)  # fmt: skip


def point_says(point: Point, unit: str, none_is: str = "") -> str:
    """Return the value of a point with its unit, or that nothing was found."""
    if point.is_none:
        return none_is or number_words(point.value or 0.0)
    if point.value is None:
        return clean(point.says)
    return amount(point.value, unit)


def _points(points: tuple[Point, ...], unit: str) -> str:
    return ", ".join(page.point_words(point_says(one, unit), one.date) for one in points)


def _sizes(one: Lesion) -> str:
    """Return the sizes of a lesion with their days, each with its method where there are several."""
    told = []
    for point in one.points:
        says = page.REMOVED if point.method == REMOVAL else point_says(point, one.unit, one.none_is)
        is_one_of_several = len(one.methods) > 1 and point.method not in {"", REMOVAL}
        shape = page.NONE_BY if point.is_none else page.BY
        says = shape.format(size=says, method=point.method) if is_one_of_several else says
        told.append(page.point_words(says, point.date))
    return ", ".join(told)


def _lesion(one: Lesion) -> FollowLine:
    says = _sizes(one)
    aside = [page.SAME_METHOD.format(method=one.method)] if one.method and len(one.methods) == 1 else []
    sized = [change for change in one.changes if change.to_value or change.from_value == change.to_value]
    widest = max(sized, key=lambda change: change.days, default=None)
    told = [widest] if widest is not None else []
    aside += [page.labelled(change.label, change.says) if change.label else change.says for change in told]
    if one.ended and one.ended_how == one.none_is:
        aside.append(page.ENDED.format(how=one.ended_how, day=day_words(one.ended)))
    aside += list(one.says)
    aside += [f"{sign.name}, {day_words(sign.date)}" for sign in one.signs if sign.present]
    way = one.changes[-1].direction if one.changes else ""
    is_gone = bool(one.ended) and one.ended_how in {one.none_is, REMOVAL}
    return FollowLine(
        label=capitalised(clean(one.name)), says=says, aside=tuple(aside), mark="better" if is_gone else _mark(way)
    )


def capitalised(name: str) -> str:
    """Return a name as it stands at the beginning of a line."""
    return name[:1].upper() + name[1:]


def _mark(way: str) -> FollowMark:
    return "better" if way == "better" else "worse" if way == "worse" else ""


def _score(one: Score) -> FollowLine:
    labelled = [page.labelled(change.label, change.says) for change in one.changes if change.label]
    refused = [why for change in one.changes[-1:] for why in change.not_applied if not change.label]
    last = [one.changes[-1].says] if one.changes and not one.changes[-1].label else []
    way = one.changes[-1].direction if one.changes else ""
    cites = tuple(dict.fromkeys(source for change in one.changes for source in change.cite)) + one.cite
    aside = (*labelled, *last, *refused, *one.notes)
    return FollowLine(label=one.name, says=_points(one.points, one.unit), aside=aside,
                      mark=_mark(way), cites=cites)  # fmt: skip


def _series(one: Series) -> FollowLine:
    scale, shown = one.recorded_scale, unit_words(one.recorded_unit or one.unit)
    aside = [
        page.crossed(x.from_value / scale, x.to_value / scale, x.limit / scale, x.now, x.kind, x.date)
        for x in one.crossings
    ]
    aside += [page.NOW[one.now]] if one.now and not one.crossings and one.now != "within" else []
    aside += [limit.says for limit in one.limits if limit.says]
    aside += list(one.says)
    cites = tuple(dict.fromkeys(source for limit in one.limits for source in limit.cite))
    mark: FollowMark = "worse" if one.now in {"above", "below"} else ""
    label = f"{one.name}, {shown}" if shown else one.name
    says = ", ".join(page.point_words(_bare(point, scale), point.date) for point in one.points)
    if scale != 1 and len(one.points) > 1:
        ends = [_bare(point, 1.0) for point in (one.points[0], one.points[-1])]
        aside.insert(0, page.in_other_unit(ends[0], ends[1], unit_words(one.unit)))
    return FollowLine(label=label, says=says, aside=tuple(aside), mark=mark, cites=cites)


def _bare(point: Point, scale: float) -> str:
    return clean(point.says) if point.value is None else number_words(point.value / scale)


def _course(one: Course) -> FollowLine:
    says = page.from_to(one.start, one.stop, one.ongoing)
    aside = [page.FIRST_RECORDED] if one.start_is == "first-recorded" else []
    aside += [page.FIRST_DENIED] if one.stop_is == "first-denied" else []
    if one.doses:
        doses = [page.point_words(clean(dose.says), dose.start) for dose in one.doses]
        aside.append(page.DOSES.format(doses="; ".join(doses)))
    aside += [page.ON_DAYS.format(count=len(one.given))] if len(one.given) > 1 else []
    for pause in one.pauses:
        shape = page.PAUSED_FOR if pause.because else page.PAUSED
        stretch = {"start": day_words(pause.start), "stop": day_words(pause.stop)}
        aside.append(shape.format(**stretch, because=clean(pause.because)))
    if one.stopped_because is not None:
        aside.append(page.STOPPED_FOR.format(because=clean(one.stopped_because.says)))
    mark: FollowMark = "known" if one.conflicts else ""
    return FollowLine(label=clean(one.name), says=says, aside=(*aside, *one.says, *one.conflicts), mark=mark)


def _response(one: Response) -> FollowLine:
    says = " ".join(one.because[:-1])
    mark: FollowMark = "not-known" if one.label.startswith("cannot") else ""
    label = f"{clean(one.name)}, {page.from_to(one.start, one.stop, one.ongoing)}"
    aside = (*((page.labelled(one.label, says),) if one.label and not mark else ()), *one.definitions)
    return FollowLine(label=label, says=says, aside=(*aside, one.because[-1]), mark=mark, cites=one.cite)
