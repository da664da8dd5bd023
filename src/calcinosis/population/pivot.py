"""What is settled of each patient to the facts table: one row a patient, the parts of each fact as columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.person.dates import LONGEST_LIFE, DateError, parse_date, years_between
from calcinosis.population.facts_table import AS_OF, PATIENT_ID, TYPES, Part, column


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The patients of some rows, in order: their ids, the day of each, and the birth date as written or ``''``."""

    ids: Sequence[str]
    as_of: Sequence[str]
    births: Sequence[str]
    first: int = 0
    """The number of the first."""


def pivoted(people: People, settled: Sequence[pa.Table], wanted: Mapping[str, Collection[Part]]) -> pa.Table:
    """Return the facts table of patients numbered from ``people.first`` on, with the wanted parts of facts."""
    columns: dict[str, pa.Array] = {}
    for table in settled:
        codes = pc.dictionary_encode(table["fact"].combine_chunks())
        order = np.argsort(codes.indices.to_numpy(zero_copy_only=False), kind="stable")
        counts = np.bincount(codes.indices.to_numpy(zero_copy_only=False), minlength=len(codes.dictionary))
        ends = np.cumsum(counts)
        ordered = table.take(pa.array(order))
        for name, end, count in zip(codes.dictionary.to_pylist(), ends, counts, strict=True):
            if name in wanted:
                rows = ordered.slice(end - count, count)
                columns |= _columns_of(name, wanted[name], rows, len(people.ids), people.first)
    if "age" in wanted:
        ages = _ages(people, columns, wanted["age"])
        columns = {name: array for name, array in columns.items() if not _is_of_age(name)} | ages
    heads = {PATIENT_ID: pa.array(people.ids, pa.string()), AS_OF: pa.array(people.as_of, pa.string())}
    return pa.table({**heads, **columns})


def _columns_of(fact: str, parts: Collection[Part], rows: pa.Table, size: int, first: int) -> dict[str, pa.Array]:
    """Return the columns of one fact, its rows put where their persons stand."""
    places = rows["person"].to_numpy() - first
    found = {column(fact, "stated"): _placed(pa.array([True] * len(rows)), places, size)}
    truth = rows["truth"].combine_chunks()
    known = pc.if_else(pc.equal(truth, "unknown"), pa.scalar(None, pa.bool_()), pc.equal(truth, "true"))
    found[column(fact, "truth")] = _placed(known, places, size)
    for part in parts:
        if part in rows.column_names and part != "truth":
            found[column(fact, part)] = _placed(_without_nothing(rows[part].combine_chunks(), part), places, size)
    return {name: array for name, array in found.items() if array.null_count < size or name == fact}


def _without_nothing(values: pa.Array, part: Part) -> pa.Array:
    """Return the values with NULL for what says that there is none."""
    if TYPES[part] == pa.string():
        return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
    if TYPES[part] == pa.bool_():
        return pc.if_else(values, values, pa.scalar(None, pa.bool_()))
    return values


def _placed(values: pa.Array, places: np.ndarray[Any, Any], size: int) -> pa.Array:
    indices = np.full(size, -1, dtype=np.int64)
    indices[places] = np.arange(len(places))
    return values.take(pa.array(indices, mask=indices < 0))


def _ages(people: People, columns: Mapping[str, pa.Array], parts: Collection[Part]) -> dict[str, pa.Array]:
    """Return the columns of the age: by the birth date where that is possible, else what was said of it."""
    size = len(people.ids)
    named = {column("age", part): part for part in TYPES if part in parts}
    found: dict[str, list[Any]] = {
        name: columns[name].to_pylist() if name in columns else [None] * size for name in named
    }
    for place, (birth, day) in enumerate(zip(people.births, people.as_of, strict=True)):
        bounds = _age(birth, day)
        if bounds is not None:
            values = {"age": True, "age__stated": True, "age__low": bounds[0], "age__high": bounds[1], "age__date": day}
            for name, listed in found.items():
                listed[place] = values.get(name)
    arrays = {name: pa.array(listed, TYPES[named[name]]) for name, listed in found.items()}
    return {name: array for name, array in arrays.items() if array.null_count < size}


def _is_of_age(name: str) -> bool:
    return name == "age" or name.startswith("age__")


def _age(birth: str, day: str) -> tuple[float, float] | None:
    """Return the least and greatest age at a day; None without a day or a birth date that can be."""
    if not birth or not day:
        return None
    try:
        low, high = years_between(parse_date(birth), day)
    except DateError:
        return None
    return None if low < 0 or high > LONGEST_LIFE else (low, high)
