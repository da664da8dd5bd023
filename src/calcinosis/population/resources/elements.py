"""What is read of each type of FHIR resource. A test records what the readers use, and holds this list to it."""

from __future__ import annotations

import re

from calcinosis.readers.fhir.annotations import ANNOTATED
from calcinosis.readers.fhir.gate import OTHER_ELEMENTS, OTHER_NAMES

PATIENT_PATTERN = re.compile(r"(?:^|/)Patient/([^/]+)(?:/_history/.*)?$")
"""A reference to a patient, and the id in it."""

OWNERS = ("subject", "patient")
"""Elements that say whose a resource is."""
_PERIODS = ("effectivePeriod", "performedPeriod", "onsetPeriod", "period", "effectiveTiming")
_EVERY = (
    "status",
    "clinicalStatus",
    "verificationStatus",
    "implicitRules",
    "modifierExtension",
    "focus",
    "component",
    "dosage",
    "dosageInstruction",
    "reaction",
    "bodySite",
    *sorted(ANNOTATED),
    "onsetDateTime",
    "onsetPeriod",
)
"""Elements that every resource is asked for."""
_TAKEN = (
    *("intent", "doNotPerform", "medicationCodeableConcept", "medication", "medicationReference", "contained"),
    *(
        "statusReason",
        "reasonNotTaken",
        "authoredOn",
        "dispenseRequest",
        "effectiveDateTime",
        "dateAsserted",
        "whenHandedOver",
        "whenPrepared",
    ),
    *_PERIODS,
)
_VALUES = (
    *("valueQuantity", "valueRange", "valueString", "valueInteger", "valueDecimal"),
    *("valueBoolean", "valueCodeableConcept"),
)
_JUDGED = ("verificationStatus", "clinicalStatus", "code", "recordedDate", "onsetDateTime", *_PERIODS)
_ABATED = ("abatementDateTime", "abatementPeriod", "abatementAge", "abatementRange", "abatementString")

_BY_KIND: dict[str, tuple[str, ...]] = {
    "Condition": (*_JUDGED, *_ABATED, "abatementBoolean", "stage", "severity", "evidence"),
    "Observation": (
        *(*_VALUES, "valueRatio", "code", "interpretation", "referenceRange", "dataAbsentReason"),
        *("method", "specimen", "hasMember", "contained", "effectiveDateTime", "effectiveInstant", "issued", *_PERIODS),
    ),
    "Procedure": ("code", "performedDateTime", *_PERIODS),
    **dict.fromkeys(("MedicationRequest", "MedicationOrder", "MedicationStatement", "MedicationUsage"), _TAKEN),
    **dict.fromkeys(("MedicationAdministration", "MedicationDispense"), _TAKEN),
    "AllergyIntolerance": _JUDGED,
    "DiagnosticReport": (
        *(
            "code",
            "conclusionCode",
            "conclusion",
            "presentedForm",
            "contained",
            "media",
            "imagingStudy",
            "study",
            "result",
        ),
        *("effectiveDateTime", "issued", *_PERIODS),
    ),
    "FamilyMemberHistory": ("condition", "relationship"),
    "Encounter": ("class", "type", "diagnosis", *_PERIODS),
    **dict.fromkeys(("DeviceUseStatement", "DeviceUsage", "Device"), ("device", "type")),
    "Immunization": ("vaccineCode", "occurrenceDateTime", "site"),
    "Flag": ("code", *_PERIODS),
    "AdverseEvent": (
        *(
            "actuality",
            "code",
            "date",
            "detected",
            "event",
            "occurrenceDateTime",
            "resultingCondition",
            "suspectEntity",
        ),
    ),
    "ClinicalImpression": ("summary", "finding", "date", "effectiveDateTime", *_PERIODS),
    "QuestionnaireResponse": ("authored", "group", "item", "question"),
    "DocumentReference": ("content", "date", "description", "docStatus", "type"),
}
ELEMENTS = {
    kind: tuple(dict.fromkeys((*_EVERY, *listed, *sorted(OTHER_ELEMENTS.get(OTHER_NAMES.get(kind, kind), ())))))
    for kind, listed in _BY_KIND.items()
}
"""The elements that decide what a resource says, and since when, by its type."""
REFERRED = {"Medication": ("code", "ingredient"), "Device": ("type",), "Specimen": ("type",)}
"""Resources that others refer to, and what is read of them."""


REFERRING = ("medicationReference", "medication", "device", "specimen")
"""Elements that hold such a reference."""


def refers_to(kind: str) -> str:
    """Return the type of resource that one of this type may refer to for its meaning; empty where there is none."""
    if kind.startswith("Medication"):
        return "Medication"
    if kind == "Observation":
        return "Specimen"
    return "Device" if kind in {"DeviceUseStatement", "DeviceUsage"} else ""
