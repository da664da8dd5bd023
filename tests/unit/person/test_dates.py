"""FHIR dates of every precision, and what is no date."""

from __future__ import annotations

import pytest

from calcinosis.person.dates import DateError, Day, days_between, parse_date, years_between


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("1900-03-01", "1900-03-01", "1900-03-01"),
        ("2024-05-01T10:30", "2024-05-01", "2024-05-01"),
        ("2024-05-01T10:30:00Z", "2024-05-01", "2024-05-01"),
        ("2024-05-01T10:30:00.123Z", "2024-05-01", "2024-05-01"),
        ("2024-05-01T23:30:00-08:00", "2024-05-01", "2024-05-01"),
        ("2024-05-01T00:30:00+14:00", "2024-05-01", "2024-05-01"),
        ("2024-05-01 10:30", "2024-05-01", "2024-05-01"),
        ("2016-12-31T23:59:60Z", "2016-12-31", "2016-12-31"),
    ],
)
def test_every_precision(text: str, earliest: str, latest: str) -> None:
    """A year or month stands for all its days; a time zone does not move the day."""
    day = parse_date(text)
    assert day == Day(earliest, latest)
    assert day.is_exact is (earliest == latest)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13", "2024-00", "2024-01-00", "2024-13-01", "0000"],
)
def test_days_that_the_calendar_does_not_have(text: str) -> None:
    """An impossible day is no date, however well it is written."""
    with pytest.raises(DateError, match="not a day of the calendar"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-5", "2024-5-1", "01.05.2024", "05/01/2024", "20240501", "2024-05-01T10:30 a.m.", "May 2024",
     "-2024-01-01", "2024-05-01x", "2024-05-01T10:30:00Z and later", "２０２４"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    """Other ways of writing are refused, not guessed."""
    with pytest.raises(DateError):
        parse_date(text)


def test_a_long_text_is_cut_in_the_message() -> None:
    """The message does not repeat a whole note."""
    with pytest.raises(DateError) as raised:
        parse_date("x" * 1000)
    assert len(str(raised.value)) < 100


@pytest.mark.parametrize(
    ("birth", "at", "ages"),
    [
        ("1960-05-01", "2024-04-30", (63, 63)),
        ("1960-05-01", "2024-05-01", (64, 64)),
        ("1960", "2024-05-01", (63, 64)),
        ("1960-05", "2024-05-15", (63, 64)),
        ("1960-02-29", "2023-02-28", (62, 62)),
        ("1960-02-29", "2023-03-01", (63, 63)),
        ("2024-05-01", "2024-05-01", (0, 0)),
        ("2023-05-01", "2024-04-30", (0.999, 0.999)),
        ("2022-11-01", "2024-05-01", (1.498, 1.498)),
        ("2022-05-01", "2024-05-01", (2, 2)),
    ],
)
def test_ages(birth: str, at: str, ages: tuple[float, float]) -> None:
    """Whole years from two on, parts of a year before; a partial birth date gives a range."""
    assert years_between(parse_date(birth), at) == pytest.approx(ages, abs=0.0005)


def test_an_age_before_birth_is_below_zero() -> None:
    """A record older than its person can be told by the sign."""
    low, _ = years_between(parse_date("2025-05-01"), "2024-05-01")
    assert low < 0


def test_days_between() -> None:
    """Days are counted on the calendar, leap days included."""
    assert days_between("2024-02-28", "2024-03-01") == 2
    assert days_between("2023-02-28", "2023-03-01") == 1
    assert days_between("2024-03-01", "2024-02-28") == -2


def test_days_sort_by_their_beginning() -> None:
    """A year comes before the days in it."""
    assert sorted(map(parse_date, ["2024-05-01", "2024", "2023-12"])) == [
        parse_date("2023-12"),
        parse_date("2024"),
        parse_date("2024-05-01"),
    ]
