"""What follows from the evidence of a treatment, by the one rule of ``recommendation.yaml``."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.evidence.rows import totals
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.library.recommendation import Recommended


@lru_cache(maxsize=1024)
def recommendations_of(treatment: Treatment, library: Library) -> tuple[Recommended, ...]:
    """Return what follows for each indication of a treatment, in their order."""
    rule = library.recommendation
    seen = (totals(treatment, library, {indication.type}) for indication in treatment.for_)
    return tuple(
        rule.recommendation(treatment, indication, *numbers)
        for indication, numbers in zip(treatment.for_, seen, strict=True)
    )
