"""The same on Spark: one session on this machine, one query for published cases and made-up people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest

from calcinosis.population.assess import screened
from calcinosis.population.facts_table import PatientRow, facts_table
from calcinosis.population.worked_out import step_by_step
from tests.population.answers import DAY, row_of_facts
from tests.population.test_same_answer import CASES, compare, made_up_person, read
from tests.property.people import real

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # PySpark 4 warns of pandas 3, which is not used here
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of its gateway are closed by Java
]
PEOPLE = 150


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A Spark session in this process; without Java the test fails and says so."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "3g",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[1]").appName("screen")
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    yield started
    started.stop()


def test_cases_and_made_up_people(session: Any, tmp_path: Path) -> None:
    """Every column of every row is that of the assessment."""
    chance = Random(77)
    told = [(row, wanted) for row, wanted in read(CASES)]
    for number in range(len(told), len(told) + PEOPLE):
        row = PatientRow(patient_id=str(number), as_of=DAY, stated=made_up_person(chance))
        told.append((row, row_of_facts(row, real())))
    pq.write_table(facts_table([row for row, _ in told], real().vocabulary), tmp_path / "facts.parquet")
    connection = ibis.pyspark.connect(session)
    facts = connection.read_parquet(str(tmp_path / "facts.parquet"), table_name="facts")
    with step_by_step():
        query = connection.compile(screened(real(), facts))
    found = [row.asDict(recursive=True) for row in session.sql(query).collect()]
    compare(sorted(found, key=lambda row: int(row["patient_id"])), [wanted for _, wanted in told])
