"""The same on Spark: one session on this machine, a whole screen of everything that makes reading hard."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from calcinosis.errors import InputError
from calcinosis.interfaces.cli.main import app
from calcinosis.population import spark_backend
from calcinosis.population.backends import DuckBackend
from calcinosis.population.conclusions import completed, parts_read, schema_of
from calcinosis.population.engines import Settings, engine_of, megabytes
from calcinosis.population.facts_table import PatientRow, facts_table
from calcinosis.population.spark_backend import SparkBackend
from calcinosis.population.spark_session import started
from tests.population.answers import DAY, row_of_facts
from tests.population.exports import person_resources, write_export
from tests.population.test_same_answer import compare, made_up_person
from tests.population.test_screen import BAD_LINES, bundles
from tests.property.people import real

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # PySpark 4 warns of pandas 3, which is not used here
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of its gateway are closed by Java
]
PEOPLE = 150
TYPES = ("Patient", "Condition", "Observation", "Medication", "MedicationRequest", "Procedure")
"""What is screened here: each type more takes Spark half a minute, and is read by the same functions."""
MADE_UP = "made up "

LINES = (
    rb'{"resourceType":"C","id":"a","subject":{"reference":"Patient/a"},"code":{"value": 7.10,"b":[1, 2]},"text":"a"}',
    rb'{"id":"b","patient":{"reference":5},"code":{"text":"\u00e9\/"},"text":"\u007b}"}',
    rb'{"id":5,"code":12345678901234567890123,"text":"5","flag":true}',
    rb'{"id":{"a":1},"subject":"x","code":"[1]","text":"true","flag":"{\"a\":1}"}',
    rb'{"id":"c","code":[],"text":"","flag":null}',
    rb'{"id":"c","code":{},"text":"\ud83d\ude00 \\ud83d","flag":-0.5}',
    b'  {"id":"d","text":"1e5","flag":1e5}  \r',
    rb'{"id":"e","text":"\ud83d"}',
    b'{"id":"\xff"}',
    b'{"id":"e","code":{"a":1}',
    b'{"id":"e","code":1} {}',
    b'{"id":"e","code":1}] {}',
    b'{"id":"e","code":1}]',
    b'{"id":"e","code":1},',
    b"{'id':'e'}",
    b'{"id":"e","flag":01}',
    b'{"id":"e","text":"a\tb"}',
    b"[1,2]",
    b"5",
    b'"x"',
    b"null",
    b"{}",
    b"",
    b"   ",
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkBackend]:
    """Spark on one core of this machine; without Java the test fails and says so."""
    backend = SparkBackend(tmp_path_factory.mktemp("spark") / "spill", "3GB", "local[1]")
    yield backend
    backend.close()


def test_lines_are_split_as_duckdb_does(spark: SparkBackend, tmp_path: Path) -> None:
    """Each element as JSON text, strings with quotes and numbers without; all NULL for a broken line."""
    folder = tmp_path / "with [odd] {name}*"
    folder.mkdir()
    (folder / "lines.ndjson").write_bytes(b"\n".join(LINES))
    (folder / "lines.ndjson.gz").write_bytes(gzip.compress(b"\n".join(LINES)))
    for name in ("lines.ndjson", "lines.ndjson.gz"):
        spark.read_lines("raw", [str(folder / name)], ("code", "text", "flag"))
        found = spark.fetch("SELECT * FROM raw").to_pylist()
        (tmp_path / name).write_bytes((folder / name).read_bytes())
        other = DuckBackend(tmp_path / "spill")
        other.read_lines("raw", [str(tmp_path / name)], ("code", "text", "flag"))
        assert found == other.fetch("SELECT * FROM raw").to_pylist()
    assert spark.fetch("SELECT count(*) AS count FROM raw WHERE id IS NULL")["count"].to_pylist() == [15]


def mixed_export(folder: Path) -> Path:
    """Write records of the tests and made-up ones with bad lines, one type compressed, one as Parquet."""
    named = {f"person-{number:03}": bundle for number, bundle in enumerate(bundles())}
    write_export([person_resources(bundle, name) for name, bundle in named.items()], folder)
    for path in folder.iterdir():
        if path.stem not in TYPES:
            path.unlink()
    with (folder / "Condition.ndjson").open("ab") as file:
        file.write(b"\n".join(BAD_LINES))
    path = folder / "Observation.ndjson"
    (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 1))
    path.unlink()
    path = folder / "Procedure.ndjson"
    duckdb.sql(f"COPY (FROM read_json('{path}', sample_size = -1)) TO '{path.with_suffix('.parquet')}'")
    path.unlink()
    return folder


def made_up() -> list[PatientRow]:
    """Return people of whom anything may be stated."""
    chance = Random(77)
    return [PatientRow(patient_id=f"{MADE_UP}{n:03}", as_of=DAY, stated=made_up_person(chance)) for n in range(PEOPLE)]


class WithOthers(SparkBackend):
    """Spark that concludes on made-up people too, in the same query: to prepare it takes longer than to answer it."""

    def put(self, name: str, table: pa.Table) -> None:
        """Let a name stand for a table; the facts table gets more rows."""
        if name == "facts":
            schema = schema_of(parts_read(real()))
            table = pa.concat_tables([table, completed(facts_table(made_up(), real().vocabulary), schema)])
        super().put(name, table)


def test_a_whole_screen_gives_the_rows_of_duckdb(
    spark: SparkBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, page, numbers and problems of the command are the same; so are conclusions on whatever may be stated."""
    monkeypatch.setattr(spark_backend, "SparkBackend", WithOthers)
    export = mixed_export(tmp_path / "export")
    told = {}
    for engine in ("duckdb", "spark"):
        arguments = [export.as_uri(), "--output", str(tmp_path / f"{engine}.parquet"), "--engine", engine]
        ended = CliRunner().invoke(app, ["screen", *arguments, "--master", "local[1]"])
        assert ended.exit_code == 0, ended.output
        told[engine] = ended.output.replace(engine, "")
    assert told["spark"] == told["duckdb"]
    found, wanted = (pq.read_table(tmp_path / f"{engine}.parquet") for engine in ("spark", "duckdb"))
    assert found.schema.equals(wanted.schema)
    rows = {row["patient_id"]: row for row in found.to_pylist()}
    for row in wanted.to_pylist():
        assert rows.pop(row["patient_id"]) == row
    compare(list(rows.values()), [row_of_facts(row, real()) for row in made_up()])


def test_a_run_without_java_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A problem, not a traceback."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(InputError, match="no Java"):
        started("local[1]", tmp_path / "spill", "2GB", {})


def test_what_spark_cannot_read_is_told(spark: SparkBackend, tmp_path: Path) -> None:
    """In one line, with what Spark says of it."""
    settings = Settings("spark", "2GB", "local[1]")
    for path in (str(tmp_path / "nowhere.ndjson"), "nope://nowhere/lines.ndjson"):
        with (
            pytest.raises(InputError, match=r"found .*(nowhere|nope)") as told,
            engine_of(settings, tmp_path / "spill", "export") as backend,
        ):
            backend.read_lines("raw", [path], ("code",))
        assert "\tat " not in str(told.value)


def test_memory_in_megabytes() -> None:
    """Sizes as they are typed; anything else is told."""
    for written, size in (("2GB", 2048), ("1.5 GB", 1536), ("64MB", 64), ("1TB", 1024**2), ("2048KB", 2)):
        assert megabytes(written) == size
    for wrong in ("2", "2G", "-2GB", "much", "2.GB", ""):
        with pytest.raises(ValueError, match="write a size"):
            megabytes(wrong)
