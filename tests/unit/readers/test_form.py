"""A form: the keys and answers that people write, and what each means."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError, Problem
from calcinosis.readers.form.form import form_record
from calcinosis.readers.form.questions import looks_like_form
from calcinosis.rules.vocabulary import Value


def values(text: str) -> dict[str, Value]:
    """Return the value of each fact of a form."""
    return {said.fact: said.value for said in form_record(text, "form", knowledge().terms).said}


def problems(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a form."""
    with pytest.raises(InputError) as caught:
        form_record(text, "form", knowledge().terms)
    return caught.value.problems


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("age: 54", "age"),
        ("Age: 54", "age"),
        ("AGE: 54 years", "age"),
        ("gender: female", "sex"),
        ("Sex: F", "sex"),
        ("Warfarin: no", "warfarin"),
        ("bmi: 31", "body_mass_index"),
        ("BMI: 31 kg/m2", "body_mass_index"),
        ("weight: 80 kg", "body_weight"),
        ("height: 170 cm", "body_height"),
        ("scleroderma: yes", "systemic_sclerosis"),
        ("systemic sclerosis: yes", "systemic_sclerosis"),
        ("Systemic Sclerosis: yes", "systemic_sclerosis"),
        ("systemic-sclerosis: yes", "systemic_sclerosis"),
        ("PTH: 800 pg/mL", "parathyroid_hormone"),
        ("serum phosphate: 7.4 mg/dL", "phosphate"),
        ("phosphorus: > 7.4 mg/dL", "phosphate"),
        ("ankle_brachial_index: 0.4", "ankle_brachial_index"),
        ("systolic blood pressure: 120", "systolic_blood_pressure"),
        ("ear: yes", "site_ear"),
    ],
)
def test_keys(line: str, fact: str) -> None:
    """A key is the id of a fact in any case, with spaces or hyphens, or one of its names."""
    assert list(values(f"{line}\n")) == [fact]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sex: F", "female"),
        ("sex: m", "male"),
        ("sex: woman", "female"),
        ("sex: Male", "male"),
        ("av_block: second degree", "second_degree"),
        ("av_block: third-degree", "third_degree"),
    ],
)
def test_words_of_a_choice(line: str, expected: str) -> None:
    """A choice is answered by its words, by their names, and for a person's sex by the letter."""
    (value,) = values(f"{line}\n").values()
    assert value.word == expected


@pytest.mark.parametrize(
    ("line", "low", "flag"),
    [
        ("phosphate: raised", None, "high"),
        ("phosphate: low", None, "low"),
        ("phosphate: Normal", None, "normal"),
        ("phosphate: 7.4 mg/dL", 7.4, ""),
        ("inr: 2.5", 2.5, ""),
        ("bmi: 31", 31, ""),
        ("age: 18 months", 1.5, ""),
        ("phosphate: 7,4 mg/dL", 7.4, ""),
        ("phosphate: 7,4 mg/dL, upper_limit 4,5 mg/dL", 7.4, ""),
        ("phosphate: ≥ 7.4 mg/dL", 7.4, ""),
        ("phosphate: >= 7.4 mg/dL # in serum", 7.4, ""),
        ("phosphate: 7.4-8 mg/dL", 7.4, ""),
        ("phosphate: 2,389 mmol/L", 7.39963, ""),  # 2389 mmol/L nobody has
        ("PTH: 1,245.0 pg/mL", 1245, ""),
    ],
)
def test_amounts(line: str, low: float | None, flag: str) -> None:
    """A number, with the unit that everybody means where none is written, or only high, low or normal."""
    (value,) = values(f"{line}\n").values()
    assert value.flag == flag
    assert value.low is None if low is None else value.low == pytest.approx(low)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("warfrin: yes", 'did you mean "warfarin"?'),
        ("takes warfarin: yes", 'did you mean "warfarin"?'),
        ("systemc_sclerosis: yes", 'did you mean "systemic_sclerosis"?'),
        ("Date of birth: 1970-01-01", "give `age`"),
        ("PTH: 1,245 pg/mL", "may mean 1.245 or 1245"),
        ("phosphate: 1_0 mg/dL", "digits that are not a number"),
        ("phosphate: 5 mg/dL, upper_limit < 4 mg/dL", "more than a number"),
        ("phosphate: 5 mg/dL, upper_limit 4 mg/dL, upper_limit 5 mg/dL", "a second time"),
        ("phosphate: 7.4", "without a unit"),
        ("ankle_brachial_index: 0.4 kg", "a number without a unit"),
        ("gender: perhaps", "female, male"),
        ("gender: F\nsex: female", 'the question "sex" a second time, after "gender"'),
        ("scleroderma: yes\nsystemic_sclerosis: no", "a second time"),
        ("xy: yes", 'the question "xy"'),
        ("date: soon", "a day such as"),
    ],
)
def test_what_is_wrong(line: str, says: str) -> None:
    """What cannot be understood is named with the nearest fact, or what is expected."""
    assert says in "\n".join(map(str, problems(f"{line}\n")))


def test_an_abbreviation_gets_no_guess() -> None:
    """Two letters look like too many words."""
    (problem,) = problems("xy: yes\n")
    assert problem.remedy == ""


def test_all_problems_at_once() -> None:
    """Each wrong line is named with its line, whatever the key was written like."""
    found = problems(
        "Age: many\nsystemic sclerosis: yes\nwarfrin: no\nGender: x\nserum phosphate: 5 kg\nas of: never\n"
    )
    assert sorted(problem.line for problem in found) == [1, 3, 4, 5, 6]


def test_the_form_itself() -> None:
    """Its id and its day are no questions."""
    record = form_record("ID: 7\nAs of: 2024-05-01\nage: 54\n", "form", knowledge().terms)
    assert (record.id, record.last_day, [said.fact for said in record.said]) == ("7", "2024-05-01", ["age"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age: 54\n", True),
        ("# comment\nsystemic sclerosis: yes\nage: 54\n", True),
        ("Seen today with painful plaques.\nage: 54\n", False),
        ("Chief complaint: painful plaques on both thighs\nHistory of present illness: on dialysis\n", False),
        ("Nodules. age: 54", False),
        ("Gout: [ ] yes [x] no\nDialysis: [x] yes [ ] no\n", False),
        ("warfarin: []\nage: 54\n", True),
        ("", False),
        ("# only a comment\n", False),
    ],
)
def test_a_form_or_a_note(text: str, expected: bool) -> None:
    """A form begins with a question; the headings of a note are none."""
    assert looks_like_form(text, knowledge().terms) is expected


@pytest.mark.parametrize(
    "line",
    [
        "calcium: 24 mmol/L",
        "egfr: 900 mL/min/1.73m2",
        "creatinine: 600 mg/dL",
        "phosphate: 0.05 mg/dL",
        "calcium: 0 mg/dL",
    ],
)
def test_a_number_that_nobody_has_is_asked_about(line: str) -> None:
    """A slip of the unit or of a decimal point is doubted, and the rest of the form is read."""
    record = form_record(f"dialysis: yes\n{line}\n", "form", knowledge().terms)
    assert [said.fact for said in record.said] == ["dialysis"]
    (remark,) = record.remarks
    assert line.partition(": ")[2] in remark.says
    assert remark.ask.endswith("right?")


@pytest.mark.parametrize("line", ["calcium: -2 mg/dL", "phosphate: 1e9 mg/dL", "age: 300", "age: -3"])
def test_what_is_no_measurement_is_refused(line: str) -> None:
    """Less than nothing, more than any slip explains, and no age of a person: the form is to be mended."""
    assert len(problems(f"dialysis: yes\n{line}\n")) == 1


def test_a_limit_that_nobody_prints_is_left_aside() -> None:
    """The number counts without it."""
    record = form_record("calcium: 9 mg/dL, upper_limit 90 mg/dL\n", "form", knowledge().terms)
    assert [(said.fact, said.value.upper_limit) for said in record.said] == [("calcium", None)]
    assert len(record.remarks) == 1
