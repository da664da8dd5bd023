"""What was parsed before is not parsed again, and what has changed is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from calcinosis.library import remembered
from calcinosis.library.document import Document
from calcinosis.library.read import read_yaml
from calcinosis.library.remembered import RememberedFiles


def test_only_what_has_changed_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reading parses the changed file alone, and its answers are those of the first."""
    parsed: list[str] = []

    def counted(path: Path, name: str) -> Document:
        parsed.append(name)
        return read_yaml(path, name)

    monkeypatch.setattr(remembered, "read_yaml", counted)
    one, two, parser = tmp_path / "one.yaml", tmp_path / "two.yaml", tmp_path / "parser.py"
    one.write_text("a: [1, no]\nb: {c: 2.5}\n", encoding="utf-8")
    two.write_text("a: 1\na: 2\n", encoding="utf-8")
    parser.write_text("", encoding="utf-8")

    def read() -> list[Document]:
        files = RememberedFiles(tmp_path / "parsed.pickle", (parser,))
        found = [files.document(path, path.name) for path in (one, two)]
        files.keep()
        return found

    first = read()
    assert parsed == ["one.yaml", "two.yaml"]
    first[0].problems.clear()
    first[0].data["a"].append("changed by a reader")
    assert [read()[1], read()[0].data] == [first[1], {"a": [1, "no"], "b": {"c": 2.5}}]
    assert len(parsed) == 2
    one.write_text("a: [1, no]\nb: {c: 3.5}\n", encoding="utf-8")
    os.utime(one, ns=(1, 1))
    assert read()[0].data["b"] == {"c": 3.5}
    assert parsed[2:] == ["one.yaml"]
    parser.write_text("# another version", encoding="utf-8")
    read()
    assert len(parsed) == 5
