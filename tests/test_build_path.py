"""The build of a package compiles the knowledge with the libraries that the build itself was given."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import tomllib
from importlib import metadata
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


def test_the_build_is_given_what_compiling_imports() -> None:
    """Every library that is loaded when knowledge is compiled is asked for by the build, or by what it asks for."""
    code = "import sys; before = set(sys.modules); import calcinosis.answers.compiled_parts, calcinosis.library.load, "
    code += "calcinosis.published; print(*set(sys.modules) - before)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    loaded = subprocess.check_output([sys.executable, "-c", code], env=environment, text=True)
    tops = {name.partition(".")[0] for name in loaded.split()} - {"calcinosis"}
    packages = metadata.packages_distributions()
    used = {packages[top][0].lower() for top in tops if top in packages}
    waiting = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    given: set[str] = set()
    while waiting:
        name = re.split(r"[^\w.-]", waiting.pop())[0].lower()
        if name not in given:
            given.add(name)
            waiting += [one for one in metadata.requires(name) or () if "extra ==" not in one and "; " not in one]
    assert "msgspec" in used
    assert {name.replace("_", "-") for name in used} <= {name.replace("_", "-") for name in given}
