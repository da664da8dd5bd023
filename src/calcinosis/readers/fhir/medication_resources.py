"""Orders, supplies and statements of medicines: what is taken, from when to when, and why it was stopped."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Mapping

from msgspec.structs import replace

from calcinosis.person.dates import Day, days_before
from calcinosis.person.history import Plan
from calcinosis.person.sayings import EVER, Said
from calcinosis.readers.fhir.concepts import Meant, read_concept
from calcinosis.readers.fhir.courses import is_planned, prescriptions
from calcinosis.readers.fhir.diagnoses import allergy_facts
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import (
    Reader,
    day_of,
    end_of,
    note_reading,
    saw,
    say,
    start_of,
)
from calcinosis.readers.fhir.medicines import HOURS, medicine_concepts, medicine_said, other_medicines, use_of
from calcinosis.readers.fhir.taking import not_taken_by
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, items, number, obj, text
from calcinosis.truth import TRUE, UNKNOWN
from calcinosis.words.en.account import NOT_TO_BE_GIVEN
from calcinosis.words.en.remarks import NO_MEDICINE, said_not_taken


def read_medication(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    others: Mapping[str, Json] = {}
    if "contained" in resource or "medicationReference" in resource or "medication" in resource:
        contained = {f"#{inner.get('id')}": inner for inner in items(resource, "contained")}
        others = ChainMap(contained, reader.by_reference) if contained else reader.by_reference
    day, _time = day_of(resource, kind)
    saw(reader, day, origin)
    start, until = _course(resource, kind)
    if start is not None and (day is None or start.latest > day.latest):
        day = start  # ordered today, to be taken from next week: not taken before
    use = use_of(resource, kind, day, until)
    if use is not None and use.taken is TRUE and (denied := not_taken_by(resource, reader.terms)):
        reader.remark(origin, said_not_taken(denied))
        use, resource = replace(use, taken=UNKNOWN), {**resource, "status": "unknown"}
    readings = list(medicine_concepts(resource, others, reader.terms))
    for reading in readings:
        note_reading(reader, reading, origin, relevant=True)
    if any(reading.nothing for reading in readings):  # no medicine is known, or none is told
        return
    for reading in readings:
        if use is not None:
            reader.said.extend(medicine_said(reading, use, resource, origin, reader.terms))
    reader.prescriptions.extend(prescriptions(kind, resource, readings, (start, until, day), origin, reader.terms))
    if use is None and is_planned(resource):
        facts = tuple(meant.fact for reading in readings for meant in reading.meant)
        label = next((reading.label for reading in readings if reading.label), "")
        reader.plans.append(Plan(says=label[:120], facts=facts, day=day, origin=origin))
        told = Value(truth=UNKNOWN, said=label[:120], origins=(origin,))
        reader.mentions += [Said(fact, told, day, sense="planned") for fact in facts]
    if resource.get("doNotPerform") is True:
        for reading in readings:
            reader.not_read.add("words", NOT_TO_BE_GIVEN.format(medicine=reading.label[:100]), origin)
    if use is not None:
        reader.other_medicines.extend(other_medicines(readings, use, origin, reader.terms))
    if not readings and use is not None:
        reader.remark(origin, NO_MEDICINE)
    if not _REASONS.isdisjoint(resource):
        _read_reasons(reader, resource, day, origin)


_REASONS = frozenset({"statusReason", "reasonNotTaken"})
"""Elements that say why a medicine was stopped, paused or not taken."""


def _read_reasons(reader: Reader, resource: Json, day: Day | None, origin: Origin) -> None:
    """Read why a medicine was stopped: an allergy stays, an illness was there, and may have gone with the medicine."""
    for concept in (one for key in sorted(_REASONS) for one in parts_of(resource, key)):
        reading = read_concept(concept, reader.terms)
        if reader.terms.uses.is_not_taken(reading.label):
            continue
        note_reading(reader, reading, origin, relevant=True)
        for meant in reading.meant:
            kind = reader.terms.facts[meant.fact].kind
            if kind in {"condition", "finding"} and meant.sense == "present":
                say(reader, meant, UNKNOWN, day, origin, said=reading.label)
            elif kind in {"allergy", *EVER}:
                say(reader, meant, TRUE, day, origin, said=reading.label)
            elif (
                kind == "medicine"
                and reader.terms.uses.said_of(meant.fact, reading.label, reader.terms.matcher) == "allergy"
            ):
                for fact in allergy_facts(meant.fact, reader.terms):
                    say(reader, Meant(fact, sense=meant.sense), TRUE, day, origin, said=reading.label)


def _course(resource: Json, kind: str) -> tuple[Day | None, Day | None]:
    """Return the first and the last day of taking a medicine, where they are written. Raises DateError."""
    start, stop = start_of(resource, "effectivePeriod"), end_of(resource, "effectivePeriod")
    if start is None and stop is None and kind in _WITH_SCHEDULES:
        start, stop = _scheduled(resource, kind)
    if stop is None and kind == "MedicationRequest":
        stop = end_of(obj(resource, "dispenseRequest"), "validityPeriod")
    return start, stop


_WITH_SCHEDULES = frozenset({"MedicationRequest", "MedicationStatement"})


def _scheduled(resource: Json, kind: str) -> tuple[Day | None, Day | None]:
    """Return from when to when the schedules of all dosages go; a length is counted from the day of the resource."""
    dosages = [one for key in ("dosageInstruction", "dosage") for one in parts_of(resource, key) if key in resource]
    repeats = [obj(obj(dosage, "timing"), "repeat") for dosage in dosages]
    starts = [start_of(repeat, "boundsPeriod") for repeat in repeats]
    begun = day_of(resource, kind)[0]
    ends = [end_of(one, "boundsPeriod") or _end_by_length(one, begun) for one in repeats]
    start = min((day for day in starts if day is not None), default=None) if None not in starts else None
    return start, max(day for day in ends if day is not None) if ends and None not in ends else None


def _end_by_length(repeat: Json, begun: Day | None) -> Day | None:
    """Return the last day of a schedule that says for how long it goes. Raises ShapeError."""
    length = obj(repeat, "boundsDuration") or obj(obj(repeat, "boundsRange"), "high")
    count, hours = number(length, "value") if length else None, HOURS.get(text(length, "code"), 0.0)
    if begun is None or count is None or not 0 < count * hours < _LONGEST_COURSE:
        return None
    days = math.ceil(count * hours / 24)
    return Day(days_before(begun.earliest, -days), days_before(begun.latest, -days))


_LONGEST_COURSE = 24 * 366 * 20
"""Hours of the longest schedule that is believed."""
