"""Kinds of resources: warnings, vaccinations, answers, events, documents, relatives and more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.person.sayings import EVER, Said
from calcinosis.readers.fhir.annotations import say_told_sites
from calcinosis.readers.fhir.attachments import Attached, read_attachment
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.diagnoses import allergy_facts, diagnosed
from calcinosis.readers.fhir.events import HANDLERS as EVENTS
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import (
    Reader,
    day_of,
    is_of_skin,
    note_reading,
    saw,
    say,
    say_sites,
    words_of_concept,
)
from calcinosis.readers.fhir.medicines import Use, medicine_said
from calcinosis.readers.fhir.observations import answer_results, presence
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, items, obj, text
from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.statements import FAMILY_HISTORY
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN

VACCINE = "vaccine"


def _immunization(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what a vaccination says; one that was not given says nothing."""
    if text(resource, "status") not in {"completed", ""}:
        return
    day, _ = day_of(resource, kind)
    saw(reader, day, origin)
    reading = read_concept(obj(resource, "vaccineCode"), reader.terms)
    kinds = {reader.terms.facts[meant.fact].kind for meant in reading.meant}
    if (
        kinds.isdisjoint({"medicine", *EVER}) and reading.label
    ):  # a vaccine is often named by its illness alone: "MMR", "yellow fever"
        whole = read_concept({"text": f"{reading.label} {VACCINE}"}, reader.terms)
        reading = replace(whole, label=reading.label)
    note_reading(reader, reading, origin, relevant=True)
    for meant in reading.meant:
        if reader.terms.facts[meant.fact].kind in EVER:
            say(reader, meant, TRUE, day, origin, said=reading.label)
    given = Use(FALSE, TRUE, False, day, None, once=True)
    for saying in medicine_said(reading, given, {}, origin, reader.terms):
        if reader.terms.facts[saying.fact].kind in EVER:
            reader.said.append(saying)


def _flag(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what a warning on a record says, while it is active."""
    if text(resource, "status") != "active":
        return
    day, _ = day_of(resource, kind)
    reading = read_concept(obj(resource, "code"), reader.terms)
    note_reading(reader, reading, origin, relevant=True)
    for meant, truth in diagnosed(reader, reading, TRUE, origin):
        say(reader, meant, truth, day, origin, said=reading.label)


def _answers(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what the answers of a questionnaire say, each read as an Observation that its question names."""
    if text(resource, "status") in {"in-progress", "stopped"}:
        reader.not_read.add("kind", kind, origin)
        return
    day, time = day_of({"effectiveDateTime": resource.get("authored")}, "Observation")
    saw(reader, day, origin)
    for question, answer in _answered(resource):
        asked = text(question, "text").strip().rstrip("?: ")
        part = {key: value for key, value in answer.items() if key.startswith("value")}
        if "valueCoding" in part:
            part["valueCodeableConcept"] = {"coding": [part.pop("valueCoding")]}
        reading = read_concept({"text": asked}, reader.terms)
        results = answer_results(part, reading, reader.terms, (origin,)) if asked else []
        told = list(_medicines_told(part, reading, asked, day, origin, reader.terms)) if asked else []
        where = part["valueString"] if isinstance(part.get("valueString"), str) else ""
        if where and is_of_skin(reader, reading.meant):
            before = len(reader.said)
            say_sites(reader, [where], day, origin)
            if len(reader.said) > before:
                results = [one for one in results if not one.problem]
                told += reader.said[before:]
                del reader.said[before:]
        elif where:
            say_told_sites(reader, where, asked, day, origin)
        if not results and not told:
            reader.not_read.add("words", (asked or text(question, "linkId"))[:120], origin)
        reader.said += told
        for result in results:
            if result.problem:
                reader.remark(origin, result.problem, result.ask)
            else:
                reader.said.append(Said(result.fact, result.value, day, time))


def _medicines_told(
    part: Json, reading: Reading, asked: str, day: Day | None, origin: Origin, terms: Terms
) -> Iterator[Said]:
    """Yield what a plain yes or no says of the medicines that a question names, or of an allergy to them.

    A yes to one or another of several leaves open which.
    """
    of_medicines = [one for one in reading.meant if terms.facts[one.fact].kind in {"medicine", "allergy"}]
    named = [one for one in of_medicines if one.sense not in SAYS_NOTHING]
    truth = presence(part, terms) if named else None
    if truth is None or truth is UNKNOWN or (truth is TRUE and " or " in f" {asked} "):
        return
    is_allergy = any(terms.facts[one.fact].kind == "allergy" for one in named) or any(
        terms.uses.said_of(one.fact, asked, terms.matcher) == "allergy" for one in named
    )
    if not is_allergy and (terms.uses.speaks_otherwise(asked) or _EVER_TAKEN.search(asked)):
        return
    for one in named:
        for fact in allergy_facts(one.fact, terms) if is_allergy else (one.fact,):
            yield Said(fact, Value(truth=truth, said=asked[:120], origins=(origin,)), day)


_EVER_TAKEN = re.compile(r"\b(?:ever|did|were|was|past|before|previously)\b", re.IGNORECASE)
"""Words of a question for what was taken once."""


def _answered(resource: Json, depth: int = 0) -> Iterator[tuple[Json, Json]]:
    """Yield each answer with its question, those within groups and answers too; the second version has other names."""
    if depth >= _DEEPEST:
        return
    for key in ("item", "group", "question"):
        for item in parts_of(resource, key) if key in resource else ():
            for answer in items(item, "answer"):
                yield item, answer
                yield from _answered(answer, depth + 1)
            yield from _answered(item, depth + 1)


_DEEPEST = 20


def _document(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Read the texts of a document, or name them as not read."""
    if text(resource, "docStatus") == "entered-in-error":
        return
    written = resource.get("date")
    day, time = day_of({"effectiveDateTime": written}, "Observation") if isinstance(written, str) else (None, "")
    title = text(resource, "description") or read_concept(obj(resource, "type"), reader.terms).label
    contents = items(resource, "content")
    if not contents:
        reader.not_read.add("kind", kind, origin)
    for content in contents:
        read_attachment(reader, obj(content, "attachment"), Attached(origin, day, time, title))


def _family(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what relatives have as theirs, and the facts about the family itself."""
    relative = next(iter(words_of_concept(obj(resource, "relationship"))), "")
    for condition in items(resource, "condition"):
        reading = read_concept(obj(condition, "code"), reader.terms)
        note_reading(reader, reading, origin, relevant=True)
        said = f"{relative}: {reading.label}" if relative else reading.label
        for meant in reading.meant:
            if meant.sense == "present":
                say(reader, replace(meant, sense="family"), TRUE, None, origin, said=said)
            if meant.sense in {"present", "past", "absent"}:
                for fact in _of_the_family(meant.fact, reader.terms):
                    say(reader, Meant(fact, sense=meant.sense), TRUE, None, origin, said=said)


def _of_the_family(fact: str, terms: Terms) -> Iterator[str]:
    """Yield the facts that a relative has this, or something that it is a kind of."""
    for name in (fact, *(wider for wider, kinds in sorted(terms.related.items()) if fact in kinds)):
        if FAMILY_HISTORY + name in terms.facts:
            yield FAMILY_HISTORY + name


def _device(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"inactive", "not-used", "intended", "on-hold"}:
        return
    several = isinstance(resource.get("type"), list)  # as the fifth release has it
    concept = next(iter(items(resource, "type")), {}) if several else obj(resource, "type")
    used = obj(resource, "device")
    address = obj(used, "reference") if isinstance(used.get("reference"), dict) else used
    device = reader.by_reference.get(text(address, "reference"))
    concept = obj(used, "concept") or concept
    if device is not None and isinstance(device.get("type"), dict):
        concept = obj(device, "type")
    reading = read_concept(concept, reader.terms) if concept else Reading()
    note_reading(reader, reading, origin, relevant=True)
    for meant in reading.meant:
        say(reader, meant, TRUE, None, origin, said=reading.label)


HANDLERS = {
    "Immunization": _immunization,
    "Flag": _flag,
    **EVENTS,
    "QuestionnaireResponse": _answers,
    "DocumentReference": _document,
    "FamilyMemberHistory": _family,
    **dict.fromkeys(("Device", "DeviceUsage", "DeviceUseStatement"), _device),
}
