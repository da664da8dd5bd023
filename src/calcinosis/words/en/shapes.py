"""What is said of an element that does not have the shape that FHIR gives it."""

from __future__ import annotations

OBJECT, LIST, TEXT, BOOLEAN, NUMBER, NOTHING = "an object", "a list", "a text", "a boolean", "a number", "nothing"
OBJECTS = "objects"
TRUE_OR_FALSE = "valueBoolean: expected true or false"


def expected(key: str, found: str, wanted: str) -> str:
    """Return what stands under a key in place of what is wanted."""
    return f"{key}: found {found}, expected {wanted}"


def in_list(key: str, found: str) -> str:
    """Return what stands in a list of objects."""
    return f"{key}: found {found} in the list, expected {OBJECTS}"


def too_large(key: str) -> str:
    """Return that a number is larger than a computer holds."""
    return f"{key}: found a number that is too large"
