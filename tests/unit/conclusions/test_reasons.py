"""Reasons name what the record named, not only the class that a rule asks for."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.conclusions.reasons import reasons
from calcinosis.conclusions.rules_on_record import rules_on_record
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


def test_what_is_open_does_not_depend_on_who_was_read_before() -> None:
    """What is remembered of rules that a record says nothing of is as if it were worked out anew: of all, in any order.

    Someone whose age or albumin is known lacks one number less for a formula that nothing else of the record speaks of.
    """
    library = knowledge().library
    persons: list[dict[str, Told]] = [{}, {"albumin": 3.1}, {"gout": True}, {"gout": False, "age": 50.0}]
    rules = list(rules_on_record(library))

    def open_to(persons: list[dict[str, Told]]) -> list[list[tuple[str, ...]]]:
        views = [
            view for one in persons for facts in (known(library, **one),) for view in (facts, facts.assuming_absent())
        ]
        return [[unknown_facts(rule, view) for rule in rules] for view in views]

    anew = []
    for one in persons:
        library.vocabulary.untouched_open.clear()
        anew += open_to([one])
    library.vocabulary.untouched_open.clear()
    assert open_to(persons) == anew
    library.vocabulary.untouched_open.clear()
    assert open_to(persons[::-1]) == [view for pair in zip(anew[-2::-2], anew[-1::-2], strict=True) for view in pair]
    assert any(first != second for first, second in zip(anew[0], anew[2], strict=True))
