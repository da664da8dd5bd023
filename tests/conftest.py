"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def published_cases() -> dict[str, Path]:
    """The folders of the published cases by name, each with a ``bundle.json``."""
    folder = Path(__file__).parent / "cases" / "published"
    return {bundle.parent.name: bundle.parent for bundle in sorted(folder.glob("*/bundle.json"))}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests on Spark: they are the longest, and the other processors have work meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("spark") is None)
