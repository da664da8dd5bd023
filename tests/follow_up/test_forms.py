"""Visit forms, one file a visit: put together as one person over time, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

import calcinosis
from calcinosis.errors import InputError
from calcinosis.person.record import Record
from tests.follow_up.people import NOT_TAKEN, NOW_TAKEN, courses, rounded, score, series

WHO = "age: 58\nsex: female\ndialysis: yes\n"
FIRST = f"person: A17\ndate: 2025-10-14\n{WHO}phosphate: 2.6 mmol/L\npain score: 7\nwarfarin: yes\n"
SECOND = f"person: A17\ndate: 2026-03-02\n{WHO}phosphate: 1.9 mmol/L\npain score: 4\nwarfarin: no\n"


def form(folder: Path, text: str, name: str) -> Record:
    """Return the record of a form."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return calcinosis.read(path)


def test_two_visits_are_followed(tmp_path: Path) -> None:
    """Each result on the day of its form, whatever the order of the forms."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND, "two.yaml")]
    found, other = calcinosis.follow(*records), calcinosis.follow(*reversed(records))
    assert found == other
    assert [point.date for point in series(found, "phosphate").points] == ["2025-10-14", "2026-03-02"]
    assert rounded(score(found, "pain_score")) == [7, 4]
    assert courses(found, "warfarin") == [("2025-10-14", "2026-03-02", NOT_TAKEN)]
    assert (found.since_last_visit.before, found.since_last_visit.last) == ("2025-10-14", "2026-03-02")


def test_first_visit_alone_as_of_its_day(tmp_path: Path) -> None:
    """What was taken then is taken then."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND, "two.yaml")]
    found = calcinosis.follow(*records, as_of="2025-12-01")
    assert courses(found, "warfarin") == [("2025-10-14", "", NOW_TAKEN)]
    assert rounded(score(found, "pain_score")) == [7]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("A17", "B3"), "another person"),
        (("person: A17\n", ""), "of whom it is"),
        (("date: 2026-03-02\n", ""), "without its date"),
    ],
)
def test_forms_that_do_not_belong_together(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    """Another person, no person and no date are errors that name the form and what to do."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND.replace(*change), "two.yaml")]
    with pytest.raises(InputError) as error:
        calcinosis.follow(*records)
    assert problem in str(error.value)
    assert "record 2" in str(error.value)
