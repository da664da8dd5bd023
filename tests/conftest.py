"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def published_cases() -> dict[str, Path]:
    """The folders of the published cases by name."""
    return {path.parent.name: path.parent for path in sorted(CASES.glob("published*/*/bundle.json"))}
