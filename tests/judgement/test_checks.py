"""What is to be checked first: the likeliest to matter for this person, and nothing that cannot be."""

from __future__ import annotations

import re

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.text import as_text

PREGNANCY = {"pregnancy", "pregnancy_test", "planned_pregnancy", "breast_feeding"}
DEPOSIT = "calcinosis_cutis: yes\nsystemic_sclerosis: yes\nminocycline: yes\n"


def assessed(text: str) -> Assessment:
    """Return the assessment of a form."""
    known = knowledge()
    return assess_record(parse_record(text.encode(), known.terms, "form.yaml"), known.library)


def asked(assessment: Assessment) -> set[str]:
    """Return what is to be checked before any treatment, or not known of a medicine that is taken."""
    return {
        *(fact for result in assessment.treatments for fact in result.check),
        *(fact for result in assessment.taken for fact in result.unknown),
    }


@pytest.mark.parametrize(
    "who",
    [
        "age: 59\nsex: female",
        "age: 34\nsex: male",
        "age: 6\nsex: female",
        "age: 48\nsex: female\nmenopause: yes\nbreast_feeding: no\nplanned_pregnancy: no",
        "age: 34\nsex: female\nhysterectomy: yes\nbreast_feeding: no",
    ],
)
def test_no_question_of_pregnancy_where_it_cannot_be(who: str) -> None:
    """Neither a test nor a question nor a check near 60, in a man, a child, after menopause or without a uterus."""
    assessment = assessed(f"{who}\n{DEPOSIT}")
    assert asked(assessment).isdisjoint(PREGNANCY)
    assert "pregnancy-test" not in {test.id for test in assessment.workup}


def test_no_test_of_a_pregnancy_that_is_known() -> None:
    """Somebody who is pregnant is not tested for it; somebody who may be is."""
    assert "pregnancy-test" in {test.id for test in assessed(f"age: 30\nsex: female\n{DEPOSIT}").workup}
    assert "pregnancy-test" not in {
        test.id for test in assessed(f"age: 30\nsex: female\npregnancy: yes\n{DEPOSIT}").workup
    }


def test_menopause_before_45_excludes_no_pregnancy() -> None:
    """Ovaries that failed early can work again: somebody of 38 is asked."""
    assert "pregnancy" in asked(assessed(f"age: 38\nsex: female\nmenopause: yes\n{DEPOSIT}"))


@pytest.mark.parametrize(
    ("who", "beside"),
    [
        ("age: 34\nsex: male", "age and sex"),
        ("age: 61\nsex: female", "age and sex"),
        ("age: 50\nsex: female\nmenopause: yes", "menopause"),
        ("age: 41\nsex: female\nhysterectomy: yes", "hysterectomy"),
    ],
)
def test_a_pregnancy_that_cannot_be_is_asked_about_and_still_protects(who: str, beside: str) -> None:
    """Which of the two is right is not for the program to say: until then nothing that harms is offered."""
    found = assessed(f"{who}\npregnancy: yes\n{DEPOSIT}")
    (ask,) = [one.ask for one in found.not_understood if "regnancy" in one.says]
    assert beside in ask
    assert next(one.verdict for one in found.taken if one.medicine == "minocycline") == "avoid"


def test_five_checks_and_a_count() -> None:
    """The text shows five checks of a treatment at most, and says how many more there are."""
    text = as_text(assessed(f"age: 30\nsex: female\n{DEPOSIT}"))
    lines = re.findall(r"Check first: (.*?)\. \[", " ".join(text.split()))
    assert lines
    for line in lines:
        *named, last = line.split("; ")
        assert len(named) <= 5
        assert len(named) < 5 or re.fullmatch(r"and \d+ more|[^;]+", last)


def test_what_holds_comes_first() -> None:
    """What holds for this person and asks for care, then what the record touches; parts of a whole come last."""
    assessment = assessed("age: 58\nsex: female\ncalcinosis_cutis: yes\nsystemic_sclerosis: yes\nmetoprolol: yes\n")
    check = {result.id: result.check for result in assessment.treatments}["diltiazem"]
    assert check[0] == "beta_blocker"
    for result in assessment.treatments:
        place = {fact: number for number, fact in enumerate(result.check)}
        for whole, kinds in knowledge().library.vocabulary.kinds.items():
            if whole in place:
                parts = [kind for kind in kinds if kind in place and kind not in {"beta_blocker", "metoprolol"}]
                assert all(place[whole] < place[part] for part in parts), (result.id, whole)


def test_what_alone_decides_comes_first() -> None:
    """With a heart block only the pacemaker is open of a contraindication of diltiazem: it is asked before all else."""
    assessment = assessed(
        "age: 58\nsex: female\ncalcinosis_cutis: yes\nsystemic_sclerosis: yes\nav_block: third_degree\n"
    )
    check = {result.id: result.check for result in assessment.treatments}["diltiazem"]
    assert check[0] == "ventricular_pacemaker"
