"""Broken records: an assessment or a named problem, never another error."""

from __future__ import annotations

import copy
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

import calcinosis
from calcinosis.errors import InputError
from calcinosis.report.json import as_json

CASES = sorted((Path(__file__).parent.parent / "cases" / "published").glob("*/bundle.json"))
BUNDLES = [json.loads(path.read_text(encoding="utf-8")) for path in CASES]
STRANGE: list[Any] = [
    None, True, False, 0, -1, 1e9, 1e308, "", " ", "x" * 5000, "\u0000", "ﬀ́\u202e🩺", [], {}, [[]], [{}], [None],
    {"coding": 3}, {"value": "7"}, {"reference": 4}, "2024-13-45", "0000-00-00", "9999-12-31T25:61:61Z", "mg/banana",
    {"resourceType": "Bundle", "entry": 3}, {"value": 1e400 if False else 1e300, "unit": "mg/dL"}, "http://loinc.org",
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of everything inside a JSON value."""
    found = [path] if path else []
    if isinstance(value, dict):
        found += [inner for key in value for inner in places(value[key], (*path, key))]
    elif isinstance(value, list):
        found += [inner for index in range(len(value)) for inner in places(value[index], (*path, index))]
    return found


def mutated(bundle: Any, chance: random.Random) -> Any:
    """Return a copy of a bundle with one to four things wrong."""
    broken = copy.deepcopy(bundle)
    for _ in range(chance.randint(1, 4)):
        found = places(broken)
        if not found:
            return broken
        path = chance.choice(found)
        holder = broken
        for step in path[:-1]:
            holder = holder[step]
        action = chance.randint(0, 3)
        if action == 0:
            del holder[path[-1]]
        elif action == 1:
            holder[path[-1]] = chance.choice(STRANGE)
        elif action == 2:
            holder[path[-1]] = [holder[path[-1]], copy.deepcopy(holder[path[-1]])]
        elif isinstance(holder, list):
            chance.shuffle(holder)
        else:
            holder[path[-1]] = {"nested": holder[path[-1]]}
    return broken


@pytest.mark.parametrize("part", range(4))
def test_broken_bundles_are_answered(part: int) -> None:
    """Up to 3,000 broken bundles, as many as the time allows: each gives a writable assessment or an InputError."""
    chance = random.Random(20261122 + part)
    start, answered, refused, tried = time.monotonic(), 0, 0, 0
    for _ in range(750):
        bundle = mutated(chance.choice(BUNDLES), chance)
        try:
            as_json(calcinosis.assess(calcinosis.read(bundle)))
            answered += 1
        except InputError as error:
            refused += bool(error.problems)
        tried += 1
        if time.monotonic() - start > 40:
            break
    assert answered > 100
    assert answered + refused == tried > 200


def test_what_is_broken_is_named() -> None:
    """A resource with a wrong shape is named, and the rest is read."""
    bundle = copy.deepcopy(BUNDLES[0])
    wrong = next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Observation")
    wrong["code"] = "not an object"
    assessment = calcinosis.assess(calcinosis.read(bundle))
    assert any(f"Observation/{wrong['id']}" == item.origin.name for item in assessment.not_understood)
