"""Data flows one way: a module imports only from what stands above it."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "calcinosis"
ORDER = [
    "data",
    "words",
    "errors",
    "truth",
    "equal_parts",
    "stored",
    "shapes",
    "quantities",
    "rules",
    "library",
    "terminology",
    "person",
    "readers",
    "evidence",
    "conclusions",
    "follow_up",
    "compiled",
    "published",
    "answers",
    "population",
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


def test_no_two_modules_import_each_other() -> None:
    """No chain of imports ends where it began, those for the type checker alone included."""
    names = {".".join(("calcinosis", *path.relative_to(SOURCE).with_suffix("").parts)): path for path in MODULES}
    try:
        tuple(TopologicalSorter({name: imported(path) & names.keys() for name, path in names.items()}).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_module_is_too_long() -> None:
    """A module can be read in a sitting."""
    long = {
        str(path.relative_to(SOURCE)): count for path in MODULES if (count := len(path.read_text().splitlines())) > 320
    }
    assert not long
