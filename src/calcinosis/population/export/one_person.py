"""The resources of one patient of an export, with those that they refer to, for the reader of patients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from calcinosis.errors import InputError, Problem
from calcinosis.population.export.files import Export, find_export
from calcinosis.population.export.lines import Block, blocks
from calcinosis.population.resources.elements import ELEMENTS, PATIENT_PATTERN, REFERRED
from calcinosis.population.resources.lines import LineError, resource_in
from calcinosis.population.resources.versions import deletions_in
from calcinosis.readers.fhir.bundle import subject_of
from calcinosis.readers.fhir.contents import Contents
from calcinosis.words.en import population as words

Json = dict[str, Any]
_REFERENCE = re.compile(rf'"reference"\s*:\s*"(?:[^"]*/)?((?:{"|".join(REFERRED)})/[^"/]+)'.encode())


def resources_of(folder: Path | str, patient: str) -> list[Json]:
    """Return the resources of one patient of an export; lines that cannot be read are left out, as a screen does.

    Raises InputError if the export has no such patient, or if it is Parquet.
    """
    export = find_export(folder)
    if any(file.form == "parquet" for files in export.files.values() for file in files):
        raise InputError([Problem(str(folder), 0, words.IN_PARQUET, words.LINES_TO_SHOW)])
    deleted, _ = deletions_in(_blocks(export, "Bundle"))
    named = [("", one) for one in _lines(export, "Patient", patient.encode()) if one.get("id") == patient]
    gone = [(f"{kind}/{name}", 0, False) for kind, names in deleted.items() for name in names]
    people = [one for _, one in Contents(named, gone).current()]
    if len(people) != 1:
        found = words.patients_with_id(len(people))
        raise InputError([Problem(str(folder), 0, found, words.ONE_WITH_ID, words.LOOK_AT_SCREEN)])
    own = [one for kind in ELEMENTS for one in _lines(export, kind, patient.encode()) if _is_of(one, patient)]
    own = [one for one in own if str(one["id"]) not in deleted.get(one["resourceType"], ())]
    referred = {match.decode() for match in _REFERENCE.findall(orjson.dumps(own))}
    held = {f"{one['resourceType']}/{one.get('id')}" for one in own}
    others = [
        one
        for kind in REFERRED
        for one in (_lines(export, kind, b"") if any(name.startswith(kind) for name in referred - held) else ())
        if f"{kind}/{one.get('id')}" in referred - held
    ]
    return [*people, *own, *others]


def _is_of(resource: Json, patient: str) -> bool:
    match = PATIENT_PATTERN.search(subject_of(resource))
    return match is not None and match[1] == patient and resource.get("id") not in (None, "")


def _lines(export: Export, kind: str, holding: bytes) -> Iterator[Json]:
    """Yield the resources of one type of which the line holds some bytes."""
    for block in _blocks(export, kind):
        for line in block.lines():
            if line and holding in line:
                with suppress(LineError):
                    yield resource_in(line, kind)


def _blocks(export: Export, kind: str) -> Iterator[Block]:
    for file in export.files.get(kind, ()):
        yield from blocks(file.path, file.name)
