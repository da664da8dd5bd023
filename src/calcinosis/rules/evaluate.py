"""A program run on planes: integers in which bit *i* says what holds of person *i*, of one person or of many at once.

What is known of a fact is decided here, for both; only what is read of numbers, words and days is told by those who
hold them (``PatientFacts`` for one person, ``GroupFacts`` for many).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import assert_never

from calcinosis.rules.program import Counted, Known, Node, Program, Some, Tested
from calcinosis.rules.syntax import Compare, Criterion, Is, Rule
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

Planes = tuple[int, int]
"""The persons of whom something is true, and those of whom it is false."""


class Basis(Enum):
    """What a fact follows from."""

    STATED = "stated"
    """What is stated of it."""
    KINDS = "kinds"
    """Kinds of it that are present."""
    RULE = "rule"
    """Its rule, true or false."""
    DISPUTE = "dispute"
    """A denial, and its rule that shows it."""
    ABSENT_RULE = "absent-rule"
    """The rule of its absence."""
    WHOLE = "whole"
    """The denial of what includes it."""
    OPEN_KINDS = "open-kinds"
    """Kinds of it that are mentioned and not known."""
    ASSUMPTION = "assumption"
    """That nothing mentions it."""


class Evaluation(ABC):
    """What is known of ``everyone``; with ``assume_absent`` what nothing mentions is absent."""

    def __init__(self, program: Program, everyone: int, assume_absent: bool) -> None:
        self.program = program
        self.everyone = everyone
        self.assume_absent = assume_absent
        self.planes: list[int] = []
        self.open: dict[str, int] = {}
        """Of whom a fact is mentioned without being known."""

    @abstractmethod
    def told(self, fact: str) -> tuple[int, int, int]:
        """Return of whom it is stated that a fact holds, that it does not, and of whom it is spoken of at all."""

    @abstractmethod
    def compared(self, test: Compare) -> Planes:
        """Return of whom a number is, and is not, as a test asks."""

    @abstractmethod
    def worded(self, test: Is) -> Planes:
        """Return of whom a word is among those of a test, and of whom it is another."""

    @abstractmethod
    def computed(self, fact: str) -> int:
        """Return of whom a number can be worked out."""

    @abstractmethod
    def shown_later(self, node: Known, disputed: int) -> int:
        """Return who, of those that deny what the rule of a fact shows, was shown it on a later day."""

    def run(self, touched: Iterable[str], known: Evaluation | None = None) -> None:
        """Work out what reads these facts; what cannot differ is taken over from the evaluation without assumptions."""
        program = self.program
        nothing = nobody(program) if self.assume_absent else bytes(2 * len(program.nodes))
        self.planes = list(nothing) if self.everyone == 1 else [self.everyone if bit else 0 for bit in nothing]
        self.open = {} if known is None else dict(known.open)
        planes, may_differ, nodes = self.planes, program.may_differ, program.nodes
        for place in program.places(touched):
            if known is None or may_differ[place]:
                node = nodes[place]
                found = self._some(node.parts) if type(node) is Some else self._worked_out(node)
            else:
                found = known.planes[2 * place], known.planes[2 * place + 1]
            planes[2 * place], planes[2 * place + 1] = found

    def literal(self, rule: Rule) -> int:
        """Return the literal of a rule, which is worked out here if the program did not have it yet."""
        literal = self.program.literal(rule)
        if literal >= len(self.planes):
            self.complete()
        return literal

    def complete(self) -> None:
        """Work out the nodes that the program has and the planes have not."""
        for node in self.program.nodes[len(self.planes) // 2 :]:
            self.planes += self._worked_out(node)

    def holds(self, literal: int, truth: Truth) -> int:
        """Return of whom a literal has a truth."""
        if truth is UNKNOWN:
            return self.everyone & ~(self.planes[literal] | self.planes[literal ^ 1])
        return self.planes[literal if truth is TRUE else literal ^ 1]

    def mentioned(self, fact: str) -> int:
        """Return of whom anything is known of a fact, be it that it is open."""
        literal = self.program.fact(fact)
        return self.planes[literal] | self.planes[literal ^ 1] | self.open.get(fact, 0)

    def _worked_out(self, node: Node) -> Planes:
        if type(node) is Some:
            return self._some(node.parts)
        if type(node) is Known:
            return self._known(node)
        if type(node) is Tested:
            return self._tested(node)
        if type(node) is Counted:
            planes, enough_false = self.planes, len(node.parts) - node.least + 1
            true = self._reached(node.least, [planes[part] for part in node.parts])
            return true, self._reached(enough_false, [planes[part ^ 1] for part in node.parts])
        assert_never(node)

    def _some(self, parts: Sequence[int]) -> Planes:
        """Return of whom any part is true, and of whom all are false; who is in the first is not in the second."""
        planes, everyone = self.planes, self.everyone
        true, false = 0, everyone
        for part in parts:
            true |= planes[part]
            if true == everyone:
                return true, 0
            false &= planes[part ^ 1]
        return true, false

    def _reached(self, count: int, parts: Sequence[int]) -> int:
        """Return of whom at least so many parts hold; ``levels`` are those of whom 0, 1, 2 ... do."""
        levels = [self.everyone] + [0] * count
        for part in parts:
            for level in range(count, 0, -1):
                levels[level] |= levels[level - 1] & part
        return levels[count]

    def _tested(self, node: Tested) -> Planes:
        test = node.test
        if type(test) is Compare:
            return self.compared(test)
        assert type(test) is Is
        true, other = self.worded(test)
        return true, other | (self.planes[node.fact ^ 1] & ~true)

    def _known(self, node: Known) -> Planes:
        """Return the truth of a fact, and note of whom it is open."""
        if node.kind == "presence":
            true = false = unknown = 0
            for persons, truth, _ in self.cases(node):
                if truth is TRUE:
                    true |= persons
                elif truth is FALSE:
                    false |= persons
                else:
                    unknown |= persons
        else:
            true, false, spoken_of = self.told(node.fact)
            if node.is_computed:
                true |= self.computed(node.fact) & ~spoken_of
            unknown = spoken_of & ~(true | false)
            if self.assume_absent and node.is_assumable:
                false |= self.everyone & ~spoken_of
        if unknown:
            self.open[node.fact] = unknown
        else:
            self.open.pop(node.fact, None)
        return true, false

    def cases(self, node: Known) -> Iterator[tuple[int, Truth, Basis]]:
        """Yield who is in each case that decides on a fact, its truth and what it follows from; nobody is in two."""
        planes = self.planes
        present, denied, spoken_of = self.told(node.fact)
        if present == self.everyone:
            yield present, TRUE, Basis.STATED
            return
        if present:
            yield present, TRUE, Basis.STATED
        rest = self.everyone & ~present
        if node.kinds:
            kinds = rest & self._any(node.kinds)
            if kinds:
                yield kinds, TRUE, Basis.KINDS
                rest &= ~kinds
        if denied & rest:
            yield from self._denied(node, denied & rest)
            rest &= ~denied
        if not rest:
            return
        if node.absent_when is not None:
            absent = rest & planes[self.program.literal(node.absent_when)]
            if absent:
                yield absent, FALSE, Basis.ABSENT_RULE
                rest &= ~absent
        if node.true_when is not None:
            shown = rest & planes[self.program.literal(node.true_when)]
            if shown:
                yield shown, TRUE, Basis.RULE
                rest &= ~shown
            absent = rest & planes[self.program.literal(node.true_when) ^ 1] & self._none(node.kinds)
            if absent:
                yield absent, FALSE, Basis.RULE
                rest &= ~absent
        if spoken_of & rest:
            yield spoken_of & rest, UNKNOWN, Basis.STATED
            rest &= ~spoken_of
        yield from self._unstated(node, rest)

    def _denied(self, node: Known, denied: int) -> Iterator[tuple[int, Truth, Basis]]:
        """Yield what a denial is worth: in dispute with a rule that shows the fact, unless that was later."""
        disputed = 0 if node.true_when is None else denied & self.planes[self.program.literal(node.true_when)]
        if disputed:
            later = self.shown_later(node, disputed)
            if later:
                yield later, TRUE, Basis.RULE
            if disputed & ~later:
                yield disputed & ~later, UNKNOWN, Basis.DISPUTE
        if denied & ~disputed:
            yield denied & ~disputed, FALSE, Basis.STATED

    def _unstated(self, node: Known, rest: int) -> Iterator[tuple[int, Truth, Basis]]:
        """Yield what follows for those of whom nothing is stated and nothing follows by rule."""
        whole = 0
        for name in node.wholes:
            whole |= self.told(name)[1]
        open_kinds = 0
        for kind in node.kinds:
            open_kinds |= self.open.get(kind, 0)
        excluded, left_open = (whole, FALSE, Basis.WHOLE), (open_kinds, UNKNOWN, Basis.OPEN_KINDS)
        for persons, truth, basis in (excluded, left_open) if node.true_when is None else (left_open, excluded):
            if persons & rest:
                yield persons & rest, truth, basis
                rest &= ~persons
        if rest and self.assume_absent and node.is_assumable:
            yield rest, FALSE, Basis.ASSUMPTION

    def _any(self, facts: Iterable[str]) -> int:
        planes, literals = self.planes, self.program.facts
        found = 0
        for fact in facts:
            found |= planes[literals[fact]]
        return found

    def _none(self, facts: Iterable[str]) -> int:
        planes, literals = self.planes, self.program.facts
        found = self.everyone
        for fact in facts:
            found &= planes[literals[fact] ^ 1]
        return found

    def sources(self, node: Known, persons: int, truth: Truth, basis: Basis) -> Iterator[tuple[int, str, bool]]:
        """Yield the facts from which a case follows, for whom each counts, and whether as stated or as known."""
        match basis:
            case Basis.STATED:
                yield persons, node.fact, True
            case Basis.KINDS:
                yield from ((persons & self.planes[self.program.facts[kind]], kind, False) for kind in node.kinds)
            case Basis.OPEN_KINDS:
                yield from ((persons & self.open.get(kind, 0), kind, False) for kind in node.kinds)
            case Basis.WHOLE:
                yield from ((persons & self.told(whole)[1], whole, True) for whole in node.wholes)
            case Basis.RULE | Basis.DISPUTE | Basis.ABSENT_RULE:
                if basis is Basis.DISPUTE:
                    yield persons, node.fact, True
                rule = node.absent_when if basis is Basis.ABSENT_RULE else node.true_when
                assert rule is not None
                told = FALSE if basis is Basis.RULE and truth is FALSE else TRUE
                yield from ((here, one.test.fact, False) for here, one in self.carrying(rule, told, persons))
            case Basis.ASSUMPTION:
                return
            case _:
                assert_never(basis)

    def carrying(self, rule: Rule, truth: Truth, persons: int) -> Iterator[tuple[int, Criterion]]:
        """Yield the criteria that carry a truth of a rule, and for which of the persons, of whom it has that truth."""
        if type(rule) is Criterion:
            yield persons, rule
            return
        for part in rule.parts:
            literal = self.literal(part)
            if here := persons & self.holds(literal, truth):
                yield from self.carrying(part, truth, here)
            if truth is UNKNOWN and (here := persons & self.planes[literal]):
                yield from self.carrying(part, TRUE, here)


class _Nobody(Evaluation):
    """A person of whom nothing is stated, and all is taken as absent that may be."""

    def told(self, fact: str) -> tuple[int, int, int]:
        return 0, 0, 0

    def compared(self, test: Compare) -> Planes:
        return 0, 0

    def worded(self, test: Is) -> Planes:
        return 0, 0

    def computed(self, fact: str) -> int:
        return 0

    def shown_later(self, node: Known, disputed: int) -> int:
        return 0


def nobody(program: Program) -> bytes:
    """Return the planes of a person of whom nothing is stated, the unmentioned being absent; kept by the program."""
    if len(program.nobody) != 2 * len(program.nodes):
        person = _Nobody(program, 1, True)
        person.planes = [0, 0]
        person.complete()
        program.nobody = bytes(person.planes)
    return program.nobody
