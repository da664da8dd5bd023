"""Rules and derived facts as one flat program: nodes in an order in which each reads only those before it.

A truth is a *literal*: twice the place of its node, and one more for its opposite. So `not` costs nothing, and `all` is
"not any of the opposites". What runs the program keeps two planes for each node, known true and known false, bit *i*
of which is person *i*; ``rules.evaluate`` says what each node does with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, assert_never, final

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.rules.syntax import (
    Absent,
    All,
    AnyOf,
    AtLeast,
    Compare,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
    beyond_limit,
)
from calcinosis.rules.weigh import Unrefuted, Weighed

NOTHING = 0
"""The literal of which nothing is known: that of a fact that does not exist."""


@final
class Some(NamedTuple):
    """True where any part is, false where all are."""

    parts: tuple[int, ...]


@final
class Counted(NamedTuple):
    """True where so many parts are, false where so many cannot be reached."""

    least: int
    parts: tuple[int, ...]


@final
class Tested(NamedTuple):
    """A number or a word beside what a rule asks; ``fact`` is the literal of its fact."""

    test: Compare | Is
    fact: int


@final
class Known(Struct, frozen=True, kw_only=True):
    """A fact: what is stated of it, and what it follows from.

    ``kinds`` are the facts that it includes and ``wholes`` those that include it, at any depth. ``true_when`` and
    ``absent_when`` are its rules, ``shown`` and ``absent`` their literals. With ``is_assumable`` it may be taken as
    absent where nothing mentions it.
    """

    fact: str
    kind: Literal["presence", "choice", "quantity"]
    kinds: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    true_when: Rule | None = None
    absent_when: Rule | None = None
    is_computed: bool = False
    is_assumable: bool = False
    kind_literals: tuple[int, ...] = ()
    shown: int = NOTHING
    absent: int = NOTHING


Node = Some | Counted | Tested | Weighed | Unrefuted | Known


class Program(Struct):
    """The nodes of facts and rules; a rule that is not in it yet is added when it is asked for.

    ``facts`` and ``conditions`` are the literals of facts, and of the tests that say where their formulas hold;
    ``readers`` those of the nodes that read a fact; ``literals`` those of ``rules``, found by the ids of these.
    ``measures`` are, for a quantity, the others that measure the same, the one that outranks it and the one
    that stands in for it, or nothing.
    ``may_differ`` says of each node whether it can when the unmentioned is taken as absent, ``nobody`` is what
    ``rules.evaluate`` makes of a person of whom nothing is known.
    """

    nodes: list[Node] = field(default_factory=lambda: [Some(())])
    literals: list[int] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    conditions: dict[str, int] = field(default_factory=dict)
    readers: dict[str, list[int]] = field(default_factory=dict)
    measures: dict[str, tuple[tuple[str, ...], str, str]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    may_differ: bytearray = field(default_factory=lambda: bytearray(1))
    nobody: bytes = b""
    by_id: dict[int, int] = field(default_factory=dict)
    _same: dict[Node, int] = field(default_factory=dict)

    def add_fact(self, node: Known, reads: Iterable[str]) -> None:
        """Add the node of a fact after those of all facts that it reads."""
        shown, absent = (NOTHING if rule is None else self.literal(rule) for rule in (node.true_when, node.absent_when))
        kinds = tuple(map(self.fact, node.kinds))
        node = replace(node, kind_literals=kinds, shown=shown, absent=absent)
        differs = node.is_assumable or any(self.may_differ[self.fact(name) >> 1] for name in reads)
        self.facts[node.fact] = self._add(node, (node.fact,), differs)

    def add_condition(self, fact: str, test: Test) -> None:
        """Add the test that says where the formula of a fact holds."""
        self.conditions[fact] = self._of_test(test)

    def __post_init__(self) -> None:
        self.by_id = dict(zip(map(id, self.rules), self.literals, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Program) and (self.nodes, self.literals) == (other.nodes, other.literals)

    def __reduce__(self) -> tuple[type[Program], tuple[Any, ...]]:
        """Return what is kept: ids of objects are others in another process."""
        return Program, tuple(getattr(self, name) for name in self.__struct_fields__ if name not in {"by_id", "_same"})

    def literal(self, rule: Rule) -> int:
        """Return the literal of a rule."""
        known = self.by_id.get(id(rule))
        if known is not None:
            return known
        found = self._literal(rule)
        self.rules.append(rule)
        self.literals.append(found)
        self.by_id[id(rule)] = found
        return found

    def read_by(self, facts: Iterable[str]) -> set[int]:
        """Return the literals of the nodes that read some facts."""
        return set[int]().union(*filter(None, map(self.readers.get, facts)))

    def fact(self, name: str) -> int:
        """Return the literal of a fact."""
        return self.facts.get(name, NOTHING)

    def known(self, fact: str) -> Known:
        """Return the node of a fact."""
        node = self.nodes[self.facts[fact] >> 1]
        assert type(node) is Known
        return node

    def _literal(self, rule: Rule) -> int:
        match rule:
            case Criterion():
                return self._of_test(rule.test)
            case All():
                return self._group(Some(tuple(self.literal(part) ^ 1 for part in rule.parts)), rule) ^ 1
            case AnyOf():
                return self._group(Some(tuple(self.literal(part) for part in rule.parts)), rule)
            case AtLeast():
                return self._group(Counted(rule.count, tuple(self.literal(part) for part in rule.parts)), rule)
            case _:
                assert_never(rule)

    def _of_test(self, test: Test) -> int:
        match test:
            case Present():
                return self.fact(test.fact)
            case Absent():
                return self.fact(test.fact) ^ 1
            case Compare():
                return self._weighed(test) if test.fact in self.measures else self._tested(test)
            case Is():
                return self._tested(test)
            case _:
                assert_never(test)

    def _tested(self, test: Compare | Is) -> int:
        differs = bool(self.may_differ[self.fact(test.fact) >> 1])
        return self._shared(Tested(test, self.fact(test.fact)), (test.fact,), differs)

    def _weighed(self, test: Compare) -> int:
        """Return the literal of a comparison of what other facts measure too."""
        others, better, stand_in = self.measures[test.fact]
        own = self._tested(test)
        node: Weighed | Unrefuted
        if isinstance(test.limit, Limit):
            beside = tuple(self._tested(replace(test, fact=other)) for other in others)
            chosen = (self._tested(replace(test, fact=name)) if name else NOTHING for name in (better, stand_in))
            node = Weighed(own, beside, *chosen)
        elif better:
            beyond = beyond_limit(test)
            node = Unrefuted(own, self._tested(beyond), self._tested(replace(beyond, fact=better)))
        else:
            return own
        parts = [own, node.better, *((*node.others, node.stand_in) if isinstance(node, Weighed) else (node.beyond,))]
        return self._shared(node, (test.fact,), any(self.may_differ[part >> 1] for part in parts))

    def _group(self, node: Some | Counted, rule: Rule) -> int:
        if len(node.parts) == 1:
            return node.parts[0]
        return self._shared(node, rule.facts, any(self.may_differ[part >> 1] for part in node.parts))

    def _shared(self, node: Node, facts: Iterable[str], differs: bool) -> int:
        if node not in self._same:
            self._same[node] = self._add(node, facts, differs)
        return self._same[node]

    def _add(self, node: Node, facts: Iterable[str], differs: bool) -> int:
        place = len(self.nodes)
        self.nodes.append(node)
        self.may_differ.append(differs)
        for fact in facts:
            self.readers.setdefault(fact, []).append(2 * place)
        return 2 * place
