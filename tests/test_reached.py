"""Whatever the source defines is used by the source: what a test alone calls is no part of the program."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "calcinosis"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
CALLED_FROM_OUTSIDE = {
    "_repr_html_": "a notebook shows an assessment by it",
    "find_class": "pickle",
    "reducer_override": "pickle",
    "redirect_request": "urllib",
    "list_commands": "Click",
    "get_command": "Click",
    "format_commands": "Click",
    "connection_made": "asyncio",
    "data_received": "asyncio",
    "connection_lost": "asyncio",
    "on_end": "the parser of forms",
}
"""What a library calls, by its name."""


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield functions, classes, methods and values of a module, but no fields: these may be written out."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) or (isinstance(node, functions) and not is_registered(node)):
            yield node.name, node
    for value in tree.body:
        if isinstance(value, ast.Assign):
            yield from ((one.id, value) for one in value.targets if isinstance(one, ast.Name))
        elif isinstance(value, ast.AnnAssign) and isinstance(value.target, ast.Name):
            yield value.target.id, value


def is_registered(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is handed over where it is defined, as a route or a command is."""
    return any(isinstance(one, ast.Call) for one in node.decorator_list)


def uses(tree: ast.AST) -> Counter[str]:
    """Return how often each name is used, those in texts included: a template and getattr name so."""
    found = Counter[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found[node.value] += 1
    return found


def test_what_is_defined_is_used() -> None:
    """By its name, outside of itself."""
    used = Counter[str]()
    for tree in TREES.values():
        used += uses(tree)
    for template in SOURCE.rglob("*.j2"):
        used.update(re.findall(r"\w+", template.read_text(encoding="utf-8")))
    unused = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {name}"
        for path, tree in TREES.items()
        for name, node in definitions(tree)
        if not name.startswith("__") and name not in CALLED_FROM_OUTSIDE and used[name] <= uses(node)[name]
    ]
    assert not unused


def test_what_is_excepted_is_there() -> None:
    """An exception that nobody needs any more is taken out."""
    names = {name for tree in TREES.values() for name, _ in definitions(tree)}
    assert CALLED_FROM_OUTSIDE.keys() <= names
