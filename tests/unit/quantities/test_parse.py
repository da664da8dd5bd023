"""Numbers as they are written: one reading each, or two that are told apart by who knows what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.interfaces.web.answers import answers_from_fields, read_answers
from calcinosis.person.record import Record
from calcinosis.quantities.parse import Amount, AmountError, number_at, parts, readings
from calcinosis.readers.form.form import form_record
from calcinosis.rules.vocabulary import Value
from calcinosis.words.en.quantities import amount, in_other_unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.4", Amount(7.4, 7.4)),
        ("7,4 mg/dL", Amount(7.4, 7.4, unit="mg/dL")),
        (" 7.4mg/dL ", Amount(7.4, 7.4, unit="mg/dL")),
        ("≥ 7.4 mg/dL", Amount(7.4, None, unit="mg/dL")),
        ("=>7.4", Amount(7.4, None)),
        ("> 7,4", Amount(7.4, None, open_low=True)),
        ("<0.5", Amount(None, 0.5, open_high=True)),
        ("≤ .5", Amount(None, 0.5)),
        ("up to 5 mg/dL", Amount(None, 5, unit="mg/dL")),
        ("Less  than 5", Amount(None, 5, open_high=True)),
        ("at least 3 weeks", Amount(3, None, unit="weeks")),
        ("1.2-1.4 mmol/L", Amount(1.2, 1.4, unit="mmol/L")),
        ("2,2 – 2,6 mmol/L", Amount(2.2, 2.6, unit="mmol/L")),
        ("1.2 mmol/L to 1.4 mmol/L", Amount(1.2, 1.4, unit="mmol/L")),
        ("between 1 and 2 mg/dL", Amount(1, 2, unit="mg/dL")),
        ("1,245.6 pg/mL", Amount(1245.6, 1245.6, unit="pg/mL")),
        ("1.245,6 pg/mL", Amount(1245.6, 1245.6, unit="pg/mL")),
        ("1,234,567", Amount(1234567, 1234567)),
        ("1'245", Amount(1245, 1245)),
        ("1\u202f245 pg/mL", Amount(1245, 1245, unit="pg/mL")),
        ("1234,567", Amount(1234.567, 1234.567)),
        ("0,245", Amount(0.245, 0.245)),
        ("3.2E-1 mg/dL", Amount(0.32, 0.32, unit="mg/dL")),
        ("-5", Amount(-5, -5)),
        ("−5", Amount(-5, -5)),
        ("250 x10^9/L", Amount(250, 250, unit="x10^9/L")),
        ("250 10*9/L", Amount(250, 250, unit="10*9/L")),
        ("70 1/min", Amount(70, 70, unit="1/min")),
    ],
)
def test_one_reading(text: str, expected: Amount) -> None:
    """Signs, decimal commas, thousands, ranges and powers have one reading."""
    assert readings(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "values"), [("1,245 pg/mL", (1.245, 1245)), ("12,345", (12.345, 12345)), ("> 1,245", (1.245, 1245))]
)
def test_two_readings(text: str, values: tuple[float, float]) -> None:
    """A comma with three digits behind it may part thousands or a fraction."""
    assert tuple(one.low for one in readings(text)) == values


@pytest.mark.parametrize(
    "text",
    [
        "", "many", "NaN", "inf", "-inf", "Infinity", "1e999", "٧.٤", "1.2.3", "1,2,3", "2024-05-01", "12/05",
        "7.4 5 mg/dL", "<1-2", "5 - 3", "between 5 mg/dL", "1 mg/dL - 2 mmol/L", "x 5", "1,2345,678",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    """What is no single number with a unit is refused; no digits of other scripts, no names of numbers."""
    try:
        found = readings(text)
    except AmountError:
        return
    assert text == "12/05"
    assert found[0].unit == "/05"  # which is no unit


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_what_is_written_is_read(number: float) -> None:
    """Every number is read as Python writes it."""
    assert readings(f"{number!r} mg/dL") == (Amount(number, number, unit="mg/dL"),)


def test_a_number_within_a_text() -> None:
    """A reader of texts asks for the number at a place, and where it ends."""
    text = "Ca 2.62 mmol/L (2.2-2.6)"
    found = number_at(text, 3)
    assert found is not None
    assert (found.readings, found.end) == ((Amount(2.62, 2.62),), 7)
    assert number_at(text, 0) is None
    inner = number_at(text, 16)
    assert inner is not None
    assert inner.readings == (Amount(2.2, 2.6),)


def test_parts() -> None:
    """A comma within a number parts nothing."""
    assert parts("7,4 mg/dL, upper_limit 4,5 mg/dL") == ["7,4 mg/dL", "upper_limit 4,5 mg/dL"]


@pytest.mark.parametrize(
    ("number", "unit", "scale", "other", "expected"),
    [
        (52, "a", 12, "mo", ""),
        (18, "mo", 1 / 12, "a", ""),
        (1, "a", 12, "mo", "12"),
        (7.4, "mg/dL", 0.322854, "mmol/L", "2.39"),
        (3, "wk", 7, "d", "21"),
    ],
)
def test_the_same_in_another_unit(number: float, unit: str, scale: float, other: str, expected: str) -> None:
    """Nobody counts the age of a grown person in months."""
    assert in_other_unit(number, unit, scale, other) == expected


def of_record(said: str) -> Record:
    """Return the record of an Observation whose value is a text."""
    code = {"coding": [{"system": "http://loinc.org", "code": "2777-1"}]}
    observation: Mapping[str, Any] = {
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        "valueString": said,
    }
    return calcinosis.read(dict(observation))


def of_form(said: str) -> Record:
    """Return the record of a form."""
    return form_record(f'phosphate: "{said}"\n', "form", knowledge().terms)


def of_page(said: str) -> Record:
    """Return the record of the fields of a page: the unit has a field of its own."""
    number, _, unit = said.rpartition(" ")
    fields = [("phosphate", number), ("phosphate.unit", unit)]
    return read_answers(answers_from_fields(fields, knowledge().library.facts), knowledge())


@pytest.mark.parametrize(
    "said",
    [
        "7.4 mg/dL", "7,4 mg/dL", "≥ 7.4 mg/dL", "<0.5 mg/dL", "1.2-1.4 mmol/L", "up to 5 mg/dL", "2,389 mmol/L",
        "74e-1 mg/dL", "1,245 pg/mL", "1_0 mg/dL", "007 mg/dL", "NaN mg/dL",
        "Infinity mg/dL", "1.2.3 mg/dL", "5 - 3 mg/dL", "900 mg/dL",
    ],
)  # fmt: skip
def test_one_number_one_reading(said: str) -> None:
    """Record, form and page give one number the same value, or none of them uses it."""
    values: list[Value | None] = []
    for read in (of_record, of_form, of_page):
        try:
            found = [one.value for one in read(said).said if one.fact == "phosphate" and one.value.is_number]
        except InputError:
            found = []
        values.append(found[0] if found else None)
    bounds = {(one.low, one.high, one.open_low, one.open_high) if one else None for one in values}
    assert len(bounds) == 1, values


def test_what_is_shown_can_be_entered() -> None:
    """Each unit as it is shown beside a number is a unit that is read."""
    terms = knowledge().terms
    for fact in terms.facts.values():
        if fact.kind == "quantity":
            (found,) = readings(amount(3, fact.unit))
            assert terms.scale(fact, found.unit or fact.unit) == 1, fact.id
