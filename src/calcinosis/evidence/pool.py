"""What several studies say together: a random-effects mean of proportions on the logit scale, where that is honest.

Pooled are rows of one end point only, from three studies on. The mean is that of DerSimonian and Laird, as statsmodels
computes it; half a patient is added to both sides of a study in which nobody or everybody improved. Intervals of single
studies are Wilson's. The figures are held against R's metafor (``tests/evidence``).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from calcinosis.errors import ExtraMissingError
from calcinosis.evidence.rows import Row

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """A proportion with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pooled:
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
    """Return a study's proportion with Wilson's 95 % interval."""
    try:
        from statsmodels.stats.proportion import proportion_confint
    except ImportError as error:
        raise ExtraMissingError from error
    low, high = proportion_confint(improved, patients, alpha=0.05, method="wilson")
    return Interval(improved / patients, float(low), float(high))


def pooled(rows: tuple[Row, ...]) -> Pooled | str:
    """Return the pooled proportion of the rows that count, or in words why they are not pooled."""
    counted = [row for row in rows if row.counts]
    if len(counted) < FEWEST:
        return f"not pooled: {len(counted)} of {len(rows)} rows count, at least {FEWEST} are needed"
    points = Counter(row.study.end_point for row in counted if row.study.end_point)
    if not points:
        return "not pooled: what the studies counted as improvement is not stated alike"
    point, studies = points.most_common(1)[0]
    if studies < FEWEST:
        shown = "; ".join(f"{name} ({count})" for name, count in sorted(points.items()))
        return f"not pooled: no {FEWEST} studies share one end point ({shown})"
    return random_effects(point, [row for row in counted if row.study.end_point == point])


def random_effects(end_point: str, rows: list[Row]) -> Pooled:
    """Return the random-effects mean of proportions on the logit scale."""
    try:
        import numpy
        from statsmodels.stats.meta_analysis import combine_effects
    except ImportError as error:
        raise ExtraMissingError from error
    counts = [(row.study.improved or 0, row.study.patients or 0) for row in rows]
    logits = numpy.array([_logit(improved, patients) for improved, patients in counts])
    result = combine_effects(logits[:, 0], logits[:, 1], method_re="dl", use_t=False)
    # Where the studies differ less than chance would have it, tau squared is zero and the mean that of fixed effects.
    alike = float(result.tau2) <= 0
    mean = float(result.mean_effect_fe if alike else result.mean_effect_re)
    low, high = result.conf_int(alpha=0.05, use_t=False)[0 if alike else 1]
    return Pooled(
        end_point=end_point,
        studies=len(rows),
        patients=sum(patients for _, patients in counts),
        improved=sum(improved for improved, _ in counts),
        mean=Interval(_share(mean), _share(float(low)), _share(float(high))),
        tau_squared=max(0.0, float(result.tau2)),
        i_squared=max(0.0, float(result.i2)),
        q=float(result.q),
    )


def _logit(improved: int, patients: int) -> tuple[float, float]:
    """Return the logit of a proportion and its variance."""
    better, rest = float(improved), float(patients - improved)
    if not improved or improved == patients:
        better, rest = better + 0.5, rest + 0.5
    return math.log(better / rest), 1 / better + 1 / rest


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
