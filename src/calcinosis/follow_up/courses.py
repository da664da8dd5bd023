"""Courses of treatment: orders, statements, doses and supplies of one medicine, put together over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from calcinosis.follow_up.results import Course, Dose, StoppedBecause
from calcinosis.follow_up.span import Span, is_within
from calcinosis.follow_up.stretches import Run, first_day, last_day, runs_of, runs_of_doses, seen_day
from calcinosis.library.entries import Treatment
from calcinosis.person.dates import days_before
from calcinosis.person.history import Prescription
from calcinosis.rules.vocabulary import Origin
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en import follow as words


class _Beside(Struct, frozen=True):
    """What else is said of a medicine beside its orders: that it is not taken, supplies, single doses."""

    denials: Sequence[Prescription]
    supplies: Sequence[Prescription]
    doses: Sequence[Prescription]


def all_courses(span: Span) -> tuple[Course, ...]:
    """Return the courses of every medicine of a record, by their first days."""
    by_medicine: dict[tuple[str, str], list[Prescription]] = {}
    for one in (*span.history.prescriptions, *_told(span)):
        if one.start is None or is_within(one.start, span.as_of):
            for key in _keys(one):
                by_medicine.setdefault(key, []).append(one)
    found = [course for key in sorted(by_medicine) for course in _courses(span, key, by_medicine[key])]
    found = [*found, *_procedures(span)]
    return tuple(sorted(found, key=lambda course: (course.start or "9999", course.name, course.medicine, course.stop)))


def _keys(one: Prescription) -> list[tuple[str, str]]:
    """Return by what a medicine is known: its facts, or the first word of its name."""
    if one.medicines:
        return [(name, "") for name in one.medicines]
    return [("", " ".join(one.name.lower().split()[:1]))] if one.name else []


def _told(span: Span) -> Iterator[Prescription]:
    """Yield what forms and notes say of medicines on their days, as statements."""
    for name, sayings in span.said.items():
        if span.library.facts[name].kind != "medicine":
            continue
        for said in sayings:
            if any(origin.kind == "resource" for origin in said.value.origins):
                continue
            is_taken = said.value.truth is TRUE
            if is_taken or said.value.truth is FALSE:
                yield Prescription(
                    kind="statement",
                    medicines=(name,),
                    name=span.library.facts[name].name,
                    state="active" if is_taken else "not-taken",
                    start=said.day,
                    stop=said.until,
                    seen=said.day,
                    dated=False,
                    origin=min(said.value.origins),
                )


def _courses(span: Span, key: tuple[str, str], found: list[Prescription]) -> Iterator[Course]:
    fact, name = key
    unique = sorted(set(found), key=lambda one: (first_day(one), last_day(one), one.dose, repr(one.origin)))
    doses = [one for one in unique if one.kind == "dose" and one.state != "not-taken"]
    supplies = [one for one in unique if one.kind == "supply" and one.state != "not-taken"]
    denials = [one for one in unique if one.state == "not-taken"]
    told = [one for one in unique if one.kind in {"order", "statement"} and one.state != "not-taken"]
    runs = runs_of(span, told or ([] if doses else supplies), denials) or runs_of_doses(doses)
    truth = _truth(span, fact, name, unique)
    for place, run in enumerate(runs):
        is_last = place == len(runs) - 1
        beside = _Beside(denials, supplies if is_last else [], doses)
        yield _course(span, fact, run, truth if is_last else FALSE, beside)


def _truth(span: Span, fact: str, name: str, found: Iterable[Prescription]) -> Truth:
    """Return whether a medicine is taken at the last day, as the assessment has it."""
    if fact and span.library.facts[fact].kind != "medicine":
        return FALSE if all(one.stop is not None for one in found) else UNKNOWN
    if fact:
        value = span.facts.stated.get(fact)
        return UNKNOWN if value is None else value.truth
    taken = span.record.taken_without_fact(span.as_of)
    return TRUE if any(one.name[:120] in taken for one in found) else FALSE


def _course(span: Span, fact: str, run: Run, truth: Truth, beside: _Beside) -> Course:
    first = run.parts[0]
    last = max(run.parts, key=lambda part: (part.stop == run.stop, part.stop or "9999"))
    treatment = treatment_of(span, fact, _kinds_said(span, run))
    ongoing = _ONGOING[truth]
    why = max((part.why for part in run.parts if part.why.stopped_because), key=last_day, default=None)
    supplied = max((_supplied(one) for one in beside.supplies if one.supply), default="")
    given = sorted({one.start.earliest for one in beside.doses if one.start and first.start <= one.start.earliest})
    is_short = ongoing is not False and supplied and supplied < span.as_of
    parts = {one.origin for part in run.parts for one in (part.one, part.why)}
    return Course(
        treatment=treatment.id if treatment is not None else "",
        medicine=fact,
        name=span.library.facts[fact].name if fact else first.one.name,
        start=first.start,
        stop="" if ongoing else run.stop,
        start_is=_start_is(run),
        stop_is="" if ongoing else last.stop_is or "not-known",
        ongoing=ongoing,
        doses=tuple(_doses(run)),
        given=tuple(day for day in given if not run.stop or day <= run.stop),
        pauses=tuple(run.pauses),
        stopped_because=None
        if why is None or ongoing
        else StoppedBecause(says=why.stopped_because, facts=why.stopped_for),
        conflicts=tuple(_conflicts(run, ongoing, beside.denials)),
        supplied_until=supplied,
        says=(words.supply_ended(supplied),) if is_short else (),
        from_=tuple(sorted(parts | {one.origin for one in (*beside.supplies, *beside.doses)})),
    )


_ONGOING: dict[Truth, bool | None] = {TRUE: True, FALSE: False, UNKNOWN: None}


def _start_is(run: Run) -> Literal["written", "first-recorded", "not-known"]:
    """Return whether the first day is written, or is only the first on which something is said."""
    first = run.parts[0]
    if not first.start:
        return "not-known"
    days = [part.one for part in run.parts if part.start == first.start]
    is_written = any(one.dated and one.start is not None and one.start.is_exact for one in days)
    return "written" if is_written else "first-recorded"


def _doses(run: Run) -> Iterator[Dose]:
    """Yield the doses of a course, each from the day on which it is first written."""
    told = sorted((part for part in run.parts if part.one.dose), key=lambda part: (part.start, seen_day(part.one)))
    days: list[tuple[str, str]] = []
    for place, part in enumerate(told):
        if days and part.one.dose == days[-1][1]:
            continue
        is_same_course = place and part.start == told[place - 1].start and seen_day(part.one) > part.start
        days.append((seen_day(part.one) if is_same_course else part.start, part.one.dose))
    for place, (day, dose) in enumerate(days):
        after = days[place + 1][0] if place + 1 < len(days) else ""
        yield Dose(start=day, stop=after or run.stop, says=dose)


def _supplied(one: Prescription) -> str:
    """Return the day on which a supply ends."""
    return days_before(one.start.earliest, -one.supply) if one.start is not None else ""


def _conflicts(run: Run, ongoing: bool | None, denials: Sequence[Prescription]) -> Iterator[str]:
    """Yield what two sources say against each other: that it is taken, and that it is not."""
    current = [part for part in run.parts if not part.stop]
    for part in current[-1:]:
        against = [one for one in denials if one.start is None or one.start.latest >= part.start]
        for one in against:
            yield words.conflict(_source(part.one), part.start, _source(one), first_day(one))
        if not against and ongoing is False:
            yield words.ended_elsewhere(_source(part.one), part.start)
    if ongoing and not current:
        last = max(run.parts, key=lambda part: part.stop)
        yield words.goes_on_elsewhere(_source(last.one), last.stop)


def _source(one: Prescription) -> str:
    """Return what tells of a medicine: a resource by its name, a form, a note."""
    return words.SOURCES.get(one.origin.kind, one.origin.name)


def treatment_of(span: Span, fact: str, kinds: Iterable[str] = ()) -> Treatment | None:
    """Return the treatment that a medicine or a procedure is: its kind by route, itself, or a class that it is of."""
    if not fact:
        return None
    treatments = span.library.treatments.values()
    exact = {fact, *(kind for kind in kinds if span.terms.is_related(kind, fact))}
    found = [one for one in treatments if one.medicine in exact or fact in one.procedures]
    found = found or [one for one in treatments if fact in span.terms.related.get(one.medicine, ())]
    return min(found, key=lambda one: (not one.for_, -len(one.medicine), one.id), default=None)


def _kinds_said(span: Span, run: Run) -> set[str]:
    """Return the medicines that the sources of a course speak of, kinds by route and schedule among them."""
    origins = {part.one.origin for part in run.parts}
    facts = span.library.facts
    return {
        name
        for name, sayings in span.said.items()
        if facts[name].kind == "medicine" and any(not origins.isdisjoint(one.value.origins) for one in sayings)
    }


def _procedures(span: Span) -> Iterator[Course]:
    """Yield the procedures that are treatments, each on its day."""
    procedures = {fact for treatment in span.library.treatments.values() for fact in treatment.procedures}
    for name in sorted(procedures & span.said.keys()):
        treatment, fact = treatment_of(span, name), span.library.facts[name]
        by_day: dict[str, set[Origin]] = {}
        for said in span.said[name]:
            if said.value.truth is TRUE and said.day is not None:
                by_day.setdefault(said.day.earliest, set()).update(said.value.origins)
        for day, origins in by_day.items():
            yield Course(
                treatment=treatment.id if treatment is not None else "",
                medicine=name,
                name=fact.name,
                start=day,
                stop=day,
                start_is="written",
                stop_is="written",
                ongoing=False,
                given=(day,),
                from_=tuple(sorted(origins)),
            )
