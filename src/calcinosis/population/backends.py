"""The engine that reads an export and works out tables: DuckDB in this process, through Ibis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from calcinosis.population.worked_out import step_by_step

LARGEST_RESOURCE = 32 * 1024 * 1024
"""Bytes of one line; a resource that carries a document may be long."""


class Backend(Protocol):
    """What the population reader asks of an engine."""

    def read_lines(self, files: Sequence[str], elements: Sequence[str]) -> ir.Table:
        """Return the named elements of each line of NDJSON as JSON texts, ``is_json`` false for a broken line."""

    def read_columns(self, files: Sequence[str], elements: Sequence[str]) -> ir.Table:
        """Return the same of Parquet."""

    def keep(self, name: str, table: ir.Table | pa.Table) -> ir.Table:
        """Work a table out and keep it under a name."""

    def table(self, name: str) -> ir.Table:
        """Return a kept table."""

    def drop(self, *names: str) -> None:
        """Let kept tables go."""

    def fetch(self, table: ir.Table) -> pa.Table:
        """Return a table as it is now."""

    def count(self, table: ir.Table) -> int:
        """Return the number of rows of a table."""

    def write(self, table: ir.Table, path: Path) -> None:
        """Write a table to one Parquet file."""

    def read_kept(self, files: Sequence[Path]) -> ir.Table:
        """Return what was written to Parquet files, one or more."""

    def run(self, query: str, **tables: pa.Table) -> pa.Table:
        """Return what a query gives over tables by their names."""


class DuckBackend:
    """DuckDB: one process, all of its threads, what does not fit into memory goes to a folder."""

    def __init__(self, spill: Path, memory: str = "3GB", threads: int | None = None) -> None:
        """Connect; ``spill`` is where tables go that do not fit into ``memory``."""
        settings: dict[str, object] = {"memory_limit": memory, "temp_directory": str(spill)}
        if threads is not None:
            settings["threads"] = threads
        self.connection = ibis.duckdb.connect(**settings)
        self.connection.raw_sql("SET preserve_insertion_order = false")
        self.connection.raw_sql("SET enable_progress_bar = false")
        # It takes a file of JSON for small and would build its hash table on it: the right side of a join is the small.
        self.connection.raw_sql("SET disabled_optimizers = 'build_side_probe_side,join_order'")

    def read_lines(self, files: Sequence[str], elements: Sequence[str]) -> ir.Table:
        """Return the named elements of each line of NDJSON as JSON texts; a line that is no JSON object is all NULL."""
        types = {"resourceType": "VARCHAR", "id": "VARCHAR"}
        types |= {name: "STRUCT(reference VARCHAR)" for name in ("subject", "patient")}
        types |= dict.fromkeys(elements, "JSON")
        found = self.connection.read_json(
            list(files),
            columns=types,
            format="newline_delimited",
            ignore_errors=True,
            maximum_object_size=LARGEST_RESOURCE,
        )
        references = {name: found[name]["reference"] for name in ("subject", "patient")}
        texts = {name: found[name].cast("string") for name in elements}
        return found.select("resourceType", "id", **references, **texts)

    def read_columns(self, files: Sequence[str], elements: Sequence[str]) -> ir.Table:
        """Return the named elements of each row of Parquet as JSON texts."""
        found = self.connection.read_parquet(list(files), union_by_name=True)
        references = {name: _reference(found, name) for name in ("subject", "patient")}
        texts = {name: _as_json(found, name) for name in elements}
        return found.select(resourceType=_column(found, "resourceType"), id=_column(found, "id"), **references, **texts)

    def keep(self, name: str, table: ir.Table | pa.Table) -> ir.Table:
        """Work a table out and keep it under a name."""
        with step_by_step():
            return self.connection.create_table(name, table, temp=True, overwrite=True)

    def table(self, name: str) -> ir.Table:
        """Return a kept table."""
        return self.connection.table(name)

    def drop(self, *names: str) -> None:
        """Let kept tables go."""
        for name in names:
            self.connection.drop_table(name, force=True)

    def fetch(self, table: ir.Table) -> pa.Table:
        """Return a table as it is now."""
        with step_by_step():
            return table.to_pyarrow()

    def count(self, table: ir.Table) -> int:
        """Return the number of rows of a table."""
        return int(table.count().to_pyarrow().as_py())

    def write(self, table: ir.Table, path: Path) -> None:
        """Write a table to one Parquet file."""
        with step_by_step():
            self.connection.to_parquet(table, path, compression="snappy")

    def read_kept(self, files: Sequence[Path]) -> ir.Table:
        """Return what was written to Parquet files, one or more."""
        return self.connection.read_parquet([str(file) for file in files])

    def run(self, query: str, **tables: pa.Table) -> pa.Table:
        """Return what a query gives over tables by their names."""
        duck = self.connection.con
        for name, table in tables.items():
            duck.register(name, table)
        try:
            duck.execute(f"CREATE OR REPLACE TEMP TABLE found AS {query}")
            return self.connection.table("found").to_pyarrow()
        finally:
            for name in tables:
                duck.unregister(name)


@ibis.udf.scalar.builtin(name="to_json")  # type: ignore[untyped-decorator]
def _to_json(value) -> str:  # type: ignore[no-untyped-def,empty-body]
    """Return a value as JSON."""


def _column(found: ir.Table, name: str) -> ir.Value:
    return found[name].cast("string") if name in found.columns else ibis.null("string")


def _reference(found: ir.Table, name: str) -> ir.Value:
    if name not in found.columns:
        return ibis.null("string")
    column = found[name]
    return column["reference"] if column.type().is_struct() else column.cast("json")["reference"].str


def _as_json(found: ir.Table, name: str) -> ir.Value:
    """Return a column as JSON: a text that holds an object as it stands, other texts quoted."""
    if name not in found.columns:
        return ibis.null("string")
    column = found[name]
    if not column.type().is_string():
        return ibis.ifelse(column.isnull(), ibis.null("string"), _to_json(column))
    holds_json = column.startswith("{") | column.startswith("[")
    return ibis.ifelse(holds_json, column, _to_json(column))


def schema_of(types: Mapping[str, str]) -> ibis.Schema:
    """Return a schema by the names of its types."""
    return ibis.schema(dict(types))
