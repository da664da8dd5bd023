"""FHIR R4 and R4B to a Record: bundles of every kind, single resources, several resources of one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from calcinosis.errors import InputError, Problem
from calcinosis.patient.concepts import Meant, Reading, read_concept
from calcinosis.patient.dates import DateError, Day, parse_date
from calcinosis.patient.medicines import RESOURCES, medicine_concepts, medicine_said, use_of
from calcinosis.patient.observations import observation_results
from calcinosis.patient.record import Record
from calcinosis.patient.said import Remark, Said
from calcinosis.patient.shapes import Json, ShapeError, codes, items, obj, text
from calcinosis.patient.terms import Terms
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

_DATE_KEYS: dict[str, tuple[str, ...]] = {
    "Observation": ("effectiveDateTime", "effectiveInstant", "issued"),
    "Condition": ("recordedDate", "onsetDateTime"),
    "Procedure": ("performedDateTime",),
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "dateAsserted"),
    "MedicationAdministration": ("effectiveDateTime",),
    "MedicationDispense": ("whenHandedOver", "whenPrepared"),
    "AllergyIntolerance": ("recordedDate", "onsetDateTime"),
    "DiagnosticReport": ("effectiveDateTime", "issued"),
    "Encounter": (),
    "Immunization": ("occurrenceDateTime",),
}
_PERIOD_KEYS = ("effectivePeriod", "performedPeriod", "onsetPeriod", "period")
_SKIN = frozenset({"examination", "imaging", "histology"})


@dataclass(slots=True)
class _Reader:
    terms: Terms
    resources: list[tuple[str, Json]]
    mine: set[str]
    _by_reference: dict[str, Json] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unused: dict[str, int] = field(default_factory=dict)
    last_day: str = ""

    @property
    def by_reference(self) -> dict[str, Json]:
        """The resources by the ways in which others refer to them."""
        if not self._by_reference:
            for full, resource in self.resources:
                self._by_reference[f"{resource['resourceType']}/{resource.get('id')}"] = resource
                if full:
                    self._by_reference[full] = resource
        return self._by_reference

    def remark(self, origin: Origin, says: str) -> None:
        """Note something that could not be used."""
        self.remarks.append(Remark(origin, says))


def fhir_record(data: Json | list[Json], terms: Terms, name: str) -> Record:
    """Return the record that FHIR resources of one person hold. Raises InputError."""
    resources = list(_resources(data if isinstance(data, list) else [data], name))
    patients = [(full, resource) for full, resource in resources if resource["resourceType"] == "Patient"]
    patient = _the_patient(patients, name)
    read = [resource for _, resource in resources if resource["resourceType"] in _HANDLERS]
    if not patients and len({subject for resource in read if (subject := _subject(resource))}) > 1:
        raise _not_one_person(name, "resources of different persons")
    if not read and not patients:
        kinds = ", ".join(sorted({resource["resourceType"] for _, resource in resources})[:5]) or "no resource"
        expected = "a Patient, or conditions, observations, procedures or medicines of one person"
        raise InputError([Problem(name, 0, kinds, expected)])
    reader = _Reader(terms, resources, mine=_subjects(patients))
    for resource in read:
        kind = resource["resourceType"]
        _handle(reader, kind, resource, _HANDLERS[kind])
    return _record(reader, patient)


def _resources(data: list[Json], name: str) -> Iterator[tuple[str, Json]]:
    """Yield every resource with the address that its entry gives it; bundles are opened."""
    for resource in data:
        kind = resource.get("resourceType") if isinstance(resource, dict) else None
        if not isinstance(kind, str):
            found = "no `resourceType`" if isinstance(resource, dict) else f"{type(resource).__name__}, no object"
            raise InputError(
                [Problem(name, 0, found, "a FHIR R4 resource or Bundle", "check that this is a FHIR export")]
            )
        if kind != "Bundle":
            yield "", resource
            continue
        try:
            for entry in items(resource, "entry"):
                inner = obj(entry, "resource")
                if inner.get("resourceType") == "Bundle" or (inner and not isinstance(inner.get("resourceType"), str)):
                    yield from _resources([inner], name)
                elif inner:
                    yield text(entry, "fullUrl"), inner
        except ShapeError as error:
            raise InputError([Problem(name, 0, f"Bundle.{error}", "a FHIR R4 Bundle")]) from error


def _the_patient(patients: list[tuple[str, Json]], name: str) -> Json:
    different = {str(patient.get("id") or full) for full, patient in patients}
    if len(different) > 1:
        raise _not_one_person(name, f"{len(different)} different Patient resources")
    return patients[0][1] if patients else {}


def _not_one_person(name: str, found: str) -> InputError:
    return InputError(
        [Problem(name, 0, found, "the record of one person", "split it by person, or use `calcinosis screen`")]
    )


def _subjects(patients: list[tuple[str, Json]]) -> set[str]:
    found = set()
    for full, patient in patients:
        found |= {full, f"Patient/{patient.get('id')}"}
    return found - {""}


def _subject(resource: Json) -> str:
    for key in ("subject", "patient"):
        value = resource.get(key)
        if isinstance(value, dict) and isinstance(value.get("reference"), str):
            return str(value["reference"])
    return ""


def _is_mine(subject: str, mine: set[str]) -> bool:
    if subject in mine or not subject or not mine:
        return True
    return any(subject.endswith("/" + one) for one in mine if one.startswith("Patient/"))


def _handle(reader: _Reader, kind: str, resource: Json, handler: Handler) -> None:
    identifier = resource.get("id")
    origin = Origin("resource", f"{kind}/{identifier}" if isinstance(identifier, str) else kind)
    if not _is_mine(_subject(resource), reader.mine):
        reader.remark(origin, "it is about another person than the Patient of this record: not used")
        return
    try:
        handler(reader, kind, resource, origin)
    except ShapeError as error:
        reader.remark(origin, f"it cannot be read: {error}; the resource was not used")
    except DateError as error:
        reader.remark(origin, f"{error}; the resource was not used")


def _day(resource: Json, kind: str) -> tuple[Day | None, str]:
    """Return the day of a resource and its time as written. Raises DateError."""
    for key in _DATE_KEYS.get(kind, ()):
        if key in resource and (written := text(resource, key)):
            return parse_date(written), written if len(written) > 10 else ""
    for key in _PERIOD_KEYS:
        if key in resource and (start := text(obj(resource, key), "start")):
            return parse_date(start), ""
    return None, ""


def _end(resource: Json, *keys: str) -> Day | None:
    for key in keys:
        if key in resource and (end := text(obj(resource, key), "end")):
            return parse_date(end)
    return None


def _saw(reader: _Reader, day: Day | None) -> None:
    if day is not None and day.latest > reader.last_day:
        reader.last_day = day.latest


def _note_reading(reader: _Reader, reading: Reading, origin: Origin, *, relevant: bool) -> None:
    for conflict in reading.conflicts:
        reader.remark(origin, conflict)
    if relevant and not reading.meant and not reading.conflicts and reading.label:
        label = reading.label[:120]
        reader.unused[label] = reader.unused.get(label, 0) + 1


def _say(
    reader: _Reader, meant: Meant, truth: Truth, day: Day | None, origin: Origin, until: Day | None = None, **more: str
) -> None:
    """Say that a fact holds or not, as the sense of its mention allows."""
    fact = reader.terms.facts[meant.fact]
    if meant.sense in {"family", "hypothetical"} or fact.kind in {"quantity", "site"}:
        return
    if meant.sense == "absent" and truth is TRUE:
        truth = FALSE
    elif meant.sense in {"uncertain", "past"} and truth is TRUE and fact.kind not in {"exposure", "procedure"}:
        truth = UNKNOWN
    value = Value(
        truth=truth, word=meant.word if truth is TRUE else "", said=more.get("said", "")[:120], origins=(origin,)
    )
    reader.said.append(Said(meant.fact, value, day, more.get("time", ""), until, site=more.get("site", "")))


def _say_sites(reader: _Reader, words: Iterable[str], day: Day | None, origin: Origin) -> None:
    for said in words:
        for mention in reader.terms.sites.mentions(said):
            value = Value(truth=TRUE, said=said[:120], origins=(origin,))
            reader.said.append(Said(mention.fact, value, day=day))


def _body_sites(resource: Json) -> list[str]:
    site = resource.get("bodySite")
    concepts = [site] if isinstance(site, dict) else items(resource, "bodySite")
    found = []
    for concept in concepts:
        found += [text(concept, "text"), *(text(coding, "display") for coding in items(concept, "coding"))]
    return [said for said in found if said]


def _is_of_skin(reader: _Reader, meant: Iterable[Meant]) -> bool:
    return any(reader.terms.facts[one.fact].learned_by in _SKIN or one.fact.startswith("calcinosis") for one in meant)


def _condition(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    verification = codes(obj(resource, "verificationStatus"))
    if "entered-in-error" in verification or _is_family(resource):
        return
    day, time = _day(resource, kind)
    _saw(reader, day)
    _saw(reader, parse_date(text(resource, "onsetDateTime")) if text(resource, "onsetDateTime") else None)
    clinical = codes(obj(resource, "clinicalStatus"))
    truth = _condition_truth(verification, clinical)
    until = _abatement(resource, clinical)
    if until is None and truth is TRUE and _is_abated(resource) and not clinical & _GOES_ON:
        truth = UNKNOWN
    reading = read_concept(obj(resource, "code"), reader.terms)
    _note_reading(reader, reading, origin, relevant=True)
    for meant in reading.meant:
        ended = truth is UNKNOWN and reader.terms.facts[meant.fact].kind in {"exposure", "procedure"}
        was = TRUE if ended and not verification & {"provisional", "differential", "unconfirmed"} else truth
        _say(reader, meant, was, day, origin, until, time=time, said=reading.label)
    if truth is TRUE and _is_of_skin(reader, reading.meant):
        _say_sites(reader, [reading.label, *_body_sites(resource)], day, origin)


_GOES_ON = frozenset({"active", "recurrence", "relapse"})


def _abatement(resource: Json, clinical: set[str]) -> Day | None:
    """Return the day on which a condition ended; None when it is said to go on, or when no day is given."""
    if clinical & _GOES_ON:
        return None
    written = text(resource, "abatementDateTime") or text(obj(resource, "abatementPeriod"), "start")
    return parse_date(written) if written else None


def _is_abated(resource: Json) -> bool:
    return any(key.startswith("abatement") and resource[key] is not False for key in resource)


def _condition_truth(verification: set[str], clinical: set[str]) -> Truth:
    """Refuted is absent; resolved, inactive and unconfirmed are neither present nor absent."""
    if "refuted" in verification:
        return FALSE
    if verification & {"provisional", "differential", "unconfirmed"} or clinical & {
        "inactive",
        "remission",
        "resolved",
    }:
        return UNKNOWN
    return TRUE


def _is_family(resource: Json) -> bool:
    for coding in items(obj(resource, "code"), "coding"):
        code = text(coding, "code")
        if "icd-10" in text(coding, "system") and code[:3] in {"Z80", "Z81", "Z82", "Z83", "Z84"}:
            return True
    return False


def _observation(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "cancelled"}:
        return
    day, time = _day(resource, kind)
    _saw(reader, day)
    results, reading = observation_results(resource, reader.terms, origin)
    if not results:
        if not reading.meant and "valueQuantity" not in resource:
            _note_reading(reader, reading, origin, relevant=True)
        return
    sites = _body_sites(resource) if "bodySite" in resource else []
    of_skin = False
    for result in results:
        if result.problem:
            reader.remark(origin, result.problem)
            continue
        reader.said.append(Said(result.fact, result.value, day, time, site="; ".join(sites)))
        of_skin = of_skin or (result.value.truth is TRUE and reader.terms.facts[result.fact].learned_by in _SKIN)
    if of_skin:
        _say_sites(reader, sites or [reading.label], day, origin)


def _procedure(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    status = text(resource, "status")
    if status == "entered-in-error":
        return
    day, time = _day(resource, kind)
    _saw(reader, day)
    truth = (
        FALSE
        if status == "not-done"
        else TRUE
        if status in {"completed", "in-progress", "on-hold", "stopped"}
        else UNKNOWN
    )
    reading = read_concept(obj(resource, "code"), reader.terms)
    _note_reading(reader, reading, origin, relevant=True)
    for meant in reading.meant:
        if reader.terms.facts[meant.fact].kind != "medicine":
            _say(reader, meant, truth, day, origin, time=time, said=reading.label)
    use = use_of({"status": "completed" if truth is TRUE else "not-done"}, kind, day, None)
    if use is not None and truth is not UNKNOWN:
        only_medicines = Reading(
            tuple(one for one in reading.meant if reader.terms.facts[one.fact].kind == "medicine"), label=reading.label
        )
        for saying in medicine_said(only_medicines, use, {}, origin, reader.terms):
            if reader.terms.facts[saying.fact].kind != "medicine":
                reader.said.append(saying)


def _medication(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    others: Mapping[str, Json] = {}
    if "contained" in resource or "medicationReference" in resource or "medication" in resource:
        contained = {f"#{inner.get('id')}": inner for inner in items(resource, "contained")}
        others = {**reader.by_reference, **contained}
    day, _time = _day(resource, kind)
    _saw(reader, day)
    period = "dispenseRequest" if kind == "MedicationRequest" else "effectivePeriod"
    until = _end(obj(resource, period), "validityPeriod") if kind == "MedicationRequest" else _end(resource, period)
    use = use_of(resource, kind, day, until)
    for reading in medicine_concepts(resource, others, reader.terms):
        _note_reading(reader, reading, origin, relevant=True)
        if use is not None:
            reader.said.extend(medicine_said(reading, use, resource, origin, reader.terms))


def _allergy(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    verification = codes(obj(resource, "verificationStatus"))
    if "entered-in-error" in verification:
        return
    day, _ = _day(resource, kind)
    _saw(reader, day)
    truth = _condition_truth(verification, codes(obj(resource, "clinicalStatus")))
    concepts = [obj(resource, "code"), *(obj(reaction, "substance") for reaction in items(resource, "reaction"))]
    for concept in concepts:
        reading = read_concept(concept, reader.terms)
        _note_reading(reader, reading, origin, relevant=bool(reading.label))
        if codes(concept) & {
            "716186003",
            "409137002",
            "no-allergy-info",
            "no-known-allergies",
            "no-known-medication-allergies",
        }:
            truth = FALSE if not codes(concept) & {"no-allergy-info"} else UNKNOWN
            _say_all_allergies(reader, truth, day, origin)
            continue
        for meant in reading.meant:
            for fact in _allergy_facts(meant.fact, reader.terms):
                _say(reader, Meant(fact, sense=meant.sense), truth, day, origin, said=reading.label)


def _allergy_facts(fact: str, terms: Terms) -> list[str]:
    """Return the allergies that an allergy to this substance is: its own, and those to the classes it belongs to."""
    if terms.facts[fact].kind == "allergy":
        return [fact]
    found = list(terms.allergies.get(fact, ()))
    for substance, allergies in terms.allergies.items():
        if fact in terms.related.get(substance, ()):
            found += allergies
    return found


def _say_all_allergies(reader: _Reader, truth: Truth, day: Day | None, origin: Origin) -> None:
    for fact in reader.terms.facts.values():
        if fact.kind == "allergy":
            _say(reader, Meant(fact.id), truth, day, origin, said="no known allergy")


def _report(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "cancelled"}:
        return
    day, time = _day(resource, kind)
    _saw(reader, day)
    readings = [read_concept(concept, reader.terms) for concept in items(resource, "conclusionCode")]
    mentions = [
        Meant(one.fact, one.word, one.sense) for one in reader.terms.matcher.mentions(text(resource, "conclusion"))
    ]
    for meant in (*mentions, *(meant for reading in readings for meant in reading.meant)):
        if reader.terms.facts[meant.fact].kind not in {"medicine", "allergy"}:
            _say(reader, meant, TRUE, day, origin, time=time, said=text(resource, "conclusion"))


def _family(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Conditions of relatives are not the person's own; only the facts about the family itself are read."""
    for condition in items(resource, "condition"):
        reading = read_concept(obj(condition, "code"), reader.terms)
        for meant in reading.meant:
            fact = f"family_history_of_{meant.fact}"
            if fact in reader.terms.facts:
                _say(reader, Meant(fact), TRUE, None, origin, said=reading.label)


def _encounter(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    day, _ = _day(resource, kind)
    _saw(reader, day)


def _device(reader: _Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "inactive", "not-used"}:
        return
    concept = obj(resource, "type")
    device = reader.by_reference.get(text(obj(resource, "device"), "reference"))
    if device is not None:
        concept = obj(device, "type")
    reading = read_concept(concept, reader.terms) if concept else Reading()
    for meant in reading.meant:
        _say(reader, meant, TRUE, None, origin, said=reading.label)


Handler = Callable[[_Reader, str, Json, Origin], None]
_HANDLERS: dict[str, Handler] = {
    "Condition": _condition,
    "Observation": _observation,
    "Procedure": _procedure,
    "AllergyIntolerance": _allergy,
    "DiagnosticReport": _report,
    "FamilyMemberHistory": _family,
    "Encounter": _encounter,
    "DeviceUseStatement": _device,
    "Device": _device,
    **dict.fromkeys(RESOURCES, _medication),
}


def _record(reader: _Reader, patient: Json) -> Record:
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
        reader.remark(origin, f"{error}; not used")
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
