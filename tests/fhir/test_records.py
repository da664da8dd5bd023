"""Records that others wrote, held to what plain Python finds in their JSON. See tests/data/README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.recognise import read_record
from calcinosis.truth import FALSE, TRUE
from tests.fhir.build import Known, known_of

DATA = Path(__file__).parent.parent / "data"
FILES = sorted(DATA.rglob("*.json"))
PEOPLE = [
    path for path in FILES if path.parent.name != "hl7_r4" and path.name != "Observation-serum-creatinine-adult.json"
]

LABORATORY = {
    "creatinine": (("2160-0", "38483-4"), {"mg/dL"}),
    "haemoglobin": (("718-7",), {"g/dL"}),
    "body_mass_index": (("39156-5",), {"kg/m2"}),
    "systolic_blood_pressure": (("8480-6",), {"mm[Hg]", "mmHg"}),
    "diastolic_blood_pressure": (("8462-4",), {"mm[Hg]", "mmHg"}),
}
"""Facts, the LOINC codes of their results, and the units that need no conversion."""

MEDICINES = {
    "105586": "methotrexate",
    "197319": "allopurinol",
    "197361": "amlodipine",
    "198014": "naproxen",
    "200032": "carvedilol",
    "313988": "furosemide",
    "314076": "lisinopril",
    "316049": "hydrochlorothiazide",
    "834102": "penicillin_v",
    "861004": "metformin",
    "861007": "metformin",
    "904419": "alendronate",
}
"""RxNorm codes of products in these records, and what is in them, read off their names by eye."""


def resources(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the resources of a kind in a file, without the code under test."""
    data = json.loads(path.read_text(encoding="utf-8"))
    entries = data.get("entry", []) if data["resourceType"] == "Bundle" else [{"resource": data}]
    for entry in entries:
        if entry.get("resource", {}).get("resourceType") == kind:
            yield entry["resource"]


@lru_cache(maxsize=64)
def known_in(path: Path, as_of: str = "") -> Known:
    """Return what the program knows after reading a file."""
    return known_of(json.loads(path.read_text(encoding="utf-8")), as_of)


def results(path: Path, codes: tuple[str, ...]) -> list[tuple[str, float, str]]:
    """Return time, number and unit of every result with one of these codes, components included."""
    found = []
    for one in resources(path, "Observation"):
        for part in (one, *one.get("component", [])):
            coded = {coding.get("code") for coding in part["code"].get("coding", [])}
            if coded & set(codes) and "value" in part.get("valueQuantity", {}):
                value = part["valueQuantity"]
                found.append((one["effectiveDateTime"], value["value"], value.get("unit", "")))
    return sorted(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_record_is_read(path: Path) -> None:
    """No record is refused or crashes the program; as none speaks of calcification, none is called calcinosis."""
    assessment = assess_record(read_record(path, knowledge().terms), knowledge().library)
    assert "calcif" not in path.read_text(encoding="utf-8").lower()
    assert assessment.presentation == "none"
    assert assessment.leading_type is None


@pytest.mark.parametrize("fact", LABORATORY)
@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_newest_result(path: Path, fact: str) -> None:
    """On the day of the newest result, that is the value; of several at one time, the range that they span."""
    codes, units = LABORATORY[fact]
    found = results(path, codes)
    if not found:
        assert known_in(path).truth(fact) is None
        return
    newest = found[-1][0]
    numbers = [value for time, value, unit in found if time == newest and unit in units]
    assert numbers, "the test needs to know this unit"
    value = known_in(path, newest[:10]).value(fact)
    assert value.low == pytest.approx(min(numbers))
    assert value.high == pytest.approx(max(numbers))
    assert value.date == newest[:10]


def test_there_are_results_to_compare() -> None:
    """Each of the five quantities is measured in several of these people."""
    for fact, (codes, _) in LABORATORY.items():
        assert sum(bool(results(path, codes)) for path in PEOPLE) >= 3, fact


@pytest.mark.parametrize(
    "path", [path for path in PEOPLE if path.parent.name != "ips_2.0.0"], ids=lambda path: path.stem
)
def test_active_medicines(path: Path) -> None:
    """A medicine with an active request is taken, one whose requests have all ended is not."""
    statuses: dict[str, set[str]] = {}
    for request in resources(path, "MedicationRequest"):
        for coding in request.get("medicationCodeableConcept", {}).get("coding", []):
            if coding.get("code") in MEDICINES:
                statuses.setdefault(MEDICINES[coding["code"]], set()).add(request["status"])
    found = {name: known_in(path).truth(name) for name in MEDICINES.values()}
    expected = {name: TRUE if "active" in statuses[name] else FALSE for name in statuses}
    assert found == {name: expected.get(name) for name in MEDICINES.values()}


def test_there_are_medicines_to_compare() -> None:
    """Most of the listed products are in the records, so that the comparison means something."""
    text = "".join(path.read_text(encoding="utf-8") for path in PEOPLE)
    assert sum(f'"{code}"' in text for code in MEDICINES) >= 10


def test_the_patient_of_each_record() -> None:
    """Id, sex and birth date are those of the Patient."""
    for path in PEOPLE:
        (patient,) = resources(path, "Patient")
        known = known_in(path)
        assert known.record.id == patient.get("id", "")
        assert known.value("sex").word == patient["gender"]
        assert known.record.birth is not None
        assert known.record.birth.earliest == patient["birthDate"]


@pytest.mark.parametrize(
    ("name", "fact", "truth"),
    [
        ("AllergyIntolerance-nka", "allergy_penicillin", FALSE),
        ("AllergyIntolerance-nkda", "allergy_penicillin", FALSE),
        ("Condition-stroke", "stroke", TRUE),
        ("Condition-example2", "asthma", TRUE),
        ("FamilyMemberHistory-father", "myocardial_infarction", None),
        ("FamilyMemberHistory-father", "acute_myocardial_infarction", None),
        ("FamilyMemberHistory-mother", "diabetes", None),
        ("Condition-family-history", "malignancy", None),
        ("Observation-blood-pressure-cancel", "systolic_blood_pressure", None),
        ("Observation-blood-pressure-dar", "diastolic_blood_pressure", None),
        ("Observation-blood-pressure", "site_arm", None),
        ("MedicationRequest-medrx0311", "chlorthalidone", TRUE),
        ("MedicationStatement-example001", "paracetamol", TRUE),
    ],
)
def test_examples_of_the_specification(name: str, fact: str, truth: object) -> None:
    """What HL7 wrote into its examples is read as written."""
    assert known_in(DATA / "hl7_r4" / f"{name}.json").truth(fact) is truth


@pytest.mark.parametrize(
    ("name", "fact", "number"),
    [
        ("Observation-blood-pressure", "systolic_blood_pressure", 107),
        ("Observation-blood-pressure", "diastolic_blood_pressure", 60),
        ("Observation-blood-pressure-dar", "systolic_blood_pressure", 107),
        ("Observation-bmi", "body_mass_index", 16.2),
        ("Observation-f001", "glucose", 6.3 * 18.0156),
        ("Observation-f203", "bicarbonate", 28),
        ("Observation-f204", "creatinine", 122 / 88.4017),
        ("Bundle-101", "haemoglobin", 17.6),
        ("Bundle-101", "platelets", 444),
    ],
)
def test_numbers_of_the_specification(name: str, fact: str, number: float) -> None:
    """The numbers of HL7's examples, turned into our units by hand."""
    assert known_in(DATA / "hl7_r4" / f"{name}.json").number(fact) == pytest.approx(number, rel=1e-3)


def test_patient_summary() -> None:
    """The full example of the International Patient Summary: what is in it, and what it leaves open."""
    known = known_in(DATA / "ips_2.0.0" / "Bundle-bundle-ips-all-sections.json")
    assert known.truth("allergy_penicillin") is TRUE
    assert known.number("body_weight") == 91.5
    assert known.truth("lisinopril") is TRUE
