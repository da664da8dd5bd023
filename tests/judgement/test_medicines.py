"""People with medicines: what is said of what they take, and of what would be given, is what the labels say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.library.read import read_yaml
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.json import as_object
from calcinosis.report.renderers.text import as_text
from tests.judgement.expectations import Seen, differences

PEOPLE: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "medicines.yaml", "medicines.yaml").data


def test_all_are_there() -> None:
    """There are as many people as were written."""
    assert len({person["name"] for person in PEOPLE}) == 94


@pytest.mark.parametrize("person", PEOPLE, ids=[person["name"] for person in PEOPLE])
def test_person(person: dict[str, Any]) -> None:
    """Every medicine that is taken has one of the verdicts that are right, and the rest is as expected."""
    known = knowledge()
    form = "".join(
        f"{key}: {value if not isinstance(value, bool) else 'yes'}\n" for key, value in person["form"].items()
    )
    assessment = assess_record(parse_record(form.encode(), known.terms, "form.yaml"), known.library)
    verdicts = {result.medicine: result.verdict for result in assessment.taken}
    wrong = {
        name: verdicts.get(name) for name, right in person.get("taken", {}).items() if verdicts.get(name) not in right
    }
    assert wrong == {}
    assert differences(person.get("expect", {}), Seen(as_object(assessment), as_text(assessment))) == []
