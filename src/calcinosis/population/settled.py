"""What the records of a group of people state: one row for each person and fact, the form in which the rules read it.

It is to a group what the stated values of ``PatientFacts`` are to one person. A fact of which a record says nothing has
no row; one of which it says that it is open has a row with an unknown truth. The persons of a group are numbered from
0 in the order of its patients, a table with ``patient_id`` and ``as_of``; no person has two rows of one fact. Days are
counted from 1970-01-01. The age, worked out from the birth date, is a row like another.
"""

from __future__ import annotations

import pyarrow as pa

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

PATIENTS = pa.schema({"patient_id": pa.string(), "as_of": pa.string()})
"""The columns of the patients of a group, in the order of their numbers."""


def date_key(day: int, is_exact: bool) -> int:
    """Return the key of a date, given in days since 1970, so that keys stand in the order of the texts of dates.

    It is twice an exact day and one more; where only the year is known, twice the first of January. Odd keys are exact.
    """
    return 2 * day + is_exact
