"""Hypothesis profiles: a quick one for work, a longer and repeatable one for the gate (HYPOTHESIS_PROFILE=ci)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def all_cases() -> dict[str, Path]:
    """The folders of all published cases by name, those gathered later included."""
    cases = Path(__file__).parent.parent / "cases"
    return {bundle.parent.name: bundle.parent for bundle in sorted(cases.glob("published*/*/bundle.json"))}
