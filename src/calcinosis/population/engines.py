"""The engine of a screen by its name, and what it cannot do told as a problem of the export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from calcinosis.errors import ExtraMissingError, InputError, Problem

if TYPE_CHECKING:
    from calcinosis.population.backends import Backend


@dataclass(frozen=True, slots=True)
class Settings:
    """The name of an engine, what it may take, and where Spark runs."""

    engine: str
    memory: str
    master: str = "local[*]"


_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT])B")


def megabytes(memory: str) -> int:
    """Return how many megabytes a size such as ``2.5 GB`` is. Raises ValueError."""
    found = _SIZE.fullmatch(memory)
    if found is None:
        raise ValueError(f'"{memory}": write a size such as 2GB')
    return int(float(found[1]) * 1024.0 ** ("KMGT".index(found[2]) - 1))


@contextmanager
def engine_of(settings: Settings, spill: Path, export: str) -> Iterator[Backend]:
    """Give an engine, and let it go in the end. Raises InputError for what it says of the export."""
    with _spark(settings, spill, export) if settings.engine == "spark" else _duckdb(settings, spill, export) as backend:
        yield backend


@contextmanager
def _duckdb(settings: Settings, spill: Path, export: str) -> Iterator[Backend]:
    try:
        import duckdb

        from calcinosis.population.backends import DuckBackend
    except ModuleNotFoundError as error:
        raise ExtraMissingError("population", "the libraries of populations") from error
    try:
        backend = DuckBackend(spill, settings.memory)
        try:
            yield backend
        finally:
            backend.close()
    except duckdb.OutOfMemoryException as error:
        raise _too_much(export, settings) from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        told = str(error).splitlines()[0][:200]
        raise InputError([Problem(export, 0, told, "files that are whole", "export them again")]) from error


@contextmanager
def _spark(settings: Settings, spill: Path, export: str) -> Iterator[Backend]:
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        from calcinosis.population.spark_backend import SparkBackend
        from calcinosis.population.spark_session import reason
    except ModuleNotFoundError as error:
        raise ExtraMissingError("spark", "PySpark") from error
    try:
        backend = SparkBackend(spill, settings.memory, settings.master)
        try:
            yield backend
        finally:
            backend.close()
    except (PySparkException, Py4JError, ConnectionError) as error:
        told = reason(error, spill)
        if "OutOfMemoryError" in told:
            raise _too_much(export, settings) from error
        remedy = "mend what Spark names, or screen with --engine duckdb"
        raise InputError([Problem(export, 0, told, "files and a cluster that Spark can use", remedy)]) from error


def _too_much(export: str, settings: Settings) -> InputError:
    remedy = f"give more with --memory (it was {settings.memory}), or free space on the disk of the output"
    return InputError([Problem(export, 0, "more data than memory and disk hold", "room", remedy)])
