"""Where a screen keeps what it has done, so that one that was stopped goes on: a folder beside its output.

A run holds a lock on its output. What it writes is a new file, or takes the place of a regular one; it stands outside
the export.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from calcinosis.errors import InputError, Problem
from calcinosis.population.export.places import is_remote, local
from calcinosis.words.en import population as words


class Work:
    """A folder of finished steps. A step is finished once its note is there; what has no note is done again."""

    def __init__(self, output: Path, plan: Mapping[str, Any]) -> None:
        """Open the folder of an output; one that was for another plan is emptied.

        Raises InputError for an output that cannot be written, and for one that another screen is writing.
        """
        check_output(output, str(plan.get("export", "")))
        self.lock = Lock(output)
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

    def note_of(self, step: str) -> dict[str, Any] | None:
        """Return the note of a step; None for one that is not finished."""
        note = self.folder / f"{step}.json"
        if not note.exists():
            return None
        found = orjson.loads(note.read_bytes())
        assert isinstance(found, dict)
        return found

    def finish(self, step: str, told: Mapping[str, Any]) -> None:
        """Write the note of a step whose folder is filled."""
        _write(self.folder / f"{step}.json", orjson.dumps(told))

    def done(self) -> None:
        """Take the folder and the lock away; the plan first, for without it half a folder counts for nothing."""
        (self.folder / "plan.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.release()


class Lock:
    """That one run alone writes an output: held by the system, so that it ends with the process, however that ends."""

    def __init__(self, output: Path) -> None:
        """Take the lock. Raises InputError, naming who holds it, if another run does."""
        self.path, self.file = output.with_name(f".{output.name}.lock"), -1
        while True:
            self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.read(self.file, 1000).decode("utf-8", "replace") or words.UNKNOWN_HOLDER
                self._let_go()
                found = words.IN_USE.format(holder=holder)
                raise InputError([Problem(str(output), 0, found, words.UNUSED, words.WAIT)]) from error
            if self._is_there():
                break
            self._let_go()  # the run that had it before took it away meanwhile
        since = datetime.now().astimezone().isoformat(" ", "seconds")
        os.truncate(self.file, 0)
        os.write(self.file, words.HOLDER.format(process=os.getpid(), host=socket.gethostname(), since=since).encode())

    def _is_there(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self.file), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let another run have the output."""
        if self.file >= 0:
            self.path.unlink(missing_ok=True)
            self._let_go()

    def _let_go(self) -> None:
        os.close(self.file)
        self.file = -1

    def __del__(self) -> None:
        """Let the lock go with the run, also where it ended by an error; what it has done is kept."""
        if self.file >= 0:
            self._let_go()


def check_output(output: Path, export: str) -> None:
    """Raise InputError if rows, or the page beside them, would replace what is no regular file, or stand in the export.

    ``export`` is the folder or URL of the export, or empty.
    """
    page = output.with_suffix(".html")
    if page == output:
        raise InputError([Problem(str(output), 0, words.PAGE_IS_ROWS, words.A_NEW_FILE, words.OTHER_ENDING)])
    for path in (output, page):
        found = _in_the_way(path)
        if found:
            raise InputError([Problem(str(path), 0, found, words.A_NEW_FILE, words.ANOTHER_NAME)])
    if export and not is_remote(export):
        folder = local(export).resolve()
        if output.resolve().is_relative_to(folder):
            raise InputError([Problem(str(output), 0, words.IN_EXPORT, words.OUTSIDE_EXPORT, words.ANOTHER_NAME)])


def _in_the_way(path: Path) -> str:
    if not path.parent.is_dir():
        return words.NO_FOLDER
    if path.is_symlink():
        return words.IS_LINK
    if path.is_dir():
        return words.IS_FOLDER
    return words.NO_FILE if path.exists() and not path.is_file() else ""


def emptied(folder: Path) -> Path:
    """Return the folder of a step, with nothing of an earlier try in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    partial.replace(path)
