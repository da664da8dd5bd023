"""What is read of each type of FHIR resource: the elements that decide its meaning, and its dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calcinosis.readers.fhir.gathering import DATE_KEYS, PERIOD_KEYS

OWNERS = ("subject", "patient")
"""Elements that say whose a resource is."""
PATIENT = r"(?:^|/)Patient/([^/]+)(?:/_history/.*)?$"
"""A reference to a patient, and the id in it."""
PATIENT_PATTERN = re.compile(PATIENT)

_STATED = ("status", "code")
_MEDICATION = ("status", "intent", "doNotPerform", "medicationCodeableConcept", "medication", "medicationReference")
_TAKEN = (*_MEDICATION, "contained", "dosageInstruction", "dosage", "focus")
_ABATED = ("abatementAge", "abatementRange", "abatementString", "abatementBoolean")
_VALUES = ("valueRange", "valueString", "valueInteger", "valueBoolean", "valueCodeableConcept")
_JUDGED = ("verificationStatus", "clinicalStatus", "code", "focus")

NUMBERED = ("valueQuantity", "component")
"""Elements of an Observation of which the numbers are taken out, so that it is read once for all of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The elements of one type of resource that are read.

    ``meaning`` decides what it says, ``days`` and ``periods`` when it began, ``ends`` and ``end_periods`` when it
    ended.
    """

    kind: str
    meaning: tuple[str, ...]
    days: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    end_periods: tuple[str, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """All elements that are read, the identifying ones apart."""
        request = ("dispenseRequest",) if self.kind == "MedicationRequest" else ()
        numbered = NUMBERED if self.kind == "Observation" else ()
        return ("meta", *self.meaning, *numbered, *self.days, *self.periods, *self.ends, *self.end_periods, *request)

    @property
    def refers(self) -> str:
        """The type of resource that this one may refer to for its meaning."""
        if self.kind.startswith("Medication"):
            return "Medication"
        return "Device" if self.kind == "DeviceUseStatement" else ""


_UNDATED = frozenset({"FamilyMemberHistory", "DeviceUseStatement", "Device"})


def _wanted(kind: str, *meaning: str, ends: tuple[str, ...] = (), end_periods: tuple[str, ...] = ()) -> Wanted:
    periods = () if kind in _UNDATED else PERIOD_KEYS
    return Wanted(kind, meaning, DATE_KEYS.get(kind, ()), periods, ends, end_periods)


WANTED = {
    wanted.kind: wanted
    for wanted in (
        _wanted(
            "Condition", *_JUDGED, "bodySite", *_ABATED, ends=("abatementDateTime",), end_periods=("abatementPeriod",)
        ),
        _wanted(
            "Observation",
            *_STATED,
            *_VALUES,
            "interpretation",
            "referenceRange",
            "dataAbsentReason",
            "bodySite",
            "focus",
        ),
        _wanted("Procedure", *_STATED, "focus"),
        _wanted("MedicationRequest", *_TAKEN),
        _wanted("MedicationStatement", *_TAKEN),
        _wanted("MedicationAdministration", *_TAKEN),
        _wanted("MedicationDispense", *_TAKEN),
        _wanted("AllergyIntolerance", *_JUDGED, "reaction"),
        _wanted("DiagnosticReport", *_STATED, "conclusionCode", "conclusion", "focus"),
        _wanted("FamilyMemberHistory", "condition", "focus"),
        _wanted("Encounter", "status", "focus"),
        _wanted("DeviceUseStatement", "status", "device", "type", "focus"),
        _wanted("Device", "status", "type", "focus"),
    )
}

REFERRED = {"Medication": ("code", "ingredient"), "Device": ("type",)}
"""Resources that others refer to, and what is read of them."""
