"""The functions that every engine of a screen has under one name, and defines in its own words."""

from __future__ import annotations

import ibis


@ibis.udf.scalar.builtin(name="meaning_hash", signature=((None,), "int64"))
def meaning_hash(value):  # type: ignore[no-untyped-def]
    """Return 64 bits that tell a value from others."""


@ibis.udf.scalar.builtin(name="to_json", signature=((None,), "string"))
def to_json(value):  # type: ignore[no-untyped-def]
    """Return a structure as JSON."""


@ibis.udf.scalar.builtin(name="json_part", signature=(("string", "string"), "string"))
def json_part(text, path):  # type: ignore[no-untyped-def]
    """Return a part of a JSON text, as JSON; NULL where there is none."""


@ibis.udf.scalar.builtin(name="regexp_extract_all", signature=(("string", "string", "int32"), "array<string>"))
def all_matches(text, pattern, group):  # type: ignore[no-untyped-def]
    """Return the group of each match."""
