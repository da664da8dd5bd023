"""Findings in words."""

from __future__ import annotations

import pytest

from calcinosis.library.library import Library
from calcinosis.rules.check import RuleChecker
from calcinosis.rules.parse import RuleParser
from calcinosis.rules.syntax import Test
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.rules.words import presence, sentence, short_name
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.quantities import age, age_range, amount
from calcinosis.words.en.rules import with_article
from tests.property.plain import truth_of_test

T, F, U = TRUE, FALSE, UNKNOWN


def said(when: str, value: Value | None, library: Library) -> str:
    """Return the sentence of a test on a value."""
    test: Test | None = RuleParser(lambda *_: None).test(when, ())
    assert test is not None
    test = RuleChecker(library.facts, lambda *_: None).test(test)
    return sentence(test, library.facts[test.fact], value, truth_of_test(test, value))


def number(low: float | None, high: float | None = None, **more: object) -> Value:
    """Return a number, or a range."""
    return Value(truth=T, low=low, high=low if high is None else high, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        ("gout", Value(truth=T), "gout"),
        ("gout", Value(truth=F), "no gout"),
        ("gout", None, "gout: not known"),
        ("gout", Value(truth=U), "gout mentioned, not confirmed"),
        ("not gout", Value(truth=F), "no gout"),
        ("not gout", Value(truth=T), "gout"),
        ("not gout", None, "gout: not known"),
        ("warfarin", Value(truth=T), "takes warfarin"),
        ("warfarin", Value(truth=F), "does not take warfarin"),
        ("not warfarin", None, "use of warfarin: not known"),
        ("anti_centromere", Value(truth=T), "anticentromere antibody positive"),
        ("anti_centromere", Value(truth=F), "anticentromere antibody negative"),
        ("anti_centromere", None, "anticentromere antibody: not known"),
        ("biopsy_taken", Value(truth=T), "biopsy"),
        ("calcium_infusion", Value(truth=F), "no calcium infusion"),
        ("calcium_infusion", None, "calcium infusion: not known"),
    ],
)
def test_presence(when: str, value: Value | None, expected: str, library: Library) -> None:
    """Present, absent, not known, and mentioned only, each for the kind of fact."""
    assert said(when, value, library) == expected


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        ("phosphate > upper_limit", number(7.4, upper_limit=4.5), "phosphate 7.4 mg/dL is above 4.5 mg/dL"),
        ("phosphate > upper_limit", number(4.5, upper_limit=4.5), "phosphate 4.5 mg/dL is not above 4.5 mg/dL"),
        ("phosphate >= 4.5 mg/dL", number(4.5), "phosphate 4.5 mg/dL is at least 4.5 mg/dL"),
        ("phosphate >= 4.5 mg/dL", number(4.4), "phosphate 4.4 mg/dL is below 4.5 mg/dL"),
        ("phosphate < 4.5 mg/dL", number(4.4), "phosphate 4.4 mg/dL is below 4.5 mg/dL"),
        ("phosphate < 4.5 mg/dL", number(4.5), "phosphate 4.5 mg/dL is not below 4.5 mg/dL"),
        ("phosphate <= 4.5 mg/dL", number(4.5), "phosphate 4.5 mg/dL is not above 4.5 mg/dL"),
        ("phosphate <= 4.5 mg/dL", number(4.6), "phosphate 4.6 mg/dL is above 4.5 mg/dL"),
        ("phosphate > 1.5 mmol/L", number(9), "phosphate 9 mg/dL is above 4.65 mg/dL"),
        ("phosphate > 4 mg/dL", number(5, said="1.6 mmol/L"), "phosphate 5 mg/dL (1.6 mmol/L) is above 4 mg/dL"),
        ("phosphate > 4 mg/dL", number(5, said="5 mg/dL"), "phosphate 5 mg/dL is above 4 mg/dL"),
        ("phosphate > 4 mg/dL", number(5, 6), "phosphate 5 to 6 mg/dL is above 4 mg/dL"),
        (
            "phosphate > 4 mg/dL",
            Value(truth=T, low=5, open_low=True),
            "phosphate > 5 mg/dL is above 4 mg/dL",
        ),
        ("phosphate > 4 mg/dL", Value(truth=T, low=5), "phosphate ≥ 5 mg/dL is above 4 mg/dL"),
        (
            "phosphate > 4 mg/dL",
            Value(truth=T, high=4, open_high=True),
            "phosphate < 4 mg/dL is not above 4 mg/dL",
        ),
        ("phosphate > 4 mg/dL", Value(truth=T, high=4), "phosphate ≤ 4 mg/dL is not above 4 mg/dL"),
        ("phosphate > upper_limit", Value(truth=T, flag="high"), "phosphate reported as high"),
        ("phosphate > upper_limit", Value(truth=T, flag="normal"), "phosphate reported as normal"),
        ("age >= 60 a", number(71), "age 71 years is at least 60 years"),
        ("age < 28 d", number(20 / 365.25), "age 20 days is below 28 days"),
        ("age < 1 mo", number(20 / 365.25), "age 20 days is below 1 month"),
        ("age < 0.25 a", number(20 / 365.25), "age 20 days is below 3 months"),
        ("age < 18 a", number(17.99), "age 17 years is below 18 years"),
        ("age < 2 a", number(1), "age 1 year is below 2 years"),
        ("age >= 60 a", number(54, 55), "age 54 to 55 years is below 60 years"),
    ],
)
def test_comparisons_that_are_settled(when: str, value: Value, expected: str, library: Library) -> None:
    """The value, what it was compared with, and how it compares."""
    assert said(when, value, library) == expected


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        ("phosphate > upper_limit", None, "phosphate above the upper limit: not known"),
        ("phosphate < lower_limit", None, "phosphate below the lower limit: not known"),
        ("phosphate > 4 mg/dL", None, "phosphate above 4 mg/dL: not known"),
        ("phosphate > 4 mg/dL", Value(truth=T, flag="high"), "phosphate above 4 mg/dL: not known"),
        ("phosphate > upper_limit", number(5), "phosphate 5 mg/dL cannot be judged: the upper limit is not known"),
        (
            "phosphate > 5.5 mg/dL",
            number(5, 6),
            "phosphate 5 to 6 mg/dL may or may not be above 5.5 mg/dL",
        ),
        (
            "phosphate < 5.5 mg/dL",
            Value(truth=T, low=5, open_low=True),
            "phosphate > 5 mg/dL may or may not be below 5.5 mg/dL",
        ),
    ],
)
def test_comparisons_that_are_not(when: str, value: Value | None, expected: str, library: Library) -> None:
    """Each kind of not knowing has its own words: no value, no limit, a range across the limit."""
    assert said(when, value, library) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value(truth=T, word="third_degree"), "atrioventricular block: third degree"),
        (Value(truth=T, word="first_degree"), "atrioventricular block is not second degree or third degree"),
        (Value(truth=F), "atrioventricular block is not second degree or third degree"),
        (None, "atrioventricular block, second degree or third degree: not known"),
    ],
)
def test_choices(value: Value | None, expected: str, library: Library) -> None:
    """The word that was found, or those that were asked for."""
    assert said("av_block is one of second_degree, third_degree", value, library) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (7.4, "mg/dL", "7.4 mg/dL"),
        (0.3229, "mmol/L", "0.323 mmol/L"),
        (123.4, "umol/L", "123 µmol/L"),
        (12345.6, "10*3/uL", "12346 ×10³/µL"),
        (90, "mm[Hg]", "90 mmHg"),
        (2.5, "{INR}", "2.5"),
        (0.00001234, "g", "1.234e-05 g"),
        (0, "mg/dL", "0 mg/dL"),
        (99.96, "mg/dL", "100 mg/dL"),
        (0.4, "1", "0.4"),
        (1, "a", "1 year"),
        (12, "wk", "12 weeks"),
        (1, "d", "1 day"),
    ],
)
def test_amounts(value: float, unit: str, expected: str) -> None:
    """Numbers are rounded to what is read, units are written as clinicians write them."""
    assert amount(value, unit) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (20, "20 days"),
        (28, "28 days"),
        (30, "4 weeks"),
        (70, "10 weeks"),
        (92, "3 months"),
        (364, "11 months"),
        (365, "12 months"),
        (365.25, "1 year"),
        (500, "16 months"),
        (731, "2 years"),
        (365.25 * 64.9, "64 years"),
    ],
)
def test_ages(days: float, expected: str) -> None:
    """Days of a newborn, weeks, months and years of a child, completed years of everybody else."""
    assert age(days / 365.25) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(54.1, 54.9, "54 years"), (54.1, 55.2, "54 to 55 years"), (0.05, 1.5, "18 days to 18 months")],
)
def test_ages_between_two(low: float, high: float, expected: str) -> None:
    """A year of birth gives two ages; where both are the same in words they are one."""
    assert age_range(low, high) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Systemic sclerosis", "systemic sclerosis"),
        ("Raynaud phenomenon", "Raynaud phenomenon"),
        ("Sjögren disease", "Sjögren disease"),
        ("C-reactive protein", "C-reactive protein"),
        ("IgG4 disease", "IgG4 disease"),
        ("NXP2 antibody", "NXP2 antibody"),
        ("Anti-Jo-1", "Anti-Jo-1"),
    ],
)
def test_names_within_a_sentence(name: str, expected: str) -> None:
    """Plain words lose their capital, names of people and abbreviations keep it."""
    assert short_name(Fact(id="x", name=name, kind="condition", learned_by="history", checked="")) == expected


@pytest.mark.parametrize(
    ("truth", "expected"),
    [(T, "site: scrotum"), (F, "not at the scrotum"), (U, "at the scrotum: not known")],
)
def test_a_site(truth: Truth, expected: str) -> None:
    """A place of the body is where something is, not something that is present."""
    site = Fact(id="x", name="Scrotum", kind="site", learned_by="examination", checked="")
    assert presence(site, truth) == expected


@pytest.mark.parametrize(("truth", "expected"), [(T, "gout"), (F, "no gout"), (U, "gout mentioned, not confirmed")])
def test_presence_of_a_value(truth: Truth, expected: str, library: Library) -> None:
    """The words for a fact itself, without a test."""
    assert presence(library.facts["gout"], truth, Value(truth=truth)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("warfarin", "warfarin"),
        ("vitamin K antagonist", "a vitamin K antagonist"),
        ("phosphate binder without calcium", "a phosphate binder without calcium"),
        ("medicine that slows the heart", "a medicine that slows the heart"),
        ("anticoagulant", "an anticoagulant"),
        ("urate-lowering medicine", "a urate-lowering medicine"),
        ("mTOR inhibitor", "an mTOR inhibitor"),
        ("immunosuppressant", "an immunosuppressant"),
        ("calcium gluconate by mouth", "calcium gluconate by mouth"),
    ],
)
def test_articles(name: str, expected: str) -> None:
    """A class of medicines has an article, the name of a substance has none."""
    assert with_article(name) == expected
