"""Emergencies as people type them come first; what is past, denied, of others or asked in general raises none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import calcinosis
from calcinosis.answers.answer import Audience

SETS: dict[str, dict[str, list[dict[str, Any]]]] = YAML(typ="safe").load(
    Path(__file__).parents[1] / "data" / "emergencies-told.yaml"
)
DANGERS, NONE = ([story for stories in SETS.values() for story in stories[kind]] for kind in ("dangers", "none"))


def is_raised(text: str) -> bool:
    """Return whether a danger stands before the answer, for a patient and a clinician alike."""
    audiences: tuple[Audience, ...] = ("patient", "clinician")
    found = {calcinosis.ask(text, one).urgent is not None for one in audiences}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("story", DANGERS, ids=lambda story: str(story["says"])[:60])
def test_a_danger_that_is_told_comes_first(story: dict[str, Any]) -> None:
    """It is raised; one that is left is not, or comes off the list."""
    assert is_raised(story["says"]) != ("left" in story)


@pytest.mark.parametrize("story", NONE, ids=lambda story: str(story["says"])[:60])
def test_nothing_alarms_where_there_is_no_danger(story: dict[str, Any]) -> None:
    """None is raised; one that is left is, or comes off the list."""
    assert is_raised(story["says"]) == ("left" in story)
