"""Reasons name what the record named, not only the class that a rule asks for."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.reasons import reasons
from calcinosis.library.library import Library
from calcinosis.rules.syntax import Criterion, Present
from tests.unit.small_library import Told, known


@pytest.mark.parametrize(
    ("fact", "stated", "expected"),
    [
        ("beta_blocker", {"metoprolol": True}, ["takes metoprolol"]),
        ("beta_blocker", {"beta_blocker": True}, ["takes a beta blocker"]),
        ("beta_blocker", {"beta_blocker": True, "metoprolol": True}, ["takes a beta blocker"]),
        ("beta_blocker", {"metoprolol": False}, ["use of a beta blocker: not known"]),
        ("connective_tissue_disease", {"systemic_sclerosis": True}, ["systemic sclerosis"]),
        ("connective_tissue_disease", {"limited_systemic_sclerosis": True}, ["limited systemic sclerosis"]),
        (
            "connective_tissue_disease",
            {"systemic_sclerosis": True, "limited_systemic_sclerosis": True},
            ["limited systemic sclerosis"],
        ),
        (
            "connective_tissue_disease",
            {"systemic_sclerosis": True, "dermatomyositis": True},
            ["dermatomyositis", "systemic sclerosis"],
        ),
        ("calcium_infusion", {"calcium_gluconate": True}, ["calcium gluconate given"]),
        ("connective_tissue_disease", {"connective_tissue_disease": False}, ["no connective tissue disease"]),
    ],
)
def test_what_was_read_is_named(fact: str, stated: dict[str, Told], expected: list[str], library: Library) -> None:
    """A rule that asks for a class tells the drug or disease of the class that the record holds."""
    found = reasons(Criterion(Present(fact), ()), known(library, **stated))
    assert [reason.says for reason in found] == expected
