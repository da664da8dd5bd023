"""What records most often say nothing of, among the facts that decide between the types."""

from __future__ import annotations

from typing import Any

from calcinosis.conclusions.rules_on_record import main_types
from calcinosis.library.library import Library
from calcinosis.person.group import GroupFacts


def missing_facts(library: Library, facts: GroupFacts, in_question: int) -> dict[str, Any]:
    """Return how many persons are in question, and of how many of them the record says nothing on each fact."""
    counts = {name: (in_question & ~facts.told(name)[2]).bit_count() for name in _deciding(library)}
    missing = {name: count for name, count in counts.items() if count}
    return {"in_question": in_question.bit_count(), "missing": missing}


def _deciding(library: Library) -> list[str]:
    """Return the facts that the rules of types name, those that follow from others apart."""
    rules = [rule for kind in main_types(library) for rule in (kind.established_when, kind.excluded_when) if rule]
    named = {name for rule in rules for name in rule.facts}
    return sorted(name for name in named if not library.facts[name].is_derived and not library.facts[name].includes)
