"""Every invented patient is assessed as was expected beforehand, but for those that are named with their reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.json import as_object
from calcinosis.report.renderers.text import as_text
from tests.judgement.expectations import Seen, differences
from tests.judgement.left import LEFT

PATIENTS = Path(__file__).parent / "patients"
FILES = sorted(path for path in PATIENTS.iterdir() if not path.name.endswith(".expected.json"))


def test_all_are_there() -> None:
    """Each patient has expectations, and those that are left are patients."""
    names = {path.stem for path in FILES}
    assert len(names) == 261
    assert names == {path.name.split(".")[0] for path in PATIENTS.glob("*.expected.json")}
    assert set(LEFT) <= names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_patient(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A patient is assessed as expected; one of those that are left is not, or comes off the list."""
    monkeypatch.setenv("COLUMNS", "100")
    known = knowledge()
    assessment = assess_record(parse_record(path.read_bytes(), known.terms, path.name), known.library)
    expected = json.loads((PATIENTS / f"{path.stem}.expected.json").read_text(encoding="utf-8"))["expect"]
    found = differences(expected, Seen(as_object(assessment), as_text(assessment)))
    assert bool(found) is (path.stem in LEFT), found
