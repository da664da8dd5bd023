"""The facts that the knowledge makes use of, which is worked out once, when it is compiled."""

from __future__ import annotations

from calcinosis.library.entries import rules_of
from calcinosis.library.library import Library
from calcinosis.rules.vocabulary import PAST, PLANNED, RECENT


def used_facts(library: Library) -> frozenset[str]:
    """Return every fact that a rule, or a fact that a rule reads, reads, also as over, recent or planned."""
    folders = [entries for name, entries in library.folders().items() if name not in {"facts", "sources", "claims"}]
    rules = (rule for entries in folders for entry in entries.values() for _, rule in rules_of(entry))
    medicines = {treatment.medicine for treatment in library.treatments.values() if treatment.medicine}
    read = medicines.union(*(rule.facts for rule in rules))
    used = {name for name in library.facts if not library.vocabulary.touches[name].isdisjoint(read)}
    return frozenset(name for name in library.facts if {name, PAST + name, RECENT + name, PLANNED + name} & used)
