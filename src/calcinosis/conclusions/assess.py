"""A record to its assessment: the table of contents of the reasoning."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from calcinosis.conclusions.asked_dangers import asked_dangers
from calcinosis.conclusions.assessment import Assessment, NotUnderstood, RecordSummary, SourceResult
from calcinosis.conclusions.causes import cause_results, earlier_dangers, follow_up_results, red_flag_results
from calcinosis.conclusions.entered import Account
from calcinosis.conclusions.taken import medicines_taken
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.conclusions.watch import watch_results
from calcinosis.conclusions.workup import workup_results
from calcinosis.library.library import Library
from calcinosis.library.source import Source
from calcinosis.person.facts import PatientFacts
from calcinosis.person.record import Record


def assess_record(record: Record, library: Library, as_of: str | None = None) -> Assessment:
    """Return the assessment of a record at a day, by default its last."""
    day = as_of or record.last_day
    facts, remarks = record.facts(library.vocabulary, day)
    assumed = facts.assuming_absent()
    classified = classify(library, facts, assumed, told_in_prose=record.source == "note")
    treatments = treatment_results(library, facts, assumed, classified.active, classified.over)
    is_dead = record.is_dead(as_of or "")
    red_flags = () if is_dead else red_flag_results(library, facts, assumed)
    workup = workup_results(library, facts, assumed, classified, treatments, red_flags)
    stop, taken = medicines_taken(library, facts, assumed, treatments, record.taken_without_fact(day))
    parts = (
        classified.types,
        classified.look_alikes,
        classified.because,
        causes := cause_results(library, facts),
        red_flags,
        workup,
        treatments,
        stop,
        taken,
        follow_up := follow_up_results(library, facts) if classified.active else (),
        watch := () if is_dead else watch_results(library, facts, red_flags),
        earlier := () if is_dead else earlier_dangers(library, facts),
        asked := () if is_dead else asked_dangers(library, facts, red_flags),
    )
    return Assessment(
        knowledge_version=library.version,
        knowledge_checked=library.checked,
        record=_summary(record, facts, day, is_dead),
        presentation=classified.presentation,
        presentation_because=classified.because,
        leading_type=classified.leading,
        active=classified.active,
        types=classified.types,
        look_alikes=classified.look_alikes,
        causes=causes,
        red_flags=red_flags,
        watch=watch,
        earlier_dangers=earlier,
        asked_dangers=asked,
        workup=workup,
        treatments=treatments,
        stop=stop,
        taken=taken,
        follow_up=follow_up,
        not_understood=tuple(NotUnderstood(remark.origin, remark.says, remark.ask) for remark in remarks),
        not_used=record.unused,
        not_read=record.not_read,
        account=Account(record, facts, library, day),
        names=_names(library, parts),
        sources=_sources(library, parts),
    )


def _summary(record: Record, facts: PatientFacts, day: str, deceased: bool) -> RecordSummary:
    age, sex = facts.value("age"), facts.value("sex")
    return RecordSummary(
        id=record.id,
        as_of=day,
        age=age.low if age else None,
        sex=sex.word if sex else "",
        deceased=deceased,
        died=record.death.earliest if deceased and record.death is not None and record.death.is_exact else "",
    )


def _sources(library: Library, parts: Any) -> dict[str, SourceResult]:
    cited = sorted(_cites(tuple(result for part in parts for result in part)))
    return {name: _source(library.sources[name]) for name in cited if name in library.sources}


@lru_cache(maxsize=4096)
def _source(source: Source) -> SourceResult:
    return SourceResult(
        citation=source.citation, url=source.link, kind=source.kind, read=source.read, supports=source.supports
    )


def _cites(parts: tuple[Any, ...]) -> set[str]:
    """Return every source id cited anywhere in the results."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        cites, inner = _citing_fields(type(part))
        if cites:
            found.update(part.cite)
        for name in inner:
            value = getattr(part, name)
            if type(value) is tuple:
                waiting += value
            else:
                waiting.append(value)
    return found


_FIELDS: dict[type[Any], tuple[bool, tuple[str, ...]]] = {}


def _citing_fields(kind: type[Any]) -> tuple[bool, tuple[str, ...]]:
    """Return whether a result has citations of its own, and its fields with results that may."""
    if kind not in _FIELDS:
        _FIELDS[kind] = _find_citing_fields(kind) if is_dataclass(kind) else (False, ())
    return _FIELDS[kind]


def _find_citing_fields(kind: type[Any]) -> tuple[bool, tuple[str, ...]]:
    plain = {"from_", "check", "monitor", "assumes_absent", "settled_by", "would_settle", "would_check", "leads_to",
             "unknown", "looked_at"}  # fmt: skip
    names = [
        field.name
        for field in fields(kind)
        if field.name not in plain and ("tuple" in str(field.type) or "Summary" in str(field.type))
    ]
    return "cite" in names, tuple(name for name in names if name != "cite")


def _names(library: Library, parts: Any) -> dict[str, str]:
    """Return the names of the facts that are named by id: what to ask and what to check."""
    found: set[str] = set()
    for kind in parts[0]:
        found.update(kind.assumes_absent)
        for form in kind.forms:
            found.update(form.assumes_absent)
    for result in parts[6]:
        found.update(result.check)
    for medicine in parts[8]:
        found.update(medicine.unknown)
    return {name: library.facts[name].name for name in sorted(found)}
