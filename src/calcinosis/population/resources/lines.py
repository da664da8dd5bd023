"""Lines of an export to resources: one grammar decides what a broken line is, and each line left out says why."""

from __future__ import annotations

from calcinosis.population.resources.elements import PATIENT_PATTERN
from calcinosis.readers.fhir.bundle import subject_of
from calcinosis.readers.json_text import JsonError, decoded
from calcinosis.shapes import Json
from calcinosis.words.en import population as words


class LineError(ValueError):
    """A line that is left out: the kind of mistake, what was found, and what was expected."""

    def __init__(self, kind: str, found: str, expected: str) -> None:
        super().__init__(found)
        self.kind, self.found, self.expected = kind, found, expected


def resource_in(line: bytes, kind: str, *, has_id: bool = True) -> Json:
    """Return the resource in a line, of a type and with an id, unless it needs none. Raises LineError."""
    try:
        resource = decoded(line)
    except JsonError as error:
        raise LineError("json", str(error), words.ONE_OBJECT) from error
    if not isinstance(resource, dict):
        raise LineError("json", words.NO_OBJECT, words.ONE_OBJECT)
    if resource.get("resourceType") != kind:
        found = words.other_type(str(resource.get("resourceType"))[:40])
        raise LineError("kind", found, words.one_type(kind))
    if has_id and resource.get("id") in (None, ""):
        raise LineError("id", words.NO_ID, words.AN_ID)
    return resource


def patient_of(resource: Json) -> str:
    """Return the id of the patient that a resource is about. Raises LineError."""
    reference = subject_of(resource)
    if not reference:
        raise LineError("subject", words.NO_SUBJECT, words.A_SUBJECT)
    match = PATIENT_PATTERN.search(reference)
    if match is None:
        raise LineError("subject", words.NOT_TO_PATIENT, words.A_SUBJECT)
    return match[1]
