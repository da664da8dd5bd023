"""Careful access to JSON of unknown shape: what is not as FHIR says is an error that names its place."""

from __future__ import annotations

from typing import Any

from calcinosis.words.en import shapes as words

Json = dict[str, Any]


class ShapeError(ValueError):
    """An element does not have the shape that FHIR gives it."""


def obj(data: Json, key: str) -> Json:
    """Return the object under a key; empty when absent. Raises ShapeError."""
    value = data.get(key)
    if type(value) is dict:
        return value
    if value is None:
        return {}
    raise ShapeError(words.expected(key, kind_of(value), words.OBJECT))


def items(data: Json, key: str) -> list[Json]:
    """Return the objects of the list under a key; empty when absent. Raises ShapeError."""
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ShapeError(words.expected(key, kind_of(value), words.LIST))
    for item in value:
        if not isinstance(item, dict):
            raise ShapeError(words.in_list(key, kind_of(item)))
    return value


def text(data: Json, key: str) -> str:
    """Return the text under a key; empty when absent. Raises ShapeError."""
    value = data.get(key)
    if type(value) is str:
        return value
    if value is None:
        return ""
    raise ShapeError(words.expected(key, kind_of(value), words.TEXT))


def number(data: Json, key: str) -> float | None:
    """Return the number under a key; None when absent. Raises ShapeError."""
    value = data.get(key)
    if isinstance(value, float):
        return value
    if value is None:
        return None
    if type(value) is not int:
        raise ShapeError(words.expected(key, kind_of(value), words.NUMBER))
    try:
        return float(value)
    except OverflowError as error:
        raise ShapeError(words.too_large(key)) from error


def codes(concept: Json) -> set[str]:
    """Return the codes of a CodeableConcept, whatever their systems. Raises ShapeError."""
    return {text(coding, "code") for coding in items(concept, "coding")}


def kind_of(value: Any) -> str:
    """Return what JSON calls a value."""
    return _KINDS.get(type(value), words.NOTHING)


_KINDS: dict[type, str] = {
    dict: words.OBJECT,
    list: words.LIST,
    str: words.TEXT,
    bool: words.BOOLEAN,
    int: words.NUMBER,
    float: words.NUMBER,
}
