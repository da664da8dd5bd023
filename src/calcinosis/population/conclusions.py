"""The rules as one query over the facts table, compiled once for a knowledge and kept beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import ibis
import pyarrow as pa

from calcinosis import __version__
from calcinosis.compiled import PACKAGE, fingerprint
from calcinosis.library.library import Library
from calcinosis.population.assess import screened
from calcinosis.population.facts_table import (
    AS_OF,
    PATIENT_ID,
    TYPES,
    Part,
    column,
    date_facts,
    facts_read,
    first_facts,
    parts,
)
from calcinosis.population.worked_out import step_by_step

FACTS = "facts"
"""The name under which the query reads the facts table."""


def parts_read(library: Library) -> dict[str, tuple[Part, ...]]:
    """Return the facts that conclusions read, and of each the parts that are."""
    vocabulary = library.vocabulary
    days: dict[Part, frozenset[str]] = {"first": first_facts(vocabulary.facts), "date": date_facts(vocabulary)}
    everybody = {"age", "sex"} & set(library.facts)
    return {
        name: tuple(part for part in parts(library.facts[name]) if part not in days or name in days[part])
        for name in sorted(facts_read(library) | everybody)
    }


def schema_of(read: Mapping[str, Iterable[Part]]) -> pa.Schema:
    """Return all columns that a facts table with these parts of facts has."""
    heads = [pa.field(PATIENT_ID, pa.string()), pa.field(AS_OF, pa.string())]
    return pa.schema([*heads, *(pa.field(column(name, part), TYPES[part]) for name in read for part in read[name])])


def completed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a facts table with every column of a schema, NULL where it has none."""
    known = set(table.column_names)
    empty: dict[pa.DataType, pa.Array] = {}
    arrays = []
    for field in schema:
        if field.name not in known and field.type not in empty:
            empty[field.type] = pa.nulls(table.num_rows, field.type)
        arrays.append(table[field.name] if field.name in known else empty[field.type])
    return pa.Table.from_arrays(arrays, schema=schema)


def query(library: Library, schema: pa.Schema, dialect: str = "duckdb") -> str:
    """Return the query that gives the conclusions on a facts table of this schema, compiled or as it was kept."""
    versions = (__version__, ibis.__version__, dialect, fingerprint(), str(schema))
    kept = PACKAGE / f"screen.{hashlib.sha256(repr(versions).encode()).hexdigest()[:16]}.sql"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    table = ibis.table(ibis.Schema.from_pyarrow(schema), name=FACTS)
    with step_by_step():
        written = str(ibis.to_sql(screened(library, table), dialect=dialect))
    _keep(kept, written)
    return written


def _keep(kept: Path, written: str) -> None:
    """Keep a compiled query in place of older ones; a place that cannot be written is left alone."""
    partial = kept.with_suffix(f".{os.getpid()}")
    try:
        for older in kept.parent.glob("screen.*.sql"):
            older.unlink()
        partial.write_text(written, encoding="utf-8")
        partial.replace(kept)
    except OSError:
        partial.unlink(missing_ok=True)
