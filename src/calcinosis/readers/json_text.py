"""Bytes to JSON, the one grammar of records: nulls are absent, keys stand once, and nesting has an end.

orjson decides what is well-formed: no trailing comma, no `NaN`, no half characters, one value. It takes the last of two
equal keys in silence; so the colons of what it read, written again, are counted: there is one for each key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from calcinosis.words.en import inputs

DEEPEST = 254
"""How deep objects and lists may stand in each other; orjson writes no deeper. Records are a tenth as deep."""
_MOST_NAMED = 5
_SIGN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]:]', re.DOTALL)
_HIDDEN_COLON = b"\\u003"


class JsonError(ValueError):
    """The text is no JSON, or could be read in two ways; ``problems`` are lines with what was found on them."""

    def __init__(self, problems: tuple[tuple[int, str], ...], place: int = 0) -> None:
        super().__init__("; ".join(found for _, found in problems))
        self.problems = problems
        self.place = place


def decoded(data: bytes) -> Any:
    """Return the value that a JSON text holds, without what is null. Raises JsonError."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        found = inputs.too_deep(DEEPEST) if "depth" in error.msg else inputs.broken_json(error.msg)
        raise JsonError(((data.count(b"\n", 0, error.pos) + 1, found),), error.pos) from error
    written = _written(value)
    has_hidden = b"\\" in data and _HIDDEN_COLON in data
    if has_hidden or data.count(b":") != written.count(b":"):
        twice = tuple(_keys_again(data))
        if twice:
            raise JsonError(twice)
    return without_nulls(value) if b"null" in written else value


def checked(value: Any) -> Any:
    """Return a decoded value without what is null. Raises JsonError for one that no JSON text could hold."""
    return without_nulls(value) if b"null" in _written(value) else value


def without_nulls(value: Any) -> Any:
    """Return a value without the keys and items that are null, at any depth."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value if inner is not None]
    return value


def _written(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        found = inputs.too_deep(DEEPEST) if "ecursion" in str(error) else inputs.broken_json(str(error))
        raise JsonError(((0, found),)) from error


def _keys_again(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the first keys that stand a second time in one object, with their lines; the text is well-formed."""
    open_objects: list[set[str]] = []
    last, count, line, counted = b"", 0, 1, 0
    for match in _SIGN.finditer(data):
        sign = match[0]
        if sign in b"{[":
            open_objects.append(set())
        elif sign in b"}]":
            open_objects.pop()
        elif sign == b":":
            key = str(orjson.loads(last))
            if key in open_objects[-1]:
                line, counted = line + data.count(b"\n", counted, match.start()), match.start()
                yield line, inputs.key_again(key[:40])
                count += 1
                if count == _MOST_NAMED:
                    return
            open_objects[-1].add(key)
        else:
            last = sign
