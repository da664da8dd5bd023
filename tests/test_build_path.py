"""The build of a package compiles the knowledge with the libraries that the build itself was given."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def test_what_compiles_sees_what_builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An isolated build keeps its libraries in a folder of its own; the process that compiles looks there too."""
    hook = runpy.run_path(str(ROOT / "build_knowledge.py"))["KnowledgeHook"]
    seen: dict[str, Any] = {}

    def run(command: list[str], *, check: bool, env: dict[str, str]) -> None:
        seen.update(command=command, check=check, env=env)

    monkeypatch.setattr("subprocess.run", run)
    monkeypatch.syspath_prepend(str(tmp_path))
    hook(str(ROOT), {}, None, None, str(tmp_path), "wheel").initialize("standard", {})
    searched = seen["env"]["PYTHONPATH"].split(os.pathsep)
    assert searched[0] == str(ROOT / "src")
    assert set(filter(None, sys.path)) <= set(searched)
    assert str(tmp_path) in searched
    assert seen["check"]
