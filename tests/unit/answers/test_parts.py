"""Questions of several parts: each part is read by itself, with what the others name, and each is answered."""

from __future__ import annotations

import pytest

from calcinosis.answers.ask import answer_to
from calcinosis.answers.parts import parts_of
from calcinosis.compiled import knowledge


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Minocycline for calcinosis: what dose, and what are the adverse effects?",
            ("minocycline: what dose", "minocycline: what are the adverse effects?"),
        ),
        (
            "My son has juvenile dermatomyositis. Is it inherited? When should we see a doctor?",
            ("juvenile dermatomyositis: Is it inherited?", "juvenile dermatomyositis: When should we see a doctor?"),
        ),
        # the thing that a part names is its own
        (
            "Is diltiazem safe, and at what dose is colchicine given?",
            ("Is diltiazem safe", "at what dose is colchicine given?"),
        ),
        # one question, however much is told or listed
        ("My fingers are hard, sore and white, and I have had it for years. What is it?", ()),
        ("Is diltiazem or is minocycline better?", ()),
        ("Can I give it to my son, is calcinosis catching?", ()),
        ("What is calciphylaxis and calcinosis?", ()),
    ],
)
def test_parts(text: str, parts: tuple[str, ...]) -> None:
    """A piece that begins to ask is a part; a list, or one thing or another, is none."""
    assert parts_of(text, knowledge()) == parts


def test_each_part_is_answered() -> None:
    """A dose and adverse effects are told, and the part that comes first stands first."""
    answer = answer_to(
        "Diltiazem for calcinosis: what dose, and what are the adverse effects?", knowledge(), "clinician"
    )
    says = [one.says for one in answer.answer]
    assert "mg" in says[0]
    assert any("AV block" in one for one in says)
    assert {one.entry for one in answer.answer} == {"diltiazem"}


def test_what_is_asked_stands_before_what_is_near() -> None:
    """Of one treatment what is monitored is told before what it does."""
    answer = answer_to("What must be monitored during intravenous sodium thiosulfate?", knowledge(), "clinician")
    assert "lood pressure" in answer.answer[0].says
