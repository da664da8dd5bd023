"""The lines of an export that were left out, each named with its file and line, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import orjson

from calcinosis.errors import Problem
from calcinosis.population.export import ExportFile
from calcinosis.population.places import opened
from calcinosis.population.wanted import PATIENT_PATTERN
from calcinosis.readers.fhir.bundle import subject_of

_MENDED = {
    "json": "one JSON object a line",
    "kind": "resources of one type a file",
    "id": "an `id`",
    "subject": "a reference to a Patient of the export",
}


def rejected_lines(file: ExportFile, kind: str, people: Collection[str], *, owned: bool = True) -> Iterator[Problem]:
    """Yield every line of a file that is no usable resource of its type, or is about nobody in the export."""
    with opened(file.path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            found = _wrong(line, kind, people, owned)
            if found is not None:
                yield Problem(file.name, number, *found)


def _wrong(line: bytes, kind: str, people: Collection[str], owned: bool) -> tuple[str, str] | None:
    try:
        resource = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"broken JSON: {error.msg}", _MENDED["json"]
    if not isinstance(resource, dict):
        return "JSON that is no object", _MENDED["json"]
    if resource.get("resourceType") != kind:
        return f"resourceType {str(resource.get('resourceType'))[:40]}", f"{kind}: {_MENDED['kind']}"
    if resource.get("id") in (None, ""):
        return "no `id`", _MENDED["id"]
    return _wrong_subject(resource, people) if owned else None


def _wrong_subject(resource: dict[str, Any], people: Collection[str]) -> tuple[str, str] | None:
    reference = subject_of(resource)
    if not reference:
        return "no reference to a patient", _MENDED["subject"]
    match = PATIENT_PATTERN.search(reference)
    if match is None:
        return "a reference that is to no Patient", _MENDED["subject"]
    return None if match[1] in people else ("a reference to a Patient that is not in the export", _MENDED["subject"])


def repeated_patients(files: Collection[ExportFile]) -> Iterator[Problem]:
    """Yield the lines of patients whose id more than one line has."""
    places: list[tuple[str, ExportFile, int]] = []
    for file in files:
        with opened(file.path) as lines:
            places += [(name, file, number) for number, line in enumerate(lines, start=1) if (name := _id_of(line))]
    counts = Counter(name for name, _, _ in places)
    for name, file, number in places:
        if counts[name] > 1:
            found = f"an id that {counts[name]} Patients have"
            yield Problem(file.name, number, found, "one Patient for each id", "none of them was used")


def _id_of(line: bytes) -> str:
    try:
        resource = orjson.loads(line)
    except orjson.JSONDecodeError:
        return ""
    name = resource.get("id") if isinstance(resource, dict) and resource.get("resourceType") == "Patient" else None
    return name if isinstance(name, str) else ""
