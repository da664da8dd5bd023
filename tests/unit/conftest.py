"""Fixtures of the unit tests."""

from __future__ import annotations

import pytest

from calcinosis.library.library import Library
from tests.unit.small_library import small_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small library, loaded once."""
    return small_library(tmp_path_factory.mktemp("knowledge"))
