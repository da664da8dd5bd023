"""What the records of a group of people state: one row for each person and fact, the form in which the rules read it.

It is to a group what the stated values of ``PatientFacts`` are to one person. A fact of which a record says nothing has
no row; one of which it says that it is open has a row with an unknown truth. The persons of a group are numbered from
0 in the order of its patients, a table with the columns of ``PATIENTS``; no person has two rows of one fact. Days are
counted from 1970-01-01. The age, worked out from the birth date, is a row like another.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.person.bits import Array
from calcinosis.person.group import NO_DATE, NO_FIRST, Stated, Words
from calcinosis.rules.compare import NO_NUMBER, Numbers, is_checked, is_doubtful
from calcinosis.rules.vocabulary import Fact

_TEXT = pa.dictionary(pa.int32(), pa.string())

SETTLED = pa.schema(
    {
        "person": pa.int32(),  # its place among the patients
        "fact": _TEXT,  # the id of the fact
        "truth": pa.int8(),  # 1 true, 0 false, -1 unknown
        "word": _TEXT,  # of a choice; null without
        "low": pa.float64(),  # of a quantity, in the unit of the fact; null where there is no bound
        "high": pa.float64(),
        "open_low": pa.bool_(),  # whether the bound itself is left out
        "open_high": pa.bool_(),
        "lower_limit": pa.float64(),  # as printed with the result; null without
        "upper_limit": pa.float64(),
        "flag": _TEXT,  # high, low or normal, as printed with the result; null without
        "first": pa.int32(),  # the day on which it is first said to hold; null where that is not known
        "date_key": pa.int32(),  # when it was last said, as ``date_key`` gives it; null without a date
    }
)
"""The columns of what is settled."""

PATIENTS = pa.schema({"patient_id": pa.string(), "as_of": pa.string(), "deceased": pa.bool_()})
"""The columns of the patients of a group, in the order of their numbers; ``deceased`` says who has died by that day."""


def date_key(day: int, is_exact: bool) -> int:
    """Return the key of a date, given in days since 1970, so that keys stand in the order of the texts of dates.

    It is twice an exact day and one more; where only the year is known, twice the first of January. Odd keys are exact.
    """
    return 2 * day + is_exact


def statements_of(table: pa.Table, known: Mapping[str, Fact] | None = None) -> dict[str, Stated]:
    """Return what is stated of each fact; the columns of the table are those of ``SETTLED``.

    A number that is doubtful for its fact, one of those ``known``, is as if it were not stated.
    """
    facts, persons = _encoded(table["fact"]), table["person"].to_numpy()
    numbers = facts.indices.to_numpy(zero_copy_only=False)
    order = np.lexsort((persons, numbers))
    columns = {name: _filled(table[name], nothing)[order] for name, nothing in _NOTHING.items()}
    for name in ("word", "flag"):
        codes = _encoded(table[name])
        columns[name] = pc.fill_null(codes.indices, -1).to_numpy(zero_copy_only=False)[order]
    columns["person"] = persons[order]
    words, flags = (tuple(_encoded(table[name]).dictionary.to_pylist()) for name in ("word", "flag"))
    ends = np.cumsum(np.bincount(numbers, minlength=len(facts.dictionary)))
    starts = np.concatenate([[0], ends])[: len(ends)]
    found = {}
    for name, start, end in zip(facts.dictionary.to_pylist(), starts, ends, strict=True):
        rows = {column: values[start:end] for column, values in columns.items()}
        fact = None if known is None else known.get(name)
        if fact is not None and is_checked(fact):
            credible = ~is_doubtful(fact, _stated(rows, words, flags).numbers)
            rows = {column: values[credible] for column, values in rows.items()}
        if len(rows["person"]):
            found[name] = _stated(rows, words, flags)
    return found


def _stated(rows: dict[str, Array], words: tuple[str, ...], flags: tuple[str, ...]) -> Stated:
    flag = Words(rows["flag"], flags)
    return Stated(
        persons=rows["person"],
        truth=rows["truth"],
        word=Words(rows["word"], words),
        numbers=Numbers(
            low=rows["low"],
            high=rows["high"],
            open_low=rows["open_low"],
            open_high=rows["open_high"],
            lower_limit=rows["lower_limit"],
            upper_limit=rows["upper_limit"],
            is_high=flag.among(("high",)),
            is_low=flag.among(("low",)),
            has_flag=flag.places >= 0,
        ),
        first=rows["first"],
        date=rows["date_key"],
    )


_NOTHING = {
    "truth": -1,
    **dict.fromkeys(("low", "high", "lower_limit", "upper_limit"), NO_NUMBER),
    **dict.fromkeys(("open_low", "open_high"), False),
    "first": NO_FIRST,
    "date_key": NO_DATE,
}
"""What stands for null in numpy."""


def _filled(column: pa.ChunkedArray, nothing: float) -> Array:
    if column.null_count:
        column = pc.fill_null(column, pa.scalar(nothing, column.type))
    filled: Array = column.combine_chunks().to_numpy(zero_copy_only=False)
    return filled


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return column.unify_dictionaries().combine_chunks()
