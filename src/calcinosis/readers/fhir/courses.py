"""Medication resources as parts of a course: from when to when, at which dose, and why it was stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcinosis.person.dates import Day
from calcinosis.person.history import Prescription, PrescriptionKind, PrescriptionState
from calcinosis.readers.fhir.concepts import Reading, read_concept
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, items, number, obj, text
from calcinosis.terminology.terms import Terms

_KINDS: dict[str, PrescriptionKind] = {
    "MedicationRequest": "order",
    "MedicationOrder": "order",
    "MedicationStatement": "statement",
    "MedicationUsage": "statement",
    "MedicationAdministration": "dose",
    "MedicationDispense": "supply",
}
_STATES: dict[str, PrescriptionState] = {
    "active": "active",
    "in-progress": "active",
    "completed": "ended",
    "stopped": "ended",
    "ended": "ended",
    "on-hold": "paused",
    "not-taken": "not-taken",
    "not-done": "not-taken",
    "declined": "not-taken",
    "cancelled": "not-taken",
}
_NO_PART = frozenset({"entered-in-error", "draft", "intended"})
_PLANS = frozenset({"proposal", "plan", "option"})
_PLANNED = frozenset({"active", "on-hold", "draft", "intended", ""})
REASONS = ("statusReason", "reasonNotTaken")
"""Elements that say why a medicine was stopped, paused or not taken."""
_LONGEST = 120


def is_planned(resource: Json) -> bool:
    """Whether a medication resource only proposes a medicine that nobody has yet taken back."""
    status = text(resource, "status")
    is_plan = text(resource, "intent") in _PLANS or status == "intended"
    return is_plan and status in _PLANNED and resource.get("doNotPerform") is not True


def prescriptions(
    kind: str,
    resource: Json,
    readings: Sequence[Reading],
    days: tuple[Day | None, Day | None, Day | None],
    origin: Origin,
    terms: Terms,
) -> Iterator[Prescription]:
    """Yield what a medication resource says of the course of its medicine, none for a mere plan. Raises ShapeError.

    ``days`` are the first and last day of taking it as far as they are written, and that of the resource.
    """
    status = text(resource, "status")
    if status in _NO_PART or text(resource, "intent") in _PLANS or resource.get("doNotPerform") is True or not readings:
        return
    start, stop, seen = days
    label = next((reading.label for reading in readings if reading.label), "")
    because = "; ".join(_reason_words(resource)) if _has_reason(resource) else ""
    yield Prescription(
        kind=_KINDS.get(kind, "statement"),
        medicines=_medicines(readings, terms),
        name=label[:_LONGEST],
        state=_STATES.get(status, "unknown"),
        start=start or seen,
        stop=stop,
        seen=seen,
        dose=_dose(resource)[:_LONGEST],
        stopped_because=because[:_LONGEST],
        stopped_for=tuple(_reason_facts(resource, terms)) if because else (),
        is_pause=bool(because) and terms.courses.is_pause(because),
        supply=_supply(resource) if kind == "MedicationDispense" else 0,
        origin=origin,
    )


def _medicines(readings: Sequence[Reading], terms: Terms) -> tuple[str, ...]:
    found = {
        meant.fact
        for reading in readings
        for meant in reading.meant
        if terms.facts[meant.fact].kind == "medicine" and meant.sense in {"present", "past"}
    }
    return tuple(sorted(found))


def _has_reason(resource: Json) -> bool:
    return any(key in resource for key in REASONS)


def _reason_words(resource: Json) -> Iterator[str]:
    for key in REASONS:
        for concept in parts_of(resource, key):
            words = text(concept, "text") or next((text(one, "display") for one in items(concept, "coding")), "")
            if words:
                yield words


def _reason_facts(resource: Json, terms: Terms) -> Iterator[str]:
    for key in REASONS:
        for concept in parts_of(resource, key):
            yield from (one.fact for one in read_concept(concept, terms).meant if one.sense in {"present", "past"})


def _dose(resource: Json) -> str:
    """Return the dose as it is written: the words of the first dosage, or its amount and how often."""
    for dosage in (*parts_of(resource, "dosageInstruction"), *parts_of(resource, "dosage")):
        if told := text(dosage, "text"):
            return told
        amount = obj(next(iter(items(dosage, "doseAndRate")), {}), "doseQuantity") or obj(dosage, "dose")
        value = number(amount, "value") if amount else None
        if value is not None:
            return " ".join(filter(None, (f"{value:g}", text(amount, "unit") or text(amount, "code"), _often(dosage))))
    return ""


def _often(dosage: Json) -> str:
    timing = obj(dosage, "timing")
    code = obj(timing, "code")
    return text(code, "text") or next((text(one, "code") for one in items(code, "coding")), "")


def _supply(dispense: Json) -> int:
    """Return the days for which a supply lasts; 0 where it does not say."""
    days = number(obj(dispense, "daysSupply"), "value") if "daysSupply" in dispense else None
    return int(days) if days is not None and 0 < days < 10_000 else 0
