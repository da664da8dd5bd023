"""Each definition of a fact reads its sentence, and does not read the other."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.rules.definition import ReadDefinition

DEFINITIONS = [(fact.id, one) for fact in knowledge().library.facts.values() for one in fact.read]


def said_in(text: str, sense: str) -> set[str]:
    """Return the facts of which a text says that they are present, or absent."""
    return {mention.fact for mention in knowledge().terms.matcher.mentions(text) if mention.sense == sense}


@pytest.mark.parametrize(("fact", "definition"), DEFINITIONS, ids=lambda part: part if isinstance(part, str) else "")
def test_the_sentences_of_a_definition(fact: str, definition: ReadDefinition) -> None:
    """The fact, or a kind of it, is read from its own sentence only."""
    reads, reads_not = definition.reads, definition.reads_not
    says = "absent" if definition.says == "denied" else definition.says
    kinds = {fact, *knowledge().terms.related.get(fact, ())}
    assert kinds & said_in(reads, says)
    assert fact not in said_in(reads_not, says)
