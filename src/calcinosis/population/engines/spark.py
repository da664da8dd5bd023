"""The steps of a screen on Spark: in this process, or on a cluster that sees the folders of export and output."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from pyspark.sql import SparkSession

from calcinosis.population.engines.engine import Step
from calcinosis.population.engines.spark_session import started


class SparkEngine:
    """A Spark session, of which each executor does steps by the same functions as one process."""

    def __init__(
        self,
        spill: Path,
        memory: str = "3GB",
        master: str = "local[*]",
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Start a session; ``spill`` is where it keeps what does not fit into memory."""
        self.is_own = SparkSession.getActiveSession() is None
        self.session = started(master, spill, memory, settings or {})

    def close(self) -> None:
        """End the session, if it was started here."""
        if self.is_own:
            self.session.stop()

    def each(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        """Do some steps on the executors; yield their notes in order."""
        if not steps:
            return
        rows = [(number, pickle.dumps(step)) for number, step in enumerate(steps)]
        tasks = self.session.createDataFrame(rows, "number INT, step BINARY").repartition(len(rows), "number")
        done = tasks.mapInArrow(done_steps, "number INT, note BINARY").collect()
        for row in sorted(done, key=lambda row: row.number):
            note = orjson.loads(bytes(row.note))
            if "error" in note:
                raise pickle.loads(bytes.fromhex(note["error"]))
            yield note


def done_steps(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Do the steps in some rows of Arrow; yield their notes, or the problem of the export for which one ended."""
    from calcinosis.errors import InputError

    for batch in batches:
        for number, step in zip(batch["number"].to_pylist(), batch["step"].to_pylist(), strict=True):
            try:
                note = pickle.loads(step).run()
            except InputError as error:
                note = {"error": pickle.dumps(InputError(error.problems)).hex()}
            yield pa.RecordBatch.from_pydict(
                {"number": pa.array([number], pa.int32()), "note": pa.array([orjson.dumps(note)], pa.binary())}
            )
