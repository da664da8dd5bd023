"""Courses of one person over time, changed: days moved, orders repeated, ended, taken back, values of other units."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

TIMELINES = Path(__file__).parent.parent.parent / "timelines"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAYS = [
    "2022-10-04",
    "2023-02-29",
    "1899-01-01",
    "2024",
    "2024-13",
    "2030-01-01",
    "2024-05-01T23:59:59+14:00",
    "",
    "soon",
]
STATUSES = [
    "active",
    "completed",
    "stopped",
    "on-hold",
    "entered-in-error",
    "not-taken",
    "unknown",
    "draft",
    "final",
    "zzqx",
]
UNITS = ["mg/dL", "mmol/L", "cm", "mm", "{score}", "1", "", "%", "furlong"]


@lru_cache(maxsize=1)
def courses() -> tuple[list[dict[str, Any]], ...]:
    """Return the resources of each timeline."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(TIMELINES.glob("*.json")))
    return tuple([entry["resource"] for entry in one["entry"]] for one in read)


def timeline(chance: Random) -> bytes:
    """Return a bundle of most of a course, some of its resources changed."""
    course = chance.choice(courses())
    some = [one for one in course if one["resourceType"] == "Patient" or chance.random() < 0.8]
    chance.shuffle(some)
    changed = [_changed(one, chance) for one in some]
    again = [{**one, "id": f"{one.get('id')}.{chance.randrange(9)}"} for one in changed if chance.random() < 0.1]
    entries = [{"resource": one} for one in (*changed, *(one for one in again if one["resourceType"] != "Patient"))]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def _changed(resource: dict[str, Any], chance: Random) -> dict[str, Any]:
    text = json.dumps(resource)
    if chance.random() < 0.2:
        text = _DAY.sub(lambda found: found[0] if chance.random() < 0.4 else chance.choice(DAYS), text)
    found: dict[str, Any] = json.loads(text)
    if chance.random() < 0.1 and "status" in found:
        found["status"] = chance.choice(STATUSES)
    if chance.random() < 0.1 and isinstance(found.get("valueQuantity"), dict):
        found["valueQuantity"] = {"value": chance.choice([0, -1, 1e300, 3.5]), "unit": chance.choice(UNITS)}
    if chance.random() < 0.05 and len(found) > 3:
        del found[chance.choice([key for key in found if key not in {"resourceType", "id"}])]
    return found
