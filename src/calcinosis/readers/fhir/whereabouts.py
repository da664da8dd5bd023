"""Where on the body what a resource says was, and whether its day is that on which it began."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.dates import parse_date
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import Reader, body_sites, words_of_concept
from calcinosis.readers.places import placed
from calcinosis.shapes import Json, obj, text

_EVENTS = frozenset(
    {"AdverseEvent", "Immunization", "MedicationAdministration", "MedicationDispense", "MedicationRequest", "Procedure"}
)
"""Kinds of resources whose day is that of what they tell of, and not of writing it down."""
_DOSAGES = ("dosage", "dosageInstruction")


def place_sayings(reader: Reader, kind: str, resource: Json, before: int) -> None:
    """Give those sayings of a resource their places of which a rule asks where they are. Raises ShapeError."""
    facts, said = reader.terms.places.facts, reader.said[before:]
    if not facts.isdisjoint([one.fact for one in said]):
        reader.said[before:] = _placed(reader, kind, resource, said)


def _placed(reader: Reader, kind: str, resource: Json, said: list[Said]) -> Iterator[Said]:
    sites = list(_sites(kind, resource))
    written = text(resource, "onsetDateTime") or text(obj(resource, "onsetPeriod"), "start")
    onset = parse_date(written) if written else None
    is_event = kind in _EVENTS or (
        kind == "MedicationStatement" and any(key.startswith("effective") for key in resource)
    )
    for one in said:
        told = is_event or (onset is not None and one.day == onset)
        yield from placed([one], reader.terms, sites, began="" if told else "unknown")


def _sites(kind: str, resource: Json) -> Iterator[str]:
    """Yield the places of a resource in words: where something is, or where it was given."""
    if "bodySite" in resource:
        yield from body_sites(resource)
    if kind == "Immunization":
        yield from words_of_concept(obj(resource, "site"))
    for key in _DOSAGES:
        for dosage in parts_of(resource, key) if isinstance(resource.get(key), dict | list) else ():
            yield from words_of_concept(obj(dosage, "site"))
