"""Where a screen keeps what it has done, so that one that was stopped goes on: a folder beside its output."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson


class Work:
    """A folder of finished steps. A step is finished once its note is there; what has no note is done again."""

    def __init__(self, output: Path, plan: Mapping[str, Any]) -> None:
        """Open the folder of an output; one that was for another plan is emptied."""
        self.folder = output.with_name(f".{output.name}.work")
        written = orjson.dumps(plan, option=orjson.OPT_SORT_KEYS)
        noted = self.folder / "plan.json"
        if not noted.exists() or noted.read_bytes() != written:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            _write(noted, written)
        self.spill = self.folder / "spill"

    def folder_of(self, step: str) -> Path:
        """Return the folder of a step."""
        return self.folder / step

    def step(self, name: str, do: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
        """Do a step, unless it is done: it fills a folder and returns its note; return the note."""
        note = self.folder / f"{name}.json"
        if note.exists():
            found = orjson.loads(note.read_bytes())
            assert isinstance(found, dict)
            return found
        folder = self.folder_of(name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        told = do(folder)
        _write(note, orjson.dumps(told))
        return told

    def done(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.replace(path)
