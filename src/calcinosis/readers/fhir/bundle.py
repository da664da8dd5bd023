"""FHIR R4 and R4B to a Record: bundles of every kind, single resources, several resources of one person."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import DateError, Day, parse_date
from calcinosis.person.ends import end_by_nature
from calcinosis.person.history import History
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.annotations import read_annotations
from calcinosis.readers.fhir.contents import contents_of
from calcinosis.readers.fhir.gate import CHANGED, OTHER_NAMES, as_r4, doubt, doubted, is_void
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.readers.fhir.narratives import note_narrative
from calcinosis.readers.fhir.people import differ, links_of, not_one_person, subject_identity, the_patient
from calcinosis.readers.fhir.plans import HANDLERS as PLANS
from calcinosis.readers.fhir.resources import HANDLERS, Handler
from calcinosis.readers.fhir.statuses import as_spelled, statuses_not_known
from calcinosis.readers.fhir.taking import remark_what_is_not_taken
from calcinosis.readers.fhir.timeline import settle_days
from calcinosis.readers.fhir.whereabouts import place_sayings
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, ShapeError, text
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import inputs, remarks


def fhir_record(data: Json | list[Json], terms: Terms, name: str) -> Record:
    """Return the record that FHIR resources of one person hold. Raises InputError."""
    listed = data if isinstance(data, list) else [data]
    contents = contents_of(listed, name)
    resources = contents.current()
    patients = [(full, resource) for full, resource in resources if resource["resourceType"] == "Patient"]
    patient, about_people = the_patient(patients, name)
    read = [resource for _, resource in resources if resource["resourceType"] in HANDLERS]
    mine = _subjects(patients)
    if not mine:
        patient = patient or _patient_within(read, name)
        _refuse_several(read, name)
    if not read and not patients:
        found = sorted({resource["resourceType"][:40] for _, resource in resources})[:5]
        raise InputError([Problem(name, 0, ", ".join(found) or inputs.NO_RESOURCE, inputs.ABOUT_A_PERSON)])
    reader = Reader(terms, resources, mine, patient, remarks=[*contents.remarks, *about_people])
    beside = [resource for _, resource in resources if resource["resourceType"] in PLANS]
    for resource in (*read, *beside):
        kind = resource["resourceType"]
        if handle(reader, kind, resource, HANDLERS.get(kind) or PLANS[kind]):
            note_narrative(reader, kind, resource, _origin_of(kind, resource))
    _count_other_kinds(reader)
    return _record(reader, patient, listed, read)


LOOKED_UP = frozenset({"Patient", "Medication", "Specimen"})
"""Kinds that say nothing by themselves, and are read where another resource refers to them."""


def _count_other_kinds(reader: Reader) -> None:
    """Count the resources of kinds that are not read, naming the first of each."""
    counts = Counter([resource["resourceType"] for _, resource in reader.resources])
    for kind in counts.keys() - HANDLERS.keys() - PLANS.keys() - LOOKED_UP:
        first = next(one for _, one in reader.resources if one["resourceType"] == kind)
        reader.not_read.add("kind", kind[:60], _origin_of(kind, first), counts[kind])


def _patient_within(read: list[Json], name: str) -> Json:
    """Return the Patient within the resources of a record that has none beside them. Raises InputError."""
    found: Json = {}
    for resource in read:
        one = subject_identity(resource)
        if differ(found, one):
            raise not_one_person(name, inputs.DIFFERENT_PERSONS)
        found = {**one, **found}
    return found


def _refuse_several(read: list[Json], name: str) -> None:
    """Refuse resources that refer to different people. Raises InputError."""
    if len({subject for resource in read if (subject := subject_of(resource)) and subject[:1] != "#"}) > 1:
        raise not_one_person(name, inputs.DIFFERENT_PERSONS)


def _origin_of(kind: str, resource: Json) -> Origin:
    identifier = resource.get("id")
    return Origin("resource", f"{kind}/{identifier}" if isinstance(identifier, str) else kind)


def _subjects(patients: list[tuple[str, Json]]) -> set[str]:
    """Return the ways in which resources refer to the patient; none if the Patient has neither id nor address."""
    found = set()
    for full, patient in patients:
        found |= {full, f"Patient/{patient['id']}" if "id" in patient else ""}
        found |= {"/".join(other.rsplit("/", 2)[-2:]) for _, other in links_of(patient)}
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


def _is_of(reader: Reader, resource: Json, subject: str) -> bool:
    """Whether a resource that does not simply refer to the Patient is about the same person."""
    if subject[:1] == "#" or not subject:
        one = subject_identity(resource)
        return (not subject or bool(one) or not reader.mine) and not differ(reader.patient, one)
    return _is_mine(subject, reader.mine)


_LABELS = {"SUBSETTED": remarks.SUMMARY_ONLY, "REDACTED": remarks.WITHHELD, "MASKED": remarks.WITHHELD}


def _note_what_is_withheld(reader: Reader, meta: Json, origin: Origin) -> None:
    """Remark on labels that say that a resource is not whole."""
    for key in ("tag", "security"):
        for label in labels if type(labels := meta.get(key)) is list else ():
            if type(label) is dict and type(code := label.get("code")) is str and code in _LABELS:
                reader.remark(origin, _LABELS[code])


def handle(reader: Reader, kind: str, resource: Json, handler: Handler) -> bool:
    """Gather what a resource says, and return whether it says anything of this person.

    One about another person, or that cannot be read, becomes a remark.
    """
    origin = _origin_of(kind, resource)
    is_another = "focus" in resource and _is_about_another(resource, reader.mine)
    subject = subject_of(resource)
    if is_another or not (subject in reader.mine or _is_of(reader, resource, subject)):
        reader.remark(origin, remarks.OF_ANOTHER_PERSON)
        return False
    meta = resource.get("meta")
    if type(meta) is dict and ("tag" in meta or "security" in meta):
        _note_what_is_withheld(reader, meta, origin)
    try:
        return _read(reader, OTHER_NAMES.get(kind, kind), resource, handler, origin)
    except ShapeError as error:
        reader.remark(origin, remarks.unreadable(error))
    except DateError as error:
        reader.remark(origin, remarks.resource_aside(error))
    return False


def _read(reader: Reader, kind: str, resource: Json, handler: Handler, origin: Origin) -> bool:
    """Let a resource through the gate to its handler; what must not be taken as it stands leaves its facts unknown."""
    resource = as_spelled(resource)
    if is_void(kind, resource):
        return False
    why = doubt(kind, resource)
    before = len(reader.said)
    resource = as_r4(kind, resource) if kind in CHANGED else resource
    for told in statuses_not_known(resource):
        reader.remark(origin, remarks.status_not_known(told[:60]))
    handler(reader, kind, resource, origin)
    read_annotations(reader, kind, resource, origin)
    if len(reader.said) > before:
        place_sayings(reader, kind, resource, before)
    if why:
        reader.remark(origin, why)
        reader.said[before:] = list(doubted(reader.said[before:], dict(reader.terms.facts)))
    return True


def _record(reader: Reader, patient: Json, data: list[Json], read: list[Json]) -> Record:
    identifier = patient.get("id")
    origin = _origin_of("Patient", patient)
    birth = None
    try:
        written = text(patient, "birthDate")
        birth = parse_date(written) if written else None
        gender = text(patient, "gender")
        if gender in {"female", "male"}:
            reader.said.append(Said("sex", Value(truth=TRUE, word=gender, said=gender, origins=(origin,))))
    except (ShapeError, DateError) as error:
        reader.remark(origin, remarks.aside(error))
    died, death = _death(reader, patient, origin)
    settle_days(reader, birth, data, read)
    _remark_what_ended(reader)
    remark_what_is_not_taken(reader)
    return Record(
        id=identifier if isinstance(identifier, str) else "",
        source="fhir",
        said=tuple(reader.said),
        other_medicines=tuple(reader.other_medicines),
        remarks=tuple(sorted(set(reader.remarks))),
        unused=tuple(sorted(reader.unused.items())),
        mentions=tuple(reader.mentions),
        not_read=reader.not_read.listed(),
        birth=birth,
        birth_origin=origin,
        last_day=reader.last_day,
        deceased=died,
        death=death,
        history=_history(reader),
    )


def _history(reader: Reader) -> History:
    """Return what was gathered of the course of things, without the days that cannot be."""
    wrong = reader.wrong_days

    def possible(day: Day | None) -> Day | None:
        return None if day in wrong else day

    prescribed = reader.prescriptions
    if wrong:
        prescribed = [
            replace(one, start=possible(one.start), stop=possible(one.stop), seen=possible(one.seen))
            for one in prescribed
        ]
    return History(
        prescriptions=tuple(prescribed),
        visits=tuple(one for one in reader.visits if one.day not in wrong),
        plans=tuple(reader.plans),
        lesions=tuple(reader.lesions),
        lesion_events=tuple(one for one in reader.lesion_events if one.day is None or one.day not in wrong),
        provisional=frozenset(reader.provisional),
    )


def _remark_what_ended(reader: Reader) -> None:
    """Remark on what is recorded as still there and has ended by its nature, such as a pregnancy of fifty years ago."""
    for said in reader.said:
        if said.until is None or said.day is None or said.value.truth is not TRUE:
            continue
        fact = reader.terms.facts[said.fact]
        if fact.valid_for and said.until == end_by_nature(fact, said.day) and said.until.latest < reader.last_day:
            for origin in said.value.origins:
                reader.remark(origin, remarks.lasted_too_long(fact.name, said.day.earliest, fact.valid_for))


def _death(reader: Reader, patient: Json, origin: Origin) -> tuple[bool, Day | None]:
    """Return whether the Patient has died, and when, as far as it is said; a wrong date becomes a remark."""
    try:
        return death_of(patient)
    except (ShapeError, DateError) as error:
        reader.remark(origin, remarks.aside(error))
        return True, None


def death_of(patient: Json) -> tuple[bool, Day | None]:
    """Return whether a Patient has died, and when. Raises ShapeError or DateError where a day is said, and wrong."""
    if patient.get("deceasedBoolean") is True:
        return True, None
    written = text(patient, "deceasedDateTime")
    return bool(written), parse_date(written) if written else None
