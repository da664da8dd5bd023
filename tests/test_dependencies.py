"""What the project is built on: permissive licences, no known advisory, and a wheel that can be made again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCKED = dict(
    re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "locks" / "dev.txt").read_text(encoding="utf-8"), re.MULTILINE)
)
ADVISORIES = json.loads((ROOT / "locks" / "advisories.json").read_text(encoding="utf-8"))
PERMISSIVE = re.compile(r"\b(MIT|MIT-0|BSD|0BSD|Apache|PSF|MPL|Mozilla|Zlib|CC0)\b")
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU|Affero", re.IGNORECASE)
NO_METADATA = {"axe-playwright-python": "MIT"}
"""Licences of packages whose metadata name none, as their LICENSE file says."""


def licence_of(package: str) -> str:
    """Return what a package's metadata say of its licence."""
    found = metadata.metadata(package)
    fields = [one for name in ("License-Expression", "License") for one in found.get_all(name, [])]
    classifiers = [one for one in found.get_all("Classifier", []) if "License ::" in one]
    return " ".join([*(one[:80] for one in fields), *classifiers, NO_METADATA.get(package, "")])


@pytest.mark.parametrize("package", sorted(LOCKED))
def test_licence_is_permissive(package: str) -> None:
    """Nothing that is installed asks more than a notice of who uses it."""
    licence = licence_of(package)
    assert PERMISSIVE.search(licence), licence
    assert not COPYLEFT.search(licence), licence


def is_affected(version: Version, ranges: list[dict[str, str]]) -> bool:
    """Whether a version lies in one of the ranges of an advisory."""
    return any(
        Version(one.get("introduced", "0")) <= version
        and ("fixed" not in one or version < Version(one["fixed"]))
        and ("last_affected" not in one or version <= Version(one["last_affected"]))
        for one in ranges
    )


def test_no_locked_version_has_a_known_advisory() -> None:
    """Of the advisories in the snapshot none names a version that is locked."""
    found = {
        f"{package} {LOCKED[package]}: {advisory}"
        for package, advisories in ADVISORIES["packages"].items()
        for advisory, ranges in advisories.items()
        if package in LOCKED and is_affected(Version(LOCKED[package]), ranges)
    }
    assert not found, f"snapshot of {ADVISORIES['snapshot']}"


def test_an_affected_version_would_be_found() -> None:
    """The comparison knows the versions of an advisory that is old enough to be settled."""
    (ranges,) = (one for name, one in ADVISORIES["packages"]["starlette"].items() if name == "PYSEC-2023-83")
    assert is_affected(Version("0.26.1"), ranges)
    assert not is_affected(Version("0.27.0"), ranges)
    assert not is_affected(Version("0.13.4"), ranges)


def test_a_wheel_can_be_made_again(tmp_path: Path) -> None:
    """It carries nothing of the machine, the folder or the hour: one compiled elsewhere has the same bytes."""
    tree = tmp_path / "a-folder-of-another-name"
    left_out = shutil.ignore_patterns("__pycache__", "*.pickle")
    shutil.copytree(ROOT / "src", tree / "src", ignore=left_out, copy_function=shutil.copyfile)
    for file in ("pyproject.toml", "build_knowledge.py", "README.md", "LICENSE", "LICENSE-KNOWLEDGE", "NOTICE"):
        shutil.copyfile(ROOT / file, tree / file)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tree / "made")]
    subprocess.run(command, cwd=tree, check=True, capture_output=True)
    (path,) = (tree / "made").iterdir()
    code = "import sys; from pathlib import Path; from calcinosis.compiled import write_compiled; "
    code += "from calcinosis.published import write_compiled_cases; "
    code += "from calcinosis.answers.compiled_parts import write_compiled_parts; "
    code += "known = write_compiled(Path(sys.argv[1]), stamp=''); "
    code += "write_compiled_cases(known, Path(sys.argv[2]), stamp=''); "
    code += "write_compiled_parts(known, Path(sys.argv[3]), stamp='')"
    names = ["knowledge.pickle", "knowledge.cases.pickle", "knowledge.answers.pickle"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT / "src")}
    elsewhere = [sys.executable, "-c", code, *(str(tmp_path / name) for name in names)]
    subprocess.run(elsewhere, check=True, env=environment)
    with zipfile.ZipFile(path) as wheel:
        for name in names:
            assert wheel.read(f"calcinosis/{name}") == (tmp_path / name).read_bytes()
            assert str(tree).encode() not in wheel.read(f"calcinosis/{name}")
        assert len({entry.date_time for entry in wheel.infolist()}) == 1
        members = {name for name in wheel.namelist() if name.endswith(".pickle")}
    assert members == {f"calcinosis/{name}" for name in names}
