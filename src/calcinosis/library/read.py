"""Strict YAML 1.2 with line numbers: duplicate keys, anchors and tags are refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from calcinosis.errors import Problem
from calcinosis.library.document import Document, Place
from calcinosis.words.en import knowledge as words
from calcinosis.words.en.inputs import WHOLE_CHARACTERS, half_character

_SCALARS = {"int": int, "float": float}
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?")
"""A number as JSON writes it: no underscores, leading zeros, infinities."""
_HALF, _AFTER_HALF = "\ud800", "\ue000"
"""Halves of characters that UTF-16 writes in two; no text in UTF-8 can hold one."""
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


def read_yaml(path: Path, name: str) -> Document:
    """Read one YAML file; problems of its form are in the document that is returned."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        document = Document(name)
        document.report((), words.NOT_UTF_8.format(reason=error.reason), words.UTF_8_TEXT, words.SAVE_AS_UTF_8)
        return document


def parse_yaml(text: str, name: str, numbers: bool = True) -> Document:
    """Read YAML from a text; ``name`` is what messages call it. Without ``numbers`` they stay texts, as written."""
    document = Document(name, numbers=numbers)
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # it would print what it read; anchors are refused below
    try:
        node = yaml.compose(text)
        if node is not None:
            document.data = _value(node, (), document)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = " ".join(str(part) for part in (error.context, error.problem) if part)
        document.problems.append(Problem(name, line, found, words.WELL_FORMED_YAML))
    except (YAMLError, RecursionError) as error:
        document.problems.append(Problem(name, 1, str(error).splitlines()[0][:120], words.WELL_FORMED_YAML))
    return document


def _value(node: Node, place: Place, document: Document) -> Any:
    document.lines[place] = node.start_mark.line + 1
    if node.anchor is not None:
        document.report(place, words.ANCHOR.format(name=node.anchor), words.NO_ANCHORS)
        return None  # not opened: aliases of aliases would make a short text endless
    if isinstance(node, ScalarNode):
        return _scalar(node, place, document)
    if str(node.tag) not in _PLAIN_TAGS:
        document.report(place, words.TAG.format(tag=node.tag), words.NO_TAGS)
    if isinstance(node, SequenceNode):
        return [_value(child, (*place, index), document) for index, child in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, place, document)
    document.report(place, type(node).__name__, words.PLAIN_VALUE)
    return None


def _mapping(node: MappingNode, place: Place, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if any(_HALF <= sign < _AFTER_HALF for sign in key):
            line = key_node.start_mark.line + 1
            document.report_line(line, half_character(key.encode("ascii", "replace").decode()), WHOLE_CHARACTERS)
            continue
        here = (*place, key)
        document.lines[here] = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            document.report(here, words.KEY_OF_PARTS, words.KEY_OF_A_WORD)
        elif key in data:
            document.report(here, words.KEY_AGAIN.format(key=key), words.EACH_KEY_ONCE)
        data[key] = _value(value_node, here, document)
        document.lines[here] = key_node.start_mark.line + 1
    return data


def _scalar(node: ScalarNode, place: Place, document: Document) -> Any:
    kind = str(node.tag).rpartition(":")[2]
    if any(_HALF <= sign < _AFTER_HALF for sign in node.value):
        document.report(place, half_character(str(place[-1]) if place else ""), WHOLE_CHARACTERS)
        return ""
    if kind in _SCALARS:
        is_number = document.numbers and _PLAIN_NUMBER.fullmatch(node.value)
        return _SCALARS[kind](node.value) if is_number else node.value
    if kind == "bool" and document.numbers:
        return str(node.value).lower() == "true"
    if kind == "null":
        return None
    if kind not in {"str", "timestamp", "bool"}:
        document.report(place, words.TAG.format(tag=node.tag), words.NO_TAGS)
    return node.value
