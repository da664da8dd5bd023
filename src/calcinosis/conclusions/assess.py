"""A record to its assessment: the table of contents of the reasoning."""

from __future__ import annotations

from calcinosis.conclusions.asked_dangers import asked_dangers
from calcinosis.conclusions.assessment import Assessment, NotUnderstood, RecordSummary
from calcinosis.conclusions.causes import cause_results, earlier_dangers, follow_up_results, red_flag_results
from calcinosis.conclusions.entered import Account
from calcinosis.conclusions.taken import medicines_taken
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.conclusions.watch import watch_results
from calcinosis.conclusions.workup import workup_results
from calcinosis.library.library import Library
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
        causes=cause_results(library, facts),
        red_flags=red_flags,
        watch=() if is_dead else watch_results(library, facts, red_flags),
        earlier_dangers=() if is_dead else earlier_dangers(library, facts),
        asked_dangers=() if is_dead else asked_dangers(library, facts, red_flags),
        workup=workup,
        treatments=treatments,
        stop=stop,
        taken=taken,
        follow_up=follow_up_results(library, facts) if classified.active else (),
        not_understood=tuple(NotUnderstood(remark.origin, remark.says, remark.ask) for remark in remarks),
        not_used=record.unused,
        not_read=record.not_read,
        account=Account(record, facts, library, day),
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
