"""What a truth rests on, read from the program's own nodes: the facts of a case, the criteria that carry a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from calcinosis.rules.evaluate import Basis, Evaluation
from calcinosis.rules.program import Known
from calcinosis.rules.syntax import Criterion, Rule
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth


def sources(
    facts: Evaluation, node: Known, persons: int, truth: Truth, basis: Basis
) -> Iterator[tuple[int, str, bool]]:
    """Yield the facts from which a case follows, for whom each counts, and whether as stated or as known."""
    match basis:
        case Basis.STATED:
            yield persons, node.fact, True
        case Basis.KINDS:
            literals = zip(node.kinds, node.kind_literals, strict=True)
            yield from ((persons & facts.of(literal)[0], kind, False) for kind, literal in literals)
        case Basis.OPEN_KINDS:
            yield from ((persons & facts.open.get(kind, 0), kind, False) for kind in node.kinds)
        case Basis.WHOLE:
            yield from ((persons & facts.told(whole)[1], whole, True) for whole in node.wholes)
        case Basis.RULE | Basis.DISPUTE | Basis.ABSENT_RULE:
            if basis is Basis.DISPUTE:
                yield persons, node.fact, True
            rule = node.absent_when if basis is Basis.ABSENT_RULE else node.true_when
            assert rule is not None
            told = FALSE if basis is Basis.RULE and truth is FALSE else TRUE
            yield from ((here, one.test.fact, False) for here, one in carrying(facts, rule, told, persons))
        case Basis.ASSUMPTION:
            return
        case _:
            assert_never(basis)


def carrying(facts: Evaluation, rule: Rule, truth: Truth, persons: int) -> Iterator[tuple[int, Criterion]]:
    """Yield the criteria that carry a truth of a rule, and for which of the persons, of whom it has that truth."""
    if type(rule) is Criterion:
        yield persons, rule
        return
    for part in rule.parts:
        true, false = facts.of(facts.literal(part))
        if here := persons & (true if truth is TRUE else false if truth is FALSE else ~(true | false)):
            yield from carrying(facts, part, truth, here)
        if truth is UNKNOWN and (here := persons & true):
            yield from carrying(facts, part, TRUE, here)
