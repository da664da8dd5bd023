"""A FHIR Bulk Data export of any size: a share of patients from the published cases with noise, the rest ordinary."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson

Json = dict[str, Any]
CASES = Path(__file__).parent.parent / "tests" / "cases"
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
"""What ordinary people are measured, diagnosed and given; nothing of it is read by the program from here."""
MEASURED = (
    ("8302-2", "Body Height", "cm", 150, 195),
    ("29463-7", "Body Weight", "kg", 48, 120),
    ("39156-5", "Body mass index (BMI) [Ratio]", "kg/m2", 18, 40),
    ("8867-4", "Heart rate", "/min", 55, 105),
    ("9279-1", "Respiratory rate", "/min", 12, 20),
    ("2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", 70, 140),
    ("6299-2", "Urea nitrogen [Mass/volume] in Blood", "mg/dL", 7, 22),
    ("38483-4", "Creatinine [Mass/volume] in Blood", "mg/dL", 0.6, 1.3),
    ("49765-1", "Calcium [Mass/volume] in Blood", "mg/dL", 8.6, 10.1),
    ("2947-0", "Sodium [Moles/volume] in Blood", "mmol/L", 136, 144),
    ("6298-4", "Potassium [Moles/volume] in Blood", "mmol/L", 3.6, 5.1),
    ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", 4.8, 7.5),
    ("718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", 11.5, 16.5),
    ("777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL", 150, 400),
    ("2093-3", "Total Cholesterol", "mg/dL", 140, 260),
)
DIAGNOSED = (
    ("59621000", "Essential hypertension"),
    ("44054006", "Diabetes mellitus type 2 (disorder)"),
    ("195662009", "Acute viral pharyngitis (disorder)"),
    ("444814009", "Viral sinusitis (disorder)"),
    ("10509002", "Acute bronchitis (disorder)"),
    ("55822004", "Hyperlipidemia"),
    ("239873007", "Osteoarthritis of knee"),
    ("162864005", "Body mass index 30+ - obesity (finding)"),
)
TAKEN = (
    ("314076", "lisinopril 10 MG Oral Tablet"),
    ("860975", "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"),
    ("313782", "Acetaminophen 325 MG Oral Tablet"),
    ("310798", "Hydrochlorothiazide 25 MG Oral Tablet"),
    ("312961", "Simvastatin 20 MG Oral Tablet"),
)


def people(count: int, seed: int, share: float, visits: int) -> Iterator[list[Json]]:
    """Yield the resources of each patient; a ``share`` of them is made from the published cases."""
    cases = [orjson.loads(path.read_bytes()) for path in sorted(CASES.glob("*/*/bundle.json"))]
    for number in range(count):
        chance = Random(seed * 1_000_003 + number)
        name = f"p{number:08}"
        found = _of_case(chance.choice(cases), name, chance) if chance.random() < share else _ordinary(name, chance)
        start = date(2019, 1, 1) + timedelta(days=chance.randrange(365))
        for visit in range(chance.randrange(1, 2 * visits)):
            found += _visit(name, visit, start + timedelta(days=120 * visit + chance.randrange(60)), chance)
        yield found


def _of_case(bundle: Json, name: str, chance: Random) -> list[Json]:
    """Return a published case as another person: some of what is told of it left out, numbers a little different."""
    found = []
    for number, entry in enumerate(bundle["entry"]):
        resource = entry["resource"]
        if resource["resourceType"] == "Patient":
            found.append({**resource, "id": name})
        elif chance.random() < 0.85:
            key = "patient" if "patient" in resource else "subject"
            found.append(
                _varied({**resource, "id": f"{name}-c{number}", key: {"reference": f"Patient/{name}"}}, chance)
            )
    return found


def _varied(resource: Json, chance: Random) -> Json:
    quantity = resource.get("valueQuantity")
    if quantity and isinstance(quantity.get("value"), int | float):
        value = round(quantity["value"] * chance.uniform(0.9, 1.1), 2)
        return {**resource, "valueQuantity": {**quantity, "value": value}}
    return resource


def _ordinary(name: str, chance: Random) -> list[Json]:
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(30_000))
    gender = chance.choice(("female", "male"))
    patient = {"resourceType": "Patient", "id": name, "gender": gender, "birthDate": born.isoformat()}
    family = {"name": [{"use": "official", "family": f"Family{chance.randrange(9999)}", "given": ["Given"]}]}
    return [{**patient, **family, "address": [{"city": "Town", "country": "US", "postalCode": "00000"}]}]


def _coded(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _visit(name: str, visit: int, day: date, chance: Random) -> Iterator[Json]:
    """Yield what an ordinary visit leaves: the encounter, measurements, perhaps a diagnosis or a medicine."""
    at = f"{day.isoformat()}T{chance.randrange(8, 18):02}:{chance.randrange(60):02}:00+00:00"
    subject = {"subject": {"reference": f"Patient/{name}"}}
    encounter = {"encounter": {"reference": f"Encounter/{name}-e{visit}"}}
    yield {
        "resourceType": "Encounter", "id": f"{name}-e{visit}", "status": "finished", **subject,
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "period": {"start": at, "end": at},
    }  # fmt: skip
    category = [_coded("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", "Laboratory")]
    for number, (code, display, unit, low, high) in enumerate(MEASURED):
        value = {"value": chance.uniform(low, high), "unit": unit, "system": UCUM, "code": unit}
        yield {
            "resourceType": "Observation", "id": f"{name}-e{visit}-o{number}",
            "meta": {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"]},
            "status": "final", "category": category, "code": _coded(LOINC, code, display), **subject, **encounter,
            "effectiveDateTime": at, "issued": at.replace("+00:00", ".123+00:00"), "valueQuantity": value,
        }  # fmt: skip
    yield {"id": f"{name}-e{visit}-bp", **_pressure(chance), **subject, **encounter, "effectiveDateTime": at}
    if chance.random() < 0.4:
        yield {
            "resourceType": "Condition", "id": f"{name}-e{visit}-c",
            "clinicalStatus": {"coding": [{"code": chance.choice(("active", "resolved"))}]},
            "verificationStatus": {"coding": [{"code": "confirmed"}]},
            "code": _coded(SNOMED, *chance.choice(DIAGNOSED)), **subject, **encounter,
            "onsetDateTime": at, "recordedDate": at,
        }  # fmt: skip
    if chance.random() < 0.3:
        yield {
            "resourceType": "MedicationRequest", "id": f"{name}-e{visit}-m", "status": "active", "intent": "order",
            "medicationCodeableConcept": _coded(RXNORM, *chance.choice(TAKEN)), **subject, **encounter,
            "authoredOn": at, "dosageInstruction": [{"text": "Take once daily", "asNeededBoolean": False}],
        }  # fmt: skip


def _pressure(chance: Random) -> Json:
    parts = (("8462-4", "Diastolic Blood Pressure", 60, 95), ("8480-6", "Systolic Blood Pressure", 100, 150))
    component = [
        {
            "code": _coded(LOINC, code, display),
            "valueQuantity": {"value": chance.uniform(low, high), "unit": "mm[Hg]", "system": UCUM, "code": "mm[Hg]"},
        }
        for code, display, low, high in parts
    ]
    code = _coded(LOINC, "85354-9", "Blood Pressure")
    return {"resourceType": "Observation", "status": "final", "code": code, "component": component}


def write(folder: Path, count: int, *, seed: int = 1, share: float = 0.02, visits: int = 4, files: int = 4) -> None:
    """Write an export, patient by patient, each type in a number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    opened: dict[tuple[str, int], Any] = {}
    try:
        for number, resources in enumerate(people(count, seed, share, visits)):
            for resource in resources:
                place = (resource["resourceType"], number * files // count)
                if place not in opened:
                    opened[place] = (folder / f"{place[0]}.{place[1]:03}.ndjson").open("wb")
                opened[place].write(orjson.dumps(resource) + b"\n")
    finally:
        for file in opened.values():
            file.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("patients", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.02, help="of patients from published cases")
    parser.add_argument("--visits", type=int, default=4, help="of an ordinary patient, on average")
    given = parser.parse_args()
    write(given.folder, given.patients, seed=given.seed, share=given.share, visits=given.visits)
