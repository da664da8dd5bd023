"""The days of persons: the span of their records, and what is said without dates that cannot be."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from calcinosis.readers.fhir.timeline import BOUND_TO_DAY
from calcinosis.rules.vocabulary import Fact


def spans(days: ir.Table) -> ir.Table:
    """Return the first, the newest and the last day of each person."""
    return days.group_by("person").aggregate(
        first=days.earliest.min(), newest=days.earliest.max(), last=days.latest.max()
    )


def updates(stamps: ir.Table) -> ir.Table:
    """Return the first and last day on which resources of each person were updated."""
    return stamps.group_by("person").aggregate(least=stamps.least.min(), most=stamps.most.max())


def without_wrong(said: ir.Table, wrong: ir.Table, facts: Mapping[str, Fact]) -> ir.Table:
    """Return what is said without the dates that cannot be; a result goes with its date."""
    known = ("person", "earliest", "latest")
    both = said.left_join(wrong.mutate(is_wrong=True), known).drop([f"{name}_right" for name in known])
    is_wrong = both.is_wrong.fill_null(False)
    bound = both.fact.isin([name for name, fact in facts.items() if fact.kind in BOUND_TO_DAY])
    kept = both.filter(~(is_wrong & bound))
    undated = {
        name: ibis.ifelse(kept.is_wrong.fill_null(False), "", kept[name]) for name in ("earliest", "latest", "time")
    }
    return kept.mutate(**undated).drop("is_wrong")
