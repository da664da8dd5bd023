"""A short run of the standing attack, and that it finds what it looks for; an hour of it is `benchmarks/attack.py`."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.recognise import parse_record
from calcinosis.report.row import row_of
from tests.attack import trials
from tests.attack.generators.mutations import mutated_text
from tests.attack.generators.people import person
from tests.attack.trials import TRIALS, invented, pools, tried

FIRST = 1_000_000
"""Inputs from this number on: others than those of the benchmark."""
COUNTS = {"notes": 500, "bundles": 500, "forms": 1000, "readers": 30, "requests": 800,
          "structured": 120, "timelines": 60, "questions": 200}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(TRIALS))
def test_no_crash_no_hang_no_difference(kind: str) -> None:
    """Some of each kind, most of which are answered."""
    found: Counter[str] = Counter()
    wrong = [told for number in range(FIRST, FIRST + COUNTS[kind]) if (told := tried(kind, number, found))]
    assert not wrong
    assert sum(found.values()) >= COUNTS[kind]


def test_what_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash, a hang, invented words and a sign that a terminal obeys are each told."""

    def crash(*_: Any) -> Any:
        raise ZeroDivisionError

    def hang(*_: Any) -> Any:
        raise trials.HangError

    with monkeypatch.context() as patch:
        patch.setattr(trials, "parse_record", crash)
        assert "ZeroDivisionError" in tried("notes", 1, Counter())
        patch.setattr(trials, "parse_record", hang)
        assert "more than" in tried("notes", 1, Counter())
    with monkeypatch.context() as patch:
        patch.setattr(trials, "as_text", lambda _: "\x1b[31m")
        assert "terminal" in tried("notes", 0, Counter())
    record = parse_record(b"She has gout.", knowledge().terms, "input")
    assessment = assess_record(record, knowledge().library)
    assert not invented(assessment, "She has gout.", is_text=True)
    assert invented(assessment, "She is well.", is_text=True)


def test_a_difference_between_the_readers_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is not what the record of its person says is told."""
    monkeypatch.setattr(trials, "row_of", lambda *given: {**row_of(*given), "presentation": "other"})
    assert "presentation: " in tried("readers", 1, Counter())


def test_an_input_is_made_again_from_its_number() -> None:
    """The same number gives the same input."""
    assert mutated_text(pools()[0], Random("a 1")) == mutated_text(pools()[0], Random("a 1"))
    assert person("p", Random(1)) == person("p", Random(1))
