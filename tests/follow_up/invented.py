"""Six more invented people over time, written as what was recorded at which day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import calcinosis
from calcinosis.follow_up.results import FollowUp

Json = dict[str, Any]


def followed(resources: list[Json], as_of: str) -> FollowUp:
    """Return the follow-up of some resources of one person."""
    entries = [{"resource": {"id": f"r{number}", **one}} for number, one in enumerate(resources)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return calcinosis.follow(calcinosis.read(bundle), as_of=as_of)


def patient(sex: str, born: str) -> Json:
    """Return a patient."""
    return {"resourceType": "Patient", "id": "p", "gender": sex, "birthDate": born}


def condition(name: str, day: str) -> Json:
    """Return a condition that is there since a day."""
    return {"resourceType": "Condition", "code": {"text": name}, "recordedDate": day,
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "verificationStatus": {"coding": [{"code": "confirmed"}]}}  # fmt: skip


def result(name: str, unit: str, **values: float) -> Iterator[Json]:
    """Yield a result for each day, written as d2023_01_10=10.4."""
    for day, value in values.items():
        yield {"resourceType": "Observation", "status": "final", "code": {"text": name},
               "effectiveDateTime": day[1:].replace("_", "-"),
               "valueQuantity": {"value": value, "unit": unit, "code": unit}}  # fmt: skip


def size(site: str, method: str, name: str = "Calcification size", **values: float) -> Iterator[Json]:
    """Yield a size in millimetres for each day."""
    for one in result(name, "mm", **values):
        yield {**one, "bodySite": {"text": site}, "method": {"text": method}}


def finding(name: str, day: str, value: bool | str, site: str = "") -> Json:
    """Return a finding of a day: there, not there, or in words."""
    key = "valueString" if isinstance(value, str) else "valueBoolean"
    place = {"bodySite": {"text": site}} if site else {}
    return {"resourceType": "Observation", "status": "final", "code": {"text": name}, "effectiveDateTime": day,
            key: value, **place}  # fmt: skip


def order(name: str, start: str, stop: str = "", why: str = "", dose: str = "") -> Json:
    """Return an order of a medicine: active, or stopped with a reason."""
    reason = {"statusReason": {"text": why}} if why else {}
    period = {"start": start, "end": stop} if stop else {"start": start}
    return {"resourceType": "MedicationRequest", "status": "stopped" if stop else "active", "intent": "order",
            "medicationCodeableConcept": {"text": name}, "authoredOn": start,
            "dispenseRequest": {"validityPeriod": period}, "dosageInstruction": [{"text": dose}] if dose else [],
            **reason}  # fmt: skip


def given(name: str, *days: str) -> Iterator[Json]:
    """Yield an administration of a medicine for each day."""
    for day in days:
        yield {"resourceType": "MedicationAdministration", "status": "completed", "effectiveDateTime": day,
               "medicationCodeableConcept": {"text": name}}  # fmt: skip


def procedure(name: str, day: str, site: str = "") -> Json:
    """Return a procedure of a day."""
    place = {"bodySite": [{"text": site}]} if site else {}
    return {"resourceType": "Procedure", "status": "completed", "code": {"text": name}, "performedDateTime": day,
            **place}  # fmt: skip


def visits(*days: str) -> Iterator[Json]:
    """Yield a visit for each day."""
    for day in days:
        yield {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "period": {"start": day}}
