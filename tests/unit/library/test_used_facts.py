"""The facts that the knowledge makes use of are those that a rule reads, at any depth, and no others."""

from __future__ import annotations

from calcinosis.compiled import knowledge
from calcinosis.library.entries import rules_of


def test_what_a_rule_reads_is_used() -> None:
    """Every fact that a rule of an entry reads is used, and so is that it is over; what none reads is not."""
    library = knowledge().library
    entries = [*library.types.values(), *library.treatments.values(), *library.red_flags.values()]
    read = {fact for entry in entries for _, rule in rules_of(entry) for fact in rule.facts}
    assert read
    assert read <= library.used_facts
    assert {treatment.medicine for treatment in library.treatments.values() if treatment.medicine} <= library.used_facts
    unused = library.facts.keys() - library.used_facts
    assert unused
    assert not any(library.vocabulary.touches[name] & read for name in unused)
