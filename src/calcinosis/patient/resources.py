"""Each kind of FHIR resource to what it says about the person."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from calcinosis.patient.concepts import Meant, Reading, read_concept
from calcinosis.patient.dates import Day, parse_date
from calcinosis.patient.gathering import (
    SKIN,
    Reader,
    body_sites,
    day_of,
    end_of,
    is_of_skin,
    note_reading,
    saw,
    say,
    say_sites,
    start_of,
)
from calcinosis.patient.medicines import RESOURCES, medicine_concepts, medicine_said, use_of
from calcinosis.patient.observations import observation_results
from calcinosis.patient.said import EVER, Said
from calcinosis.patient.shapes import Json, codes, items, obj, text
from calcinosis.patient.terms import SYSTEMS, Terms
from calcinosis.patient.uses import UseSaid
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.rules.words import short_name
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth


def _condition(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    verification = codes(obj(resource, "verificationStatus"))
    if "entered-in-error" in verification or _is_family(resource):
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    saw(reader, parse_date(text(resource, "onsetDateTime")) if text(resource, "onsetDateTime") else None, origin)
    clinical = codes(obj(resource, "clinicalStatus"))
    truth = _condition_truth(verification, clinical)
    until = _abatement(resource, clinical)
    if until is None and truth is TRUE and _is_abated(resource) and not clinical & _GOES_ON:
        truth = UNKNOWN
    reading = read_concept(obj(resource, "code"), reader.terms)
    note_reading(reader, reading, origin, relevant=True)
    for meant, possible in _diagnosed(reader, reading, truth, origin):
        was = _despite_rest(possible, verification, clinical, reader.terms.facts[meant.fact])
        say(reader, meant, was, day, origin, until, time=time, said=reading.label)
    if truth is TRUE and is_of_skin(reader, reading.meant):
        say_sites(reader, [reading.label, *body_sites(resource)], day, origin)


def _diagnosed(reader: Reader, reading: Reading, truth: Truth, origin: Origin) -> Iterator[tuple[Meant, Truth]]:
    """Yield what a diagnosis means: a medicine that it names is taken only where it says so."""
    for meant in reading.meant:
        said = _said_of_medicine(meant, reading.label, reader.terms)
        if said == "taken":
            yield meant, truth
        elif said == "allergy":
            yield from ((Meant(fact, sense=meant.sense), truth) for fact in _allergy_facts(meant.fact, reader.terms))
        elif truth is not FALSE:
            name = short_name(reader.terms.facts[meant.fact])
            reader.remark(origin, f'"{reading.label[:120]}" names {name} and does not say that it is taken: left open')
            yield meant, UNKNOWN


def _said_of_medicine(meant: Meant, label: str, terms: Terms) -> UseSaid:
    """Return what a diagnosis says of a medicine; of all else that it means, that it is so."""
    if terms.facts[meant.fact].kind != "medicine":
        return "taken"
    said = terms.uses.said_of(meant.fact, label, terms.matcher)
    return "taken" if meant.by_code and said == "named" and not terms.uses.speaks_otherwise(label) else said


def _despite_rest(truth: Truth, verification: set[str], clinical: set[str], fact: Fact) -> Truth:
    """An exposure does not end, and a lasting disease that rests (inactive, in remission) is still there."""
    if truth is not UNKNOWN or verification & {"provisional", "differential", "unconfirmed"}:
        return truth
    rests = clinical & {"inactive", "remission"} and "resolved" not in clinical
    return TRUE if fact.kind in EVER or (fact.lasting and rests) else truth


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
        system = text(coding, "system")
        is_icd = "icd-10" in system or SYSTEMS.get(system) == "icd10cm"
        if is_icd and code[:3] in {"Z80", "Z81", "Z82", "Z83", "Z84"}:
            return True
    return False


def _observation(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "cancelled"}:
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    results, reading = observation_results(resource, reader.terms, origin)
    if not results:
        if not reading.meant and "valueQuantity" not in resource:
            note_reading(reader, reading, origin, relevant=True)
        return
    sites = body_sites(resource) if "bodySite" in resource else []
    site, of_skin = "; ".join(sites), False
    for result in results:
        if result.problem:
            reader.remark(origin, result.problem)
            continue
        reader.said.append(Said(result.fact, result.value, day, time, site=site))
        fact = reader.terms.facts[result.fact]
        is_seen = fact.kind != "quantity" and fact.learned_by in SKIN  # a blood pressure at the arm is no deposit there
        of_skin = of_skin or (is_seen and result.value.truth is TRUE)
    if of_skin:
        say_sites(reader, sites or [reading.label], day, origin)


def _procedure(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    status = text(resource, "status")
    if status == "entered-in-error":
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    truth = (
        FALSE
        if status == "not-done"
        else TRUE
        if status in {"completed", "in-progress", "on-hold", "stopped"}
        else UNKNOWN
    )
    reading = read_concept(obj(resource, "code"), reader.terms)
    note_reading(reader, reading, origin, relevant=True)
    for meant in reading.meant:
        if reader.terms.facts[meant.fact].kind != "medicine":
            say(reader, meant, truth, day, origin, time=time, said=reading.label)
    use = use_of({"status": "completed" if truth is TRUE else "not-done"}, kind, day, None)
    if use is not None and truth is not UNKNOWN:
        medicines = tuple(one for one in reading.meant if reader.terms.facts[one.fact].kind == "medicine")
        only_medicines = replace(reading, meant=medicines)
        for saying in medicine_said(only_medicines, use, {}, origin, reader.terms):
            if reader.terms.facts[saying.fact].kind != "medicine":
                reader.said.append(saying)


def _medication(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
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
    readings = list(medicine_concepts(resource, others, reader.terms))
    for reading in readings:
        note_reading(reader, reading, origin, relevant=True)
        if use is not None:
            reader.said.extend(medicine_said(reading, use, resource, origin, reader.terms))
    if not readings and use is not None:
        reader.remark(origin, "it names no medicine, or one that is not in the record: not used")


def _course(resource: Json, kind: str) -> tuple[Day | None, Day | None]:
    """Return the first and the last day of taking a medicine, where they are written. Raises DateError."""
    if kind != "MedicationRequest":
        return start_of(resource, "effectivePeriod"), end_of(resource, "effectivePeriod")
    repeats = [obj(obj(dosage, "timing"), "repeat") for dosage in items(resource, "dosageInstruction")]
    starts = [start_of(repeat, "boundsPeriod") for repeat in repeats]
    ends = [end_of(repeat, "boundsPeriod") for repeat in repeats]
    start = min((day for day in starts if day is not None), default=None) if None not in starts else None
    if ends and None not in ends:
        return start, max(day for day in ends if day is not None)
    return start, end_of(obj(resource, "dispenseRequest"), "validityPeriod")


def _allergy(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    verification = codes(obj(resource, "verificationStatus"))
    if "entered-in-error" in verification:
        return
    day, _ = day_of(resource, kind)
    saw(reader, day, origin)
    truth = _condition_truth(verification, codes(obj(resource, "clinicalStatus")))
    concepts = [obj(resource, "code"), *(obj(reaction, "substance") for reaction in items(resource, "reaction"))]
    for concept in concepts:
        reading = read_concept(concept, reader.terms)
        note_reading(reader, reading, origin, relevant=bool(reading.label))
        if codes(concept) & {
            "716186003",
            "409137002",
            "no-allergy-info",
            "no-known-allergies",
            "no-known-medication-allergies",
        }:
            none = truth is TRUE and not codes(concept) & {"no-allergy-info"}
            _say_all_allergies(reader, FALSE if none else UNKNOWN, day, origin)
            continue
        for meant in reading.meant:
            for fact in _allergy_facts(meant.fact, reader.terms):
                say(reader, Meant(fact, sense=meant.sense), truth, day, origin, said=reading.label)


def _allergy_facts(fact: str, terms: Terms) -> list[str]:
    """Return the allergies that an allergy to this substance is: its own, and those to the classes it belongs to."""
    if terms.facts[fact].kind == "allergy":
        return [fact]
    found = list(terms.allergies.get(fact, ()))
    for substance, allergies in terms.allergies.items():
        if fact in terms.related.get(substance, ()):
            found += allergies
    return found


def _say_all_allergies(reader: Reader, truth: Truth, day: Day | None, origin: Origin) -> None:
    """Say it of every allergy, weakly: an allergy that the record names is not undone by a general denial."""
    value = Value(truth=truth, said="no known allergy", origins=(origin,))
    for fact in reader.terms.facts.values():
        if fact.kind == "allergy":
            reader.said.append(Said(fact.id, value, day, weak=True))


def _report(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "cancelled"}:
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    readings = [read_concept(concept, reader.terms) for concept in items(resource, "conclusionCode")]
    mentions = [
        Meant(one.fact, one.word, one.sense) for one in reader.terms.matcher.mentions(text(resource, "conclusion"))
    ]
    for meant in (*mentions, *(meant for reading in readings for meant in reading.meant)):
        if reader.terms.facts[meant.fact].kind not in {"medicine", "allergy"}:
            say(reader, meant, TRUE, day, origin, time=time, said=text(resource, "conclusion"))


def _family(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Conditions of relatives are not the person's own; only the facts about the family itself are read."""
    for condition in items(resource, "condition"):
        reading = read_concept(obj(condition, "code"), reader.terms)
        for meant in reading.meant:
            fact = f"family_history_of_{meant.fact}"
            if fact in reader.terms.facts:
                say(reader, Meant(fact), TRUE, None, origin, said=reading.label)


def _encounter(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"planned", "cancelled", "entered-in-error"}:
        return
    day, _ = day_of(resource, kind)
    saw(reader, day, origin)


def _device(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    if text(resource, "status") in {"entered-in-error", "inactive", "not-used"}:
        return
    concept = obj(resource, "type")
    device = reader.by_reference.get(text(obj(resource, "device"), "reference"))
    if device is not None:
        concept = obj(device, "type")
    reading = read_concept(concept, reader.terms) if concept else Reading()
    for meant in reading.meant:
        say(reader, meant, TRUE, None, origin, said=reading.label)


Handler = Callable[[Reader, str, Json, Origin], None]
HANDLERS: dict[str, Handler] = {
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
