"""FHIR R4 and R4B to a Record: bundles of every kind, single resources, several resources of one person."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import DateError, parse_date
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.readers.fhir.resources import HANDLERS, Handler
from calcinosis.readers.fhir.timeline import settle_days
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, ShapeError, items, kind_of, obj, text
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import inputs, remarks


def fhir_record(data: Json | list[Json], terms: Terms, name: str) -> Record:
    """Return the record that FHIR resources of one person hold. Raises InputError."""
    resources = list(_resources(data if isinstance(data, list) else [data], name))
    patients = [(full, resource) for full, resource in resources if resource["resourceType"] == "Patient"]
    patient = _the_patient(patients, name)
    read = [resource for _, resource in resources if resource["resourceType"] in HANDLERS]
    mine = _subjects(patients)
    if not mine and len({subject for resource in read if (subject := subject_of(resource))}) > 1:
        raise _not_one_person(name, inputs.DIFFERENT_PERSONS)
    if not read and not patients:
        kinds = (
            ", ".join(sorted({resource["resourceType"][:40] for _, resource in resources})[:5]) or inputs.NO_RESOURCE
        )
        raise InputError([Problem(name, 0, kinds, inputs.ABOUT_A_PERSON)])
    reader = Reader(terms, resources, mine)
    for resource in read:
        kind = resource["resourceType"]
        handle(reader, kind, resource, HANDLERS[kind])
    return _record(reader, patient, data if isinstance(data, list) else [data], read)


def _resources(data: list[Json], name: str) -> Iterator[tuple[str, Json]]:
    """Yield every resource with the address that its entry gives it; bundles are opened."""
    for resource in data:
        kind = resource.get("resourceType") if isinstance(resource, dict) else None
        if not isinstance(kind, str):
            is_object = isinstance(resource, dict)
            found = inputs.NO_RESOURCE_TYPE if is_object else inputs.no_place_for(kind_of(resource))
            raise InputError([Problem(name, 0, found, inputs.RESOURCE_OR_BUNDLE, inputs.CHECK_THE_EXPORT)])
        if kind != "Bundle":
            yield "", resource
            continue
        try:
            for entry in items(resource, "entry"):
                inner = obj(entry, "resource")
                inner_kind = inner.get("resourceType")
                if inner_kind == "Bundle" or (inner and not isinstance(inner_kind, str)):
                    yield from _resources([inner], name)
                elif inner:
                    yield text(entry, "fullUrl"), inner
        except ShapeError as error:
            raise InputError([Problem(name, 0, f"Bundle.{error}", inputs.A_BUNDLE)]) from error


def _the_patient(patients: list[tuple[str, Json]], name: str) -> Json:
    different = {str(patient.get("id") or full or patient) for full, patient in patients}
    if len(different) > 1:
        raise _not_one_person(name, inputs.different_patients(len(different)))
    return patients[0][1] if patients else {}


def _not_one_person(name: str, found: str) -> InputError:
    return InputError([Problem(name, 0, found, inputs.OF_ONE_PERSON, inputs.SPLIT_BY_PERSON)])


def _subjects(patients: list[tuple[str, Json]]) -> set[str]:
    """Return the ways in which resources refer to the patient; none if the Patient has neither id nor address."""
    found = set()
    for full, patient in patients:
        found |= {full, f"Patient/{patient['id']}" if "id" in patient else ""}
        if "/Patient/" in full:
            found.add("Patient/" + full.rpartition("/Patient/")[2])
    return found - {""}


def subject_of(resource: Json) -> str:
    for key in ("subject", "patient"):
        value = resource.get(key)
        if type(value) is dict and type(reference := value.get("reference")) is str:
            return reference.partition("/_history/")[0] if "/_history/" in reference else reference
    return ""


def _is_mine(subject: str, mine: set[str]) -> bool:
    if subject in mine or not subject or not mine:
        return True
    return any(subject.endswith("/" + one) for one in mine if one.startswith("Patient/"))


def _is_about_another(resource: Json, mine: set[str]) -> bool:
    """Whether an Observation in this record has a relative or another patient as its focus."""
    focus = resource.get("focus")
    references = [one.get("reference") for one in focus if isinstance(one, dict)] if isinstance(focus, list) else []
    people = [one for one in references if isinstance(one, str) and ("RelatedPerson/" in one or "Patient/" in one)]
    return any("RelatedPerson/" in one or not _is_mine(one, mine) for one in people)


def handle(reader: Reader, kind: str, resource: Json, handler: Handler) -> None:
    """Gather what a resource says; one about another person, or that cannot be read, becomes a remark."""
    identifier = resource.get("id")
    origin = Origin("resource", f"{kind}/{identifier}" if isinstance(identifier, str) else kind)
    is_another = "focus" in resource and _is_about_another(resource, reader.mine)
    subject = subject_of(resource)
    if is_another or not (subject in reader.mine or _is_mine(subject, reader.mine)):
        reader.remark(origin, remarks.OF_ANOTHER_PERSON)
        return
    try:
        handler(reader, kind, resource, origin)
    except ShapeError as error:
        reader.remark(origin, remarks.unreadable(error))
    except DateError as error:
        reader.remark(origin, remarks.resource_aside(error))


def _record(reader: Reader, patient: Json, data: list[Json], read: list[Json]) -> Record:
    identifier = patient.get("id")
    origin = Origin("resource", f"Patient/{identifier}" if isinstance(identifier, str) else "Patient")
    birth = None
    try:
        written = text(patient, "birthDate")
        birth = parse_date(written) if written else None
        gender = text(patient, "gender")
        if gender in {"female", "male"}:
            reader.said.append(Said("sex", Value(truth=TRUE, word=gender, said=gender, origins=(origin,))))
    except (ShapeError, DateError) as error:
        reader.remark(origin, remarks.aside(error))
    settle_days(reader, birth, data, read)
    return Record(
        id=identifier if isinstance(identifier, str) else "",
        source="fhir",
        said=tuple(reader.said),
        remarks=tuple(sorted(set(reader.remarks))),
        unused=tuple(sorted(reader.unused.items())),
        birth=birth,
        birth_origin=origin,
        last_day=reader.last_day,
    )
