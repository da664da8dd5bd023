"""People as FHIR resources, written from the FHIR specification and the program's contract alone.

Nothing of the knowledge is used here, so that what the program knows by another name, status or element than this file
does is met as it would be in a foreign record.
"""

from __future__ import annotations

from random import Random
from typing import Any

Json = dict[str, Any]
# fmt: off
ICD10 = "http://hl7.org/fhir/sid/icd-10"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CONDITIONS = [
    ("L94.2", "Calcinosis cutis"), ("M34.9", "Systemic sclerosis"), ("M34.1", "CREST syndrome"),
    ("M33.0", "Juvenile dermatomyositis"), ("M32.9", "Systemic lupus erythematosus"), ("N18.6",
    "End-stage renal disease"),
    ("E83.5", "Disorders of calcium metabolism"), ("E21.0", "Primary hyperparathyroidism"), ("L88",
    "Pyoderma gangrenosum"),
    ("I70.2", "Atherosclerosis of arteries of extremities"), ("Z99.2", "Dependence on renal dialysis"), ("E11.9",
    "Type 2 diabetes"),
    ("O09.9", "Pregnancy"), ("I44.2", "Complete heart block"), ("Q82.8", "Pseudoxanthoma elasticum"), ("L97",
    "Ulcer of lower limb"),
    ("", "painful black plaque on the thigh"), ("", "hard white papules on the fingertips"), ("",
    "subcutaneous calcification"),
    ("", "calciphylaxis"), ("", "? calciphylaxis"), ("", "no calcinosis"), ("", "scrotal nodules"), ("",
    "skin necrosis"),
    ("", "family history of systemic sclerosis"), ("", "chalky discharge from the left elbow"), ("",
    "Kalzinose der Haut"),
]
TESTS = [
    ("17861-6", "Calcium [Mass/volume] in Serum or Plasma", "mg/dL", 4, 18), ("2000-8", "Calcium", "mmol/L", 1, 4.5),
    ("2777-1", "Phosphate", "mg/dL", 1, 14), ("14879-1", "Phosphate", "mmol/L", 0.3, 4), ("1751-7", "Albumin",
    "g/dL", 1, 6),
    ("2731-8", "Parathyrin.intact", "pg/mL", 2, 2500), ("2160-0", "Creatinine", "mg/dL", 0.2, 14), ("33914-3",
    "GFR", "mL/min/{1.73_m2}", 2, 130),
    ("1995-0", "Calcium.ionized", "mmol/L", 0.6, 2), ("26499-4", "Neutrophils", "10*3/uL", 0.1, 20), ("2823-3",
    "Potassium", "mmol/L", 1.5, 8.5),
    ("6301-6", "INR", "{INR}", 0.8, 9), ("8480-6", "Systolic blood pressure", "mm[Hg]", 60, 240), ("731-0",
    "Lymphocytes", "10*3/uL", 0.1, 6),
    ("5048-4", "ANA titer", "{titer}", 20, 2560), ("1988-5", "CRP", "mg/L", 0.2, 300),
]
MEDICINES = [
    "Warfarin 5 mg", "Diltiazem 240 mg", "Nifedipine", "Colchicine", "Methotrexate", "Cinacalcet",
    "Calcium carbonate", "Calcitriol",
    "Sodium thiosulfate", "Apixaban", "Tofacitinib", "Mycophenolate", "Prednisolone", "Ibuprofen", "Denosumab",
    "Metoprolol",
    "Simvastatin", "Live attenuated vaccine", "Something new", "Warfarin, not taken",
]
PROCEDURES = ["Haemodialysis", "Excision of skin lesion", "Intravenous infusion of calcium gluconate",
    "Kidney transplant", "Skin biopsy"]
SITES = ["left thigh", "finger", "Right elbow", "breast", "scrotum", "lung", "the whole body"]
DAYS = ["2024-05-01", "2024-05", "2023", "2024-05-01T08:30:00Z", "2024-05-01T23:59:59+14:00", "2019-02-28",
    "2030-01-01", None, "soon"]
TRUTHS = ["positive", "negative", "detected", "present", "absent", "not done", "see comment", "high", "normal"]
# fmt: on


def person(name: str, chance: Random) -> list[Json]:
    """Return the resources of one person, a Patient first."""
    patient: Json = {
        "resourceType": "Patient",
        "id": name,
        "gender": chance.choice(["female", "male", "unknown", None]),
    }
    if chance.random() < 0.8:
        patient["birthDate"] = chance.choice(["1950-03-01", "1985", "2015-06", "2024-04-20", "1899-01-01", None])
    if chance.random() < 0.08:
        patient["deceasedBoolean"] = chance.choice([True, False, None])
    elif chance.random() < 0.04:
        patient["deceasedDateTime"] = chance.choice(DAYS)
    makers = (_condition, _condition, _observation, _observation, _medicine, _procedure, _report)
    found = [patient]
    for number in range(chance.choice((2, 5, 12, 25))):
        resource = chance.choice(makers)(chance)
        resource |= {"id": f"{name}.{number}", "subject": {"reference": f"Patient/{name}"}}
        if chance.random() < 0.15:
            resource["note"] = [{"text": chance.choice(CONDITIONS)[1] + chance.choice([".", " is ruled out.", "?"])}]
        if chance.random() < 0.05:
            resource["modifierExtension"] = [{"url": "http://example.org/unlike", "valueBoolean": True}]
        if chance.random() < 0.3:
            resource["meta"] = {"lastUpdated": "2024-05-02T00:00:00Z", "versionId": str(number)}
        found.append(_with_nulls(resource, chance))
    return found


def _with_nulls(resource: Json, chance: Random) -> Json:
    """Return a resource as tabular exports write it: some absent elements as nulls, and some present ones."""
    for key in (
        "abatementDateTime",
        "onsetDateTime",
        "valueString",
        "verificationStatus",
        "dosage",
        "status",
        "bodySite",
    ):
        if chance.random() < 0.1:
            resource[key] = None
    return resource


def _concept(code: str, text: str, system: str, chance: Random) -> Json:
    coding = [{"system": system, "code": code, "display": text}] if code and chance.random() < 0.8 else []
    found: Json = {"coding": coding} if coding else {}
    return found | ({"text": text} if not coding or chance.random() < 0.5 else {})


def _condition(chance: Random) -> Json:
    code, text = chance.choice(CONDITIONS)
    found: Json = {"resourceType": "Condition", "code": _concept(code, text, ICD10, chance)}
    for key, words in (
        ("clinicalStatus", ["active", "inactive", "resolved", "remission", "recurrence", "odd"]),
        ("verificationStatus", ["confirmed", "provisional", "differential", "refuted", "entered-in-error", "odd"]),
    ):
        if chance.random() < 0.5:
            found[key] = {"coding": [{"code": chance.choice(words)}]}
    for key in ("onsetDateTime", "abatementDateTime", "recordedDate"):
        if chance.random() < (0.2 if key.startswith("abate") else 0.6):
            found[key] = chance.choice(DAYS)
    if chance.random() < 0.3:
        found["bodySite"] = [{"text": chance.choice(SITES)}]
    if chance.random() < 0.2:
        found["severity"] = {"text": chance.choice(["severe", "mild", "24484000"])}
    return found


def _observation(chance: Random) -> Json:
    status = chance.choice(["final", "final", "final", "preliminary", "cancelled", "entered-in-error", "amended"])
    found: Json = {"resourceType": "Observation", "status": status}
    found["effectiveDateTime"] = chance.choice(DAYS)
    if chance.random() < 0.15:
        code, text = chance.choice(CONDITIONS)
        found |= {"code": _concept(code, text, ICD10, chance), "valueBoolean": chance.choice([True, False, None])}
        return found
    code, text, unit, low, high = chance.choice(TESTS)
    found["code"] = _concept(code, text, LOINC, chance)
    kind = chance.random()
    if kind < 0.75:
        value: object = round(chance.uniform(low, high), chance.choice([0, 1, 2]))
        found["valueQuantity"] = {"value": value, "unit": unit, "system": UCUM, "code": unit}
        if chance.random() < 0.1:
            found["valueQuantity"]["comparator"] = chance.choice(["<", ">", ">=", "<=", "ad", "?"])
        if chance.random() < 0.1:
            found["valueQuantity"] |= {"unit": chance.choice(["mg/mL", "", None, "mmol/L"]), "code": None}
    elif kind < 0.9:
        found["valueString"] = chance.choice([*TRUTHS, f"{low} {unit}", "1:640", "<2,5"])
    else:
        found["dataAbsentReason"] = {"text": "not performed"}
    if chance.random() < 0.4:
        ends = {"low": {"value": low * 2, "unit": unit}, "high": {"value": high / 2, "unit": unit}}
        found["referenceRange"] = [{key: ends[key] for key in ends if chance.random() < 0.8}]
    if chance.random() < 0.3:
        found["interpretation"] = [{"coding": [{"code": chance.choice(["H", "L", "N", "HH", "A", "POS", "odd"])}]}]
    if chance.random() < 0.1:
        found["specimen"] = {"display": chance.choice(["Urine", "Serum", "Dialysate"])}
    return found


def _medicine(chance: Random) -> Json:
    kind = chance.choice(["MedicationRequest", "MedicationStatement", "MedicationAdministration"])
    status = chance.choice(
        ["active", "completed", "stopped", "on-hold", "not-taken", "not-done", "intended", "draft", "in-progress"]
    )
    found: Json = {
        "resourceType": kind,
        "status": status,
        "medicationCodeableConcept": {"text": chance.choice(MEDICINES)},
    }
    found[chance.choice(["authoredOn", "effectiveDateTime", "dateAsserted"])] = chance.choice(DAYS)
    if kind == "MedicationRequest":
        found["intent"] = chance.choice(["order", "plan", "proposal"])
        if chance.random() < 0.1:
            found["doNotPerform"] = True
    if chance.random() < 0.2:
        found["dosage"] = [
            {"text": chance.choice(["twice daily", "stop on 1 May", "into the left thigh", "as needed"])}
        ]
    if chance.random() < 0.1:
        found["statusReason"] = [{"text": chance.choice(["nausea", "fall in blood pressure", "no effect"])}]
    return found


def _procedure(chance: Random) -> Json:
    status = chance.choice(["completed", "in-progress", "not-done", "preparation", "entered-in-error"])
    found: Json = {"resourceType": "Procedure", "status": status, "code": {"text": chance.choice(PROCEDURES)}}
    found[chance.choice(["performedDateTime", "occurrenceDateTime"])] = chance.choice(DAYS)
    if chance.random() < 0.4:
        found["bodySite"] = [{"text": chance.choice(SITES)}]
    return found


def _report(chance: Random) -> Json:
    text = chance.choice(
        [
            "Calcium deposits in the dermis.",
            "No calcification.",
            "Calcified small vessels with thrombosis.",
            "Osteoma cutis?",
        ]
    )
    title = chance.choice(["Skin biopsy", "X-ray of the hand", "Ultrasound", "Histopathology"])
    found: Json = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": title}, "conclusion": text}
    return found | {"effectiveDateTime": chance.choice(DAYS)}
