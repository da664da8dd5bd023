"""What both readers say of the same people: a row for each, from the facts table and from the facts of one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from calcinosis.conclusions.assessment import Assessment, CauseResult, RedFlagResult, StopResult, TypeResult
from calcinosis.conclusions.causes import cause_results, red_flag_results
from calcinosis.conclusions.treatments import stop_results, treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.population.conclusions import completed, parts_read, schema_of
from calcinosis.population.facts_table import PatientRow, facts_table
from calcinosis.population.queries import queries_of

Row = dict[str, Any]
DAY = "2024-06-01"


def rows_by_table(rows: Sequence[PatientRow], library: Library) -> list[Row]:
    """Return the rows of a screen in the order of the patients, whose ids are their numbers."""
    facts = completed(facts_table(rows, library.vocabulary), schema_of(parts_read(library)))
    with duckdb.connect() as connection:
        connection.register("facts", facts)
        found: list[Row] = connection.execute(queries_of(library, "duckdb")["conclusions"]).to_arrow_table().to_pylist()
    return sorted(found, key=lambda row: int(row["patient_id"]))


def row_of_assessment(row: PatientRow, assessment: Assessment) -> Row:
    """Return the row that an assessment says."""
    answers = (assessment.types, assessment.red_flags, assessment.causes, assessment.stop)
    return _row(row, assessment.presentation, assessment.leading_type, *answers)


def row_of_facts(row: PatientRow, library: Library) -> Row:
    """Return the row that follows from what is stated of one person, without what only readers of a report see."""
    facts = PatientFacts(library.vocabulary, row.stated)
    assumed = facts.assuming_absent()
    found = classify(library, facts, assumed)
    stop = stop_results(library, facts, assumed, treatment_results(library, facts, assumed, found.active))
    answers = (found.types, red_flag_results(library, facts), cause_results(library, facts), stop)
    return _row(row, found.presentation, found.leading, *answers)


def _row(
    row: PatientRow,
    presentation: str,
    leading: str | None,
    types: Sequence[TypeResult],
    red_flags: Sequence[RedFlagResult],
    causes: Sequence[CauseResult],
    stop: Sequence[StopResult],
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
    }
