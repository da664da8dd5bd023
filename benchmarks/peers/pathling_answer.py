"""Who is found in an export by the encoders of Pathling, on Spark; run by the Python of Pathling's own environment."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pathling import PathlingContext
from pathling.etc import find_jar
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as fn

DOUBTED = ("refuted", "entered-in-error", "provisional", "differential", "unconfirmed")
OVER = ("inactive", "remission", "resolved")
"""The same words of FHIR as in question.cql."""


def resources(context: PathlingContext, folder: Path, kind: str) -> DataFrame:
    """Return the resources of one type, encoded."""
    files = [str(path) for path in sorted(folder.glob(f"{kind}.*.ndjson"))]
    encoded: DataFrame = context.encode(context.spark.read.text(files), kind)
    return encoded


def is_one_of(codes: list[dict[str, str]]) -> Column:
    """Whether a coding of the code of a resource is in a list."""
    listed = fn.array(*(fn.lit(f"{one['system']}|{one['code']}") for one in codes))
    written = fn.transform("code.coding", lambda one: fn.concat(one.system, fn.lit("|"), one.code))
    return fn.coalesce(fn.arrays_overlap(written, listed), fn.lit(False))


def says(element: str, words: tuple[str, ...]) -> Column:
    """Whether a coding of an element is one of some words."""
    return fn.coalesce(fn.exists(f"{element}.coding", lambda one: one.code.isin(*words)), fn.lit(False))


def found(context: PathlingContext, folder: Path, codes: list[dict[str, str]]) -> list[str]:
    """Return the ids of the patients of whom a condition or an observation has one of the codes."""
    conditions = resources(context, folder, "Condition").where(
        is_one_of(codes) & ~says("verificationStatus", DOUBTED) & ~says("clinicalStatus", OVER)
    )
    observations = resources(context, folder, "Observation").where(
        is_one_of(codes) & fn.col("valueBoolean") & ~fn.col("status").isin("entered-in-error", "cancelled")
    )
    both = conditions.select("subject.reference").union(observations.select("subject.reference"))
    return sorted(row.reference.removeprefix("Patient/") for row in both.distinct().collect())


def main() -> None:
    """Answer once, or once more for the seconds of an answer when all is started; end with the engine."""
    folder, codes, output, times = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    session = (
        SparkSession.builder.config("spark.jars", find_jar())
        .config("spark.driver.memory", "3g")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    gateway = session.sparkContext._gateway
    context = PathlingContext.create(session)
    listed = json.loads(codes.read_text())
    for _ in range(times):
        start = time.perf_counter()
        patients = found(context, folder, listed)
        seconds = time.perf_counter() - start
    output.write_text(json.dumps({"patients": patients, "seconds": seconds}))
    session.stop()
    assert gateway is not None
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()  # so that its processor time is counted


if __name__ == "__main__":
    main()
