"""The output of a screen: one run writes it, it replaces nothing but itself, it stands outside the export."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from calcinosis.errors import InputError
from calcinosis.population.checkpoints import Work, check_output
from calcinosis.population.export.files import find_export
from tests.population.test_screen import screened, small_export

PLAN = {"export": "", "as_of": ""}


def test_another_run_is_told_who_holds_the_output(tmp_path: Path) -> None:
    """By its process, in another process too; when it is done the output is free."""
    output = tmp_path / "rows.parquet"
    first = Work(output, PLAN)
    with pytest.raises(InputError, match=f"another screen writes it: process {os.getpid()}"):
        Work(output, PLAN)
    arguments = ["screen", str(small_export(tmp_path / "in")), "--output", str(output)]
    ended = subprocess.run([sys.executable, "-m", "calcinosis", *arguments], capture_output=True, text=True)
    assert ended.returncode == 1
    assert f"process {os.getpid()}" in ended.stderr
    assert not output.exists()
    first.done()
    Work(output, PLAN).done()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_run_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    """And what it had done is kept."""
    code = (
        "import sys, time; from pathlib import Path; from calcinosis.population.checkpoints import Work;"
        f"work = Work(Path({str(tmp_path / 'rows.parquet')!r}), {PLAN!r}); (work.folder / 'kept').touch();"
        "print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(InputError, match=f"process {process.pid}"):
        Work(tmp_path / "rows.parquet", PLAN)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    work = Work(tmp_path / "rows.parquet", PLAN)
    assert (work.folder / "kept").exists()
    work.done()


def test_only_a_regular_file_is_replaced(tmp_path: Path) -> None:
    """No device, link, folder or pipe, neither by the rows nor by the page; a file of an earlier run is."""
    (tmp_path / "file.parquet").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "file.parquet")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "page.html").symlink_to(tmp_path / "file.parquet")
    wrong = {"folder": "a folder", "link": "a link", "pipe": "not a regular file", "page.parquet": "a link"}
    for name, found in {**wrong, "no/rows.parquet": "does not exist", "rows.html": "the page"}.items():
        with pytest.raises(InputError, match=found):
            check_output(tmp_path / name, "")
    with pytest.raises(InputError, match="not a regular file"):
        Work(Path("/dev/null"), PLAN)
    assert Path("/dev/null").is_char_device()
    check_output(tmp_path / "file.parquet", "")
    check_output(tmp_path / "new.parquet", "s3://bucket/export")


def test_an_output_inside_the_export_is_refused(tmp_path: Path) -> None:
    """At any depth, by whatever name the folder has, before anything is written."""
    folder = small_export(tmp_path / "in")
    (folder / "deep").mkdir()
    (tmp_path / "other").symlink_to(folder)
    for place in (folder, folder / "deep", tmp_path / "other"):
        with pytest.raises(InputError, match="inside the export"):
            screened(folder, place / "rows.parquet")
    with pytest.raises(InputError, match="inside the export"):
        check_output(folder / "rows.parquet", folder.as_uri())
    assert sorted(path.name for path in folder.rglob("*")) == ["Condition.ndjson", "Patient.ndjson", "deep"]


def test_every_file_is_read_or_named(tmp_path: Path) -> None:
    """Other endings, leading underscores and dots, links to folders, devices; what is empty says nothing."""
    folder = small_export(tmp_path / "in")
    for name in ("more.ndjson.bz2", "notes.txt", "_Condition.ndjson", ".Condition.ndjson"):
        (folder / name).write_bytes((folder / "Condition.ndjson").read_bytes())
    (tmp_path / "elsewhere").mkdir()
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "gone.ndjson").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe.ndjson")
    for name in ("_SUCCESS", "empty.ndjson", "empty.txt"):
        (folder / name).touch()
    (folder / ".DS_Store").write_text("of the system")
    (folder / "deep").mkdir()
    (folder / "deep" / "Condition.ndjson").symlink_to(folder / "Condition.ndjson")
    found = find_export(folder)
    assert [problem.file for problem in found.unread] == [
        ".Condition.ndjson",
        "_Condition.ndjson",
        "gone.ndjson",
        "linked",
        "more.ndjson.bz2",
        "notes.txt",
        "pipe.ndjson",
    ]
    assert [file.name for file in found.files["Condition"]] == ["Condition.ndjson", "deep/Condition.ndjson"]
    assert screened(folder, tmp_path / "rows.parquet").lines["Condition"] == 4


def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows while it is read is half of an answer: the screen stops and names it."""
    folder = small_export(tmp_path / "in")
    found = find_export(folder)
    with (folder / "Condition.ndjson").open("ab") as file:
        file.write(b'\n{"resourceType":"Condition"}')
    monkeypatch.setattr("tests.population.test_screen.find_export", lambda _folder: found)
    with pytest.raises(InputError, match=r"(?s)Condition\.ndjson.*changed while it was read"):
        screened(folder, tmp_path / "rows.parquet")
    assert not (tmp_path / "rows.parquet").exists()


def test_a_screen_killed_while_it_clears_up_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of which the rows are gone already are not taken for finished."""
    folder, output = small_export(tmp_path / "in"), tmp_path / "rows.parquet"
    with monkeypatch.context() as halfway:
        halfway.setattr("calcinosis.population.checkpoints.shutil.rmtree", lambda *_args, **_more: None)
        screened(folder, output)
    once = output.read_bytes()
    next(tmp_path.glob(".rows.parquet.work/rows-*/rows.parquet")).unlink()
    screened(folder, output)
    assert output.read_bytes() == once


def test_a_screen_does_not_wait_for_pandas_and_whoever_asks_for_it_later_finds_it(tmp_path: Path) -> None:
    """Arrow would load it for its first array, which was half of a short screen."""
    (tmp_path / "pandas.py").write_text("__version__ = '3.0'")
    code = (
        "import sys; from calcinosis.interfaces.cli.main import app\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "print('pandas' in sys.modules, __import__('pandas').__version__)"
    )
    arguments = ["screen", str(small_export(tmp_path / "in")), "--output", str(tmp_path / "out.parquet")]
    places = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split()[-2:] == ["False", "3.0"]
