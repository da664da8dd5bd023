"""Leaflets: one side in plain words, help first, every sentence one of the knowledge; quizzes tied to entries."""

from __future__ import annotations

from pathlib import Path

import pytest

import calcinosis
from calcinosis.answers.quoting import quoted
from calcinosis.answers.statements import statements_of
from calcinosis.compiled import knowledge
from calcinosis.errors import KnowledgeError
from calcinosis.library.lesson import Quoted
from calcinosis.report.leaflet import leaflet_page
from calcinosis.words.en import leaflet as words
from calcinosis.words.en import quiz as quiz_words
from tests.reading_grade import reading_grade

LESSONS = knowledge().lessons
SITUATIONS = {
    "scleroderma-fingers", "child-with-dermatomyositis", "dialysis-and-calciphylaxis", "newborn", "scrotal", "tumoral",
    "after-a-calcium-leak",
}  # fmt: skip
NAMES = ["scleroderma", "dermatomyositis", "calciphylaxis", "dialysis", "phosphate", "calcium", "rheumatologist"]
"""Names that a patient knows from the own disease, left out of the grade."""
MOST_WORDS, GRADE = 400, 6


def test_a_leaflet_for_each_situation() -> None:
    """Each situation has its leaflet."""
    assert set(LESSONS.leaflets) == SITUATIONS


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_a_leaflet_is_short_plain_and_cited(name: str) -> None:
    """At most 400 words of the sixth school grade, each sentence but the questions one of the knowledge; help first."""
    page = leaflet_page(LESSONS.leaflets[name], knowledge())
    assert sum(len(says.split()) for says in page.sentences) <= MOST_WORDS
    assert reading_grade(page.sentences, NAMES) <= GRADE
    assert [one.heading for one in page.help] == list(words.HELP.values())
    assert all(one.says for one in page.help)
    assert all(one.says for one in page.parts)
    known = {one.plain for one in statements_of(knowledge().library)}
    told = set(page.sentences) - set(page.parts[-1].says)
    assert told <= known
    assert page.sources


def test_a_changed_statement_is_noticed() -> None:
    """A leaflet or a quiz that names words which stand no longer in the entry is refused, not printed without them."""
    with pytest.raises(KnowledgeError):
        quoted(Quoted(entry="surgery", begins="Never an operation"), "patient", knowledge())


@pytest.mark.parametrize("name", sorted(LESSONS.quizzes))
def test_each_answer_of_a_quiz_is_tied_to_an_entry(name: str) -> None:
    """Twelve questions, each with one right answer among others, and a cited reason in the words of the reader."""
    quiz = LESSONS.quizzes[name]
    assert len(quiz.questions) == 12
    for one in quiz.questions:
        assert one.answers.count(one.right) == 1
        assert quiz_words.NOT_SURE not in one.answers
        because = [quoted(reason, quiz.audience, knowledge()) for reason in one.because]
        assert because
        assert all(reason.cite for reason in because)


def test_what_a_quiz_says_is_worked_out(tmp_path: Path) -> None:
    """Where an answer is a number, it is the one that the program works out of what is given."""
    for one in LESSONS.quizzes["clinicians"].questions:
        if one.given is None:
            continue
        (fact,) = set(one.given) - {"calcium", "albumin"}
        form = tmp_path / "form.yaml"
        form.write_text("\n".join(f"{name}: {value}" for name, value in one.given.items() if name != fact))
        record = calcinosis.read(form)
        facts, _ = record.facts(knowledge().library.vocabulary, record.last_day)
        value = facts.value(fact)
        assert value is not None
        assert one.right.startswith(one.given[fact])
        assert value.low == pytest.approx(float(one.given[fact].split()[0]))


def test_the_stems_for_patients_are_easy() -> None:
    """The questions for patients are written for the sixth school grade at most."""
    assert reading_grade([one.ask for one in LESSONS.quizzes["patients"].questions], NAMES) <= GRADE
