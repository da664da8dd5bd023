"""What is stored is read back as it was; what is damaged, strange or harmful is not read at all."""

from __future__ import annotations

import pickle
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest

from calcinosis import stored
from calcinosis.compiled import Knowledge, write_compiled
from calcinosis.conclusions.citations import SourceResult
from calcinosis.errors import Problem
from calcinosis.truth import Truth

NAMED = SourceResult(citation="a", url="b", kind="c", read="d", supports=True)
"""Data whose fields are given by name."""
DATA = (Problem("form.yaml", 3, "a", "b"), NAMED, Truth.TRUE, frozenset({"x"}), {"y": 1.5})


def forged(path: Path, body: bytes) -> Path:
    """Write a body with the sum that belongs to it."""
    path.write_bytes(zlib.crc32(body).to_bytes(4, "little") + body)
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Data of this package comes back equal, and only under its stamp."""
    path = tmp_path / "data.pickle"
    stored.write(path, "one", DATA)
    assert stored.read(path, "one", tuple) == DATA
    assert stored.read(path, None, tuple) == DATA
    assert stored.read(path, "two", tuple) is None
    assert stored.read(path, "one", Knowledge) is None


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 5, 60, -1])
def test_damage_is_not_read(tmp_path: Path, cut: int) -> None:
    """A file that is cut off, or in which one byte changed, is not read."""
    path = tmp_path / "data.pickle"
    stored.write(path, "one", DATA)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    assert stored.read(path, "one", tuple) is None
    path.write_bytes(whole[:cut] + bytes([whole[cut] ^ 1]) + whole[cut:][1:])
    assert stored.read(path, "one", tuple) is None


class _Calls:
    """A pickle that calls something when it is read."""

    def __init__(self, function: Any, *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> Any:
        return self.call


@pytest.mark.parametrize(
    "harmful",
    [
        _Calls(subprocess.check_output, ["touch", "harmed"]),
        _Calls(eval, "open('harmed', 'w')"),
        _Calls(write_compiled, Path("harmed")),
        _Calls(getattr, stored, "os"),
        _Calls(stored._made_by_name, dict, {"harmed": 1}),
    ],
    ids=["process", "eval", "our own function", "an attribute", "what makes data, for another class"],
)
def test_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harmful: _Calls) -> None:
    """A file with the right hash that would run something is not read, and runs nothing."""
    monkeypatch.chdir(tmp_path)
    try:
        body = pickle.dumps(("", harmful))
    except TypeError:  # a module cannot be pickled: this way is closed already
        return
    assert stored.read(forged(tmp_path / "data.pickle", body), "", object) is None
    assert not (tmp_path / "harmed").exists()
