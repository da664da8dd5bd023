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
from calcinosis.rules.syntax import Compare, Is, Rule
from calcinosis.rules.weigh import Unrefuted, Weighed, answered
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

Planes = tuple[int, int]
"""The persons of whom something is true, and those of whom it is false."""

EVEN = ~1
"""A literal without what says that it is the opposite: where the two planes of its node stand."""
NOT_YET = -1
"""Stands for a plane that nobody has asked for."""


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

    def __init__(
        self, program: Program, everyone: int, touched: Iterable[str], without_assuming: Evaluation | None = None
    ) -> None:
        """Set aside what reads the ``touched`` facts, until it is asked for; the rest is as of one who told nothing."""
        self.program = program
        self.everyone = everyone
        self.without_assuming = without_assuming
        self.assume_absent = without_assuming is not None
        nothing = nobody(program) if self.assume_absent else bytes(2 * len(program.nodes))
        self.planes = planes = list(nothing) if everyone == 1 else [everyone if bit else 0 for bit in nothing]
        self.open: dict[str, int] = {}
        """Of whom a fact is mentioned without being known."""
        self.unset: set[int] = without_assuming.unset if without_assuming else program.read_by(touched)
        for literal in self.unset:
            planes[literal] = planes[literal + 1] = NOT_YET

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

    def literal(self, rule: Rule) -> int:
        """Return the literal of a rule; the program may not have had it yet."""
        literal = self.program.literal(rule)
        self.planes += [NOT_YET] * (2 * len(self.program.nodes) - len(self.planes))
        return literal

    def of(self, literal: int) -> Planes:
        """Return of whom a literal is true, and of whom it is false."""
        if literal >= len(self.planes):
            self.planes += [NOT_YET] * (2 * len(self.program.nodes) - len(self.planes))
        if self.planes[literal] == NOT_YET:
            self.work_out(literal)
        return self.planes[literal], self.planes[literal ^ 1]

    def work_out(self, literal: int) -> None:
        """Work out a literal; what cannot differ is taken over from the evaluation without assumptions."""
        place, without, program = literal >> 1, self.without_assuming, self.program
        node = program.nodes[place]
        if without is None or program.may_differ[place]:
            found = self._some(node.parts) if type(node) is Some else self._worked_out(node)
        else:
            found = without.of(literal & EVEN)
            if type(node) is Known and node.fact in without.open:
                self.open[node.fact] = without.open[node.fact]
        planes, even = self.planes, literal & EVEN
        planes[even], planes[even | 1] = found

    def mentioned(self, fact: str) -> int:
        """Return of whom anything is known of a fact, be it that it is open."""
        true, false = self.of(self.program.fact(fact))
        return true | false | self.open.get(fact, 0)

    def _worked_out(self, node: Node) -> Planes:
        if type(node) is Some:
            return self._some(node.parts)
        if type(node) is Known:
            return self._known(node)
        if type(node) is Tested:
            return self._tested(node)
        if type(node) is Weighed or type(node) is Unrefuted:
            return answered(node, self.of)
        if type(node) is Counted:
            true, false = zip(*map(self.of, node.parts), strict=True)
            return self._reached(node.least, true), self._reached(len(node.parts) - node.least + 1, false)
        assert_never(node)

    def _some(self, parts: Sequence[int]) -> Planes:
        """Return of whom any part is true, and of whom all are false; who is in the first is not in the second."""
        planes, everyone, true = self.planes, self.everyone, 0
        for part in filter(planes.__getitem__, parts):
            if planes[part] == NOT_YET:
                self.work_out(part)
            true |= planes[part]
            if true == everyone:
                return true, 0
        false = everyone
        for part in parts:
            false &= planes[part ^ 1]
            if not false:
                break
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
        return true, other | (self.of(node.fact)[1] & ~true)

    def _known(self, node: Known) -> Planes:
        """Return the truth of a fact, and note of whom it is open."""
        if node.kind == "presence" and self.told(node.fact)[0] == self.everyone:
            true, false, unknown = self.everyone, 0, 0
        elif node.kind == "presence":
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
        present, denied, spoken_of = self.told(node.fact)
        if present == self.everyone:
            yield present, TRUE, Basis.STATED
            return
        if present:
            yield present, TRUE, Basis.STATED
        rest = self.everyone & ~present
        some_kind, no_kind = self._some(node.kind_literals)
        if some_kind & rest:
            yield some_kind & rest, TRUE, Basis.KINDS
            rest &= ~some_kind
        if denied & rest:
            yield from self._denied(node, denied & rest)
            rest &= ~denied
        if node.absent_when is not None and rest:
            absent = rest & self.of(node.absent)[0]
            if absent:
                yield absent, FALSE, Basis.ABSENT_RULE
                rest &= ~absent
        if node.true_when is not None and rest:
            shown, refuted = self.of(node.shown)
            if shown & rest:
                yield shown & rest, TRUE, Basis.RULE
                rest &= ~shown
            if refuted & no_kind & rest:
                yield refuted & no_kind & rest, FALSE, Basis.RULE
                rest &= ~(refuted & no_kind)
        if spoken_of & rest:
            yield spoken_of & rest, UNKNOWN, Basis.STATED
            rest &= ~spoken_of
        if rest:
            yield from self._unstated(node, rest)

    def _denied(self, node: Known, denied: int) -> Iterator[tuple[int, Truth, Basis]]:
        """Yield what a denial is worth: in dispute with a rule that shows the fact, unless that was later."""
        disputed = denied & self.of(node.shown)[0]
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
        if whole or open_kinds:
            excluded, left_open = (whole, FALSE, Basis.WHOLE), (open_kinds, UNKNOWN, Basis.OPEN_KINDS)
            for persons, truth, basis in (excluded, left_open) if node.true_when is None else (left_open, excluded):
                if persons & rest:
                    yield persons & rest, truth, basis
                    rest &= ~persons
        if rest and self.assume_absent and node.is_assumable:
            yield rest, FALSE, Basis.ASSUMPTION


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
        person = _Nobody(program, 1, ())
        person.assume_absent = True
        person.planes = [0, 0] + [NOT_YET] * (2 * len(program.nodes) - 2)
        program.nobody = bytes(plane for literal in range(0, len(person.planes), 2) for plane in person.of(literal))
    return program.nobody
