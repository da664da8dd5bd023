"""All facts and how they hang together: what each is worked out from, in which order, and the program that does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from msgspec import Struct, field

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.rules.formula import Formula, formula_facts, parse_formula
from calcinosis.rules.program import Known, Program
from calcinosis.rules.relations import relations_among
from calcinosis.rules.syntax import Rule, Test
from calcinosis.rules.vocabulary import ASSUMABLE, EVER, Fact, LastingResult
from calcinosis.words.en import knowledge as words

BY_AGE_AND_SEX = ("age", "sex")
"""What usual limits depend on."""


class Vocabulary(Struct, frozen=True, kw_only=True):
    """All facts, and how they hang together.

    ``kinds`` lists, for each fact that includes others, its kinds at any depth; ``touches`` all facts whose value can
    change when this one becomes known, itself included (its kinds only if it is absent); ``formulas`` are those of the
    computed facts, parsed; ``reads`` the facts that a formula reads and ``conditions`` where it holds; ``inputs`` all
    facts that may be read when a fact is worked out; ``program`` works out facts and rules.
    ``relations`` are the facts that say how others lie in place and time, what is known before what may be;
    ``lasting`` those that results show which stay below a limit, each with what is asked of them.
    ``untouched_reasons`` and ``untouched_open`` remember the reasons and the open facts of a rule that are the same for
    every record that does not mention it; None where the open facts are not.
    """

    facts: dict[str, Fact]
    kinds: dict[str, frozenset[str]]
    touches: dict[str, frozenset[str]]
    formulas: dict[str, Formula]
    reads: dict[str, tuple[str, ...]]
    conditions: dict[str, Test]
    inputs: dict[str, frozenset[str]]
    program: Program
    relations: tuple[Fact, ...] = ()
    lasting: tuple[tuple[Fact, LastingResult], ...] = ()
    untouched_reasons: dict[tuple[int, bool], tuple[Rule, Any]] = field(default_factory=dict)
    untouched_open: dict[tuple[int, bool], dict[str, None] | None] = field(default_factory=dict)

    @staticmethod
    def of(facts: dict[str, Fact], conditions: dict[str, Test] | None = None) -> Vocabulary:
        """Return the vocabulary of these facts; ``conditions`` are the parsed `formula_when` by fact.

        Raises KnowledgeError where a fact is worked out through itself.
        """
        formulas = {fact.id: parse_formula(fact.formula) for fact in facts.values() if fact.formula}
        reads = {name: tuple(sorted(formula_facts(formula))) for name, formula in formulas.items()}
        uses: dict[str, set[str]] = {name: set() for name in facts}
        for fact in facts.values():
            for name in {*_needed_by(fact, facts, reads.get(fact.id, ())), *_answering_for(fact)}:
                uses.setdefault(name, set()).add(fact.id)
        kinds = {fact.id: _kinds(fact.id, facts) for fact in facts.values() if fact.includes}
        tests = conditions or {}
        inputs = {name: _read_by(fact, facts, reads.get(name, ()), tests) for name, fact in facts.items()}
        return Vocabulary(
            facts=facts,
            kinds=kinds,
            touches={name: _reached(name, uses) for name in facts},
            formulas=formulas,
            reads=reads,
            conditions=tests,
            inputs=inputs,
            program=_program(facts, kinds, inputs, tests),
            relations=relations_among(facts),
            lasting=lasting_facts(facts),
        )

    def touched(self, stated: Iterable[str], denied: Iterable[str]) -> set[str]:
        """Return the facts that have to do with what is stated; of what is denied, also the kinds."""
        excluded = set[str]().union(*(self.kinds.get(name, ()) for name in denied))
        return set[str]().union(*(self.touches[name] for name in (*stated, *excluded)))

    def all_read(self, names: Iterable[str]) -> frozenset[str]:
        """Return all facts on which these may depend: what they are worked out from, at any depth, and wholes of it."""
        found, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.inputs[name]
        return frozenset(found.union(*(self.program.known(name).wholes for name in found)))


def lasting_facts(facts: Mapping[str, Fact]) -> tuple[tuple[Fact, LastingResult], ...]:
    """Return the facts that results show which stay below a limit, each with what is asked of them."""
    return tuple((fact, fact.lasting_result) for fact in facts.values() if fact.lasting_result is not None)


def _program(
    facts: Mapping[str, Fact],
    kinds: Mapping[str, frozenset[str]],
    inputs: Mapping[str, frozenset[str]],
    conditions: Mapping[str, Test],
) -> Program:
    """Return the program that works out the facts."""
    above = _wholes(kinds)
    program = Program()
    program.measures = {
        name: (fact.measured_with, fact.outranked_by, fact.stand_in)
        for name, fact in facts.items()
        if fact.measured_with or fact.outranked_by or fact.stand_in
    }
    for name in _in_order(inputs):
        fact = facts[name]
        if name in conditions:
            program.add_condition(name, conditions[name])
        program.add_fact(_node(fact, facts, above.get(name, ())), inputs[name])
    return program


def _node(fact: Fact, facts: Mapping[str, Fact], wholes: tuple[str, ...]) -> Known:
    """Return the node of a fact."""
    if fact.kind in {"quantity", "choice"}:
        is_quantity = fact.kind == "quantity"
        return Known(
            fact=fact.id,
            kind="quantity" if is_quantity else "choice",
            is_computed=bool(is_quantity and (fact.formula or fact.days_from)),
            is_assumable=not is_quantity and fact.learned_by in ASSUMABLE,
        )
    return Known(
        fact=fact.id,
        kind="presence",
        kinds=tuple(name for name in fact.includes if name in facts),
        wholes=wholes,
        true_when=fact.true_when,
        absent_when=fact.absent_when,
        is_assumable=fact.true_when is None and fact.relation is None and fact.learned_by in ASSUMABLE,
    )


def is_excluded_for_good(fact: Fact, facts: Mapping[str, Fact]) -> bool:
    """Whether all that excludes a fact stays so: age and sex, a lasting condition, an operation."""
    rule = fact.absent_when
    return rule is not None and all(name in facts and _stays(facts[name]) for name in rule.facts)


def _stays(fact: Fact) -> bool:
    return fact.learned_by == "demographics" or fact.lasting or fact.kind in EVER


def _read_by(
    fact: Fact, facts: Mapping[str, Fact], formula_reads: Iterable[str], conditions: Mapping[str, Test]
) -> frozenset[str]:
    """Return the facts whose values may be read when a fact is worked out."""
    found = {*fact.includes, *formula_reads, fact.days_from, fact.days_to}
    for rule in (fact.true_when, fact.absent_when):
        found |= _with_measures(rule.facts, facts) if rule is not None else set()
    if fact.id in conditions:
        found.add(conditions[fact.id].fact)
    if fact.usual_limits:
        found |= set(BY_AGE_AND_SEX)
    if fact.relation is not None:
        found |= {*fact.relation.of, *fact.relation.to, *fact.relation.by}
    return frozenset(found & set(facts))


def _with_measures(names: Iterable[str], facts: Mapping[str, Fact]) -> set[str]:
    """Return facts with those that measure the same."""
    found = set(names)
    for fact in (facts[name] for name in names if name in facts):
        found |= {*fact.measured_with, *_answering_for(fact)}
    return found


def _answering_for(fact: Fact) -> set[str]:
    """Return the measures that answer for a quantity where it was not measured."""
    return {fact.outranked_by, fact.stand_in} - {""}


def _needed_by(fact: Fact, facts: dict[str, Fact], formula_reads: tuple[str, ...]) -> set[str]:
    """Return the facts of which one must be known for a fact to be known.

    A formula needs all that it reads, so one of them stands for all: the one that fewest records hold.
    """
    read = set(fact.includes)
    for rule in (fact.true_when, fact.absent_when):
        read |= rule.facts if rule is not None else set()
    if fact.days_to:
        read.add(fact.days_to)
    telling = [name for name in formula_reads if name in facts and facts[name].learned_by != "demographics"]
    read |= set(telling[-1:] or formula_reads)
    return read


def _in_order(read: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the facts so that each reads only facts before it. Raises KnowledgeError on a circle."""
    try:
        return tuple(TopologicalSorter({name: sorted(others) for name, others in read.items()}).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        problem = Problem(f"facts/{error.args[1][0]}.yaml", 1, words.CIRCLE.format(circle=circle), words.NO_CIRCLE)
        raise KnowledgeError([problem]) from error


def _wholes(kinds: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each fact those that include it, at any depth: if one is stated as absent, so is the fact."""
    found: dict[str, list[str]] = {}
    for whole, below in kinds.items():
        for kind in below:
            found.setdefault(kind, []).append(whole)
    return {kind: tuple(sorted(listed)) for kind, listed in found.items()}


def _kinds(start: str, facts: dict[str, Fact]) -> frozenset[str]:
    """Return the kinds of a fact at any depth."""
    return _reached(start, {name: set(fact.includes) for name, fact in facts.items()}) - {start}


def _reached(start: str, uses: dict[str, set[str]]) -> frozenset[str]:
    """Return every fact that is reached from one by following uses."""
    found, waiting = {start}, [start]
    while waiting:
        for name in uses.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)
