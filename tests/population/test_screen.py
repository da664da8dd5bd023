"""An export screened as a whole: each row as `assess` has it, nothing lost unnoticed, whole or not at all."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import orjson
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.interfaces.cli.main import app
from calcinosis.interfaces.cli.screen import Engine, screen
from calcinosis.population.checkpoints import Work
from calcinosis.population.conclude import facts_read
from calcinosis.population.engines.here import Here
from calcinosis.population.export.files import find_export
from calcinosis.population.export.one_person import resources_of
from calcinosis.population.screen import Screen, Summary, plan_of
from calcinosis.readers.fhir.bundle import fhir_record
from tests.population.answers import PatientRow, row_of_assessment
from tests.population.exports import person_resources, write_export
from tests.property.bundles import random_bundle

Json = dict[str, Any]
TESTS = Path(__file__).parent.parent
RECORDS = [*sorted((TESTS / "cases").glob("*/*/bundle.json")), *sorted((TESTS / "data").rglob("*.json"))]
MADE_UP = 150
ODD_DAYS = ("2199-01-01", "2030", "1850-05-05", "1899-12-31", "2024-01-10T23:59:59Z")
PERSON = {"resourceType": "Patient", "id": "a", "gender": "female", "birthDate": "1970-01-01"}


def bundles() -> list[Json]:
    """Return every record of the tests, and as many made-up ones with everything that makes reading hard."""
    found = [orjson.loads(path.read_bytes()) for path in RECORDS]
    whole = [one if one["resourceType"] == "Bundle" else {"entry": [{"resource": one}]} for one in found]
    made_up = [random_bundle(Random(number)) for number in range(MADE_UP)]
    return [*whole, *made_up[::2], *(with_odd_days(one, Random(number)) for number, one in enumerate(made_up[1::2]))]


def with_odd_days(bundle: Json, chance: Random) -> Json:
    """Return a bundle with dates that cannot be, and with all, some or none of its resources stamped."""
    stamped = chance.choice((0.0, 0.9, 1.0, 1.0))
    for entry in bundle["entry"]:
        resource = entry["resource"]
        for key in ("recordedDate", "onsetDateTime", "effectiveDateTime", "authoredOn", "abatementDateTime"):
            if key in resource and chance.random() < 0.15:
                resource[key] = chance.choice(
                    ("2199-01-01", "2030", "1850-05-05", "1899-12-31", "2024-01-10T23:59:59Z")
                )
        if chance.random() < stamped:
            updated = chance.choice(("2024-02-01T00:00:00Z", "2024-02", "2024-03-05", "2023", "soon"))
            resource["meta"] = {"lastUpdated": updated if chance.random() < 0.1 else "2024-02-29T10:00:00Z"}
    return bundle


@pytest.fixture(scope="module")
def people() -> dict[str, list[Json]]:
    """The resources of each person by id."""
    named = {f"person-{number:03}": bundle for number, bundle in enumerate(bundles())}
    return {name: person_resources(bundle, name) for name, bundle in named.items()}


def screened(folder: Path | str, output: Path, as_of: str = "") -> Summary:
    """Screen an export."""
    found, loaded = find_export(folder), knowledge()
    work = Work(output, plan_of(found, as_of, "duckdb", loaded))
    summary = Screen(found, loaded, Here(), work, as_of).run(output)
    work.done()
    return summary


@pytest.fixture(scope="module")
def export(people: dict[str, list[Json]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of these people as one export."""
    return write_export(people.values(), tmp_path_factory.mktemp("export") / "plain")


@pytest.fixture(scope="module")
def rows(export: Path) -> Path:
    """The rows of the export."""
    output = export.parent / "rows.parquet"
    screened(export, output)
    return output


def test_every_row_is_what_assess_says(people: dict[str, list[Json]], rows: Path) -> None:
    """Published cases, records of other makers and made-up people: all columns."""
    found = {row["patient_id"]: row for row in pq.read_table(rows).to_pylist()}
    assert set(found) == set(people)
    for name, resources in people.items():
        record = fhir_record(resources, knowledge().terms, name)
        row = PatientRow(patient_id=name, as_of=record.last_day, stated={})
        assert found[name] == row_of_assessment(row, calcinosis.assess(record)), name


def test_compressed_files_and_parquet_give_the_same_rows(
    people: dict[str, list[Json]], export: Path, rows: Path, tmp_path: Path
) -> None:
    """How an export is written does not matter."""
    write_export(people.values(), tmp_path / "gzip", compressed=True)
    screened(tmp_path / "gzip", tmp_path / "gzip.parquet")
    assert (tmp_path / "gzip.parquet").read_bytes() == rows.read_bytes()
    (tmp_path / "parquet").mkdir()
    for path in export.glob("*.ndjson"):
        target = tmp_path / "parquet" / f"{path.stem}.parquet"
        duckdb.sql(f"COPY (FROM read_json('{path}', sample_size = -1)) TO '{target}'")
    screened(tmp_path / "parquet", tmp_path / "parquet.parquet")
    assert pq.read_table(tmp_path / "parquet.parquet").equals(pq.read_table(rows))


def test_one_patient_of_an_export_is_the_record_that_its_row_is_about(
    people: dict[str, list[Json]], export: Path
) -> None:
    """`--patient` gives the same assessment as the row."""
    for name in list(people)[:40:8]:
        found = calcinosis.assess(calcinosis.read(resources_of(export, name)))
        wanted = calcinosis.assess(fhir_record(people[name], knowledge().terms, name))
        assert (found.leading_type, found.types, found.stop) == (wanted.leading_type, wanted.types, wanted.stop)


DEATHS: list[tuple[Json, bool]] = [
    ({"deceasedBoolean": True}, True),
    ({"deceasedBoolean": False}, False),
    ({"deceasedDateTime": "2024-03-05T10:00:00Z"}, True),
    ({"deceasedDateTime": "2024"}, True),
    ({"deceasedDateTime": "2024-07-05"}, True),
    ({"deceasedDateTime": "some day"}, True),
    ({"deceasedDateTime": 7}, True),
    ({"deceasedBoolean": "true"}, False),
    ({}, False),
]


@pytest.mark.parametrize("as_of", ["", "2024-04-01"])
def test_no_dangers_are_named_of_the_dead(tmp_path: Path, as_of: str) -> None:
    """Whoever has died, by the day asked for, has none; the same person alive has some."""
    bundle = orjson.loads((TESTS / "fhir" / "field" / "dead-person-emergency.json").read_bytes())
    people: dict[str, list[Json]] = {}
    for number, (death, _) in enumerate(DEATHS):
        resources = person_resources(bundle, f"p{number}")
        patient = next(one for one in resources if one["resourceType"] == "Patient")
        patient.pop("deceasedDateTime")
        patient |= death
        people[f"p{number}"] = resources
    screened(write_export(people.values(), tmp_path / "in"), tmp_path / "out.parquet", as_of)
    found = {row["patient_id"]: row for row in pq.read_table(tmp_path / "out.parquet").to_pylist()}
    for number, (death, is_dead) in enumerate(DEATHS):
        name, row = f"p{number}", found[f"p{number}"]
        assert row["deceased"] is (is_dead and not (as_of and death.get("deceasedDateTime") == "2024-07-05")), death
        assert bool(row["red_flags"]) is not row["deceased"], death
        record = fhir_record(people[name], knowledge().terms, name)
        about = PatientRow(patient_id=name, as_of=as_of or record.last_day, stated={})
        assert row == row_of_assessment(about, calcinosis.assess(record, as_of=as_of or None)), death


BAD_LINES = {
    b'{"resourceType":"Condition","id":"broken"': "broken JSON",
    b"[1,2]": "JSON that is not an object",
    b'{"resourceType":"Condition","id":"x","code":{"text":"\xff"}}': "broken JSON",
    b'{"resourceType":"Observation","id":"x","subject":{"reference":"Patient/a"}}': "resourceType Observation",
    b'{"resourceType":"Condition","subject":{"reference":"Patient/a"}}': "no `id`",
    b'{"resourceType":"Condition","id":"x"}': "no reference to a patient",
    b'{"resourceType":"Condition","id":"x","subject":{"reference":"Group/a"}}': "something other than a Patient",
    b'{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/b"}}': "a Patient that is not in the export",
    b'{"resourceType":"Condition","id":"x","subject":{"reference":"Patient/a"}} {}': "broken JSON",
}


def small_export(folder: Path, *conditions: bytes) -> Path:
    """Write an export of one person with these lines as conditions."""
    folder.mkdir(exist_ok=True)
    (folder / "Patient.ndjson").write_bytes(orjson.dumps(PERSON) + b"\n")
    good = (
        b'{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/a"},"code":{"text":"calcinosis cutis"}}'
    )
    (folder / "Condition.ndjson").write_bytes(b"\n".join([good, *conditions, b"", good.replace(b'"c"', b'"d"')]))
    return folder


def test_every_line_is_used_or_named_with_file_line_and_cause(tmp_path: Path) -> None:
    """Bad lines are left out, and what stands around them is read, whatever its shape."""
    odd = b'{"resourceType":"Condition","id":"o","subject":{"reference":"Patient/a"},"code":[1],"onsetDateTime":7}'
    summary = screened(small_export(tmp_path / "in", *BAD_LINES, odd), tmp_path / "out.parquet")
    assert (summary.lines["Condition"], summary.rejected) == (len(BAD_LINES) + 3, len(BAD_LINES))
    for number, (problem, found) in enumerate(zip(summary.problems, BAD_LINES.values(), strict=True), start=2):
        assert (problem.file, problem.line) == ("Condition.ndjson", number)
        assert found in problem.found
    assert pq.read_table(tmp_path / "out.parquet")["presentation"].to_pylist() == ["calcinosis"]


def test_patients_with_one_id_are_named_and_left_out(tmp_path: Path) -> None:
    """Of two patients with one id none is used; those without id are named."""
    folder = small_export(tmp_path / "in")
    others = [{**PERSON, "id": "b"}, {**PERSON, "id": "b", "gender": "male"}, {"resourceType": "Patient"}]
    lines = [orjson.dumps(one) for one in (PERSON, *others)]
    (folder / "Patient.ndjson").write_bytes(b"\n".join(lines))
    summary = screened(folder, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["patient_id"].to_pylist() == ["a"]
    assert [(problem.line, problem.found) for problem in summary.problems] == [
        (2, "an id that 2 Patients have"),
        (3, "an id that 2 Patients have"),
        (4, "no `id`"),
    ]
    assert summary.rejected == 3


def test_strict_ends_with_status_1_and_the_page_names_the_line(tmp_path: Path) -> None:
    """The rows are written all the same."""
    folder = small_export(tmp_path / "in", b"nonsense")
    arguments = ["screen", str(folder), "--output", str(tmp_path / "out.parquet"), "--suppress-below", "5"]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    assert "1 patients" in told.stdout
    assert "Condition.ndjson:2" in told.stderr
    assert CliRunner().invoke(app, [*arguments, "--strict"]).exit_code == 1
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Condition.ndjson, line 2" in page
    assert "below 5 patients" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.html", "out.parquet"]


@pytest.mark.parametrize("folder", ["nowhere", "empty", "file"])
def test_what_is_no_export_is_told(folder: str, tmp_path: Path) -> None:
    """A problem, not a traceback, and no output."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("{}")
    arguments = ["-m", "calcinosis", "screen", str(tmp_path / folder), "--output", str(tmp_path / "out.parquet")]
    ended = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "expected" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "out.parquet").exists()


def test_records_of_one_person_are_no_export(tmp_path: Path) -> None:
    """A folder of Bundles is told apart: each file by name, and what reads it."""
    (tmp_path / "many-lines.json").write_text('{\n "resourceType": "Bundle"\n}')
    (tmp_path / "one-line.json").write_text('{"resourceType":"Bundle"}')
    with pytest.raises(InputError, match=r"(?s)Bundle.*calcinosis assess.*many-lines\.json"):
        find_export(tmp_path)


def command(folder: Path, output: Path) -> None:
    """Run the command with its usual options, errors raised."""
    assert screen.callback is not None
    usual = {"as_of": "", "strict": False, "suppress_below": 0, "memory": "2GB", "master": "local[*]"}
    screen.callback(export=str(folder), output=output, engine=Engine.duckdb, **usual)


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """Half of a compressed file is a problem, not half of an answer."""
    folder = small_export(tmp_path / "in")
    line = (folder / "Condition.ndjson").read_bytes().splitlines()[0]
    whole = gzip.compress(b"".join(line + b" " * number + b"\n" for number in range(2000)), 1)
    (folder / "more.ndjson.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"more\.ndjson\.gz"):
        command(folder, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_wrong_options_are_told(tmp_path: Path) -> None:
    """A size that is none is wrong usage; an output that is a folder, or in none, is a problem."""
    folder = small_export(tmp_path / "in")
    told = CliRunner().invoke(app, ["screen", str(folder), "--output", str(tmp_path / "o"), "--memory", "much"])
    assert told.exit_code == 2
    for output in (tmp_path, tmp_path / "no" / "out.parquet"):
        with pytest.raises(InputError, match="a folder"):
            command(folder, output)


def test_a_screen_killed_at_any_moment_gives_the_same_bytes(export: Path, rows: Path, tmp_path: Path) -> None:
    """Killed at random times and started again, it gives what one run gives; there is no output before the end."""
    output = tmp_path / "rows.parquet"
    arguments = [sys.executable, "-m", "calcinosis", "screen", str(export), "--output", str(output)]
    moments = [round(Random().uniform(0.2, 5), 2) for _ in range(4)]
    for seconds in moments:
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert not output.exists() or output.read_bytes() == rows.read_bytes(), f"killed after {moments} seconds"
    screened(export, output)
    assert output.read_bytes() == rows.read_bytes(), f"killed after {moments} seconds"


def test_the_facts_that_conclusions_read_are_settled() -> None:
    """What the rules speak of is among them, and age and sex."""
    assert {"age", "sex", "phosphate", "warfarin", "hyperkalaemia"} <= facts_read(knowledge().library)
