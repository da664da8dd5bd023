"""Careful access to JSON of unknown shape: what is not as FHIR says is an error that names its place."""

from __future__ import annotations

from typing import Any

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
    raise ShapeError(f"{key}: found {kind_of(value)}, expected an object")


def items(data: Json, key: str) -> list[Json]:
    """Return the objects of the list under a key; empty when absent. Raises ShapeError."""
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ShapeError(f"{key}: found {kind_of(value)}, expected a list")
    for item in value:
        if not isinstance(item, dict):
            raise ShapeError(f"{key}: found {kind_of(item)} in the list, expected objects")
    return value


def text(data: Json, key: str) -> str:
    """Return the text under a key; empty when absent. Raises ShapeError."""
    value = data.get(key)
    if type(value) is str:
        return value
    if value is None:
        return ""
    raise ShapeError(f"{key}: found {kind_of(value)}, expected a text")


def number(data: Json, key: str) -> float | None:
    """Return the number under a key; None when absent. Raises ShapeError."""
    value = data.get(key)
    if isinstance(value, float):
        return value
    if value is None:
        return None
    if type(value) is not int:
        raise ShapeError(f"{key}: found {kind_of(value)}, expected a number")
    try:
        return float(value)
    except OverflowError as error:
        raise ShapeError(f"{key}: found a number that is too large") from error


def codes(concept: Json) -> set[str]:
    """Return the codes of a CodeableConcept, whatever their systems. Raises ShapeError."""
    return {text(coding, "code") for coding in items(concept, "coding")}


def kind_of(value: Any) -> str:
    """Return what JSON calls a value."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), "nothing")
