"""Fixtures of all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def published_cases() -> dict[str, Path]:
    """The folders of the published cases by name, each with a ``bundle.json``."""
    folder = Path(__file__).parent / "cases" / "published"
    return {bundle.parent.name: bundle.parent for bundle in sorted(folder.glob("*/bundle.json"))}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, for all tests of a process: Playwright cannot be started twice in one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


LONGEST = ("test_the_whole_site", "test_a_wheel_can_be_made_again", "test_rules_on_what_follows", "test_real_rules",
           "test_a_mention_overturns_nothing", "test_console_examples_print_what_is_shown", "test_published_bundles",
           "test_cases_print_on_two_pages", "test_broken_records_are_assessed_or_refused")  # fmt: skip
"""The tests that take longest, apart from those on Spark."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, those on Spark before all: at the end no processor waits for another."""
    items.sort(key=lambda item: (item.get_closest_marker("spark") is None, item.name.partition("[")[0] not in LONGEST))
