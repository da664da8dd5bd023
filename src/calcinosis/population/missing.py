"""What records most often say nothing of, among the facts that decide between the types."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.conclusions.decisions import main_types
from calcinosis.library.library import Library
from calcinosis.population.facts_table import column

_IN_QUESTION = ("calcinosis", "suspected")


def missing_facts(library: Library, facts: pa.Table, rows: pa.Table) -> dict[str, Any]:
    """Return how many patients are in question, and of how many of them the record says nothing on each fact."""
    found = rows.select(["patient_id", "presentation"])
    asked = pc.is_in(found["presentation"], pa.array(_IN_QUESTION))
    mine = found.filter(asked)["patient_id"]
    table = facts.filter(pc.is_in(facts["patient_id"], mine.combine_chunks()))
    counts = {}
    for name in _deciding(library):
        told = column(name, "stated")
        counts[name] = table[told].null_count if told in table.column_names else table.num_rows
    return {"in_question": table.num_rows, "missing": {name: count for name, count in counts.items() if count}}


def _deciding(library: Library) -> list[str]:
    """Return the facts that the rules of types name, those that follow from others apart."""
    rules = [rule for kind in main_types(library) for rule in (kind.established_when, kind.excluded_when) if rule]
    named = {name for rule in rules for name in rule.facts}
    return sorted(name for name in named if not library.facts[name].is_derived and not library.facts[name].includes)
