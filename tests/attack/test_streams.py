"""Streams and files that are closed, full, pipes or devices, or have names that no file has: told, never traced."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from calcinosis.interfaces.cli import screen
from calcinosis.interfaces.cli.main import app
from calcinosis.population.export.files import Export
from calcinosis.readers.recognise import source_bytes
from tests.interfaces.test_cli import THUMB

PROGRAM = f"{sys.executable} -m calcinosis"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (f"assess {THUMB} > /dev/full", "No space left"),
        (f"assess {THUMB} >&-", "standard output"),
        ("ask gout >&-", "standard output"),
        ("assess - <&-", "standard input"),
        (f"assess {THUMB} --output {'x' * 300}", "File name too long"),
        (f"assess {'x' * 300}", "File name too long"),
        (f"follow {THUMB} --output /dev/full", "No space left"),
    ],
)
def test_a_stream_that_does_not_work_is_told(command: str, told: str) -> None:
    """One problem on standard error, status 1."""
    run = subprocess.run(f"{PROGRAM} {command}", shell=True, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr


def test_without_standard_error() -> None:
    """A program that can tell nobody ends with its status."""
    assert subprocess.run(f"{PROGRAM} assess nothing.json 2>&-", shell=True, check=False).returncode == 1


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """What comes through a pipe is there once, for whoever reads."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(f"printf 'She has gout.' > {pipe}", shell=True):
        assert source_bytes(pipe) == b"She has gout."


@pytest.mark.parametrize(
    "expected", [{"type": "dystrophic", "acceptable_types": [1]}, [], {"type": 1}, "no file", None]
)
def test_what_a_case_expects_has_its_shape(tmp_path: Path, expected: Any) -> None:
    """An expected.json of another shape, that is no JSON, or that is a pipe is a problem of that case."""
    case = tmp_path / "case"
    case.mkdir()
    if expected is None:
        os.mkfifo(case / "expected.json")
    else:
        (case / "expected.json").write_text(expected if isinstance(expected, str) else json.dumps(expected))
    (case / "bundle.json").write_bytes(Path(THUMB).read_bytes())
    found = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert (found.exit_code, found.exception.__class__) == (1, SystemExit)
    assert "expected.json" in found.stderr


def test_json_keeps_what_was_asked() -> None:
    """A sign that a terminal obeys is written as an escape: it is not sent, and the question is the same."""
    asked = "what is gout \u202e?"
    found = CliRunner().invoke(app, ["ask", asked, "--format", "json"]).stdout
    assert "\u202e" not in found
    assert json.loads(found)["question"] == asked


def test_names_of_files_move_no_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar of a screen shows the names of files as they are, without what a terminal or the bar obeys."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with screen._progress(Export({}, ())) as tell:
        tell("[/a]\x1b[2J", 1)
    assert "[/a]\ufffd[2J" in shown.getvalue()
