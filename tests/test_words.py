"""Every sentence that a person sees stands in the folder of a language, so that a translation is that folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import calcinosis
from calcinosis.words import en

SOURCE = Path(calcinosis.__file__).parent
LANGUAGE = Path(en.__file__).parent
FEWEST = 3
"""So many words beside one another make a phrase."""
_WORD = re.compile(r"(?<![\w./#{$-])[A-Za-z][a-z]*(?:['’-][a-z]+)*(?![\w/{(=_])")
_CODE = re.compile(
    r"\b(?:SELECT|CREATE|INSERT|COPY|WHERE|FROM|STRUCT|CONCAT|RLIKE|CASE|datum|src)\b|\\b|\\d|\\s|\(\?|\[A-Z"
)
"""What shows that a text is for a program: SQL, a pattern, a policy of the browser."""

KEPT = {
    "terminology/terms.py": "words of names that tell nothing",
    "quantities/parse.py": "words that are read, not said",
    "stored.py": "is caught, and the knowledge read anew",
    "truth.py": "tells a programmer of a mistake in the program",
    "population/engines/spark_session.py": "words by which the log of Spark begins a cause",
}
"""Modules and rooms whose texts are not looked at, each with its reason."""
NO_SENTENCE = {"%s at %s", "recovery or survival"}
"""A place in the log, and an end point as the knowledge writes it."""


def _documentation(tree: ast.AST) -> set[int]:
    """Return the texts that stand alone as statements: docstrings and what is said of a constant."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their lines; what is put into one stands as a brace."""
    tree = ast.parse(source)
    aside = _documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values}
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.lineno, node.value


def phrases(source: str) -> list[tuple[int, str]]:
    """Return the texts of a module that a person would read: words beside one another, and no code."""
    return [
        (line, text)
        for line, text in texts(source)
        if " " in text and len(_WORD.findall(text)) >= FEWEST and not _CODE.search(text)
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SOURCE.rglob("*.py")) if LANGUAGE not in path.parents],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_sentences_stand_in_the_language(path: Path) -> None:
    """No module outside the folder of a language holds a sentence."""
    name = str(path.relative_to(SOURCE))
    if name in KEPT or name.partition("/")[0] in KEPT:
        return
    found = [one for one in phrases(path.read_text(encoding="utf-8")) if one[1] not in NO_SENTENCE]
    assert not found, f"move to words/en: {found}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('says = "the number has no unit"', ["the number has no unit"]),
        ('says = f"the date {day} is not used"', ["the date {} is not used"]),
        ('"""A module of its own."""\nX = 1\n"""What X is for."""', []),
        ('key = "not-for-this-type"', []),
        ('query = "SELECT a FROM b WHERE c"', []),
        ('pattern = r"^\\s*up to (\\d+) in all$"', []),
    ],
)
def test_a_sentence_is_told_from_code(source: str, expected: list[str]) -> None:
    """The test above sees sentences, with or without something put into them, and nothing else."""
    assert [text for _, text in phrases(source)] == expected


def test_kept_modules_exist_and_need_it() -> None:
    """No exception outlives its reason."""
    for name in KEPT:
        path = SOURCE / name
        held = [path] if path.is_file() else sorted(path.rglob("*.py"))
        assert any(phrases(one.read_text(encoding="utf-8")) for one in held), name


TEMPLATES = sorted(SOURCE.rglob("*.j2"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_take_their_words_from_the_language(path: Path) -> None:
    """A template holds marks and names of words, no sentence."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " | ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [text.strip() for text in bare.split("|") if len(re.findall(r"[A-Za-z]{2,}", text)) >= FEWEST]
    assert not found


def test_the_language_imports_nothing_of_the_program() -> None:
    """A translation can be read, tried and replaced alone."""
    for path in LANGUAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("calcinosis"):
                assert node.module is not None
                assert node.module.startswith("calcinosis.words"), path.name
