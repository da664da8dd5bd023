"""Sentences and groups of a rule: every shape, and every kind of mistake with its place."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.rules.parse import Path, RuleParser
from calcinosis.rules.syntax import (
    Absent,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Citation,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
    criteria,
)
from calcinosis.words.en.knowledge import GRAMMAR

Reported = list[tuple[Path, str, str]]
ONE: dict[str, Any] = {"when": "gout", "cite": "a-b"}


def parser() -> tuple[RuleParser, Reported]:
    """Return a parser and the list to which it reports."""
    reported: Reported = []
    return RuleParser(lambda path, found, expected, remedy: reported.append((path, found, expected))), reported


def parsed(data: Any, cited: bool = True) -> Rule:
    """Return the rule of data that is right."""
    reader, reported = parser()
    rule = reader.rule(data, ("established_when",), cited)
    assert reported == []
    assert rule is not None
    return rule


def amount(number: float, unit: str) -> Amount:
    """Return an amount as the parser leaves it: not yet turned into the unit of its fact."""
    return Amount(number, unit, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gout", Present("gout")),
        ("  gout ", Present("gout")),
        ("not gout", Absent("gout")),
        ("not   gout", Absent("gout")),
        ("phosphate > 4.5 mg/dL", Compare("phosphate", Comparison.ABOVE, amount(4.5, "mg/dL"))),
        ("phosphate>=4 mg/dL", Compare("phosphate", Comparison.AT_LEAST, amount(4, "mg/dL"))),
        ("phosphate < 4mg/dL", Compare("phosphate", Comparison.BELOW, amount(4, "mg/dL"))),
        ("base_excess <= -2.5 mmol/L", Compare("base_excess", Comparison.AT_MOST, amount(-2.5, "mmol/L"))),
        ("inr > 3 {INR}", Compare("inr", Comparison.ABOVE, amount(3, "{INR}"))),
        ("platelets < 50 10*3/uL", Compare("platelets", Comparison.BELOW, amount(50, "10*3/uL"))),
        ("phosphate > upper_limit", Compare("phosphate", Comparison.ABOVE, Limit.UPPER)),
        ("phosphate <= upper_limit", Compare("phosphate", Comparison.AT_MOST, Limit.UPPER)),
        ("phosphate < lower_limit", Compare("phosphate", Comparison.BELOW, Limit.LOWER)),
        ("phosphate >= lower_limit", Compare("phosphate", Comparison.AT_LEAST, Limit.LOWER)),
        ("sex is male", Is("sex", ("male",))),
        ("av_block is one of second_degree, third_degree", Is("av_block", ("second_degree", "third_degree"))),
        ("av_block is  one  of second_degree", Is("av_block", ("second_degree",))),
    ],
)
def test_every_sentence(text: str, expected: Test) -> None:
    """Each sentence of the grammar gives its test."""
    rule = parsed({"when": text, "cite": "a-b"})
    assert rule == Criterion(expected, (Citation("a-b"),), text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gout and gout",
        "gout or warfarin",
        "no gout",
        "not not gout",
        "not phosphate > 4 mg/dL",
        "sex is not male",
        "sex is one of",
        "sex is one of male; female",
        "sex is one of male,",
        "phosphate = 4 mg/dL",
        "phosphate == 4 mg/dL",
        "phosphate is missing?",
        "4.5 mg/dL < phosphate < 5 mg/dL",
        "gout.",
    ],
)
def test_a_sentence_outside_the_grammar(text: str) -> None:
    """Anything else is answered with the grammar and its place."""
    reader, reported = parser()
    assert reader.rule({"when": text, "cite": "a-b"}, ("suspect_when",)) is None
    assert reported == [(("suspect_when", "when"), text.strip(), GRAMMAR)]


@pytest.mark.parametrize(
    "limit",
    ["high", "upper", "mg/dL 4", "four mg/dL", "> 4 mg/dL", "1,245 mg/dL", "4-5 mg/dL", "1_0 mg/dL", "NaN mg/dL"],
)
def test_a_limit_that_is_none(limit: str) -> None:
    """A comparison needs a number with its unit, or a limit of the result."""
    reader, reported = parser()
    assert reader.rule({"when": f"phosphate > {limit}", "cite": "a-b"}, ("w",)) is None
    expected = "a number with its unit, `upper_limit` or `lower_limit`"
    assert reported == [(("w", "when"), limit, expected)]


def test_groups_keep_their_order_and_depth() -> None:
    """Groups within groups give the same tree."""
    two = {"when": "not warfarin", "cite": "c-d"}
    rule = parsed({"all": [ONE, {"any": [two, {"at_least": {"count": 2, "of": [ONE, two, ONE]}}]}]})
    first = Criterion(Present("gout"), (Citation("a-b"),), "gout")
    second = Criterion(Absent("warfarin"), (Citation("c-d"),), "not warfarin")
    assert rule == All((first, AnyOf((second, AtLeast((first, second, first), count=2)))))
    assert [one.test.fact for one in criteria(rule)] == ["gout", "warfarin", "gout", "warfarin", "gout"]
    assert rule.facts == {"gout", "warfarin"}


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        ("a-b", (Citation("a-b"),)),
        ("a-b, abstract", (Citation("a-b", "abstract"),)),
        ("a-b, table 2, row 3", (Citation("a-b", "table 2, row 3"),)),
        (" a-b ,  abstract ", (Citation("a-b", "abstract"),)),
        (["a-b, abstract", "c-d"], (Citation("a-b", "abstract"), Citation("c-d"))),
    ],
)
def test_citations(cite: Any, expected: tuple[Citation, ...]) -> None:
    """A citation is a source and the place in it, or a list of them."""
    reader, reported = parser()
    assert reader.citations(cite, ("cite",)) == expected
    assert reported == []


@pytest.mark.parametrize("cite", ["", "Reiter 2011", "a b", "A-B", 7, None, {"source": "a-b"}])
def test_citations_that_are_none(cite: Any) -> None:
    """A reference in free text is no citation."""
    reader, reported = parser()
    assert reader.citations(cite, ("x", "cite")) == ()
    assert reported == [(("x", "cite"), str(cite), "a source id, then a comma and the place in it")]


def test_a_criterion_without_citation() -> None:
    """It is reported, and still read, so that its other mistakes show as well; facts define words and need none."""
    reader, reported = parser()
    assert reader.rule({"when": "gout"}, ("w",)) is not None
    assert reported == [(("w",), "`gout` without `cite`", "a citation: `cite: source-id, place`")]
    assert parsed({"when": "gout"}, cited=False) == Criterion(Present("gout"), (), "gout")


@pytest.mark.parametrize(
    ("data", "place", "expected"),
    [
        ("gout", (), "a group"),
        (["gout"], (), "a group"),
        (None, (), "a group"),
        ({}, (), "only `all`"),
        ({"all": [ONE], "any": [ONE]}, (), "only `all`"),
        ({"none": [ONE]}, (), "only `all`"),
        ({"cite": "a-b"}, (), "only `all`"),
        ({**ONE, "unless": "warfarin"}, (), "only `all`"),
        ({"all": [ONE], "cite": "a-b"}, (), "only `all`"),
        ({"all": []}, ("all",), "a list of at least one"),
        ({"any": ONE}, ("any",), "a list of at least one"),
        ({"any": None}, ("any",), "a list of at least one"),
        ({"when": 5, "cite": "a-b"}, ("when",), "`fact`"),
        ({"at_least": [ONE]}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": 1}}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": "1", "of": [ONE]}}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": True, "of": [ONE]}}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": 1.0, "of": [ONE]}}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": 1, "of": [ONE], "cite": "a-b"}}, ("at_least",), "`count: number`"),
        ({"at_least": {"count": 0, "of": [ONE]}}, ("at_least",), "a count from 1 to 1"),
        ({"at_least": {"count": 2, "of": [ONE]}}, ("at_least",), "a count from 1 to 1"),
        ({"at_least": {"count": 1, "of": []}}, ("at_least", "of"), "a list of at least one"),
    ],
)
def test_a_shape_that_is_no_rule(data: Any, place: Path, expected: str) -> None:
    """What is no group and no criterion is reported where it stands, and gives no rule."""
    reader, reported = parser()
    assert reader.rule(data, ("established_when",)) is None
    assert [(path, said.startswith(expected)) for path, _, said in reported] == [(("established_when", *place), True)]


def test_every_mistake_of_a_group_is_reported_at_once() -> None:
    """One mistake does not hide the next; each has its own place, and what is right is kept."""
    data = {"all": [{"when": "a = b", "cite": "a-b"}, ONE, {"any": [{"when": "gout"}, "gout"]}]}
    reader, reported = parser()
    rule = reader.rule(data, ("w",))
    places = [path for path, _, _ in reported]
    assert places == [("w", "all", 0, "when"), ("w", "all", 2, "any", 0), ("w", "all", 2, "any", 1)]
    assert [one.test.fact for one in criteria(rule)] == ["gout", "gout"]


def test_a_criterion_knows_its_line() -> None:
    """The line of its sentence is kept for the checks that come later."""
    reader = RuleParser(lambda *_: None, line=lambda path: 40 + len(path))
    rule = reader.rule(ONE, ("w",))
    assert isinstance(rule, Criterion)
    assert rule.line == 42


def test_what_is_found_is_cut() -> None:
    """A long text is not repeated whole in the message."""
    reader, reported = parser()
    reader.rule({"when": "gout " * 100, "cite": "a-b"}, ("w",))
    assert len(reported[0][1]) == 120
