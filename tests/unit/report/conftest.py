"""Assessments that the tests of reports share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import calcinosis
from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.document import Report
from calcinosis.report.report import report_of

EVIL = "<script>alert(1)</script> [x](http://evil.example) | *y* \x1b[31mred"


@pytest.fixture(scope="session")
def assessments(published_cases: dict[str, Path]) -> dict[str, Assessment]:
    """The assessments of all published cases by name."""
    return {
        name: calcinosis.assess(calcinosis.read(folder / "bundle.json")) for name, folder in published_cases.items()
    }


@pytest.fixture(scope="session")
def reports(assessments: dict[str, Assessment]) -> dict[str, Report]:
    """Their reports."""
    return {name: report_of(assessment) for name, assessment in assessments.items()}


@pytest.fixture(scope="session")
def evil() -> Assessment:
    """The assessment of a record whose texts are an attack on whoever shows them."""
    resources: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1960-01-01"},
        {
            "resourceType": "Condition",
            "id": "c",
            "subject": {"reference": "Patient/p"},
            "code": {"text": EVIL},
            "recordedDate": "2024-01-01",
        },
        {
            "resourceType": "Observation",
            "id": "o",
            "status": "final",
            "subject": {"reference": "Patient/p"},
            "code": {"coding": [{"system": "http://loinc.org", "code": "2777-1"}], "text": "Phosphate"},
            "valueQuantity": {"value": 5, "unit": "<b>mg</b>"},
            "effectiveDateTime": "2024-01-01",
        },
    ]
    return calcinosis.assess(
        calcinosis.read(
            {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": item} for item in resources]}
        )
    )
