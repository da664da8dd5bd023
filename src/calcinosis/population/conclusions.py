"""The columns of the facts table from which a screen concludes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from calcinosis.library.library import Library
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
