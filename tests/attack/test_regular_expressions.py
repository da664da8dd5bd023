"""Each regular expression of the source takes time in proportion to its text, whatever is written in it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.pace import loop_seconds, seconds

SOURCE = Path(__file__).parent.parent.parent / "src" / "calcinosis"
LENGTH = 12_000
LIMIT = 0.1
"""Seconds of the processor: a hundred times what a linear expression takes for so many signs, less than a square."""
MOST_LOOPS = 2
"""The same limit in loops of a million steps, where a machine is so slow or busy that the seconds are not enough."""
SIGNS = [
    *" \t\n\r()[]{}<>=\"'#:;,./-_+*|!?",
    "a",
    "A",
    "1",
    "é",
    "1,",
    "1.",
    "1,1",
    "a ",
    " a",
    "a-",
    "a.",
    "a: ",
    "(a",
]
INLINE = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


def modules() -> Iterator[str]:
    """Yield the modules that hold regular expressions."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "re.compile(" in path.read_text(encoding="utf-8"):
            yield ".".join(("calcinosis", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    """Yield the compiled expressions of a value, such as a table that holds some."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))
    elif isinstance(value, list | tuple | frozenset | set):
        for one in value:
            yield from patterns_in(one)


def uses(name: str, source: str) -> set[str]:
    """Return how the source asks an expression; all ways that look through a text take the time of a search."""
    asked = set(re.findall(rf"\b{name}\.({'|'.join(sorted(INLINE))})\(", source))
    return {way if way in {"match", "fullmatch"} else "search" for way in asked} or {"search"}


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    """Yield every compiled expression that a module of the source holds, with its name and how it is asked."""
    for name in modules():
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            if str(error.name).startswith("calcinosis"):
                raise
            continue  # an extra that is not installed
        folder = Path(str(module.__file__)).parent  # an expression may be asked by a module beside its own
        source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
        for attribute, value in vars(module).items():
            for pattern in patterns_in(value):
                yield f"{name}.{attribute}", pattern, uses(attribute, source)


def texts_against(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Yield long texts that begin as the expression may, repeat one thing, and then end otherwise."""
    words = list(dict.fromkeys(re.findall(r"[A-Za-z]{2,}", str(pattern.pattern))))[:8]
    pairs = [f"{first} {second} " for first, second in pairwise(words)]
    beginnings = ["", "1", "a: >1", '"', *words[:4]]
    for repeated in [*SIGNS, *words, *(f"{word} " for word in words), *pairs]:
        body = repeated * (length // len(repeated))
        for beginning in beginnings:
            for end in ("\x00", "\n!"):
                yield f"{beginning}{body}{end}"


def slow_text(pattern: re.Pattern[Any], ways: set[str], length: int = LENGTH) -> str:
    """Return what takes an expression long; empty where nothing does."""
    for text in texts_against(pattern, length):
        given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
        for way in sorted(ways):
            times: list[float] = []
            while len(times) < 3 and all(took >= LIMIT for took in times):
                times.append(seconds(partial(getattr(pattern, way), given)))
            if min(times) >= LIMIT and min(times) / loop_seconds() >= MOST_LOOPS:
                return f"{way} took {min(times):.2f} s for {text[:30]!r}… of {len(text)}"
    return ""


def _name_alone(value: object) -> str:
    """Return the name of an expression as the name of its test; the text of some is random, and differs by process."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "pattern", "ways"), list(patterns()), ids=_name_alone)
def test_linear_time(name: str, pattern: re.Pattern[Any], ways: set[str]) -> None:
    """A long text made against an expression is answered at once."""
    assert not slow_text(pattern, ways), name


@pytest.mark.parametrize(
    ("expression", "way", "length"),
    [
        (r"^\s*(<=|>=|<|>)?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$", "match", 6000),
        (r"\[[^\]]*\]|\([^)]*\)", "search", LENGTH),
        (r"^([^\W\d_][^:\n]{0,80}?[ \t]*:[ \t]+)(>=?[ \t]*\d[^\"#\n]*?)(?=[ \t]*(?:#.*)?$)", "match", 6000),
    ],
)
def test_the_texts_find_what_is_quadratic(expression: str, way: str, length: int) -> None:
    """The texts catch expressions that once were slow."""
    assert "took" in slow_text(re.compile(expression), {way}, length)


def test_no_expression_hides_in_a_function() -> None:
    """Expressions stand in their modules by name, so that the test of their time finds them."""
    hidden = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in INLINE:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re":
                    hidden.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert not hidden
