"""A danger that is told in ordinary words is raised, as urgently as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.recognise import parse_record

WORDINGS: list[dict[str, str]] = YAML(typ="safe").load(Path(__file__).parent / "wordings.yaml")
URGENCIES = ("emergency", "urgent", "soon")


def urgencies(context: str, said: str) -> set[str]:
    """Return how urgent the dangers are of somebody with two diagnoses."""
    born = "2026-03-01" if context == "Newborn" else "1964-01-01"
    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": born},
        *(
            {"resourceType": "Condition", "id": f"c{number}", "code": {"text": text}, "recordedDate": "2026-03-10",
             "clinicalStatus": {"coding": [{"code": "active"}]}}
            for number, text in enumerate((context, said))
        ),
    ]  # fmt: skip
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    known = knowledge()
    record = parse_record(json.dumps(bundle).encode(), known.terms, "a bundle")
    return {flag.urgency for flag in assess_record(record, known.library).red_flags}


@pytest.mark.parametrize("told", WORDINGS, ids=lambda told: str(told["said"]))
def test_a_danger_in_ordinary_words(told: dict[str, str]) -> None:
    """It is raised at least as urgently as expected; one that is left is not, or comes off the list."""
    found = urgencies(told["context"], told["said"])
    if "left" in told:
        assert not found, told["left"]
        return
    assert found & set(URGENCIES[: URGENCIES.index(told["least"]) + 1]), found
