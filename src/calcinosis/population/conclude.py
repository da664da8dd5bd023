"""What is settled of a group of people to the conclusions of the contract: a row each, as ``assess`` says."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.library.library import Library
from calcinosis.population.conclusions import completed, parts_read, schema_of
from calcinosis.population.missing import missing_facts
from calcinosis.population.pivot import People, pivoted
from calcinosis.population.queries import queries_of


def concluded(library: Library, patients: pa.Table, settled: pa.Table) -> tuple[pa.Table, dict[str, Any]]:
    """Return the conclusions on a group, in the order of its patients, and what their records most often do not tell.

    The columns of ``patients`` and ``settled`` are those of ``population.settled``.
    """
    ids, as_of = (patients[name].to_pylist() for name in ("patient_id", "as_of"))
    people = People(ids=ids, as_of=as_of, births=[""] * len(ids))
    read = parts_read(library)
    facts = completed(pivoted(people, [_as_texts(settled)], read), schema_of(read))
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.register("facts", pa.Table.from_batches(facts.to_batches(8192), facts.schema))
        connection.execute(f"CREATE TEMP TABLE concluded AS {queries_of(library, 'duckdb')['conclusions']}")
        rows = connection.execute("SELECT * FROM concluded ORDER BY patient_id").to_arrow_table()
    return rows, missing_facts(library, facts, rows)


def facts_read(library: Library) -> frozenset[str]:
    """Return the facts on which the conclusions on a group depend: of others nothing needs to be settled."""
    return frozenset(parts_read(library))


def _as_texts(settled: pa.Table) -> pa.Table:
    """Return what is settled with truths and days as texts."""
    truth = pc.choose(pc.add(settled["truth"].cast(pa.int32()), 1), pa.scalar("unknown"), "false", "true")
    key = settled["date_key"]
    is_exact = pc.equal(pc.bit_wise_and(key, 1), 1)
    day = _day_texts(pc.shift_right(key, 1))
    columns = {
        "truth": truth,
        "first": _day_texts(settled["first"]),
        "date": pc.if_else(is_exact, day, pc.utf8_slice_codeunits(day, 0, 4)),
    }
    others = {name: settled[name] for name in settled.column_names if name not in {*columns, "date_key"}}
    texts = {name: pc.fill_null(others.pop(name).cast(pa.string()), "") for name in ("fact", "word", "flag")}
    return pa.table({**others, **texts, **columns})


def _day_texts(days: pa.ChunkedArray) -> pa.Array:
    known = days.combine_chunks()
    numbers = pc.fill_null(known, 0).to_numpy().astype("datetime64[D]")
    texts = pa.array(np.datetime_as_string(numbers), pa.string())
    return pc.if_else(known.is_null(), pa.scalar("", pa.string()), texts)
