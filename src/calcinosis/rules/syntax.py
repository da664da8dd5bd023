"""The nodes of a rule: groups of criteria, and criteria with their citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and the place in it that supports a statement."""

    source: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


class Limit(Enum):
    """A limit that comes with the result: printed on it, or the usual one of the fact."""

    UPPER = "upper_limit"
    LOWER = "lower_limit"


class Comparison(Enum):
    """How a quantity is compared with its limit."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as written, and the same number in the unit of the fact."""

    number: float
    unit: str
    in_fact_unit: float


@dataclass(frozen=True, slots=True)
class Present:
    """The fact is present."""

    fact: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The fact is absent."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compare:
    """The quantity compared with a limit."""

    fact: str
    comparison: Comparison
    limit: Amount | Limit


@dataclass(frozen=True, slots=True)
class Is:
    """The choice is one of the words."""

    fact: str
    words: tuple[str, ...]


Test = Present | Absent | Compare | Is


@dataclass(frozen=True, slots=True)
class Criterion:
    """One test on one fact, with the sources that support it."""

    test: Test
    cite: tuple[Citation, ...] = ()
    text: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """True when all parts are true."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when any part is true."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """True when ``count`` parts are true."""

    count: int
    parts: tuple[Rule, ...]


Rule = Criterion | All | AnyOf | AtLeast


def criteria(rule: Rule | None) -> Iterator[Criterion]:
    """Yield every criterion of a rule, in the order written."""
    if rule is None:
        return
    if isinstance(rule, Criterion):
        yield rule
        return
    for part in rule.parts:
        yield from criteria(part)


def facts_of(rule: Rule | None) -> frozenset[str]:
    """Return the ids of the facts that a rule speaks of."""
    return frozenset(criterion.test.fact for criterion in criteria(rule))
