"""Pooling agrees with R's metafor, and is refused where it would not be honest.

The reference values in ``metafor.csv`` were made by ``metafor.R`` (metafor, method DL, measure PLO).
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Literal

import pytest

from calcinosis.compiled import knowledge
from calcinosis.evidence.computed import computed
from calcinosis.evidence.pool import KEPT, Pooled, pooled, random_effects, wilson
from calcinosis.evidence.rows import Row
from calcinosis.library.entries import EndPoint, StudyRow
from calcinosis.rules.syntax import Citation

REFERENCE = list(csv.DictReader((Path(__file__).parent / "metafor.csv").read_text(encoding="utf-8").splitlines()))


def rows(
    improved: list[int], patients: list[int], end_point: EndPoint | Literal[""] = "clinical improvement"
) -> list[Row]:
    """Return study rows with these counts."""
    return [
        Row(StudyRow(cite=(Citation("a"),), design="series", end_point=end_point, patients=n, improved=x), "A", "")
        for x, n in zip(improved, patients, strict=True)
    ]


@pytest.mark.parametrize("reference", REFERENCE, ids=lambda reference: reference["set"])
def test_agrees_with_metafor(reference: dict[str, str]) -> None:
    """Mean, interval and heterogeneity agree to three digits and better."""
    found = random_effects("x", rows([*map(int, reference["x"].split())], [*map(int, reference["n"].split())]))
    assert found.mean.value == pytest.approx(float(reference["mean"]), abs=5e-5)
    assert found.mean.low == pytest.approx(float(reference["low"]), abs=5e-5)
    assert found.mean.high == pytest.approx(float(reference["high"]), abs=5e-5)
    assert found.tau_squared == pytest.approx(float(reference["tau_squared"]), abs=5e-4)
    assert found.i_squared == pytest.approx(float(reference["i_squared"]), abs=5e-4)
    assert found.q == pytest.approx(float(reference["q"]), abs=5e-4)


def test_two_studies_are_not_pooled() -> None:
    """Under three studies nothing is pooled, and it is said why."""
    assert "at least 3" in str(pooled(tuple(rows([1, 2], [3, 4]))))


def test_different_end_points_are_not_pooled() -> None:
    """Studies that measure different things stay apart."""
    mixed = (*rows([1, 2], [3, 4], "symptom relief"), *rows([1, 2], [3, 4], "radiographic improvement"))
    assert "share one end point" in str(pooled(mixed))


def test_unstated_end_points_are_not_pooled() -> None:
    """What was measured must be stated."""
    assert "not stated alike" in str(pooled(tuple(rows([1, 2, 3], [3, 4, 5], ""))))


def test_pools_what_measures_the_same() -> None:
    """Three studies of one end point are pooled."""
    found = pooled(tuple(rows([1, 2, 3], [3, 4, 5])))
    assert isinstance(found, Pooled)
    assert (found.studies, found.patients, found.improved) == (3, 12, 6)


def test_wilson_interval() -> None:
    """12 of 29: the interval printed by R's binom.confint(method = "wilson") is 0.2551 to 0.5926."""
    found = wilson(12, 29)
    assert [found.low, found.high] == pytest.approx([0.2551, 0.5926], abs=5e-4)


def test_kept_figures_are_what_the_library_computes() -> None:
    """Every figure of the knowledge is kept, and is that of statsmodels: `python -m calcinosis.evidence.computed`."""
    now = json.loads(json.dumps(computed(knowledge().library)))
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    for table, figures in now.items():
        assert sorted(figures) == sorted(kept[table])
        for name, found in figures.items():
            assert found == pytest.approx(kept[table][name], rel=1e-9, abs=1e-12), name
