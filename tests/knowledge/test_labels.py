"""What is forbidden is forbidden by its source: every condition of *do not use* says so in the place that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calcinosis.library.load import KNOWLEDGE
from calcinosis.library.read import read_yaml

FORBIDS = re.compile(
    r"contraindic|not recommended|avoid|do not|not to be|must not|should not|stop|interrupt|not (?:started|indicated|"
    r"together|until|with|while|from|below)|corrected first|harm|4\.3|no starting|only for|instead",
    re.IGNORECASE,
)
"""Words by which a label or a guideline forbids; a warning or a precaution alone has none of them."""
ENTRIES = sorted([*(KNOWLEDGE / "treatments").glob("*.yaml"), *(KNOWLEDGE / "medicine-safety").glob("*.yaml")])


def criteria(node: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield each criterion of a rule with the places that it cites."""
    if isinstance(node, dict) and isinstance(node.get("when"), str):
        cited = node["cite"]
        yield node["when"], cited if isinstance(cited, list) else [cited]
    elif isinstance(node, dict):
        for part in node.values():
            yield from criteria(part)
    elif isinstance(node, list):
        for part in node:
            yield from criteria(part)


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_what_is_forbidden_is_forbidden_by_its_source(path: Path) -> None:
    """A condition of *do not use* cites a place that forbids, not one that only warns."""
    entry = read_yaml(path, path.name).data
    only_warned = [
        (when, cited) for when, cited in criteria(entry.get("do_not_use_when")) if not any(map(FORBIDS.search, cited))
    ]
    assert only_warned == []


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_counts_are_of_people(path: Path) -> None:
    """A mean of a group never becomes a number of people who improved."""
    entry = read_yaml(path, path.name).data
    lent = [
        row["says"]
        for row in entry.get("evidence") or ()
        if row.get("improved") is not None
        and re.search(r"\bmeans? (?:length|width|of|score)", f"{row['says']} {row.get('note', '')}")
    ]
    assert lent == []
