"""Unwanted events and clinical impressions: what happened, what was found, and which medicine is suspected of it."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.dates import Day
from calcinosis.readers.fhir.annotations import read_text
from calcinosis.readers.fhir.concepts import Reading, read_concept
from calcinosis.readers.fhir.diagnoses import diagnosed
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import (
    Reader,
    companion,
    day_of,
    is_of_skin,
    note_missing,
    note_reading,
    saw,
    say,
    say_sites,
    start_of,
    words_of_concept,
)
from calcinosis.rules.vocabulary import PAST, Origin
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.truth import TRUE, UNKNOWN

STATED = frozenset({"condition", "finding", "procedure", "exposure", "result"})
"""Kinds of facts that a resource of another purpose can state; medicines and allergies have resources of their own."""
_OVER = frozenset({"resolved", "resolvedwithsequelae", "recovered"})


def read_event(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add an unwanted event that happened; one that is resolved may be over."""
    if text(resource, "actuality") == "potential":
        return
    written = resource.get("date") or resource.get("occurrenceDateTime") or resource.get("detected")
    day, time = day_of({"effectiveDateTime": written}, "Observation")
    saw(reader, day, origin)
    reading = read_concept(obj(resource, "event") or obj(resource, "code"), reader.terms)
    note_reading(reader, reading, origin, relevant=True)
    truth = UNKNOWN if _is_over(resource) else TRUE
    for meant in reading.meant:
        if reader.terms.facts[meant.fact].kind in STATED:
            say(reader, meant, truth, day, origin, time=time, said=reading.label)
            if truth is UNKNOWN and meant.sense == "present":
                companion(reader, PAST + meant.fact, TRUE, day, origin, said=reading.label)
    if "resultingCondition" in resource:
        note_missing(reader, items(resource, "resultingCondition"), origin)
    for suspect in _suspects(resource):
        named = read_concept(suspect, reader.terms)
        note_reading(reader, named, origin, relevant=True)
        kept = tuple(one for one in named.meant if reader.terms.facts[one.fact].kind == "medicine")
        for meant, _ in diagnosed(reader, Reading(kept, label=named.label), TRUE, origin):
            say(reader, meant, UNKNOWN, day, origin, time=time, said=named.label)


def _is_over(event: Json) -> bool:
    """Whether the outcome of an event, by its code or its words, is that it is over. Raises ShapeError."""
    told = [one for one in parts_of(event, "outcome") if one] if "outcome" in event else []
    words = {"".join(said.lower().split()) for one in told for said in (*words_of_concept(one), *codes(one))}
    return not _OVER.isdisjoint(words)


def _suspects(event: Json) -> Iterator[Json]:
    """Yield the concepts of what is suspected to have led to an event: of the fifth version, or by their names."""
    for suspect in items(event, "suspectEntity"):
        if concept := obj(suspect, "instanceCodeableConcept"):
            yield concept
        for key in ("instance", "instanceReference"):
            if shown := text(obj(suspect, key), "display"):
                yield {"text": shown}


def read_diagnoses(reader: Reader, encounter: Json, day: Day | None, origin: Origin) -> None:
    """Add the diagnoses of a visit that it tells itself, and name those that the record has not."""
    for diagnosis in items(encounter, "diagnosis"):
        for condition in parts_of(diagnosis, "condition"):
            is_both = "concept" in condition or isinstance(condition.get("reference"), dict)
            reference = obj(condition, "reference") if is_both else condition
            note_missing(reader, [reference] if reference else [], origin)
            concept = obj(condition, "concept") if is_both else {}
            reading = read_concept(concept, reader.terms) if concept else Reading()
            note_reading(reader, reading, origin, relevant=bool(concept))
            for meant in (one for one in reading.meant if reader.terms.facts[one.fact].kind in STATED):
                say(reader, meant, TRUE, day, origin, said=reading.label)


def read_impression(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what a clinical impression found, and what its summary says."""
    if text(resource, "status") not in {"completed", "in-progress", ""}:
        return
    written = resource.get("effectiveDateTime") or resource.get("date")
    day = start_of(resource, "effectivePeriod")
    time = ""
    if written:
        day, time = day_of({"effectiveDateTime": written}, "Observation")
    saw(reader, day, origin)
    if summary := text(resource, "summary"):
        read_text(reader, "Observation", {"effectiveDateTime": written} if written else {}, summary, "", origin)
    for finding in items(resource, "finding"):
        item = obj(finding, "item")
        for reference in (obj(finding, "itemReference"), obj(item, "reference")):
            note_missing(reader, [reference] if reference else [], origin)
        concept = obj(finding, "itemCodeableConcept") or obj(item, "concept")
        reading = read_concept(concept, reader.terms) if concept else Reading()
        note_reading(reader, reading, origin, relevant=bool(concept))
        stated = [one for one in reading.meant if reader.terms.facts[one.fact].kind in STATED]
        for meant in stated:
            say(reader, meant, TRUE, day, origin, time=time, said=reading.label)
        if is_of_skin(reader, [one for one in stated if one.sense == "present"]):
            say_sites(reader, [reading.label], day, origin)


HANDLERS = {"AdverseEvent": read_event, "ClinicalImpression": read_impression}
