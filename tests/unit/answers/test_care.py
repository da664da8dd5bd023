"""Clinicians read the order of care of a type with its treatments, and each dose behind its treatment."""

from __future__ import annotations

from calcinosis.answers.ask import answer_to
from calcinosis.compiled import knowledge
from calcinosis.report.answer_text import by_part

QUESTION = "Limited systemic sclerosis with calcinosis: which drug first, at what dose, and what are the alternatives?"


def test_the_dose_of_each_treatment_stands_behind_it() -> None:
    """Where the care of a disease and doses are asked for, both stand in one part, and no dose stands alone."""
    parts = dict(by_part(answer_to(QUESTION, knowledge(), "clinician")))
    assert list(parts) == ["Which drug first, at what dose?", "What are the alternatives?"]
    told = [one.entry for one in parts["Which drug first, at what dose?"]]
    treatments = [one for one in told if one != "dystrophic"]
    assert "diltiazem" in treatments
    assert len(treatments) > len(set(treatments)), "no treatment has a dose behind it"
    for place, entry in enumerate(told):
        assert entry == "dystrophic" or told.index(entry) in {place, place - 1}


def test_patients_read_the_steps_alone() -> None:
    """To patients the order of care is told without a list of treatments."""
    library = knowledge().library
    steps = library.types["calciphylaxis"].sequence
    plain = {step.plain for step in steps}
    answer = answer_to("How is calciphylaxis treated?", knowledge()).answer
    assert [one.says for one in answer if one.says in plain] == [step.plain for step in steps if step.plain]


def test_what_is_done_about_the_harm_of_a_treatment() -> None:
    """How adverse effects are treated asks for them, and not for what the treatment does."""
    question = "How are the adverse effects of intravenous thiosulfate prevented or treated?"
    answer = answer_to(question, knowledge(), "clinician").answer
    assert "ondansetron" in " ".join(one.says for one in answer[:3])
