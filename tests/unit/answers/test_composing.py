"""How an answer goes on: subjects are named, nothing is told twice, care in its order, other questions that work."""

from __future__ import annotations

import pytest

from calcinosis.answers.ask import answer_to
from calcinosis.answers.composing import is_same, things
from calcinosis.compiled import knowledge
from calcinosis.library.library import Library


@pytest.fixture(scope="module")
def library() -> Library:
    return knowledge().library


def test_a_statement_names_what_it_is_about() -> None:
    """Doses of three ways to give one medicine each say which way it is; what goes on does not say it again."""
    told = answer_to("sodium thiosulfate dose", knowledge(), "clinician").answer
    assert {one.entry for one in told} >= {"sts-iv", "sts-intralesional"}
    for before, one in zip([None, *told], told, strict=False):
        if before is None or before.entry != one.entry:
            assert "thiosulfate" in one.says.casefold()


def test_what_the_question_names_is_not_named_again() -> None:
    told = answer_to("diltiazem dose", knowledge(), "clinician").answer
    assert told
    assert not any(one.says.startswith("Diltiazem by mouth:") for one in told)


@pytest.mark.parametrize(
    ("question", "name", "cause"),
    [
        ("How is calciphylaxis treated?", "calciphylaxis", ""),
        ("How is dystrophic calcinosis in scleroderma treated?", "dystrophic", ""),
        ("How is calcinosis in scleroderma treated?", "dystrophic", "systemic-sclerosis"),
        ("How is calcinosis in dermatomyositis treated?", "dystrophic", "dermatomyositis"),
    ],
)
def test_care_is_told_in_its_order(question: str, name: str, cause: str, library: Library) -> None:
    """The steps of the type stand together and in order; where a disease alone is named, its care is the first step."""
    answer = answer_to(question, knowledge(), "clinician").answer
    told = [one.says.partition(": ")[2] or one.says for one in answer]
    steps = [step.says for step in library.types[name].sequence][bool(cause) :]
    places = [place for place, says in enumerate(told) if says in steps]
    assert [told[place] for place in places] == steps
    between = {one.entry for place, one in enumerate(answer) if places[0] < place < places[-1]} - {name}
    assert between <= {treatment for step in library.types[name].sequence for treatment in step.treatments}
    if cause:
        assert {one.entry for one in answer[: places[0]]} == {cause}
        assert places[0] == 2


def test_nothing_is_told_twice() -> None:
    assert is_same(
        "Deposits often stay, although the disease is controlled.", "Deposits often stay; the disease is controlled."
    )
    assert not is_same("Warfarin is stopped.", "Thiosulfate by a drip is tried first.")
    for question in ("does calcinosis go away", "low calcium diet", "is warfarin bad in calciphylaxis"):
        told = [one.says for one in answer_to(question, knowledge(), "patient").answer]
        assert not any(is_same(one, other) for place, one in enumerate(told) for other in told[place + 1 :])


def test_what_two_medicines_share_is_told_once() -> None:
    """Both entries hold the same verdict on the pair; two that are asked of apart each keep theirs."""
    told = [one.says for one in answer_to("colchicine and diltiazem together", knowledge(), "clinician").answer]
    assert sum("contraindicated with impaired kidneys or liver" in one for one in told) == 1
    for question in ("is colchicine safe", "is diltiazem safe"):
        assert answer_to(question, knowledge(), "clinician").answer


def test_other_questions_are_answered(library: Library) -> None:
    """What can also be asked leads to an answer that speaks of the same thing, nearly always."""
    known = list(things(library).values())[::9]
    asked = {says for one in known for says in answer_to(f"What is {one.name}?", knowledge(), "clinician").related}
    answers = [answer_to(question, knowledge(), "clinician") for question in sorted(asked)]
    assert len(answers) > 40
    assert sum(one.answered for one in answers) >= 0.9 * len(answers)
