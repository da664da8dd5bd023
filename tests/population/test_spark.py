"""The same on Spark: one session on this machine, a whole screen of everything that makes reading hard."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from calcinosis.errors import InputError
from calcinosis.interfaces.cli.main import app
from calcinosis.population.engines.memory import megabytes
from calcinosis.population.engines.spark import SparkEngine
from calcinosis.population.engines.spark_session import started
from calcinosis.population.export.files import find_export
from calcinosis.population.steps import ReadPart
from tests.population.exports import person_resources, write_export
from tests.population.test_screen import BAD_LINES, bundles

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # PySpark 4 warns of pandas 3, which is not used here
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of its gateway are closed by Java
]
TYPES = ("Patient", "Condition", "Observation", "Medication", "MedicationRequest", "Procedure")
"""What is screened here."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    """Spark on one core of this machine; without Java the test fails and says so."""
    backend = SparkEngine(tmp_path_factory.mktemp("spark") / "spill", "3GB", "local[1]")
    yield backend
    backend.close()


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


def test_a_whole_screen_gives_the_rows_of_duckdb(spark: SparkEngine, tmp_path: Path) -> None:
    """Rows, page, numbers and problems of the command are the same."""
    assert spark.session is not None
    export = mixed_export(tmp_path / "export")
    told = {}
    for engine in ("duckdb", "spark"):
        arguments = [export.as_uri(), "--output", str(tmp_path / f"{engine}.parquet"), "--engine", engine]
        ended = CliRunner().invoke(app, ["screen", *arguments, "--master", "local[1]"])
        assert ended.exit_code == 0, ended.output
        told[engine] = ended.output.replace(engine, "")
    assert told["spark"] == told["duckdb"]
    assert (tmp_path / "spark.parquet").read_bytes() == (tmp_path / "duckdb.parquet").read_bytes()


def test_a_run_without_java_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A problem, not a traceback."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(InputError, match="no Java"):
        started("local[1]", tmp_path / "spill", "2GB", {})


def test_what_a_step_cannot_read_is_told(spark: SparkEngine, tmp_path: Path) -> None:
    """As a problem that names the file, from whatever machine the step was done on."""
    export = mixed_export(tmp_path / "export")
    found = find_export(export)
    path = export / "Observation.ndjson.gz"
    path.write_bytes(path.read_bytes()[:-100])
    (tmp_path / "work").mkdir()
    pq.write_table(pa.table({"id": pa.array([], pa.string())}), tmp_path / "people.parquet")
    step = ReadPart(next(found.parts("Observation")), tmp_path / "work", tmp_path / "people.parquet", None)
    with pytest.raises(InputError, match=r"Observation\.ndjson\.gz"):
        list(spark.each([step]))


def test_memory_in_megabytes() -> None:
    """Sizes as they are typed; anything else is told."""
    for written, size in (("2GB", 2048), ("1.5 GB", 1536), ("64MB", 64), ("1TB", 1024**2), ("2048KB", 2)):
        assert megabytes(written) == size
    for wrong in ("2", "2G", "-2GB", "much", "2.GB", ""):
        with pytest.raises(ValueError, match="write a size"):
            megabytes(wrong)
