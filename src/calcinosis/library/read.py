"""Strict YAML 1.2 with line numbers: duplicate keys, anchors and tags are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from calcinosis.errors import Problem

Place = tuple[str | int, ...]

_SCALARS = {"int": int, "float": float}
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


@dataclass(slots=True)
class Document:
    """The plain data of one YAML text and the line on which each value stands."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest value that holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def report(self, place: Place, found: str, expected: str, remedy: str = "") -> None:
        """Record a problem at a place in the document."""
        self.report_line(self.line(place), found, expected, remedy)

    def report_line(self, line: int, found: str, expected: str, remedy: str = "") -> None:
        """Record a problem on a line of the document."""
        self.problems.append(Problem(self.file, line, found, expected, remedy))


def read_yaml(path: Path, name: str) -> Document:
    """Read one YAML file; problems of its form are in the document that is returned."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        document = Document(name)
        document.report((), f"bytes that are not UTF-8 ({error.reason})", "a UTF-8 text", "save the file as UTF-8")
        return document


def parse_yaml(text: str, name: str) -> Document:
    """Read YAML from a text; ``name`` is what messages call it."""
    document = Document(name)
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        if node is not None:
            document.data = _value(node, (), document)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = " ".join(str(part) for part in (error.context, error.problem) if part)
        document.problems.append(Problem(name, line, found, "well-formed YAML 1.2"))
    except (YAMLError, RecursionError) as error:
        document.problems.append(Problem(name, 1, str(error).splitlines()[0][:120], "well-formed YAML 1.2"))
    return document


def _value(node: Node, place: Place, document: Document) -> Any:
    document.lines[place] = node.start_mark.line + 1
    if node.anchor is not None:
        document.report(place, f"the anchor &{node.anchor}", "no anchors: write the value where it is used")
        return None  # not opened: aliases of aliases would make a short text endless
    if isinstance(node, ScalarNode):
        return _scalar(node, place, document)
    if str(node.tag) not in _PLAIN_TAGS:
        document.report(place, f"the tag {node.tag}", "no tags")
    if isinstance(node, SequenceNode):
        return [_value(child, (*place, index), document) for index, child in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, place, document)
    document.report(place, type(node).__name__, "a text, a number, a list or a mapping")
    return None


def _mapping(node: MappingNode, place: Place, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*place, key)
        document.lines[here] = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            document.report(here, "a key that is a list or mapping", "a key that is a word")
        elif key in data:
            document.report(here, f'the key "{key}" a second time', "each key once")
        data[key] = _value(value_node, here, document)
        document.lines[here] = key_node.start_mark.line + 1
    return data


def _scalar(node: ScalarNode, place: Place, document: Document) -> Any:
    kind = str(node.tag).rpartition(":")[2]
    if kind in _SCALARS:
        try:
            return _SCALARS[kind](node.value)
        except ValueError:
            return node.value
    if kind == "bool":
        return str(node.value).lower() == "true"
    if kind == "null":
        return None
    if kind not in {"str", "timestamp"}:
        document.report(place, f"the tag {node.tag}", "no tags")
    return node.value
