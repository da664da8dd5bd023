"""Data flows one way: a module imports only from what stands above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "calcinosis"
ORDER = [
    "words",
    "errors",
    "truth",
    "stored",
    "words",
    "shapes",
    "quantities",
    "rules",
    "library",
    "terminology",
    "person",
    "readers",
    "evidence",
    "conclusions",
    "compiled",
    "population",
    "words",
    "report",
    "interfaces",
    "__main__",
]
"""From top to bottom."""

MODULES = sorted(SOURCE.rglob("*.py"))


def layer(module: str) -> int:
    """Return how far down a dotted module of the package stands."""
    return ORDER.index(module.split(".")[1])


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("calcinosis."):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(name.name for name in node.names if name.name.startswith("calcinosis."))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_up(path: Path) -> None:
    """No module imports from a layer below its own."""
    own = ".".join(("calcinosis", *path.relative_to(SOURCE).with_suffix("").parts))
    if own == "calcinosis.__init__":
        return  # the front door names what it opens
    below = {module for module in imported(path) if layer(module) > layer(own)}
    assert not below, f"{own} imports {sorted(below)}"


def test_no_module_is_too_long() -> None:
    """A module can be read in a sitting."""
    long = {
        str(path.relative_to(SOURCE)): count for path in MODULES if (count := len(path.read_text().splitlines())) > 320
    }
    assert not long
