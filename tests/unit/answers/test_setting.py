"""A statement that speaks of other diseases than those asked of does not answer."""

from __future__ import annotations

from calcinosis.answers.ask import answer_to
from calcinosis.answers.index import statement_index
from calcinosis.answers.question import question_of
from calcinosis.answers.setting import diseases_asked_of, is_of_others
from calcinosis.compiled import knowledge


def test_what_belongs_to_a_disease_that_is_named() -> None:
    """The type to which a disease leads and its forms belong to it; another disease of that type does not."""
    library = knowledge().library
    asked = diseases_asked_of(question_of("What helps deposits in systemic sclerosis?", knowledge()), library)
    assert {"systemic-sclerosis", "dystrophic"} <= asked
    assert "dermatomyositis" not in asked
    compared = question_of("What is the difference between calciphylaxis and dystrophic calcinosis?", knowledge())
    assert diseases_asked_of(compared, library) == frozenset()


def test_what_speaks_of_others() -> None:
    """Scrotal nodules are none of scleroderma; what names no disease may be told of any."""
    known, index = knowledge(), statement_index(knowledge())
    asked = diseases_asked_of(question_of("Surgery for deposits in scleroderma?", known), known.library)
    told = {row: index.told[row].says for row in index.own["surgery"]}
    scrotal = next(row for row, says in told.items() if says.startswith("Scrotal nodules"))
    assert is_of_others(scrotal, asked, index)
    assert not is_of_others(scrotal, frozenset(), index)


def test_no_other_disease_behind_the_first_sentence() -> None:
    """Of an operation in scleroderma nothing is told of the scrotum."""
    answer = answer_to("When should calcinosis of the hand be operated on in scleroderma?", knowledge(), "clinician")
    assert answer.answer
    assert not any("crotal" in one.says for one in answer.answer)
