"""Figures of the statistics library, kept as data: the intervals and pooled means of all studies of the knowledge.

So that they can be shown where the library is not installed. ``python -m calcinosis.evidence.computed`` writes them
again after the numbers of a study have changed; a test holds them equal to what the library computes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from calcinosis.evidence.pool import KEPT, counts_of, key, pooled_group, statsmodels_mean, statsmodels_wilson
from calcinosis.evidence.rows import Row, rows_of
from calcinosis.library.library import Library

Figures = dict[str, dict[str, tuple[float, ...]]]


def computed(library: Library) -> Figures:
    """Return every figure that the studies of a library ask for, as the statistics library computes it.

    Raises ExtraMissingError where that is not installed.
    """
    tables = [rows_of(treatment, library) for treatment in library.treatments.values()]
    pairs = sorted({pair for rows in tables for pair in _pairs(rows)})
    groups = sorted({counts_of(group) for rows in tables if not isinstance(group := pooled_group(rows), str)})
    return {
        "intervals": {key((pair,)): statsmodels_wilson(*pair) for pair in pairs},
        "means": {key(group): statsmodels_mean(group) for group in groups},
    }


def _pairs(rows: tuple[Row, ...]) -> Iterator[tuple[int, int]]:
    """Yield improved and treated of each study, and of all that count together."""
    for row in rows:
        if row.study.improved is not None and row.study.patients:
            yield row.study.improved, row.study.patients
    counted = [row.study for row in rows if row.counts]
    patients = sum(study.patients or 0 for study in counted)
    if patients:
        yield sum(study.improved or 0 for study in counted), patients


def write(library: Library) -> None:
    """Write the figures of a library to where they are read."""
    KEPT.write_text(json.dumps(computed(library), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from calcinosis.library.load import load_library

    write(load_library())
