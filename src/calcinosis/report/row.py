"""An assessment as one row of a table, with the columns of a screen, as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.columns import COLUMNS, DECEASED, LISTS
from calcinosis.conclusions.decisions import LISTED_CAUSES

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet would take for the beginning of a formula."""


def row_of(assessment: Assessment, name: str = "") -> dict[str, Any]:
    """Return the row of one person; ``name`` stands in for a record without an id."""
    statuses = {f"type_{kind.id}": kind.status for kind in assessment.types}
    return {
        "patient_id": assessment.record.id or name,
        "as_of": assessment.record.as_of or None,
        "presentation": assessment.presentation,
        "leading_type": assessment.leading_type,
        **{column: statuses.get(column) for column in COLUMNS if column.startswith("type_")},
        "red_flags": [flag.id for flag in assessment.red_flags],
        "causes": [cause.id for cause in assessment.causes if cause.status in LISTED_CAUSES],
        "avoid_active": [one.id for one in assessment.stop],
        DECEASED: assessment.record.deceased,
    }


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as CSV; the items of a list are parted by semicolons, and no cell begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return text.getvalue()


def has_parquet() -> bool:
    """Whether the library that writes Parquet is installed."""
    return find_spec("pyarrow") is not None


def as_parquet(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return rows as Parquet, made in memory; it needs the library that ``has_parquet`` looks for."""
    import pyarrow as arrow
    from pyarrow import parquet

    text, texts = arrow.string(), arrow.list_(arrow.string())
    kinds = {**dict.fromkeys(LISTS, texts), DECEASED: arrow.bool_()}
    schema = arrow.schema([(column, kinds.get(column, text)) for column in COLUMNS])
    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list(rows), schema=schema), buffer)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    """Return the text of a cell in one line: a bare carriage return begins a new row for a spreadsheet."""
    text = "; ".join(value) if isinstance(value, list) else "true" if value is True else str(value or "")
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
