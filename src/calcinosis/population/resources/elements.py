"""What is read of each type of FHIR resource. A test records what the readers use, and holds this list to it."""

from __future__ import annotations

import re

PATIENT_PATTERN = re.compile(r"(?:^|/)Patient/([^/]+)(?:/_history/.*)?$")
"""A reference to a patient, and the id in it."""

OWNERS = ("subject", "patient")
"""Elements that say whose a resource is."""
_PERIODS = ("effectivePeriod", "performedPeriod", "onsetPeriod", "period")
_MEDICATION = ("status", "intent", "doNotPerform", "medicationCodeableConcept", "medication", "medicationReference")
_TAKEN = (*_MEDICATION, "contained", "dosageInstruction", "dosage", "focus", *_PERIODS)
_VALUES = ("valueQuantity", "valueRange", "valueString", "valueInteger", "valueBoolean", "valueCodeableConcept")
_JUDGED = ("verificationStatus", "clinicalStatus", "code", "focus", "recordedDate", "onsetDateTime", *_PERIODS)
_ABATED = ("abatementDateTime", "abatementPeriod", "abatementAge", "abatementRange", "abatementString")

ELEMENTS: dict[str, tuple[str, ...]] = {
    "Condition": (*_JUDGED, "bodySite", *_ABATED, "abatementBoolean"),
    "Observation": (
        *("status", "code", *_VALUES, "component", "interpretation", "referenceRange", "dataAbsentReason"),
        *("bodySite", "focus", "effectiveDateTime", "effectiveInstant", "issued", *_PERIODS),
    ),
    "Procedure": ("status", "code", "focus", "performedDateTime", *_PERIODS),
    "MedicationRequest": (*_TAKEN, "authoredOn", "dispenseRequest"),
    "MedicationStatement": (*_TAKEN, "effectiveDateTime", "dateAsserted"),
    "MedicationAdministration": (*_TAKEN, "effectiveDateTime"),
    "MedicationDispense": (*_TAKEN, "whenHandedOver", "whenPrepared"),
    "AllergyIntolerance": (*_JUDGED, "reaction"),
    "DiagnosticReport": (
        "status",
        "code",
        "conclusionCode",
        "conclusion",
        "focus",
        "effectiveDateTime",
        "issued",
        *_PERIODS,
    ),
    "FamilyMemberHistory": ("condition", "focus"),
    "Encounter": ("status", "focus", *_PERIODS),
    "DeviceUseStatement": ("status", "device", "type", "focus"),
    "Device": ("status", "type", "focus"),
}
"""The elements that decide what a resource says, and since when, by its type."""
REFERRED = {"Medication": ("code", "ingredient"), "Device": ("type",)}
"""Resources that others refer to, and what is read of them."""


def refers_to(kind: str) -> str:
    """Return the type of resource that one of this type may refer to for its meaning; empty where there is none."""
    if kind.startswith("Medication"):
        return "Medication"
    return "Device" if kind == "DeviceUseStatement" else ""
