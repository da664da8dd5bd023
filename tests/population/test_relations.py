"""How a cause lies to the deposit, the same in a row of a screen as in an assessment."""

from __future__ import annotations

import base64
from itertools import product
from pathlib import Path

import pyarrow.parquet as pq

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.readers.fhir.bundle import fhir_record
from tests.fhir.build import DAY, Json, concept, condition, resource
from tests.population.answers import PatientRow, row_of_assessment
from tests.population.exports import write_export
from tests.population.rows import rows_as_assessed
from tests.population.test_screen import screened

SITES = ("Left knee", "Right knee", "Left lower leg", "Port A", "")
DAYS = ("2024-04-01", "2024-06-01", "")


def person(name: str, site: str, day: str, deposit: str) -> list[Json]:
    """Return the resources of somebody with an injury and radiotherapy at a site and of a day, and a deposit."""
    me: Json = {"reference": f"Patient/{name}"}
    place: Json = {"bodySite": [concept(site)]} if site else {}
    started: Json = {"onsetDateTime": day} if day else {}
    done: Json = {"performedDateTime": day} if day else {}
    calcium: Json = {"bodySite": [concept(deposit)]} if deposit else {}
    return [
        {"resourceType": "Patient", "id": name, "gender": "female", "birthDate": "1970-01-01"},
        condition(concept("Injury"), id=f"{name}.i", **{**place, **started, "subject": me}),
        resource(
            "Procedure",
            id=f"{name}.r",
            status="completed",
            code=concept("Radiotherapy"),
            **{**place, **done, "subject": me},
        ),
        condition(concept("Calcinosis cutis"), id=f"{name}.c", **{**calcium, "subject": me}),
    ]


def test_rows_are_what_assess_says(tmp_path: Path) -> None:
    """Sites that agree, touch, are apart or not known; days before, after and none."""
    choices = enumerate(product(SITES, DAYS, ("Left knee", "")))
    people = {f"p{number:02}": person(f"p{number:02}", *choice) for number, choice in choices}
    rows = rows_as_assessed(people, tmp_path)
    seen = {(row["type_dystrophic"], tuple(row["causes"])) for row in rows}
    assert len(seen) > 2


def test_texts_within_an_export_are_read_as_in_a_record(tmp_path: Path) -> None:
    """A document of plain text says the same to both readers, with a day of its own or that of the document."""
    texts = ("Calcinosis cutis of the left knee. Scar of the left knee.", "2024-02-01\nGangrene of the right toe.")
    people = {}
    for number, text in enumerate(texts):
        name = f"p{number}"
        content = {"attachment": {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}}
        me: Json = {"subject": {"reference": f"Patient/{name}"}}
        document = resource("DocumentReference", id=f"{name}.d", status="current", date=DAY, content=[content], **me)
        people[name] = [{"resourceType": "Patient", "id": name}, document]
    screened(write_export(people.values(), tmp_path / "export"), tmp_path / "rows.parquet")
    rows = pq.read_table(tmp_path / "rows.parquet").to_pylist()
    assert [row["patient_id"] for row in rows] == list(people)
    for row in rows:
        record = fhir_record(people[row["patient_id"]], knowledge().terms, row["patient_id"])
        asked = PatientRow(patient_id=row["patient_id"], as_of=record.last_day, stated={})
        assert row == row_of_assessment(asked, calcinosis.assess(record))
        assert row["causes"] or row["red_flags"]
