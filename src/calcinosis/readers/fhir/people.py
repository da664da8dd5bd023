"""Whose record it is: one Patient, several that are one person, or people told apart by what refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.errors import InputError, Problem
from calcinosis.person.sayings import Remark
from calcinosis.readers.fhir.contents import Entry
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json
from calcinosis.words.en import inputs, remarks


def the_patient(patients: list[Entry], name: str) -> tuple[Json, list[Remark]]:
    """Return the one Patient, of several that are linked the one that stands for the person now. Raises InputError."""
    by_id = {str(patient.get("id") or full or patient): patient for full, patient in patients}
    if len(by_id) < 2:
        found = next(iter(by_id.values()), {})
        linked = any(kind == "replaced-by" for kind, _ in links_of(found))
        return found, [Remark(_origin(found), remarks.REPLACED_PATIENT)] if linked else []
    if not _are_linked(list(by_id.values())):
        raise not_one_person(name, inputs.different_patients(len(by_id)))
    alive = [one for one in by_id.values() if not any(kind == "replaced-by" for kind, _ in links_of(one))]
    main = next((one for one in alive if one.get("active") is not False), alive[0] if alive else patients[0][1])
    return main, [Remark(_origin(one), remarks.LINKED_PATIENTS) for one in by_id.values() if one is not main]


def not_one_person(name: str, found: str) -> InputError:
    """Return the error of a record that is of more than one person."""
    return InputError([Problem(name, 0, found, inputs.OF_ONE_PERSON, inputs.SPLIT_BY_PERSON)])


def links_of(patient: Json) -> Iterator[tuple[str, str]]:
    """Yield the kind of each link of a Patient and the Patient that it names."""
    links = patient.get("link")
    for link in links if isinstance(links, list) else []:
        other = link.get("other") if isinstance(link, dict) else None
        reference = other.get("reference") if isinstance(other, dict) else None
        if isinstance(reference, str) and "Patient/" in reference:
            yield str(link.get("type")), reference


def _are_linked(patients: list[Json]) -> bool:
    """Whether links lead from each of some Patients to all others."""
    names = [f"Patient/{one['id']}" for one in patients if one.get("id")]
    if len(names) < len(patients):
        return False
    joined = {names[0]}
    pairs = [(name, other) for name, one in zip(names, patients, strict=True) for _, other in links_of(one)]
    for _ in names:
        for name, other in pairs:
            ends = {name, "/".join(other.rsplit("/", 2)[-2:])}
            if joined & ends:
                joined |= ends
    return joined >= set(names)


def _origin(patient: Json) -> Origin:
    identifier = patient.get("id")
    return Origin("resource", f"Patient/{identifier}" if isinstance(identifier, str) else "Patient")


def contained_subject(resource: Json, subject: str) -> Json:
    """Return the Patient within a resource that its subject refers to; empty where there is none."""
    inner = resource.get("contained")
    found = (one for one in inner if isinstance(one, dict)) if isinstance(inner, list) else iter(())
    return next((one for one in found if f"#{one.get('id')}" == subject and one.get("resourceType") == "Patient"), {})


def differ(one: Json, other: Json) -> bool:
    """Whether two Patients, or a Patient and an identifier of one, cannot be the same person."""
    if any(one.get(key) and other.get(key) and one[key] != other[key] for key in ("birthDate", "gender")):
        return True
    known, said = dict(_identifiers(one)), dict(_identifiers(other))
    return any(known[system] != said[system] for system in known.keys() & said.keys())


def subject_identity(resource: Json) -> Json:
    """Return who a resource is about where no reference says it: a Patient within it, or a Patient by identifier."""
    for key in ("subject", "patient"):
        value = resource.get(key)
        if isinstance(value, dict):
            reference = value.get("reference")
            if isinstance(reference, str) and reference.startswith("#"):
                return contained_subject(resource, reference)
            if not reference and isinstance(value.get("identifier"), dict):
                return {"identifier": [value["identifier"]]}
    return {}


def _identifiers(patient: Json) -> Iterable[tuple[str, str]]:
    listed = patient.get("identifier")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and isinstance(one.get("value"), str):
            yield str(one.get("system")), one["value"]
