"""What is said of the same people as a group and one by one: a row for each, and what is stated of them as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment, CauseResult, RedFlagResult, StopResult, TypeResult
from calcinosis.conclusions.causes import cause_results, red_flag_results
from calcinosis.conclusions.taken import medicines_taken
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.person.record import take_out_doubted
from calcinosis.population.conclude import concluded
from calcinosis.population.settled import PATIENTS, SETTLED, date_key
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN

Row = dict[str, Any]
DAY = "2024-06-01"


class PatientRow(Struct, frozen=True, kw_only=True):
    """What the record of one patient states at a day; ``stated`` is that of ``PatientFacts``."""

    patient_id: str
    as_of: str
    stated: Mapping[str, Value]
    deceased: bool = False


def settled_people(people: Sequence[Mapping[str, Value]]) -> pa.Table:
    """Return what is stated of people as the table of a group."""
    rows = [row for person, stated in enumerate(people) for row in _settled_rows(person, stated)]
    return pa.Table.from_pylist(rows, schema=SETTLED)


def _settled_rows(person: int, stated: Mapping[str, Value]) -> Iterator[dict[str, Any]]:
    for fact, value in stated.items():
        same = ("low", "high", "open_low", "open_high", "lower_limit", "upper_limit")
        yield {
            "person": person,
            "fact": fact,
            "truth": {TRUE: 1, FALSE: 0, UNKNOWN: -1}[value.truth],
            "word": value.word or None,
            **{name: getattr(value, name) for name in same},
            "flag": value.flag or None,
            "first": _day(value.first) if value.first else None,
            "date_key": _key(value.date) if value.date else None,
        }


def _day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def _key(text: str) -> int:
    is_exact = len(text) == len(DAY)
    return date_key(_day(text if is_exact else f"{text}-01-01"), is_exact)


def rows_by_table(rows: Sequence[PatientRow], library: Library) -> list[Row]:
    """Return the rows of a screen, in the order of the patients."""
    patients = pa.table([[getattr(row, name) for row in rows] for name in PATIENTS.names], schema=PATIENTS)
    found: list[Row] = concluded(library, patients, settled_people([row.stated for row in rows]))[0].to_pylist()
    return found


def row_of_assessment(row: PatientRow, assessment: Assessment) -> Row:
    """Return the row that an assessment says."""
    answers = (assessment.types, assessment.red_flags, assessment.causes, assessment.stop)
    return _row(row, assessment.presentation, assessment.leading_type, *answers, assessment.record.deceased)


def row_of_facts(row: PatientRow, library: Library) -> Row:
    """Return the row that follows from what is stated of one person, without what only readers of a report see."""
    stated = dict(row.stated)
    take_out_doubted(stated, library.vocabulary)
    facts = PatientFacts(library.vocabulary, stated)
    assumed = facts.assuming_absent()
    found = classify(library, facts, assumed)
    treatments = treatment_results(library, facts, assumed, found.active)
    stop, _ = medicines_taken(library, facts, assumed, treatments)
    flags = () if row.deceased else red_flag_results(library, facts)
    answers = (found.types, flags, cause_results(library, facts), stop)
    return _row(row, found.presentation, found.leading, *answers, row.deceased)


def _row(
    row: PatientRow,
    presentation: str,
    leading: str | None,
    types: Sequence[TypeResult],
    red_flags: Sequence[RedFlagResult],
    causes: Sequence[CauseResult],
    stop: Sequence[StopResult],
    deceased: bool,
) -> Row:
    return {
        "patient_id": row.patient_id,
        "as_of": row.as_of,
        "presentation": presentation,
        "leading_type": leading,
        **{f"type_{result.id}": result.status for result in types},
        "red_flags": [flag.id for flag in red_flags],
        "causes": [cause.id for cause in causes if cause.status in {"confirmed", "suspected"}],
        "avoid_active": [result.id for result in stop],
        "deceased": deceased,
    }
