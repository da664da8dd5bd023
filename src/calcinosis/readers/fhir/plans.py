"""What is arranged and has not happened, when the person was seen, and lesions that the record keeps apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from calcinosis.person.dates import Day, parse_date
from calcinosis.person.history import LesionEvent, NamedLesion, Plan, Visit
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.concepts import read_concept
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import Reader, companion, note_missing, note_reading, words_of_concept
from calcinosis.readers.fhir.lists import HANDLERS as LISTS
from calcinosis.rules.vocabulary import PLANNED, Origin, Value
from calcinosis.shapes import Json, items, obj, text
from calcinosis.truth import TRUE, UNKNOWN

_OPEN = frozenset({"active", "on-hold", "draft", "proposed", "pending", "booked", "waitlist", "planned", ""})
"""Statuses in which something has not happened and has not been given up."""
_OPEN_ACTIVITY = frozenset({"not-started", "scheduled", "on-hold", ""})
_LONGEST = 120
_ID = re.compile(r"[A-Za-z0-9.-]+")


def visit(resource: Json, day: Day, origin: Origin) -> Visit:
    """Return the visit that an Encounter was. Raises ShapeError."""
    kind = text(obj(resource, "class"), "code") if isinstance(resource.get("class"), dict) else ""
    said = [
        words for key in ("reasonCode", "type") for one in parts_of(resource, key) for words in words_of_concept(one)
    ]
    return Visit(day=day, kind=kind, says=next(iter(said), "")[:_LONGEST], origin=origin)


def lesion_of(resource: Json) -> str:
    """Return the reference of the body structure that a resource is about; empty for none. Raises ShapeError."""
    for focus in parts_of(resource, "focus"):
        reference = text(focus, "reference")
        if "BodyStructure/" in reference:
            return reference.partition("/_history/")[0]
    return ""


def read_plan(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what is asked for or arranged, where it is still to come."""
    if text(resource, "status") not in _OPEN or resource.get("doNotPerform") is True:
        return
    if kind == "CarePlan":
        for activity in items(resource, "activity"):
            for key in ("reference", "plannedActivityReference"):
                note_missing(reader, [obj(activity, key)] if key in activity else [], origin)
            detail = obj(activity, "detail")
            if detail and text(detail, "status") in _OPEN_ACTIVITY and detail.get("doNotPerform") is not True:
                _add(reader, detail, origin)
        return
    _add(reader, resource, origin)


def _add(reader: Reader, resource: Json, origin: Origin) -> None:
    concepts = list(_concepts(resource))
    said = next((words for one in concepts for words in words_of_concept(one)), "") or text(resource, "description")
    facts: set[str] = set()
    for concept in concepts:
        reading = read_concept(concept, reader.terms)
        note_reading(reader, reading, origin, relevant=True)
        facts.update(meant.fact for meant in reading.meant if reader.terms.facts[meant.fact].kind != "site")
    for name in sorted(facts):
        value = Value(truth=UNKNOWN, said=said[:_LONGEST], origins=(origin,))
        reader.mentions.append(Said(name, value, _day(resource), sense="planned"))
        companion(reader, PLANNED + name, TRUE, None, origin, said=said)
    if said:
        reader.plans.append(Plan(says=said[:_LONGEST], facts=tuple(sorted(facts)), day=_day(resource), origin=origin))


def _concepts(resource: Json) -> Iterator[Json]:
    for key in ("code", "serviceType", "appointmentType", "reasonCode", "type"):
        yield from parts_of(resource, key) if isinstance(resource.get(key), dict | list) else ()


def _day(resource: Json) -> Day | None:
    """Return the day for which something is planned. Raises DateError."""
    for key in ("occurrenceDateTime", "start", "scheduledString"):
        written = resource.get(key)
        if isinstance(written, str) and written[:4].isdigit():
            return parse_date(written)
    for key in ("occurrencePeriod", "scheduledPeriod", "period"):
        if start := text(obj(resource, key), "start"):
            return parse_date(start)
    return None


def _read_lesion(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add a lesion that the record names, with its place: the elements of the fourth version, or of the fifth."""
    if resource.get("active") is False:
        return
    structures = [obj(one, "structure") for one in items(resource, "includedStructure")]
    sides = [obj(one, "laterality") for one in items(resource, "includedStructure")]
    places = [obj(resource, "location"), *structures, *parts_of(resource, "locationQualifier"), *sides]
    place = " ".join(words for one in places if one for words in words_of_concept(one)[:1])
    description = text(resource, "description")
    says = description[:_LONGEST]
    reader.lesions.append(NamedLesion(reference=origin.name, place=place[:_LONGEST], says=says))
    if description and (how := reader.terms.courses.lineage_of(description)):
        of = tuple(one for one in _named_in(description, reader) if one != origin.name)
        reader.lesion_events.append(
            LesionEvent(how=how, reference=origin.name, place=place[:_LONGEST], of=of, says=says,
                        origin=origin)
        )  # fmt: skip


def _named_in(description: str, reader: Reader) -> Iterator[str]:
    """Yield the lesions that the words of another name by their id."""
    said = set(_ID.findall(description))
    for _, resource in reader.resources:
        if resource["resourceType"] == "BodyStructure" and text(resource, "id") in said:
            yield f"BodyStructure/{text(resource, 'id')}"


def tell_lineage(reader: Reader, resource: Json, place: str, day: Day | None, origin: Origin) -> None:
    """Note that words of an Observation say that one lesion became several, or several one."""
    notes = [text(one, "text") for one in items(resource, "note")] if "note" in resource else []
    for told in filter(None, (text(resource, "valueString"), *notes)):
        if how := reader.terms.courses.lineage_of(told):
            reader.lesion_events.append(
                LesionEvent(how=how, reference=lesion_of(resource), place=place or told[:_LONGEST], day=day,
                            says=told[:_LONGEST], origin=origin)
            )  # fmt: skip


HANDLERS: dict[str, Callable[[Reader, str, Json, Origin], None]] = {
    "ServiceRequest": read_plan,
    "CarePlan": read_plan,
    "Appointment": read_plan,
    "BodyStructure": _read_lesion,
    **LISTS,
}
