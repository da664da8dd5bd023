"""Records of single persons written out as a FHIR Bulk Data export: the same resources, by type, all in one folder."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

Json = dict[str, Any]


def entries_of(bundle: Json) -> Iterator[tuple[str, Json]]:
    """Yield each resource of a bundle with its address; bundles in it are opened."""
    for entry in bundle.get("entry", []):
        resource = entry.get("resource") or {}
        if resource.get("resourceType") == "Bundle":
            yield from entries_of(resource)
        elif resource:
            yield entry.get("fullUrl", ""), resource


def person_resources(bundle: Json, person: str) -> list[Json]:
    """Return the resources of a bundle as an export holds them: each with an id, and addressed by type and id."""
    entries = list(entries_of(bundle))
    patient = next((one for _, one in entries if one["resourceType"] == "Patient"), {})
    addresses: dict[str, str] = {}
    found = []
    for number, (full, resource) in enumerate(entries):
        kind, old = resource["resourceType"], resource.get("id", "")
        name = f"{person}.{old or number}" if kind != "Patient" else person
        addresses |= {f"{kind}/{old}" if old else "": f"{kind}/{name}", full: f"{kind}/{name}"}
        found.append({**resource, "id": name})
    addresses.pop("", None)
    named = [_addressed(one, addresses) for one in found]
    if not patient:
        named.append({"resourceType": "Patient", "id": person})
    return [_owned(one, person) for one in named]


def _addressed(value: Any, addresses: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: addresses.get(inner, inner)
            if key == "reference" and isinstance(inner, str)
            else _addressed(inner, addresses)
            for key, inner in value.items()
        }
    return [_addressed(inner, addresses) for inner in value] if isinstance(value, list) else value


def _owned(resource: Json, person: str) -> Json:
    """Return the resource with a subject, where it has none and is about a person."""
    kind = resource["resourceType"]
    if kind in {"Patient", "Medication"} or "reference" in (resource.get("subject") or resource.get("patient") or {}):
        return resource
    key = "patient" if kind in {"AllergyIntolerance", "FamilyMemberHistory", "Device"} else "subject"
    return {**resource, key: {"reference": f"Patient/{person}"}}


def write_export(people: Iterable[list[Json]], folder: Path, *, compressed: bool = False) -> Path:
    """Write the resources of persons as one NDJSON file for each type."""
    by_kind: dict[str, list[bytes]] = {}
    for resources in people:
        for resource in resources:
            by_kind.setdefault(resource["resourceType"], []).append(orjson.dumps(resource))
    folder.mkdir(parents=True, exist_ok=True)
    for kind, lines in by_kind.items():
        data = b"\n".join(lines) + b"\n"
        if compressed:
            (folder / f"{kind}.ndjson.gz").write_bytes(gzip.compress(data, 1))
        else:
            (folder / f"{kind}.ndjson").write_bytes(data)
    return folder
