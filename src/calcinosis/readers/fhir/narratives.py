"""What a resource tells in its narrative alone: named as not read, for it is written for eyes."""

from __future__ import annotations

import re
from html import unescape

from calcinosis.readers.fhir.gathering import Reader
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json

_MARKUP = re.compile(r"<[^<>]*+>")
_LONGEST = 200
_MAIN = {
    "Condition": ("code",),
    "AllergyIntolerance": ("code", "substance", "reaction"),
    "Procedure": ("code",),
    "DiagnosticReport": ("conclusion", "conclusionCode", "codedDiagnosis", "presentedForm", "result"),
    "Observation": ("component", "hasMember", "interpretation", "dataAbsentReason", "related", "note", "comment"),
    "Immunization": ("vaccineCode",),
    "Flag": ("code",),
    "AdverseEvent": ("event", "code"),
    "FamilyMemberHistory": ("condition",),
    "ClinicalImpression": ("summary", "finding", "description"),
    "CarePlan": ("activity",),
    "ServiceRequest": ("code",),
    "Goal": ("description",),
    "QuestionnaireResponse": ("item", "group"),
    **dict.fromkeys(
        (
            "MedicationRequest",
            "MedicationOrder",
            "MedicationStatement",
            "MedicationAdministration",
            "MedicationDispense",
        ),
        ("medicationCodeableConcept", "medicationReference", "medication"),
    ),
}
"""The elements of which a resource has one, where it does not leave all that it says to its narrative."""


def note_narrative(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Name the narrative of a resource that says more than its elements, or has none of them."""
    narrative = resource.get("text")
    if not isinstance(narrative, dict):
        return
    says_more = narrative.get("status") == "additional"
    if (says_more or _is_alone(kind, resource)) and (told := words_of_narrative(narrative)):
        reader.not_read.add("words", told[:_LONGEST], origin)


def _is_alone(kind: str, resource: Json) -> bool:
    main = _MAIN.get(kind)
    if main is None or any(resource.get(key) for key in main):
        return False
    return kind != "Observation" or not any(key.startswith("value") for key in resource)


def words_of_narrative(narrative: Json) -> str:
    """Return the words of a narrative, without its markup."""
    div = narrative.get("div")
    return " ".join(unescape(_MARKUP.sub(" ", div[:20_000])).split()) if isinstance(div, str) else ""
