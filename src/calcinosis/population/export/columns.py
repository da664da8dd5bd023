"""Resources in Parquet as blocks of lines: each row one resource, its columns the elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from calcinosis.errors import ExtraMissingError, InputError, Problem
from calcinosis.population.export.lines import Block
from calcinosis.population.export.places import file_system, is_remote
from calcinosis.words.en import population as words

_ROWS = 20_000
"""Rows that are read at a time."""


def column_blocks(path: str, name: str, elements: tuple[str, ...]) -> Iterator[Block]:
    """Yield the rows of a file as lines, with some of the elements and what says what a resource is, and whose.

    Raises InputError if it cannot be read.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise ExtraMissingError("population", words.LIBRARIES) from error
    connection = duckdb.connect(config={"threads": 1})
    try:
        if is_remote(path):
            connection.register_filesystem(file_system(path)[0])
        source = f"read_parquet({_quoted(path)})"
        found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        types = {column: kind for column, kind, *_ in found}
        names = [
            one
            for one in dict.fromkeys(("resourceType", "id", "subject", "patient", "meta", *elements))
            if one in types
        ]
        query = f"SELECT {', '.join(_as_json(one, types[one]) for one in names)} FROM {source}"
        rows, first = connection.execute(query), 1
        while listed := rows.fetchmany(_ROWS):
            lines = [orjson.dumps(_resource(dict(zip(names, row, strict=True)))) for row in listed]
            yield Block(name, first, b"\n".join(lines))
            first += len(lines)
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        told = str(error).splitlines()[0][:200]
        raise InputError([Problem(name, 0, told, words.WHOLE_FILES, words.EXPORT_AGAIN)]) from error
    finally:
        connection.close()


def _resource(row: dict[str, str | None]) -> dict[str, Any]:
    """Return a resource; a text that holds an object or a list in JSON stands for that."""
    return {name: _decoded(written) for name, written in row.items() if written is not None}


def _decoded(written: str) -> Any:
    try:
        found = orjson.loads(written)
        return orjson.loads(found) if isinstance(found, str) and found.startswith(("{", "[")) else found
    except orjson.JSONDecodeError:
        return written


def _as_json(name: str, kind: str) -> str:
    if name in {"resourceType", "id"}:
        return f'CAST(to_json(CAST("{name}" AS VARCHAR)) AS VARCHAR)'
    return (
        f'CASE WHEN "{name}" IS NULL THEN NULL ELSE CAST(to_json("{name}") AS VARCHAR) END'
        if kind != "JSON"
        else f'CAST("{name}" AS VARCHAR)'
    )


def _quoted(written: str) -> str:
    return "'" + written.replace("'", "''") + "'"
