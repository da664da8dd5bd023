"""Entries by the facts that they read."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.library.library import Library


@pytest.mark.parametrize("facts", [set(), {"phosphate"}, {"systemic_sclerosis", "phosphate"}, {"no_such_fact"}])
def test_those_that_read_a_fact(facts: set[str], library: Library) -> None:
    """The same entries in the same order as by looking at each; one without a rule reads nothing."""
    kinds = list(library.types.values())
    plain = [
        kind
        for kind in kinds
        if any(rule is not None and rule.facts & facts for rule in (kind.established_when, kind.suspect_when))
    ]
    found = Mentioned.of(kinds, lambda kind: read_by(kind.established_when, kind.suspect_when)).by(facts)
    assert found == plain
