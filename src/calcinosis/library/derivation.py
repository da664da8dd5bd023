"""Facts and the rules of all entries to the program that works them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.entries import rules_of
from calcinosis.rules.evaluate import nobody
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import Test
from calcinosis.rules.vocabulary import Fact


def vocabulary_of(
    facts: dict[str, Fact],
    conditions: dict[str, Test],
    entries: Iterable[Mapping[str, Any]],
    problems: Iterable[Problem],
) -> Vocabulary:
    """Return the facts with a program of all rules. Raises KnowledgeError on a circle, with the problems so far."""
    try:
        vocabulary = Vocabulary.of(facts, conditions)
    except KnowledgeError as error:
        raise KnowledgeError(sorted({*problems, *error.problems})) from error
    for entry in (entry for group in entries for entry in group.values()):
        for _, rule in rules_of(entry):
            vocabulary.program.literal(rule)
    nobody(vocabulary.program)
    return vocabulary
