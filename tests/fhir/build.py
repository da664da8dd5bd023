"""Builders of small FHIR R4 records, and what the program knows after reading one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calcinosis.compiled import knowledge
from calcinosis.person.facts import PatientFacts
from calcinosis.person.record import Record
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import Truth

Json = dict[str, Any]

DAY = "2024-05-01"
ME = {"reference": "Patient/p"}
SYSTEMS = {
    "icd10": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "atc": "http://www.whocc.no/atc",
    "ucum": "http://unitsofmeasure.org",
    "interpretation": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
    "clinical": "http://terminology.hl7.org/CodeSystem/condition-clinical",
    "verification": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
    "absent": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
}

SCLEROSIS = "M34.9"
"""ICD-10-CM code of systemic sclerosis, the condition that most of these records speak of."""


def coding(system: str, code: str, display: str = "") -> Json:
    """Return a Coding; the system is one of SYSTEMS or an address."""
    return {"system": SYSTEMS.get(system, system), "code": code, **({"display": display} if display else {})}


def concept(said: str = "", *codings: Json) -> Json:
    """Return a CodeableConcept with a text and codings."""
    return {**({"text": said} if said else {}), **({"coding": list(codings)} if codings else {})}


def coded(system: str, code: str, display: str = "") -> Json:
    """Return a CodeableConcept with one code."""
    return concept("", coding(system, code, display))


def resource(kind: str, **elements: Any) -> Json:
    """Return a resource of the patient; what is None is left out."""
    given = {"resourceType": kind, "id": "r1", "subject": ME, **elements}
    return {key.rstrip("_"): value for key, value in given.items() if value is not None}


def patient(**elements: Any) -> Json:
    """Return a woman of 54 years on DAY."""
    base = {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01", "gender": "female"}
    return {**base, **elements}


def condition(code: Json, clinical: str = "", verification: str = "", **elements: Any) -> Json:
    """Return a Condition, recorded on DAY unless said otherwise."""
    base: Json = {"code": code, "recordedDate": DAY}
    if clinical:
        base["clinicalStatus"] = coded("clinical", clinical)
    if verification:
        base["verificationStatus"] = coded("verification", verification)
    return resource("Condition", **{**base, **elements})


def sclerosis(clinical: str = "", verification: str = "", **elements: Any) -> Json:
    """Return a Condition of systemic sclerosis."""
    code = elements.pop("code", coded("icd10", SCLEROSIS))
    return condition(code, clinical, verification, **elements)


def observation(code: Json, **elements: Any) -> Json:
    """Return a final Observation of DAY unless said otherwise."""
    return resource("Observation", **{"status": "final", "code": code, "effectiveDateTime": DAY, **elements})


def phosphate(**elements: Any) -> Json:
    """Return an Observation of phosphate in serum."""
    return observation(coded("loinc", "2777-1", "Phosphate [Mass/volume] in Serum or Plasma"), **elements)


def centromere(**elements: Any) -> Json:
    """Return an Observation of the anticentromere antibody."""
    return observation(coded("loinc", "16137-2", "Centromere Ab [Presence] in Serum"), **elements)


def quantity(value: float, unit: str = "", comparator: str = "", code: str | None = None) -> Json:
    """Return a Quantity whose UCUM code is its unit unless said otherwise."""
    found: Json = {"value": value}
    if comparator:
        found["comparator"] = comparator
    if unit:
        found["unit"] = unit
    if code is None and unit:
        found |= {"system": SYSTEMS["ucum"], "code": unit}
    elif code:
        found |= {"system": SYSTEMS["ucum"], "code": code}
    return found


def interpretation(code: str) -> list[Json]:
    """Return the interpretation of an Observation."""
    return [coded("interpretation", code)]


def medicine(kind: str = "MedicationRequest", status: str = "active", **elements: Any) -> Json:
    """Return a medication resource about warfarin, given on DAY, unless said otherwise."""
    day = {
        "MedicationRequest": "authoredOn",
        "MedicationStatement": "effectiveDateTime",
        "MedicationAdministration": "effectiveDateTime",
        "MedicationDispense": "whenHandedOver",
    }[kind]
    base: Json = {"status": status, day: DAY}
    if kind == "MedicationRequest":
        base["intent"] = "order"
    if "medicationReference" not in elements:
        base["medicationCodeableConcept"] = coded("rxnorm", "11289", "warfarin")
    return resource(kind, **{**base, **elements})


def allergy(code: Json, clinical: str = "active", verification: str = "confirmed", **elements: Any) -> Json:
    """Return an AllergyIntolerance recorded on DAY."""
    base: Json = {
        "code": code,
        "clinicalStatus": coded("clinical", clinical),
        "verificationStatus": coded("verification", verification),
        "recordedDate": DAY,
        "patient": ME,
        "subject": None,
    }
    return resource("AllergyIntolerance", **{**base, **elements})


def bundle(*resources: Json, kind: str = "collection") -> Json:
    """Return a Bundle; each entry has the address of its resource on a made-up server."""
    entries = []
    for one in resources:
        entry: Json = {"fullUrl": f"https://fhir.example/base/{one['resourceType']}/{one.get('id')}", "resource": one}
        if kind == "transaction":
            entry["request"] = {"method": "POST", "url": one["resourceType"]}
        if kind == "searchset":
            entry["search"] = {"mode": "match"}
        entries.append(entry)
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


@dataclass(frozen=True)
class Known:
    """What is known of the person of a record on a day."""

    record: Record
    facts: PatientFacts
    remarks: tuple[str, ...]

    def value(self, fact: str) -> Value:
        """Return the value of a fact that the record speaks of."""
        found = self.facts.value(fact)
        assert found is not None, f"nothing is known of {fact}: {self.remarks}"
        return found

    def truth(self, fact: str) -> Truth | None:
        """Return the truth of a fact; None when the record does not speak of it."""
        found = self.facts.value(fact)
        return None if found is None else found.truth

    def number(self, fact: str) -> float:
        """Return the number of a quantity that is known exactly."""
        found = self.value(fact)
        assert found.low is not None
        assert found.low == found.high
        return found.low


def known_of(data: Json | list[Json], as_of: str = "") -> Known:
    """Return what is known after reading a record, at a day, by default its last."""
    known = knowledge()
    record = fhir_record(data, known.terms, "record.json")
    facts, remarks = record.facts(known.library.vocabulary, as_of or record.last_day)
    return Known(record, facts, tuple(f"{remark.origin.name}: {remark.says}" for remark in remarks))


def known(*resources: Json, as_of: str = "") -> Known:
    """Return what is known of the patient with these resources in one collection Bundle."""
    return known_of(bundle(patient(), *resources), as_of)
