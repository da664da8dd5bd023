"""What several studies say together: a random-effects mean of proportions on the logit scale, where that is honest.

Pooled are rows of one end point only, from three studies on. The mean is that of DerSimonian and Laird, as statsmodels
computes it; half a patient is added to both sides of a study in which nobody or everybody improved. Intervals of single
studies are Wilson's. What statsmodels computes for the studies of the knowledge is kept in ``computed.json``
(``evidence.computed`` writes it), so that the plain install shows it. The figures are held against R's metafor
(``tests/evidence``).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from calcinosis.errors import ExtraMissingError
from calcinosis.evidence.rows import Row
from calcinosis.words.en import evidence as words

FEWEST = 3
Counts = Sequence[tuple[int, int]]
"""How many improved and how many were treated, for each study."""
KEPT = Path(__file__).parent / "computed.json"
"""The figures of the studies of the knowledge, so that they are shown where statsmodels is not installed."""


class Interval(Struct, frozen=True):
    """A proportion with its 95 % interval."""

    value: float
    low: float
    high: float


class Pooled(Struct, frozen=True):
    """The pooled proportion, and how much the studies differ: tau squared, I squared (0 to 1), Cochran's Q."""

    end_point: str
    studies: int
    patients: int
    improved: int
    mean: Interval
    tau_squared: float
    i_squared: float
    q: float


def wilson(improved: int, patients: int) -> Interval:
    """Return a study's proportion with Wilson's 95 % interval. Raises ExtraMissingError for one that is not kept."""
    low, high = kept("intervals", [(improved, patients)]) or statsmodels_wilson(improved, patients)
    return Interval(improved / patients, low, high)


def statsmodels_wilson(improved: int, patients: int) -> tuple[float, float]:
    """Return the limits as statsmodels computes them. Raises ExtraMissingError."""
    try:
        from statsmodels.stats.proportion import proportion_confint
    except ImportError as error:
        raise ExtraMissingError from error
    low, high = proportion_confint(improved, patients, alpha=0.05, method="wilson")
    return float(low), float(high)


def pooled(rows: tuple[Row, ...]) -> Pooled | str:
    """Return the pooled proportion of the rows that count, or in words why they are not pooled."""
    group = pooled_group(rows)
    return group if isinstance(group, str) else random_effects(group[0].study.end_point, group)


def pooled_group(rows: tuple[Row, ...]) -> list[Row] | str:
    """Return the rows that count and share the commonest end point, or in words why they are not pooled."""
    counted = [row for row in rows if row.counts]
    if len(counted) < FEWEST:
        return words.TOO_FEW_ROWS.format(count=len(counted), rows=len(rows), least=FEWEST)
    points = Counter(row.study.end_point for row in counted if row.study.end_point)
    if not points:
        return words.NO_END_POINT
    point, studies = points.most_common(1)[0]
    if studies < FEWEST:
        shown = "; ".join(f"{name} ({count})" for name, count in sorted(points.items()))
        return words.NO_SHARED_END_POINT.format(least=FEWEST, points=shown)
    return [row for row in counted if row.study.end_point == point]


def random_effects(end_point: str, rows: list[Row]) -> Pooled:
    """Return the random-effects mean of proportions on the logit scale. Raises ExtraMissingError for one not kept."""
    counts = counts_of(rows)
    mean, low, high, tau_squared, i_squared, q = kept("means", counts) or statsmodels_mean(counts)
    return Pooled(
        end_point=end_point,
        studies=len(rows),
        patients=sum(patients for _, patients in counts),
        improved=sum(improved for improved, _ in counts),
        mean=Interval(mean, low, high),
        tau_squared=tau_squared,
        i_squared=i_squared,
        q=q,
    )


def counts_of(rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """Return how many improved and how many were treated in each study."""
    return tuple((row.study.improved or 0, row.study.patients or 0) for row in rows)


def statsmodels_mean(counts: Counts) -> tuple[float, ...]:
    """Return mean, its limits, tau squared, I squared and Q as statsmodels computes them. Raises ExtraMissingError."""
    try:
        import numpy
        from statsmodels.stats.meta_analysis import combine_effects
    except ImportError as error:
        raise ExtraMissingError from error
    logits = numpy.array([_logit(improved, patients) for improved, patients in counts])
    result = combine_effects(logits[:, 0], logits[:, 1], method_re="dl", use_t=False)
    # Where the studies differ less than chance would have it, tau squared is zero and the mean that of fixed effects.
    alike = float(result.tau2) <= 0
    mean = float(result.mean_effect_fe if alike else result.mean_effect_re)
    low, high = result.conf_int(alpha=0.05, use_t=False)[0 if alike else 1]
    shares = (_share(mean), _share(float(low)), _share(float(high)))
    return (*shares, max(0.0, float(result.tau2)), max(0.0, float(result.i2)), float(result.q))


def kept(table: str, counts: Counts) -> tuple[float, ...] | None:
    """Return figures that are kept as data; None where the library has to compute them."""
    found = _kept()[table].get(key(counts))
    return None if found is None else tuple(found)


def key(counts: Counts) -> str:
    """Return the name under which the figures of some studies are kept."""
    return " ".join(f"{improved}/{patients}" for improved, patients in counts)


@lru_cache(maxsize=1)
def _kept() -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def _logit(improved: int, patients: int) -> tuple[float, float]:
    """Return the logit of a proportion and its variance."""
    better, rest = float(improved), float(patients - improved)
    if not improved or improved == patients:
        better, rest = better + 0.5, rest + 0.5
    return math.log(better / rest), 1 / better + 1 / rest


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
