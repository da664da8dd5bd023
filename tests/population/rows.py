"""The rows of a screen, each of which is what an assessment of that person alone says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.readers.fhir.bundle import fhir_record
from tests.fhir.build import Json
from tests.population.answers import PatientRow, Row, row_of_assessment
from tests.population.exports import write_export
from tests.population.test_screen import screened


def rows_as_assessed(people: Mapping[str, list[Json]], folder: Path) -> list[Row]:
    """Return the rows of people, after each was compared with the assessment of its record."""
    screened(write_export(people.values(), folder / "export"), folder / "rows.parquet")
    rows: list[Row] = pq.read_table(folder / "rows.parquet").to_pylist()
    for row in rows:
        record = fhir_record(people[row["patient_id"]], knowledge().terms, row["patient_id"])
        asked = PatientRow(patient_id=row["patient_id"], as_of=record.last_day, stated={})
        assert row == row_of_assessment(asked, calcinosis.assess(record))
    return rows
