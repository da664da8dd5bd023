"""The engine of a screen by its name, and what it cannot do told as a problem of the export."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from calcinosis.errors import ExtraMissingError, InputError, Problem
from calcinosis.population.engines.here import Here
from calcinosis.words.en import population as words

if TYPE_CHECKING:
    from calcinosis.population.engines.engine import Engine


class Settings(Struct, frozen=True):
    """The name of an engine, what it may take, and where Spark runs."""

    engine: str
    memory: str
    master: str = "local[*]"


@contextmanager
def engine_of(settings: Settings, spill: Path, export: str) -> Iterator[Engine]:
    """Give an engine, and let it go in the end. Raises InputError for what it says of the export."""
    if settings.engine != "spark":
        yield Here()
        return
    with _spark(settings, spill, export) as engine:
        yield engine


@contextmanager
def _spark(settings: Settings, spill: Path, export: str) -> Iterator[Engine]:
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        from calcinosis.population.engines.spark import SparkEngine
        from calcinosis.population.engines.spark_session import reason
    except ModuleNotFoundError as error:
        raise ExtraMissingError("spark", "PySpark") from error
    try:
        engine = SparkEngine(spill, settings.memory, settings.master)
        try:
            yield engine
        finally:
            engine.close()
    except (PySparkException, Py4JError, ConnectionError) as error:
        told = reason(error, spill)
        if "OutOfMemoryError" in told:
            remedy = words.more_memory(settings.memory)
            raise InputError([Problem(export, 0, words.TOO_MUCH, words.ROOM, remedy)]) from error
        raise InputError([Problem(export, 0, told, words.FILES_FOR_SPARK, words.MEND_FOR_SPARK)]) from error
