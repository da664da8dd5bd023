"""What a run of results shows that one of them does not: a rate below its limit for three months is chronic disease."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from calcinosis.person.dates import days_between
from calcinosis.person.ends import is_old
from calcinosis.person.sayings import Remark, Said
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.vocabulary import Fact, LastingResult, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en.remarks import both_said, stayed_below


def add_lasting(said: Iterable[Said], as_of: str, values: dict[str, Value], vocabulary: Vocabulary) -> list[Remark]:
    """Add to what a record says at a day what its results show by lasting; return what they leave in dispute."""
    remarks: list[Remark] = []
    by_fact: dict[str, list[Said]] = {}
    lasting, facts = vocabulary.lasting if as_of else (), vocabulary.facts
    wanted = {asked.fact for _, asked in lasting}
    for one in said:
        if one.fact in wanted:
            by_fact.setdefault(one.fact, []).append(one)
    for fact, asked in lasting:
        shown = shown_by(by_fact.get(asked.fact, ()), as_of, asked, facts[asked.fact])
        if shown is not None:
            stated = values.get(fact.id)
            values[fact.id] = beside(stated, shown)
            if stated is not None and stated.truth is FALSE:
                remarks.append(Remark(min(stated.origins), both_said(fact.name)))
    return remarks


def shown_by(said: Sequence[Said], as_of: str, asked: LastingResult, result: Fact) -> Value | None:
    """Return what the newest results show at a day: that all since long enough ago are below the limit."""
    known = [one for one in said if one.day is not None and one.day.latest <= as_of and one.value.is_number]
    known.sort(key=lambda one: (one.day.latest, one.day.earliest) if one.day else ("", ""), reverse=True)
    run: list[Said] = []
    for one in known:
        if not _is_below(one.value, asked.below):
            break
        run.append(one)
    if len(run) < _LEAST or run[0].day is None or run[-1].day is None:
        return None
    newest, first = run[0].day, run[-1].day
    if days_between(first.latest, newest.earliest) < asked.for_days:
        return None
    if result.valid_for and is_old(newest, result.valid_for, as_of):
        return None
    origins = tuple(sorted({origin for one in (run[0], run[-1]) for origin in one.value.origins}))
    says = stayed_below(result.name, asked.below, result.unit, first.earliest, newest.latest)
    return Value(truth=TRUE, said=says, date=newest.latest, origins=origins)


_LEAST = 2


def _is_below(value: Value, limit: float) -> bool:
    return value.high is not None and (value.high < limit or (value.high == limit and value.open_high))


def beside(stated: Value | None, shown: Value) -> Value:
    """Return what counts of a fact that results show: what is denied is in dispute."""
    if stated is None or stated.truth is UNKNOWN:
        return shown
    return replace(stated, truth=UNKNOWN) if stated.truth is FALSE else stated
