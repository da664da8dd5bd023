"""A Spark session that says nothing on the terminal and keeps what it spills in one folder."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from py4j.protocol import Py4JError, Py4JNetworkError
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.sql import SparkSession

from calcinosis.errors import InputError, Problem
from calcinosis.population.engines.memory import megabytes
from calcinosis.words.en import population as words

LOG = "spark.log"


def started(master: str, spill: Path, memory: str, settings: Mapping[str, str]) -> SparkSession:
    """Return a session on a master, or the one that runs already. Raises InputError if there is no Java."""
    if SparkSession.getActiveSession() is None and not _has_java():
        raise InputError([Problem("--engine spark", 0, words.NO_JAVA, words.A_JAVA)])
    spill.mkdir(parents=True, exist_ok=True)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # whatever `python3` on the path is
    builder = SparkSession.builder.master(master).appName("calcinosis")
    for name, value in {**_started_with(master, spill, memory), **settings}.items():
        builder = builder.config(name, value)
    try:
        with _errors_to(spill / LOG):
            session: SparkSession = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise InputError([Problem(f"--master {master}", 0, reason(error, spill), words.A_SPARK)]) from error
    session.sparkContext.setLogLevel("ERROR")
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)  # it writes each error that is raised
    for name, value in _RUN_WITH.items():
        session.conf.set(name, value)
    return session


_RUN_WITH = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.jsonGenerator.ignoreNullFields": "false",
}


def _started_with(master: str, spill: Path, memory: str) -> dict[str, str]:
    java_memory = f"{max(megabytes(memory), _LEAST_MEGABYTES)}m"
    found = {
        "spark.driver.memory": java_memory,
        "spark.executor.memory": java_memory,
        "spark.local.dir": str(spill.resolve()),
        "spark.sql.warehouse.dir": str(spill.resolve() / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.maxResultSize": "0",
    }
    if master.startswith("local"):
        found |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    return found


_LEAST_MEGABYTES = 512
_CAUSES = ("Caused by:", ": ", "Exception in thread", "Error:", "org.apache.spark.SparkException")


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is not None


def reason(error: Exception, spill: Path) -> str:
    """Return in a line what was wrong: the last cause that an error names, or what Java said before it ended."""
    log = spill / LOG
    told = str(error)
    if log.exists() and isinstance(error, Py4JNetworkError | ConnectionError | PySparkRuntimeError):
        told = log.read_text(encoding="utf-8", errors="replace") or told
    lines = [line.strip() for line in told.splitlines() if line.strip()] or [type(error).__name__]
    causes = [line for line in lines if line.startswith(_CAUSES) or "OutOfMemoryError" in line]
    return (causes[-1] if causes else lines[0]).removeprefix(": ")[:300]


@contextmanager
def _errors_to(log: Path) -> Iterator[None]:
    """Let the standard error of programs that are started meanwhile, such as Java, go to a file."""
    sys.stderr.flush()
    kept = os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
