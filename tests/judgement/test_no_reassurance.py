"""No sentence of reassurance that was not earned: what was looked at is said, and what was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record
from tests.judgement.reassurance import contradictions

ROOT = Path(__file__).parent.parent
PATIENTS = [
    path for path in sorted((ROOT / "judgement" / "patients").iterdir()) if not path.name.endswith(".expected.json")
]
RECORDS = sorted((ROOT / "cases").glob("*/*/bundle.json"))[::4]


def assessed(path: Path) -> Assessment:
    """Return the assessment of a file."""
    known = knowledge()
    return assess_record(parse_record(path.read_bytes(), known.terms, path.name), known.library)


@pytest.mark.parametrize("path", [*PATIENTS, *RECORDS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_is_reassured_beside_what_contradicts_it(path: Path) -> None:
    """Neither beside a danger, a suspicion, an unread part nor an unjudged medicine stands a word that calms."""
    assert list(contradictions(assessed(path), knowledge().library)) == []
