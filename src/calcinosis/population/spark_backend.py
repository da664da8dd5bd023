"""Spark as the engine of a screen: in this process, or on a cluster that sees the folders of export and output."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from calcinosis.population.spark_reading import columns_query, lines_query
from calcinosis.population.spark_session import started

_IN_ITS_WORDS = (
    # Spark's own hash passes over what is NULL: two structures of one text and one NULL would be the same.
    (re.compile(r"MEANING_HASH\(([^()]*)\)"), r"xxhash64(to_json(struct(\1)))"),
    # Ibis leaves references to groups as they are; those of Java have another sign.
    (re.compile(r"'\\\\(\d)([^'\\]*)\\\\(\d)'(?=\s*\))"), r"'$\1\2$\3'"),
    # From an array it gives strings with their quotes. As SQL functions these would take Spark three times as long.
    (re.compile(r"JSON_PART\(([^(),]*), '\$([^']*)'\)"), r"get_json_object(concat('[', \1, ']'), '$[*]\2')"),
)
_GLOB_SIGN = re.compile(r"([\[\]{}*?\\])")
_LONG = 20_000
"""Letters of a query for which to write Java takes longer than to work it out."""
_TYPES = {pa.string(): "STRING", pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN"}


class SparkBackend:
    """Spark: what is made on the way are Parquet files in a folder, and names are views of these."""

    dialect = "databricks"

    def __init__(
        self,
        spill: Path,
        memory: str = "3GB",
        master: str = "local[*]",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Start a session; ``spill`` is where tables go."""
        self.folder = spill.resolve() / "tables"
        shutil.rmtree(self.folder, ignore_errors=True)  # of a screen that was stopped
        self.is_own = SparkSession.getActiveSession() is None
        self.session = started(master, spill, memory, settings or {})
        if "spark.sql.shuffle.partitions" not in (settings or {}):
            self.session.conf.set("spark.sql.shuffle.partitions", self.session.sparkContext.defaultParallelism)
        self.folders: dict[str, Path] = {}
        self.numbers = count()

    def close(self) -> None:
        """End the session, if it was started here."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.is_own:
            self.session.stop()

    def read_lines(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for lines of NDJSON: their elements as JSON texts, all NULL for a broken line."""
        lines = self.session.read.text([_address(file) for file in files], lineSep="\n")
        self._view(f"{name}_lines", lines)
        self._view(name, self._limited(lines_query(f"{name}_lines", elements), limit))

    def read_columns(self, name: str, files: Sequence[str], elements: Sequence[str], limit: int | None = None) -> None:
        """Let a name stand for the same of Parquet."""
        columns = self.session.read.option("mergeSchema", "true").parquet(*(_address(file) for file in files))
        self._view(f"{name}_columns", columns)
        query = columns_query(f"{name}_columns", elements, dict(columns.dtypes))
        self._view(name, self._limited(query, limit))

    def _limited(self, query: str, limit: int | None) -> DataFrame:
        return self.session.sql(query + (f" LIMIT {limit}" if limit else ""))

    def read_kept(self, name: str, files: Sequence[Path], columns: pa.Schema, people: range | None = None) -> None:
        """Let a name stand for what was written to Parquet files, of all or some people; there may be no file."""
        if not files:
            self.put(name, columns.empty_table())
            return
        every = self._parquet(files, _written(columns))
        some = "true" if people is None else f"person >= {people.start} AND person < {people.stop}"
        self._view(name, every.where(some))

    def put(self, name: str, table: pa.Table) -> None:
        """Let a name stand for a table."""
        folder = self._new_folder(name)
        folder.mkdir(parents=True)
        pq.write_table(table, folder / "table.parquet")
        self._stand(name, folder, _written(table.schema))

    def make(self, name: str, query: str) -> None:
        """Work a query out, and let a name stand for what it gives."""
        folder = self._new_folder(name)
        result = self._run(query)
        result.write.parquet(_address(str(folder)))
        self._stand(name, folder, result.schema)

    def define(self, name: str, query: str) -> None:
        """Let a name stand for a query, which is worked out wherever the name stands."""
        self._view(name, self._run(query))

    def rename(self, name: str, other: str) -> None:
        """Let another name stand for a table that was made, in place of what it stood for."""
        schema = self.session.table(name).schema
        self._stand(other, self.folders.pop(name), schema)
        self.drop(name)

    def drop(self, *names: str) -> None:
        """Let tables go."""
        for name in names:
            self.session.catalog.dropTempView(name)
            if name in self.folders:
                shutil.rmtree(self.folders.pop(name))

    def fetch(self, query: str) -> pa.Table:
        """Return what a query gives."""
        found = self._run(query).toArrow()
        return found.cast(pa.schema([(column.name, _nullable(column.type)) for column in found.schema]))

    def write(self, query: str, path: Path) -> None:
        """Write what a query gives to Parquet files, in a folder of this name."""
        self._run(query).write.parquet(_address(str(path.resolve())))

    def _run(self, query: str) -> DataFrame:
        is_long = len(query) > _LONG
        self.session.conf.set("spark.sql.codegen.wholeStage", str(not is_long).lower())
        self.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN" if is_long else "FALLBACK")
        for pattern, words in _IN_ITS_WORDS:
            query = pattern.sub(words, query)
        return self.session.sql(query)

    def _new_folder(self, name: str) -> Path:
        return self.folder / f"{name}-{next(self.numbers)}"

    def _stand(self, name: str, folder: Path, schema: StructType | str) -> None:
        self.drop(name)
        self.folders[name] = folder
        self._view(name, self._parquet([folder], schema))

    def _parquet(self, places: Sequence[Path], schema: StructType | str) -> DataFrame:
        return self.session.read.schema(schema).parquet(*(_address(str(place)) for place in places))

    def _view(self, name: str, data: DataFrame) -> None:
        data.createOrReplaceTempView(name)


def _written(columns: pa.Schema) -> str:
    """Return columns as SQL declares them."""
    return ", ".join(f"`{column.name}` {_TYPES[column.type]}" for column in columns)


def _nullable(kind: pa.DataType) -> pa.DataType:
    """Return a type without Spark's knowledge that it holds no NULL, which other engines do not have."""
    return pa.list_(kind.value_type) if pa.types.is_list(kind) else kind


def _address(path: str) -> str:
    """Return a path as Spark takes it: with its scheme, and with nothing in it that stands for other names."""
    if "://" in path:
        return path
    return "file:" + _GLOB_SIGN.sub(r"\\\1", str(Path(path).absolute()))
