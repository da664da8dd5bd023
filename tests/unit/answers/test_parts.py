"""Questions of several parts: each part is read by itself, with what the others name, and each is answered."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from calcinosis.answers.ask import answer_to
from calcinosis.answers.parts import parts_of
from calcinosis.compiled import knowledge
from calcinosis.report.answer_text import answer_text, by_part


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
        # what a part asks of may be named behind it
        (
            "At what dose and for how long was diltiazem given?",
            ("diltiazem: At what dose", "for how long was diltiazem given?"),
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
    assert tuple(part.asks for part in parts_of(text, knowledge())) == parts


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


def test_each_part_has_its_title() -> None:
    """What answers a part stands under it as it was asked; a question of one part has no title."""
    answer = answer_to(
        "Diltiazem for calcinosis: what dose, and what are the adverse effects?", knowledge(), "clinician"
    )
    assert [title for title, _ in by_part(answer)] == ["What dose?", "What are the adverse effects?"]
    assert [title for title, _ in by_part(answer_to("What is calciphylaxis?", knowledge()))] == [""]
    assert "What dose?\n" in answer_text(answer)


def test_a_part_that_nothing_answers_is_told() -> None:
    """A part without an answer is named with the words that nothing that was read answers it."""
    answer = replace(answer_to("What dose of diltiazem is given?", knowledge()), open_parts=("who may drive",))
    assert "Who may drive? Nothing that was read" in answer_text(answer)


def test_what_is_told_of_a_case_is_not_asked_of() -> None:
    """A test that was done stands before the colon, and behind it what is asked of the disease."""
    parts = parts_of("Calciphylaxis proven by biopsy: which causes should I look for?", knowledge())
    assert [part.asks for part in parts] == ["calciphylaxis: which causes should I look for?"]
    parts = parts_of("High hormone in calciphylaxis: cinacalcet or parathyroidectomy, and which dose?", knowledge())
    assert [part.written for part in parts] == ["cinacalcet or parathyroidectomy", "which dose?"]
