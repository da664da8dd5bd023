"""Of several versions of one resource in an export one counts, as in a bundle; what is deleted does not."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import orjson
import pyarrow.parquet as pq
import pytest

import calcinosis
from calcinosis.population.export.one_person import resources_of
from calcinosis.population.resources.versions import again, id_numbers, number_of
from tests.population.test_screen import PERSON, screened

Json = dict[str, Any]
COLUMNS = ("presentation", "leading_type", "red_flags", "causes", "type_dystrophic")


def of(kind: str, name: str, stamp: str = "", **more: Any) -> Json:
    """Return a resource of the person, perhaps with the time of its last change."""
    meta = {"meta": {"lastUpdated": stamp}} if stamp else {}
    return {"resourceType": kind, "id": name, "subject": {"reference": "Patient/a"}, **meta, **more}


CALCIUM: Json = {"code": {"text": "calcinosis cutis"}, "recordedDate": "2024-01-05"}
MILIA: Json = {"code": {"text": "lichen planus"}, "recordedDate": "2024-01-05"}
SCLERODERMA: Json = {"code": {"text": "systemic sclerosis"}, "recordedDate": "2024-01-05"}
ORDINARY = [of("Condition", f"plain-{number}", "2024-01-01T00:00:00Z", **MILIA) for number in range(100)]


def written(folder: Path, *files: list[Json]) -> Path:
    """Write resources into an export of one person, each list in files of its own."""
    folder.mkdir(parents=True)
    for number, resources in enumerate([[PERSON], *files]):
        for one in resources:
            with (folder / f"{one['resourceType']}.{number}.ndjson").open("ab") as file:
                file.write(orjson.dumps(one) + b"\n")
    return folder


def row(folder: Path) -> Json:
    """Return the columns of the row of the person."""
    output = folder.parent / f"{folder.name}.parquet"
    screened(folder, output)
    found: Json = pq.read_table(output).to_pylist()[0]
    return {name: found[name] for name in COLUMNS}


def as_assessed(*resources: Json) -> Json:
    """Return what the person's own record says, as one bundle."""
    found = calcinosis.assess(calcinosis.read([PERSON, *resources]))
    return {
        "presentation": found.presentation,
        "leading_type": found.leading_type,
        "red_flags": [flag.id for flag in found.red_flags],
        "causes": [cause.id for cause in found.causes if cause.status in {"confirmed", "suspected"}],
        "type_dystrophic": next(kind.status for kind in found.types if kind.id == "dystrophic"),
    }


@pytest.mark.parametrize("seed", range(3))
def test_the_newest_of_several_versions_counts(seed: int, tmp_path: Path) -> None:
    """In whichever file and order they stand, among lines of known layouts; so `assess` has it."""
    old, new = (
        of("Condition", "v", "2024-02-01T00:00:00Z", **CALCIUM),
        of("Condition", "v", "2024-03-01T00:00:00Z", **MILIA),
    )
    versions = [old, new, of("Condition", "w", "2024-02-01T00:00:00Z", **SCLERODERMA), of("Condition", "w", **MILIA)]
    Random(seed).shuffle(versions)
    found = row(written(tmp_path / "in", [*ORDINARY, *versions[:2]], versions[2:]))
    assert found == as_assessed(*ORDINARY, *versions)
    assert found["presentation"] == "none"
    assert "systemic-sclerosis" in found["causes"]


def test_versions_that_say_the_same_are_one_and_others_without_order_all_count(tmp_path: Path) -> None:
    """As in a bundle."""
    twice = [of("Condition", "v", **CALCIUM)] * 2
    assert row(written(tmp_path / "twice", twice)) == as_assessed(*twice)
    unordered = [of("Condition", "v", **MILIA), of("Condition", "v", **CALCIUM)]
    found = row(written(tmp_path / "unordered", unordered))
    assert found == as_assessed(*unordered)
    assert found["presentation"] == "calcinosis"


def test_what_an_export_says_is_deleted_does_not_count(tmp_path: Path) -> None:
    """By a bundle of deletions, as the Bulk Data format has it; a deleted patient has no row."""
    entries = [{"request": {"method": "DELETE", "url": url}} for url in ("Condition/v", "Observation/v", "Patient/b")]
    bundle = {"resourceType": "Bundle", "id": "gone", "type": "transaction", "entry": entries}
    other = {**PERSON, "id": "b"}
    folder = written(
        tmp_path / "in", [of("Condition", "v", **CALCIUM), of("Condition", "w", **MILIA)], [other], [bundle]
    )
    summary = screened(folder, tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(one["patient_id"], one["presentation"]) for one in found] == [("a", "none")]
    assert not summary.skipped
    assert not summary.problems


def test_the_newest_version_of_a_patient_counts(tmp_path: Path) -> None:
    """Its death, too."""
    old = {**PERSON, "meta": {"lastUpdated": "2024-01-01T00:00:00Z"}}
    new = {**PERSON, "meta": {"lastUpdated": "2024-02-01T00:00:00Z"}, "deceasedBoolean": True}
    folder = written(tmp_path / "in", [old], [of("Condition", "v", **CALCIUM)])
    for name in folder.glob("Patient.*"):
        name.unlink()
    (folder / "Patient.ndjson").write_bytes(b"\n".join(map(orjson.dumps, (new, old))))
    screened(folder, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["deceased"].to_pylist() == [True]


def test_one_patient_of_an_export_has_its_specimens_and_nothing_deleted(tmp_path: Path) -> None:
    """`--patient` reads what the row is about."""
    specimen = {"resourceType": "Specimen", "id": "s", "type": {"text": "Urine"}}
    result = of("Observation", "o", specimen={"reference": "Specimen/s"}, code={"text": "Calcium"})
    deletion = {"request": {"method": "DELETE", "url": "Condition/v"}}
    bundle = {"resourceType": "Bundle", "id": "gone", "type": "transaction", "entry": [deletion]}
    old = {**PERSON, "meta": {"lastUpdated": "1999-01-01T00:00:00Z"}, "gender": "male"}
    new = {**PERSON, "meta": {"lastUpdated": "2000-01-01T00:00:00Z"}}
    folder = written(tmp_path / "in", [new, old], [specimen, result], [of("Condition", "v", **CALCIUM)], [bundle])
    (folder / "Patient.0.ndjson").unlink()
    assert resources_of(folder, "a") == [new, result, specimen]


def test_ids_are_told_apart_by_numbers() -> None:
    """Ids of every length, one after another in some bytes."""
    names = [f"{'x' * (number % 23)}{number}" for number in range(5000)]
    data = "".join(names).encode()
    ends = np.cumsum([len(name) for name in names])
    places = np.stack([ends - [len(name) for name in names], ends], axis=1)
    numbers = id_numbers(data, places)
    assert len(set(numbers.tolist())) == len(names)
    assert [number_of(name) for name in names[:50]] == numbers[:50].tolist()
    assert again([numbers, numbers[7:9]], ["gone"]).tolist() == sorted([*numbers[7:9].tolist(), number_of("gone")])
