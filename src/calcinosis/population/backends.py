"""What a screen asks of the engine that works its tables out, and DuckDB in this process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Protocol

import duckdb
import pyarrow as pa

from calcinosis.population.places import file_system, is_remote
from calcinosis.population.wanted import OWNERS

LARGEST_RESOURCE = 32 * 1024 * 1024
"""Bytes of one line; a resource that carries a document may be long."""


class Backend(Protocol):
    """An engine: tables by their names, and queries in its dialect of SQL."""

    dialect: str

    def read_lines(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for lines of NDJSON: their elements as JSON texts, all NULL for a broken line."""

    def read_columns(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for the same of Parquet."""

    def read_kept(self, name: str, files: Sequence[Path], columns: pa.Schema, people: range | None = None) -> None:
        """Let a name stand for what was written to Parquet files, of all or some people; there may be no file."""

    def put(self, name: str, table: pa.Table) -> None:
        """Let a name stand for a table."""

    def make(self, name: str, query: str) -> None:
        """Work a query out, and let a name stand for what it gives."""

    def define(self, name: str, query: str) -> None:
        """Let a name stand for a query, which is worked out wherever the name stands."""

    def rename(self, name: str, other: str) -> None:
        """Let another name stand for a table that was made, in place of what it stood for."""

    def drop(self, *names: str) -> None:
        """Let tables go."""

    def fetch(self, query: str) -> pa.Table:
        """Return what a query gives."""

    def write(self, query: str, path: Path) -> None:
        """Write what a query gives to one Parquet file, or to a folder of this name with some."""

    def close(self) -> None:
        """Let everything go."""


class DuckBackend:
    """DuckDB: one process, all of its threads, what does not fit into memory goes to a folder."""

    dialect = "duckdb"

    def __init__(self, spill: Path, memory: str = "3GB", threads: int | None = None) -> None:
        """Connect; ``spill`` is where tables go that do not fit into ``memory``."""
        settings: dict[str, str | int] = {"memory_limit": memory, "temp_directory": str(spill)}
        if threads is not None:
            settings["threads"] = threads
        self.connection = duckdb.connect(config=dict(settings))
        for setting in _SETTINGS:
            self.connection.execute(setting)
        self.reached: set[str] = set()
        self.kinds: dict[str, Literal["TABLE", "VIEW"]] = {}

    def close(self) -> None:
        """Let everything go."""
        self.connection.close()

    def read_lines(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for lines of NDJSON: their elements as JSON texts, all NULL for a broken line."""
        self._reach(files)
        types = {"resourceType": "VARCHAR", "id": "VARCHAR"}
        types |= {owner: "STRUCT(reference VARCHAR)" for owner in OWNERS}
        types |= dict.fromkeys(elements, "JSON")
        columns = ", ".join(f"{_quoted(key)}: {_quoted(kind)}" for key, kind in types.items())
        texts = [f'CAST("{element}" AS VARCHAR) AS "{element}"' for element in elements]
        owners = [f'"{owner}".reference AS "{owner}"' for owner in OWNERS]
        self.define(
            name,
            f'SELECT "resourceType", id, {", ".join([*owners, *texts])} FROM read_json({_listed(files)}, '
            f"columns = {{{columns}}}, format = 'newline_delimited', ignore_errors = true, "
            f"maximum_object_size = {LARGEST_RESOURCE}){_limited(limit)}",
        )

    def read_columns(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for the same of Parquet."""
        self._reach(files)
        source = f"read_parquet({_listed(files)}, union_by_name = true)"
        found = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        types = {column: kind for column, kind, *_ in found}
        heads = [_column(head, types, f'CAST("{head}" AS VARCHAR)') for head in ("resourceType", "id")]
        owners = [_column(owner, types, _reference(owner, types)) for owner in OWNERS]
        texts = [_column(element, types, _as_json(element, types)) for element in elements]
        self.define(name, f"SELECT {', '.join([*heads, *owners, *texts])} FROM {source}{_limited(limit)}")

    def read_kept(self, name: str, files: Sequence[Path], columns: pa.Schema, people: range | None = None) -> None:
        """Let a name stand for what was written to Parquet files, of all or some people; there may be no file."""
        if not files:
            self.put(name, columns.empty_table())
            return
        some = "" if people is None else f" WHERE person >= {people.start} AND person < {people.stop}"
        self.define(name, f"SELECT * FROM read_parquet({_listed(map(str, files))}){some}")

    def _reach(self, files: Iterable[str]) -> None:
        """Let the engine read by URL what fsspec reads."""
        for kind, path in {path.split("://")[0]: path for path in files if is_remote(path)}.items():
            if kind not in self.reached:
                self.connection.register_filesystem(file_system(path)[0])
                self.reached.add(kind)

    def define(self, name: str, query: str) -> None:
        """Let a name stand for a query, which is worked out wherever the name stands."""
        self.drop(name)
        self.connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
        self.kinds[name] = "VIEW"

    def put(self, name: str, table: pa.Table) -> None:
        """Let a name stand for a table."""
        self.drop(name)
        self.connection.register(name, pa.Table.from_batches(table.to_batches(_CHUNK), table.schema))
        self.kinds[name] = "VIEW"

    def make(self, name: str, query: str) -> None:
        """Work a query out, and let a name stand for what it gives."""
        self.drop(name)
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
        self.kinds[name] = "TABLE"

    def rename(self, name: str, other: str) -> None:
        """Let another name stand for a table that was made, in place of what it stood for."""
        self.drop(other)
        self.connection.execute(f"ALTER TABLE {name} RENAME TO {other}")
        self.kinds[other] = self.kinds.pop(name)

    def drop(self, *names: str) -> None:
        """Let tables go."""
        for name in self.kinds.keys() & names:
            self.connection.execute(f"DROP {self.kinds.pop(name)} {name}")

    def fetch(self, query: str) -> pa.Table:
        """Return what a query gives."""
        return self.connection.execute(query).to_arrow_table()

    def write(self, query: str, path: Path) -> None:
        """Write what a query gives to one Parquet file."""
        self.connection.execute(f"COPY ({query}) TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION snappy)")


_CHUNK = 8192
"""Rows of a table that a thread takes at a time."""
_SETTINGS = (
    "SET preserve_insertion_order = false",
    "SET enable_progress_bar = false",
    # It takes a file of JSON for small and would build its hash table on it: the right side of a join is the small one.
    "SET disabled_optimizers = 'build_side_probe_side,join_order'",
    "CREATE TEMP MACRO meaning_hash(whole) AS CAST(CAST(hash(whole) AS BIT) AS BIGINT)",
    "CREATE TEMP MACRO json_part(written, place) AS CAST(json_extract(written, place) AS VARCHAR)",
)


def _quoted(written: str) -> str:
    return "'" + written.replace("'", "''") + "'"


def _limited(limit: int | None) -> str:
    return f" LIMIT {limit}" if limit else ""


def _listed(files: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, files))}]"


def _column(name: str, types: dict[str, str], expression: str) -> str:
    return f'{expression if name in types else "CAST(NULL AS VARCHAR)"} AS "{name}"'


def _reference(name: str, types: dict[str, str]) -> str:
    if types.get(name, "").startswith("STRUCT"):
        return f'"{name}".reference'
    return f"json_extract_string(\"{name}\", '$.reference')"


def _as_json(name: str, types: dict[str, str]) -> str:
    """Return a column as JSON: a text that holds an object as it stands, other texts quoted."""
    whole = f'CASE WHEN "{name}" IS NULL THEN NULL ELSE CAST(to_json("{name}") AS VARCHAR) END'
    if types.get(name) not in {"VARCHAR", "JSON"}:
        return whole
    holds_json = f"starts_with(\"{name}\", '{{') OR starts_with(\"{name}\", '[')"
    return f'CASE WHEN {holds_json} THEN CAST("{name}" AS VARCHAR) ELSE {whole} END'
