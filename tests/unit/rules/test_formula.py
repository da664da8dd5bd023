"""Formulas: what they compute, and what is none."""

from __future__ import annotations

import math

import pytest

from calcinosis.library.load import KNOWLEDGE
from calcinosis.library.read import read_yaml
from calcinosis.rules.formula import (
    Choice,
    Formula,
    FormulaError,
    Number,
    Operation,
    Term,
    compute,
    formula_facts,
    parse_formula,
)


def formula_of(fact: str) -> str:
    """Return the formula of a fact of the real knowledge."""
    return str(read_yaml(KNOWLEDGE / "facts" / f"{fact}.yaml", fact).data["formula"])


def point(formula: Formula, words: dict[str, str] | None = None, **numbers: float) -> float | None:
    """Return what a formula gives for exact numbers."""
    found = compute(formula, {name: (number, number) for name, number in numbers.items()}, words or {})
    if found is None:
        return None
    low, high = found
    assert low == high
    return float(low)


@pytest.mark.parametrize(
    ("sex", "age", "creatinine", "printed", "digits"),
    [
        # The National Kidney Foundation's calculator, as printed in the tests of the R package admiral (pharmaverse),
        # tests/testthat/test-compute_kidney.R, https://rdrr.io/cran/admiral/src/tests/testthat/test-compute_kidney.R
        ("male", 55, 1.09, 80, 0),
        ("female", 65, 85 / 88.42, 66, 0),
        # The same calculator, as printed in the manual of the R package tabletools, calculate_egfr_ckdepi,
        # https://rdrr.io/github/JMLuther/tabletools/man/calculate_egfr_ckdepi.html
        ("male", 70, 0.8, 95.2, 1),
        ("female", 70, 0.8, 79.2, 1),
    ],
)
def test_ckd_epi_2021(sex: str, age: float, creatinine: float, printed: float, digits: int) -> None:
    """The filtration rate of the knowledge is the printed one, to the digits printed."""
    formula = parse_formula(formula_of("egfr"))
    found = point(formula, {"sex": sex}, age=age, creatinine=creatinine)
    assert found is not None
    assert round(found, digits) == printed


@pytest.mark.parametrize(("calcium", "albumin", "corrected"), [(8.0, 2.0, 9.6), (10.0, 4.0, 10.0), (9.0, 5.0, 8.2)])
def test_corrected_calcium(calcium: float, albumin: float, corrected: float) -> None:
    """Each g/dL of albumin below 4 adds 0.8 mg/dL, each above takes it away."""
    formula = parse_formula(formula_of("corrected_calcium"))
    assert point(formula, calcium=calcium, albumin=albumin) == pytest.approx(corrected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("-2", -2),
        ("2.5 + 3 * 4", 14.5),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("12 / 3 / 2", 2),
        ("2 ** 3 ** 2", 512),
        ("min(3, 1, 2)", 1),
        ("max(3, a, 2)", 5),
        ("a / 2 - min(a, 1)", 1.5),
        ("0.9938 ** a", 0.9938**5),
    ],
)
def test_arithmetic(text: str, value: float) -> None:
    """The signs bind as in arithmetic."""
    assert point(parse_formula(text), a=5.0) == pytest.approx(value)


@pytest.mark.parametrize(
    ("sex", "race", "expected"), [("male", "x", 1), ("male", "y", 2), ("female", "x", 3), ("female", "y", 4)]
)
@pytest.mark.parametrize(
    "text",
    [
        "if sex is male then if race is x then 1 else 2 else if race is x then 3 else 4",
        "if sex is male then (if race is x then 1 else 2) else (if race is x then 3 else 4)",
        "(if sex is male then 0 else 2) + (if race is x then 1 else 2)",
        "if sex is male then 0 + (if race is x then 1 else 2) else if race is x then 3 else 4",
    ],
)
def test_nested_if(text: str, sex: str, race: str, expected: float) -> None:
    """An `if` may stand within another, on either side, with or without brackets."""
    formula = parse_formula(text)
    assert point(formula, {"sex": sex, "race": race}) == expected
    assert formula_facts(formula) == {"sex", "race"}


def test_the_tree() -> None:
    """A formula is a small tree that names its facts."""
    formula = parse_formula("if sex is female then 2 * a else b - 1")
    assert formula == Choice(
        "sex", "female", Operation("*", (Number(2), Term("a"))), Operation("-", (Term("b"), Number(1)))
    )
    assert formula_facts(formula) == {"sex", "a", "b"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "a b",
        "(a",
        "a)",
        "a % 2",
        "a // 2",
        "a < b",
        "a and b",
        "not a",
        "-a",
        "-2 ** 2",
        "'text'",
        "True",
        "None",
        "a.b",
        "a[0]",
        "min()",
        "min(a, key=b)",
        "round(a)",
        "sum(a, b)",
        "__import__('os').system('ls')",
        "lambda: 1",
        "[a]",
        "a if b else c",
        "a if b == 1 else c",
        "if sex is male then 1",
        "if sex is male 1 else 2",
        "if sex is male then else 2",
        "if a > 1 then 1 else 2",
        "a; b",
        "a = 1",
        "a\nb",
        "1" + "+1" * 100_000,
    ],
)
def test_wrong_formulas(text: str) -> None:
    """What is not of the language is refused; nothing of Python gets through."""
    with pytest.raises(FormulaError):
        parse_formula(text)


@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("a + b", {}, {"a": 1.0}),
        ("if sex is male then 1 else 2", {}, {}),
        ("if sex is male then a else 2", {"sex": "male"}, {}),
        ("1 / a", {}, {"a": 0.0}),
        ("a ** a ** a", {}, {"a": 100.0}),
        ("a ** 0.5", {}, {"a": -1.0}),
        ("0 ** a", {}, {"a": -1.0}),
    ],
)
def test_what_cannot_be_computed(text: str, words: dict[str, str], numbers: dict[str, float]) -> None:
    """A missing value, a division by zero or a number too large gives nothing, not an error and not a guess."""
    assert point(parse_formula(text), words, **numbers) is None


def test_a_part_that_is_not_chosen_is_not_needed() -> None:
    """Only the side that the word chooses is computed."""
    assert point(parse_formula("if sex is male then 7 else a"), {"sex": "male"}) == 7


def test_ranges_give_ranges() -> None:
    """From ranges come the lowest and the highest value, whichever way the formula goes."""
    formula = parse_formula("a - 2 * b")
    assert compute(formula, {"a": (1, 2), "b": (10, 20)}, {}) == (-39, -18)
    found = compute(parse_formula("100 / a"), {"a": (4, 5)}, {})
    assert found is not None
    assert found == (20, 25)
    assert all(map(math.isfinite, found))
