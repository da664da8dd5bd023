"""What answers look things up in is read from its file as it was made, and made where there is no file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from calcinosis import stored
from calcinosis.answers import compiled_parts
from calcinosis.answers.ask import answer_to
from calcinosis.answers.index import statement_index
from calcinosis.answers.prepared import PARTS
from calcinosis.compiled import Knowledge, knowledge

QUESTION = "Does diltiazem help in calcinosis?"


def made_anew() -> Knowledge:
    """Return the knowledge as another object, of which nothing is prepared."""
    known = knowledge()
    return replace(known, library=replace(known.library))


def test_what_is_read_is_what_was_made(tmp_path: Path) -> None:
    """All parts come back equal, and answer the same."""
    known = made_anew()
    made = answer_to(QUESTION, known)
    compiled_parts.write_compiled_parts(known, tmp_path / "answers.pickle", "")
    read = stored.read(tmp_path / "answers.pickle", "", dict)
    assert read == PARTS[known.library]
    assert read.keys() == {"names", "index", "examples", "example questions", "outside"}
    other = made_anew()
    PARTS[other.library] = read
    assert answer_to(QUESTION, other) == made
    assert made.answered


def test_the_file_is_read_instead_of_making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first question of a process works nothing out that is stored; without its file it is made and stored."""
    known, path = knowledge(), tmp_path / "answers.pickle"
    held = PARTS.pop(known.library, None)
    monkeypatch.setattr(compiled_parts, "COMPILED", path)
    monkeypatch.setattr(compiled_parts.write_compiled_parts, "__defaults__", (path, None))
    try:
        compiled_parts.make_ready(known)
        assert path.exists()
        index: Any = statement_index(known)
        PARTS.pop(known.library)
        monkeypatch.setattr(compiled_parts, "write_compiled_parts", lambda known: pytest.fail("made again"))
        compiled_parts.make_ready(known)
        assert statement_index(known) == index
        assert statement_index(known) is not index
    finally:
        if held is not None:
            PARTS[known.library] = held
