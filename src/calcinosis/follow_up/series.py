"""Results over time: each quantity in its own unit, what is worked out from them, limits by age, and crossings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from calcinosis.conclusions.reasons import source_ids
from calcinosis.follow_up.measured import Crossing, LimitResult, Point, Series
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import Target
from calcinosis.person.dates import days_between, years_between
from calcinosis.person.facts import PatientFacts
from calcinosis.person.record import take_out_doubted
from calcinosis.person.sayings import Said, settle
from calcinosis.quantities.units import CELSIUS, UnitError
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import TRUE
from calcinosis.words.en import follow as words

_NOT_FOLLOWED = frozenset({"age"})
Kind = Literal["usual", "printed", "target"]


def all_series(span: Span) -> tuple[Series, ...]:
    """Return the series of every quantity that is no score and no size of a lesion, by name of its fact."""
    by_day = _values_by_day(span)
    names = sorted({name for facts in by_day.values() for name in facts})
    found = {name: {day: values[name] for day, values in by_day.items() if name in values} for name in names}
    return tuple(_series(span, name, found) for name in names)


def measured_facts(span: Span) -> frozenset[str]:
    """Return the quantities that are outcome measures, which are no laboratory series."""
    return frozenset(measure.fact for measure in span.library.outcome_measures.values())


def _values_by_day(span: Span) -> dict[str, dict[str, Value]]:
    """Return the quantities of each day, with what is worked out from results of the same day."""
    measures = measured_facts(span) | _NOT_FOLLOWED
    by_day: dict[str, list[Said]] = {}
    for name, sayings in span.said.items():
        if span.library.facts[name].kind == "quantity" and name not in measures:
            for said in sayings:
                assert said.day is not None
                by_day.setdefault(said.day.earliest, []).append(said)
    return {day: _values_at(span, day, by_day[day]) for day in sorted(by_day)}


def _values_at(span: Span, day: str, said: list[Said]) -> dict[str, Value]:
    vocabulary = span.library.vocabulary
    values, _ = settle(said, day, vocabulary.facts)
    take_out_doubted(values, vocabulary)
    known = dict(values)
    sex = span.facts.value("sex")
    if sex is not None:
        known["sex"] = sex
    if span.record.birth is not None:
        low, high = years_between(span.record.birth, day)
        known["age"] = Value(truth=TRUE, low=low, high=high)
    elif (age := span.facts.value("age")) is not None:
        known["age"] = age
    facts = PatientFacts(vocabulary, known)
    found = {name: value for name in values if (value := facts.value(name)) is not None and value.is_number}
    for name in vocabulary.formulas:
        value = facts.value(name) if name not in found else None
        if value is not None and value.is_number and value.origins:
            found[name] = value
    return found


def _series(span: Span, name: str, every: dict[str, dict[str, Value]]) -> Series:
    fact, by_day = span.library.facts[name], every[name]
    points = tuple(_point(day, value) for day, value in by_day.items())
    target = _target(span, name)
    numbers = [(point.date, point.value) for point in points if point.value is not None]
    crossings = tuple(_crossings(fact, by_day, target))
    ends = (numbers[0][1], numbers[-1][1]) if len(numbers) > 1 else None
    days = [point.date for point in points]
    is_derived = all(not span.said.get(name) for _ in points)
    parts = tuple(span.library.vocabulary.reads.get(name, ())) if is_derived else ()
    unit, scale = _recorded_unit(span, fact, points)
    return Series(
        test=name,
        name=fact.name,
        unit=fact.unit,
        points=points,
        limits=tuple(_limits(span, fact, by_day, target)),
        crossings=crossings,
        parts=tuple(part for part in parts if part not in {"age", "sex"}),
        in_range=_in_range(by_day, target),
        now=_now(next(reversed(by_day.values())), target),
        change=None if ends is None else round(ends[1] - ends[0], 6),
        percent=None if ends is None or ends[0] == 0 else round(100 * (ends[1] - ends[0]) / ends[0], 1),
        longest_gap=max((days_between(one, other) for one, other in pairwise(days)), default=0),
        recorded_unit=unit,
        recorded_scale=scale,
        says=(*_says(span, name, parts), *_disagreements(span, fact, every)),
    )


def _point(day: str, value: Value) -> Point:
    is_one = value.low is not None and value.low == value.high and not value.is_disputed
    return Point(
        date=day,
        value=value.low if is_one else None,
        low=None if is_one else value.low,
        high=None if is_one else value.high,
        says=value.said,
        from_=value.origins,
    )


def _recorded_unit(span: Span, fact: Fact, points: tuple[Point, ...]) -> tuple[str, float]:
    """Return the one unit in which the record writes a quantity, and what one of it is in the unit of the fact."""
    found = {point.says.partition(" ")[2].strip().rstrip(".") for point in points}
    unit = found.pop() if len(found) == 1 else ""
    try:
        is_multiple = unit and fact.unit != CELSIUS
        return (unit, span.terms.scale(fact, unit)) if is_multiple else ("", 1.0)
    except UnitError:
        return "", 1.0


def _target(span: Span, name: str) -> Target | None:
    """Return what a source asks of a quantity in this person."""
    found = [one for one in span.library.targets.values() if one.fact == name]
    return next(
        (one for one in sorted(found, key=lambda one: one.id) if span.facts.truth(one.applies_when) is TRUE), None
    )


def _limits_on(value: Value, target: Target | None) -> tuple[Kind, float | None, float | None]:
    """Return the limits that count for a result: what a source asks for, else the limits of the day."""
    if target is not None:
        return "target", target.lower_value, target.upper_value
    return "usual", value.lower_limit, value.upper_limit


def _limits(span: Span, fact: Fact, by_day: dict[str, Value], target: Target | None) -> Iterator[LimitResult]:
    if target is not None:
        says = words.target(fact.name, target.says)
        low, high = (None if one is None else _written(one, fact, target)
                     for one in (target.lower_value, target.upper_value))  # fmt: skip
        yield LimitResult(kind="target", lower=low, upper=high, says=says,
                          cite=source_ids(target.cite))  # fmt: skip
    before: tuple[float | None, float | None] = (None, None)
    for day, value in by_day.items():
        pair = value.lower_limit, value.upper_limit
        if pair == before or pair == (None, None):
            continue
        before = pair
        found = [one for one in fact.usual_limits if (one.lower_value, one.upper_value) == pair]
        kind: Kind = "usual" if found else "printed"
        cite = source_ids(found[0].cite) if found else ()
        low, high = (None if one is None else fact.limit_written(one) for one in pair)
        yield LimitResult(kind=kind, lower=low, upper=high, since=day, cite=cite)


def _written(limit: float, fact: Fact, target: Target | None) -> float:
    """Return a limit as its source writes it, without the tolerance of its digits."""
    if target is None:
        return fact.limit_written(limit)
    number = (target.upper or target.lower).partition(" ")[0]
    return round(limit, len(number.partition(".")[2]))


def _stands(number: float, lower: float | None, upper: float | None) -> Literal["above", "below", "within"]:
    if upper is not None and number > upper:
        return "above"
    return "below" if lower is not None and number < lower else "within"


def _crossings(fact: Fact, by_day: dict[str, Value], target: Target | None) -> Iterator[Crossing]:
    """Yield each passing of a limit from one result to the next, by the limits of the later day."""
    exact = [(day, value) for day, value in by_day.items() if value.low is not None and value.low == value.high]
    for (before, earlier), (day, later) in pairwise(exact):
        assert earlier.low is not None
        assert later.low is not None
        kind, lower, upper = _limits_on(later, target)
        was, now = _stands(earlier.low, lower, upper), _stands(later.low, lower, upper)
        limit = upper if "above" in (was, now) else lower
        if was != now and limit is not None:
            cite = source_ids(target.cite) if target is not None else ()
            yield Crossing(
                date=day,
                before=before,
                from_value=earlier.low,
                to_value=later.low,
                limit=_written(limit, fact, target),
                kind=kind,
                now=now,
                cite=cite,
            )


def _in_range(by_day: dict[str, Value], target: Target | None) -> bool | None:
    """Return whether every result lies within its limits; None where one has none, or is no single number."""
    found = []
    for value in by_day.values():
        _, lower, upper = _limits_on(value, target)
        if value.low is None or value.low != value.high or (lower is None and upper is None):
            return None
        found.append(_stands(value.low, lower, upper) == "within")
    return all(found) if found else None


def _now(last: Value, target: Target | None) -> Literal["above", "below", "within", ""]:
    """Return how the last result stands to its limits; empty where it has none, or is no single number."""
    _, lower, upper = _limits_on(last, target)
    if last.low is None or last.low != last.high or (lower is None and upper is None):
        return ""
    return _stands(last.low, lower, upper)


def _says(span: Span, name: str, parts: tuple[str, ...]) -> Iterator[str]:
    """Yield what is to be known of a series: what it is worked out from, and that no better one was measured."""
    facts = span.library.facts
    named = [facts[part].name for part in parts if part not in {"age", "sex"}]
    if named:
        yield words.worked_out(named)
    better = facts[name].outranked_by
    if better and not span.said.get(better):
        yield words.never_measured(facts[better].name)


def _disagreements(span: Span, fact: Fact, every: dict[str, dict[str, Value]]) -> Iterator[str]:
    """Yield the days on which another measure of the same stood otherwise to its limits."""
    for other in fact.measured_with:
        for day, value in every[fact.id].items():
            beside = every.get(other, {}).get(day)
            if beside is None or value.low is None or beside.low is None:
                continue
            one = _stands(value.low, value.lower_limit, value.upper_limit)
            two = _stands(beside.low, beside.lower_limit, beside.upper_limit)
            if one != two:
                yield words.disagree(day, fact.name, one, span.library.facts[other].name, two)
