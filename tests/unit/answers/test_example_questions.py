"""Questions are read by the examples that they are like: what answers those, and whether they are of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.answers.ask import answer_to
from calcinosis.answers.example_questions import TABLE, example_problems
from calcinosis.answers.names import names_of_entries
from calcinosis.answers.question import question_of
from calcinosis.compiled import KNOWLEDGE, knowledge
from calcinosis.words.en import answers as words


def test_the_examples_are_of_the_knowledge() -> None:
    """Each example names an entry and an aspect of which something is told, and stands once."""
    assert example_problems(knowledge().library, KNOWLEDGE) == []


def test_what_is_wrong_with_examples_is_told_with_its_line(tmp_path: Path) -> None:
    """An answer that nothing tells, and a question that stands twice, are told."""
    (tmp_path / "terminology").mkdir()
    rows = [
        "entry,aspect,question",
        "diltiazem,dose,How much of it?",
        "diltiazem,weather,Will it rain?",
        "nobody,dose,?",
    ]
    (tmp_path / TABLE).write_text("\n".join([*rows, "sts-iv,dose,how much of IT?"]) + "\n", encoding="utf-8")
    problems = example_problems(knowledge().library, tmp_path)
    assert [(one.file, one.line, one.found) for one in problems] == [
        (TABLE, 3, "diltiazem, weather"),
        (TABLE, 4, "nobody, dose"),
        (TABLE, 5, "how much of IT?"),
    ]


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        (
            "my rheumatologist offered the blood pressure capsule to shrink finger chalk, does it do anything",
            "diltiazem",
        ),
        ("an IV with calcium ran into our newborn, how soon do the hard bits fade", "iatrogenic"),
        ("school trip with my lad, he has hard bits on his elbows from JDM, what do I tell the teacher", "living"),
    ],
)
def test_a_question_in_other_words_is_like_its_examples(question: str, entry: str) -> None:
    """What names no entry by its name is found by the questions that are like it."""
    likely = list(question_of(question, knowledge()).likeness.entries)[:4]
    assert any(one.startswith(entry) or entry in one for one in likely), likely


def test_the_shares_of_the_answers_are_one_together() -> None:
    """The most similar examples are shared out among what answers them; a question of no word is like none."""
    likeness = question_of("how long does a sore over a lump take to close", knowledge()).likeness
    assert sum(likeness.answers.values()) == pytest.approx(1.0)
    assert 0 < likeness.nearest <= 1
    assert question_of("", knowledge()).likeness.answers == {}


@pytest.mark.parametrize(
    "question",
    [
        "How do I descale the steam iron?",
        "draft a complaint to my landlord about mould",
        "which antihistamine is best for hay fever in spring",
        "who wrote the opera Carmen",
    ],
)
def test_what_is_of_something_else_is_declined(question: str) -> None:
    """No question is answered whose words are those of other matters."""
    answer = answer_to(question, knowledge())
    assert not answer.answered
    assert answer.reason == words.NOT_COVERED


@pytest.mark.parametrize(
    "question",
    [
        "Which germs are usual in an infected calcinosis lump, mostly Staph?",
        "Google tells me anti-NXP2 goes with calcium. Right?",
        "Is the swimming pool fine while the chalk is coming out of my elbow?",
        "How do you treat calcinosis cutis?",
    ],
)
def test_strange_words_do_not_make_a_question_one_of_something_else(question: str) -> None:
    """What asks for the disease in unusual words is answered."""
    assert answer_to(question, knowledge()).answered


def test_common_words_are_no_mistakes() -> None:
    """A word of the language is not read as one of the knowledge that looks like it; a misspelt name is."""
    names = names_of_entries(knowledge())
    assert names.meant("connected") == "connected"
    assert names.meant("diltiazam") == "diltiazem"
