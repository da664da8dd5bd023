"""Where an export may be: a folder of this machine, or whatever fsspec lists and opens."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from calcinosis.errors import InputError
from calcinosis.interfaces.cli.main import app
from calcinosis.population.export.files import find_export
from calcinosis.population.export.one_person import resources_of
from calcinosis.population.export.places import name_of
from tests.population.test_screen import BAD_LINES, screened, small_export


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def put_export(folder: Path, files: Any) -> str:
    """Put an export with bad lines, a compressed file, Parquet and a hidden file into a file system and a folder."""
    small_export(folder, *BAD_LINES)
    (folder / "deep").mkdir()
    (folder / "deep" / "more.ndjson.gz").write_bytes(gzip.compress((folder / "Condition.ndjson").read_bytes()))
    (folder / "_SUCCESS.json").write_text("no resource")
    for path in folder.rglob("*"):
        if path.is_file():
            files.pipe(f"/export/{path.relative_to(folder)}", path.read_bytes())
    return "memory://export"


def test_an_export_at_a_url_gives_what_the_same_folder_gives(tmp_path: Path, memory: Any) -> None:
    """Rows, numbers and problems."""
    url = put_export(tmp_path / "in", memory)
    wanted = screened(tmp_path / "in", tmp_path / "local.parquet")
    found = screened(url, tmp_path / "remote.parquet")
    assert (found.lines, found.rejected, found.problems) == (wanted.lines, wanted.rejected, wanted.problems)
    assert found.rejected == 2 * len(BAD_LINES)
    assert (tmp_path / "remote.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    assert resources_of(url, "a") == resources_of(tmp_path / "in", "a")


def test_the_command_takes_urls(tmp_path: Path, memory: Any) -> None:
    """Also that of a local folder; Parquet is read too."""
    url = put_export(tmp_path / "in it", memory)
    lines = [
        {"resourceType": "Condition", "id": "p", "code": '{"text":"calciphylaxis"}', "subject": '{"reference":"a"}'}
    ]
    with memory.open("/export/p.parquet", "wb") as file:
        pq.write_table(pa.Table.from_pylist(lines), file)
    for number, place in enumerate((url, (tmp_path / "in it").as_uri())):
        told = CliRunner().invoke(app, ["screen", place, "--output", str(tmp_path / f"{number}.parquet")])
        assert told.exit_code == 0, told.output
        assert "1 patients" in told.stdout
    assert (name_of("s3://bucket/some/export/"), name_of((tmp_path / "in it").as_uri())) == ("export", "in it")


def test_a_changed_file_is_another_file(tmp_path: Path, memory: Any) -> None:
    """So that a screen that was stopped does not go on with what was read of it before."""
    url = put_export(tmp_path / "in", memory)
    before = find_export(url)
    assert find_export(url) == before
    memory.pipe("/export/Patient.ndjson", memory.cat("/export/Patient.ndjson"))
    assert find_export(url) != before


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("memory://nowhere", "nothing"),
        ("memory://export/Patient.ndjson", "a file"),
        ("nope://bucket/export", "Protocol not known: nope"),
        ("file:///nowhere/at/all", "nothing"),
    ],
)
def test_what_is_no_folder_is_told(url: str, found: str, tmp_path: Path, memory: Any) -> None:
    """A problem, not a traceback."""
    put_export(tmp_path / "in", memory)
    with pytest.raises(InputError, match=found):
        find_export(url)
