"""Facts, words and units of a rule that do not fit together."""

from __future__ import annotations

import pytest

from calcinosis.library.library import Library
from calcinosis.rules.check import RuleChecker, nearest
from calcinosis.rules.parse import RuleParser
from calcinosis.rules.syntax import AtLeast, Compare, Criterion, Rule

Reported = list[tuple[int, str, str, str]]


def checked(when: str, library: Library, line: int = 7) -> tuple[Rule, Reported]:
    """Return a rule of one sentence after the check, and what the check reported."""
    rule = RuleParser(lambda *problem: pytest.fail(str(problem)), line=lambda path: line).rule(
        {"when": when, "cite": "a-b"}, ()
    )
    assert rule is not None
    reported: Reported = []
    return RuleChecker(library.facts, lambda *problem: reported.append(problem)).rule(rule), reported


@pytest.mark.parametrize(
    "when",
    [
        "gout",
        "not warfarin",
        "anti_centromere",
        "phosphate > upper_limit",
        "phosphate > 4 mg/dL",
        "sex is male",
        "av_block is one of first_degree, third_degree",
        "calcinosis_proven",
        "cause_of_dystrophic",
        "suspected_cause_of_iatrogenic",
        "pointing_to_idiopathic",
    ],
)
def test_what_fits(when: str, library: Library) -> None:
    """Nothing is reported of a rule that is right; facts that exist by themselves count."""
    assert checked(when, library)[1] == []


@pytest.mark.parametrize(
    ("when", "in_fact_unit"),
    [
        ("phosphate > 4.5 mg/dL", 4.5),
        ("phosphate > 1.5 mmol/L", 1.5 * 3.0973762),
        ("phosphate > 0.045 g/L", 4.5),
        ("calcium > 5 meq/L", 10.0195),
        ("age >= 12 mo", 1.0),
    ],
)
def test_amounts_come_into_the_unit_of_the_fact(when: str, in_fact_unit: float, library: Library) -> None:
    """The amount keeps what was written and gets the number to compare with."""
    rule, reported = checked(when, library)
    assert isinstance(rule, Criterion)
    assert isinstance(rule.test, Compare)
    assert rule.test.limit.in_fact_unit == pytest.approx(in_fact_unit, rel=1e-9)  # type: ignore[union-attr]
    assert f"{rule.test.limit.number:g} {rule.test.limit.unit}" in when  # type: ignore[union-attr]
    assert reported == []


@pytest.mark.parametrize(
    ("when", "found", "expected", "remedy"),
    [
        ("phosphat > 4 mg/dL", 'a fact named "phosphat"', "a fact listed in facts/", 'did you mean "phosphate"?'),
        ("not warfarine", 'a fact named "warfarine"', "a fact listed in facts/", 'did you mean "warfarin"?'),
        ("zzz", 'a fact named "zzz"', "a fact listed in facts/", ""),
        ("sexx is male", 'a fact named "sexx"', "a fact listed in facts/", 'did you mean "sex"?'),
        (
            "phosphate > 4 mm[Hg]",
            'unit "mm[Hg]" does not measure the same as "mg/dL"',
            "a unit of phosphate, such as mg/dL",
            "",
        ),
        ("phosphate > 4 mg/dLL", '"mg/dLL" is not a UCUM unit', "a unit of phosphate, such as mg/dL", ""),
        ("phosphate > 4", 'unit "" does not measure the same as "mg/dL"', "a unit of phosphate, such as mg/dL", ""),
        (
            "albumin > 40 mmol/L",
            'unit "mmol/L" does not measure the same as "g/dL"',
            "a unit of albumin, such as g/dL",
            "",
        ),
        ("gout > 4 mg/dL", "gout, a condition, compared", "a comparison with a quantity", ""),
        ("sex > upper_limit", "sex, a choice, compared", "a comparison with a quantity", ""),
        ("gout is present", "`gout is ...`, but it is a condition", "`is` only with a choice", ""),
        ("phosphate is high", "`phosphate is ...`, but it is a quantity", "`is` only with a choice", ""),
        ("sex is males", 'the word "males"', "one of female, male", 'did you mean "male"?'),
        (
            "av_block is one of second_degree, thrid_degree",
            'the word "thrid_degree"',
            "one of first_degree, second_degree, third_degree",
            'did you mean "third_degree"?',
        ),
        (
            "phosphate",
            "`phosphate` as if it were present or absent",
            "a comparison: phosphate is a quantity in mg/dL",
            "write `phosphate > 1 mg/dL` or `phosphate > upper_limit`",
        ),
        (
            "not age",
            "`age` as if it were present or absent",
            "a comparison: age is a quantity in a",
            "write `age > 1 a` or `age > upper_limit`",
        ),
        (
            "sex",
            "`sex` as if it were present or absent",
            "a word: sex is one of female, male",
            "write `sex is female`",
        ),
    ],
)
def test_what_does_not_fit(when: str, found: str, expected: str, remedy: str, library: Library) -> None:
    """Each mistake is reported once, on the line of its criterion."""
    assert checked(when, library)[1] == [(7, found, expected, remedy)]


def test_every_part_of_a_group_is_checked(library: Library) -> None:
    """Problems of a group carry the lines of their own criteria, and the group keeps its count."""
    lines = {0: 11, 1: 12, 2: 13}
    data = {"at_least": {"count": 2, "of": [{"when": f, "cite": "a-b"} for f in ("gouty", "gout", "sex is man")]}}
    parser = RuleParser(lambda *_: None, line=lambda path: lines[int(path[-2])])
    rule = parser.rule(data, ())
    assert rule is not None
    reported: Reported = []
    result = RuleChecker(library.facts, lambda *problem: reported.append(problem)).rule(rule)
    assert [line for line, *_ in reported] == [11, 13]
    assert isinstance(result, AtLeast)
    assert (result.count, len(result.parts)) == (2, 3)


def test_nearest() -> None:
    """A word far from all that is known gets no suggestion."""
    assert nearest("warfarn", ["heparin", "warfarin"]) == 'did you mean "warfarin"?'
    assert nearest("xyz", ["heparin", "warfarin"]) == ""
    assert nearest("", []) == ""
