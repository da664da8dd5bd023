"""The one gate before every handler: what may not be read as it stands, and what other versions of FHIR call otherwise.

A resource that FHIR says must not be processed without understanding it (a modifier extension, rules of its own) states
nothing: what it speaks of stays unknown. The elements by which the second, third and fifth version of FHIR negate, date
and name are turned into those of the fourth, so that handlers know one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.statuses import code_of_words
from calcinosis.rules.vocabulary import Fact
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.truth import UNKNOWN
from calcinosis.words.en import remarks

OTHER_NAMES = {
    "MedicationOrder": "MedicationRequest",
    "MedicationUsage": "MedicationStatement",
    "DeviceUsage": "DeviceUseStatement",
}
"""Kinds of resources of other versions, and what the fourth calls them."""

VOID = frozenset(
    {"entered-in-error", "cancelled", "draft", "rejected", "nullified", "abandoned", "superseded", "revoked"}
)
"""Statuses in which a resource says nothing; those of medicines and procedures that were not given are read."""
_STATUS_READ = frozenset(
    {"MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense", "Device"}
)
_PARTS = {
    "MedicationRequest": ("dosageInstruction",),
    "MedicationStatement": ("dosage",),
    "MedicationDispense": ("dosageInstruction",),
    "AllergyIntolerance": ("reaction",),
}
"""Parts of resources that can bear modifier extensions too; those of an Observation are left out one by one."""

_RENAMED: dict[str, dict[str, str]] = {
    "Condition": {"dateRecorded": "recordedDate", "assertedDate": "recordedDate"},
    "AllergyIntolerance": {"assertedDate": "recordedDate", "onset": "onsetDateTime", "substance": "code"},
    "Procedure": {"occurrenceDateTime": "performedDateTime", "occurrencePeriod": "performedPeriod"},
    "MedicationRequest": {"dateWritten": "authoredOn", "reasonEnded": "statusReason"},
    "MedicationStatement": {},
    "MedicationAdministration": {
        "occurrenceDateTime": "effectiveDateTime",
        "occurenceDateTime": "effectiveDateTime",
        "occurencePeriod": "effectivePeriod",
        "occurrencePeriod": "effectivePeriod",
        "effectiveTimeDateTime": "effectiveDateTime",
        "effectiveTimePeriod": "effectivePeriod",
    },
    "MedicationDispense": {},
    "DiagnosticReport": {"codedDiagnosis": "conclusionCode"},
    "Encounter": {"actualPeriod": "period"},
    "Immunization": {"date": "occurrenceDateTime"},
}
_NOT_DONE = ("notDone", "notPerformed", "notGiven", "wasNotGiven", "wasNotTaken")
"""Elements of earlier versions that are true where something was not done."""
_REASONS_NOT_DONE = ("notDoneCodeableConcept", "notDoneReference")
OTHER_ELEMENTS = {
    kind: frozenset({*names, *_NOT_DONE, *_REASONS_NOT_DONE, "taken", "adherence", "dateEnded"})
    for kind, names in _RENAMED.items()
    if kind not in {"Condition", "DiagnosticReport", "Encounter"}
} | {kind: frozenset(_RENAMED[kind]) for kind in ("Condition", "DiagnosticReport", "Encounter")}
CHANGED = frozenset(OTHER_ELEMENTS)
"""Kinds of resources of which the versions differ."""
_CODED = frozenset({"Condition", "AllergyIntolerance"})
"""Kinds of which earlier versions write the statuses as plain codes."""
_TAKEN = {"n": "not-taken", "unk": "unknown", "na": "unknown"}
_OF_DSTU2 = {"confirmed": "active", "unconfirmed": "unconfirmed", "refuted": "refuted"}


def is_void(kind: str, resource: Json) -> bool:
    """Whether the status of a resource takes back all that it says. Raises ShapeError."""
    status = resource.get("status")
    if type(status) is not str:
        return bool(text(resource, "status"))
    return status in VOID and (kind not in _STATUS_READ or status == "entered-in-error")


def doubt(kind: str, resource: Json) -> str:
    """Return why a resource must not be taken as it stands; empty where it may."""
    if resource.get("modifierExtension"):
        return remarks.MODIFIER_EXTENSION
    if resource.get("implicitRules"):
        return remarks.IMPLICIT_RULES
    if kind == "Observation" and resource.get("status") == "registered":
        return remarks.NO_RESULT_YET
    for key in _PARTS.get(kind, ()):
        parts = resource.get(key)
        if isinstance(parts, list) and any(isinstance(part, dict) and part.get("modifierExtension") for part in parts):
            return remarks.MODIFIER_EXTENSION
    return ""


def doubted(said: list[Said], facts: dict[str, Fact]) -> Iterator[Said]:
    """Yield what a resource says, as not known; its numbers are left out."""
    for one in said:
        if facts[one.fact].kind not in {"quantity", "site"}:
            yield replace(one, value=replace(one.value, truth=UNKNOWN, word=""), sense="not-stated")


def as_r4(kind: str, resource: Json) -> Json:
    """Return a resource of a kind of CHANGED with the elements of other versions under the names of the fourth.

    Raises ShapeError.
    """
    if kind in _CODED:
        resource = _with_coded_statuses(kind, resource)
    if OTHER_ELEMENTS[kind].isdisjoint(resource):
        return resource
    found = dict(resource)
    for old, new in _RENAMED[kind].items():
        if old in found and new not in found:
            found[new] = found[old]
    if any(found.get(key) is True for key in _NOT_DONE) or any(found.get(key) for key in _REASONS_NOT_DONE):
        found["status"] = "entered-in-error" if text(found, "status") == "entered-in-error" else "not-done"
    if found.get("dateEnded") and kind == "MedicationRequest":
        found["status"] = "stopped"
    if kind == "MedicationStatement":
        found["status"] = _status_by_use(found)
    return found


def _status_by_use(statement: Json) -> str:
    """Return the status of a statement whose use is said by ``taken`` or ``adherence``, as other versions do."""
    status = text(statement, "status")
    if status in {"entered-in-error", "not-done", "draft"}:
        return status
    if "taken" in statement:
        return _TAKEN.get(text(statement, "taken"), status)
    adherence = obj(obj(statement, "adherence"), "code")
    use = codes(adherence) or {*filter(None, (code_of_words(text(adherence, "text")),))}
    if not use:
        return status
    for code, meant in (("on-hold", "on-hold"), ("not-taking", "not-taken"), ("stopped", "stopped")):
        if any(code in one for one in use):
            return meant
    return "active" if any(one.startswith("taking") for one in use) else "unknown"


def _with_coded_statuses(kind: str, resource: Json) -> Json:
    changed: Json = {}
    for key in ("clinicalStatus", "verificationStatus"):
        if type(written := resource.get(key)) is str:  # one plain code
            changed[key] = {"coding": [{"code": code_of_words(written)}]}
        elif type(written) is dict and "coding" not in written and "text" in written:
            changed[key] = {"coding": [{"code": code_of_words(text(written, "text"))}]}
    if kind == "AllergyIntolerance" and type(status := resource.get("status")) is str:  # of the second version
        key = "clinicalStatus" if _OF_DSTU2.get(status, "active") == "active" else "verificationStatus"
        changed.setdefault(key, {"coding": [{"code": _OF_DSTU2.get(status, status)}]})
    return {**resource, **changed} if changed else resource


def parts_of(resource: Json, key: str) -> list[Json]:
    """Return what stands under a key as one object or several. Raises ShapeError."""
    return [obj(resource, key)] if isinstance(resource.get(key), dict) else items(resource, key)
