"""A row of a screen says what the assessment of the same person says, in every column."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.columns import COLUMNS
from calcinosis.library.library import Library
from calcinosis.person.record import Record
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE
from tests.population.answers import DAY, PatientRow, Row, row_of_assessment, row_of_facts, rows_by_table
from tests.property.people import ABSENT, MENTIONED, PRESENT, Stated, nearly_safe_person, random_person, real

TESTS = Path(__file__).parent.parent
CASES = sorted((TESTS / "cases").glob("*/*/bundle.json"))
RECORDS = sorted((TESTS / "data").rglob("*.json"))
PEOPLE, CHUNKS = int(os.environ.get("CALCINOSIS_PEOPLE", "2400")), 4
"""Made-up people; CALCINOSIS_PEOPLE sets another number."""


def read(paths: list[Path]) -> list[tuple[PatientRow, Row]]:
    """Return what is stated in each record, numbered, and the row of its assessment."""
    found = []
    for number, path in enumerate(paths):
        record = calcinosis.read(path)
        row = PatientRow(
            patient_id=str(number), as_of=record.last_day, stated=stated(record), deceased=record.is_dead()
        )
        found.append((row, row_of_assessment(row, calcinosis.assess(record))))
    return found


def stated(record: Record) -> Stated:
    """Return what a record states at its last day."""
    facts, _ = record.facts(real().vocabulary, record.last_day)
    return dict(facts.stated)


def made_up_person(chance: Random) -> Stated:
    """Return anybody, half of them almost safe to treat; some also say what else would be worked out, with days."""
    told = random_person(chance) if chance.random() < 0.5 else nearly_safe_person(chance)
    if chance.random() < 0.5:
        for name in chance.sample(derived(), 3):
            told.setdefault(name, chance.choice((ABSENT, ABSENT, PRESENT, MENTIONED)))
        told = {name: with_days(value, chance) for name, value in told.items()}
    return told


def derived() -> list[str]:
    """Return the facts that a record can state although others show them."""
    return sorted(name for name, fact in real().facts.items() if fact.true_when is not None and fact.names)


def with_days(value: Value, chance: Random) -> Value:
    """Return a value with the day of the news and, if it is present, mostly the first day."""
    days = ("2024-01-10", "2024-02-20", "2024-03-30", "2023", "")
    date = chance.choice(days)
    first = date if value.truth is TRUE and len(date) == 10 and chance.random() < 0.8 else ""
    return replace(value, date=date, first=first)


def compare(found: list[Row], wanted: list[Row]) -> None:
    """Demand the same rows, column by column."""
    assert [list(row) for row in found] == [list(COLUMNS)] * len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert one == {name: other[name] for name in COLUMNS}


def test_published_cases() -> None:
    """For every published case."""
    assert len(CASES) > 100
    read_rows = read(CASES)
    found = rows_by_table([row for row, _ in read_rows], real())
    compare(found, [wanted for _, wanted in read_rows])
    seen = Counter(row["leading_type"] for row in found)
    assert len(seen) == 6, seen


def test_records_of_others() -> None:
    """For every record of the test data, of which hardly any is about calcinosis."""
    read_rows = read(RECORDS)
    compare(rows_by_table([row for row, _ in read_rows], real()), [wanted for _, wanted in read_rows])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_made_up_people(chunk: int) -> None:
    """For whatever may be known of people; every kind of answer comes up."""
    chance = Random(4_000 + chunk)
    people = [made_up_person(chance) for _ in range(PEOPLE // CHUNKS)]
    rows = [
        PatientRow(patient_id=str(number), as_of=DAY, stated=told, deceased=number % 10 == 0)
        for number, told in enumerate(people)
    ]
    found = rows_by_table(rows, real())
    compare(found, [row_of_facts(row, real()) for row in rows])
    assert {row["presentation"] for row in found} == {"calcinosis", "suspected", "look-alike", "none"}
    assert len({row["leading_type"] for row in found}) == 6
    for column in ("red_flags", "causes", "avoid_active"):
        assert sum(len(row[column]) > 1 for row in found) > 10, column


def test_nobody_and_nothing() -> None:
    """A person of whom nothing is known has a row too, and so has a table in which nobody says anything."""
    rows = [PatientRow(patient_id=str(number), as_of=DAY, stated={}) for number in range(2)]
    compare(rows_by_table(rows, real()), [row_of_facts(row, real()) for row in rows])
    some = [rows[0], replace(rows[1], stated={"calcinosis_cutis": PRESENT, "warfarin": ABSENT})]
    compare(rows_by_table(some, real()), [row_of_facts(row, real()) for row in some])


def test_nobody_changes_the_answer_of_the_next() -> None:
    """What the knowledge remembers says the same to the next, also after people of whom no age is known."""
    new, used, chance = fresh_library(), fresh_library(), Random(1)
    for number in range(300):
        row_of_facts(PatientRow(patient_id=str(number), as_of=DAY, stated=made_up_person(chance)), used)
    for path in CASES:
        record = calcinosis.read(path)
        assert assess_record(record, used) == assess_record(record, new), path


def fresh_library() -> Library:
    """Return the knowledge as a program has it that has not assessed anybody."""
    return knowledge.__wrapped__().library
