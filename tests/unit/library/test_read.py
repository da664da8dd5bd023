"""Strict YAML: what it reads, what it refuses, and on which line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calcinosis.errors import Problem
from calcinosis.library.read import parse_yaml, read_yaml


def problem(text: str) -> Problem:
    """Return the one problem of a text."""
    problems = parse_yaml(text, "facts/x.yaml").problems
    assert len(problems) == 1
    assert problems[0].file == "facts/x.yaml"
    return problems[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("No", "No"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("7.5", 7.5),
        ("1e3", 1000.0),
        ('"7"', "7"),
        ("2026-11-22", "2026-11-22"),
        ("12:30", "12:30"),
        ("7.4 mg/dL", "7.4 mg/dL"),
        ("a: b: c", None),
        ("[a, no, 1]", ["a", "no", 1]),
        ("{a: no}", {"a": "no"}),
        ("2777-1", "2777-1"),
        ("L94.2", "L94.2"),
        ("007", "007"),
        ("1_0", "1_0"),
        (".inf", ".inf"),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    """Words stay words, `no` among them; days stay texts."""
    if text == "a: b: c":
        assert parse_yaml(f"key: {text}", "x").problems
        return
    assert parse_yaml(f"key: {text}\n", "x").data == {"key": value}


def test_lines() -> None:
    """The line of every key and list item is known, and that of what holds a place that is not there."""
    document = parse_yaml(
        "id: x\nnames:\n  - a\n\n  - b\nwhen:\n  all:\n    - when: a\n      cite: >-\n        b\n", "x"
    )
    lines = {("id",): 1, ("names",): 2, ("names", 0): 3, ("names", 1): 5, ("when", "all", 0, "cite"): 9}
    assert {place: document.line(place) for place in lines} == lines
    assert document.line(("names", 7)) == 2
    assert document.line(("when", "all", 0, "nothing")) == 8
    assert document.line(("nothing",)) == 1
    assert document.line(()) == 1


def test_an_empty_text_is_nothing() -> None:
    """A file without content has no data and no problem of form."""
    assert parse_yaml("# only a comment\n", "x").data is None
    assert parse_yaml("", "x").problems == []


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("id: x\nname: a\nid: y\n", 3, 'the key "id" a second time'),
        ("a:\n  b: 1\n  b: 1\n", 3, 'the key "b" a second time'),
        ("a: {b: 1, c: 2, b: 3}\n", 1, 'the key "b" a second time'),
        ("a: 1\nb: &x 2\n", 2, "the anchor &x"),
        ("a:\n  - &x {b: 1}\n", 2, "the anchor &x"),
        ("a: 1\nb: !secret 2\n", 2, "the tag !secret"),
        ("a: !!binary aGk=\n", 1, "the tag tag:yaml.org,2002:binary"),
        ("? [a, b]\n: 1\n", 1, "a key that is a list or mapping"),
    ],
)
def test_what_is_refused(text: str, line: int, found: str) -> None:
    """Duplicate keys, anchors and tags are named with their line."""
    reported = problem(text)
    assert (reported.line, reported.found) == (line, found)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: x\nnames:\n  - a\n - b\n", 4),
        ("id: x\n  name: y\n", 2),
        ("id: x\nname: y: z\n", 2),
        ("id: x\nnames: [a, b\nkind: c\n", 3),
        ("id: x\nname: 'open\n", 3),
        ("id: x\n\tname: y\n", 2),
        ("id: x\nname: @y\n", 2),
        ("a: *nothing\n", 1),
    ],
)
def test_bad_form(text: str, line: int) -> None:
    """Wrong indentation, open brackets and quotes are one problem, on the line where the reader noticed."""
    reported = problem(text)
    assert (reported.line, reported.expected) == (line, "well-formed YAML 1.2")


def test_an_alias_is_refused() -> None:
    """A value is written where it is used."""
    problems = parse_yaml("a: &x 1\nb: *x\n", "x").problems
    assert "the anchor &x" in [one.found for one in problems]


def test_nothing_that_was_read_is_printed(recwarn: pytest.WarningsRecorder) -> None:
    """An anchor that stands twice is refused, and no warning shows the lines around it."""
    problems = parse_yaml("a: &x Jane Doe\nb: &x Jane Doe\n", "x").problems
    assert [one.line for one in problems] == [1, 2]
    assert not recwarn.list


def test_two_documents_are_refused() -> None:
    """One file holds one entry."""
    assert problem("a: 1\n---\nb: 2\n").expected == "well-formed YAML 1.2"


def test_deep_nesting_is_a_problem_and_not_a_crash() -> None:
    """A text made to exhaust the reader is answered like any other mistake."""
    reported = problem("[" * 20_000)
    assert reported.expected == "well-formed YAML 1.2"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding is a problem with a remedy."""
    path = tmp_path / "x.yaml"
    path.write_bytes("name: Sjögren".encode("latin-1"))
    document = read_yaml(path, "facts/x.yaml")
    assert document.data is None
    assert [(one.line, one.remedy) for one in document.problems] == [(1, "save the file as UTF-8")]


def test_every_mistake_at_once() -> None:
    """All mistakes of a well-formed text are reported together."""
    problems = parse_yaml("a: &x 1\na: 2\nb: !t 3\n", "x").problems
    assert [(one.line, one.found) for one in problems] == [
        (1, "the anchor &x"),
        (2, 'the key "a" a second time'),
        (3, "the tag !t"),
    ]
