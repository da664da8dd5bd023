"""The nodes of a rule: groups of criteria, and criteria with their citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum
from typing import final

from calcinosis.data_classes import dataclass


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Amount:
    """A number with its unit, as written, and the same number in the unit of the fact."""

    number: float
    unit: str
    in_fact_unit: float


@final
@dataclass(frozen=True)
class Present:
    """The fact is present."""

    fact: str


@final
@dataclass(frozen=True)
class Absent:
    """The fact is absent."""

    fact: str


@final
@dataclass(frozen=True)
class Compare:
    """The quantity compared with a limit."""

    fact: str
    comparison: Comparison
    limit: Amount | Limit


def beyond_limit(test: Compare) -> Compare:
    """Return the comparison that a number lies beyond its limit, on the side on which another comparison asks."""
    asks_high = test.comparison in (Comparison.ABOVE, Comparison.AT_LEAST)
    side = (Comparison.ABOVE, Limit.UPPER) if asks_high else (Comparison.BELOW, Limit.LOWER)
    return Compare(test.fact, *side)


@final
@dataclass(frozen=True)
class Is:
    """The choice is one of the words."""

    fact: str
    words: tuple[str, ...]


Test = Present | Absent | Compare | Is


@final
@dataclass(frozen=True)
class Criterion:
    """One test on one fact, with the sources that support it; ``facts`` is the id of that fact alone."""

    test: Test
    cite: tuple[Citation, ...] = ()
    text: str = ""
    line: int = field(default=0, compare=False)
    facts: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", frozenset((self.test.fact,)))


@dataclass(frozen=True)
class _Group:
    """Rules that are combined; ``facts`` are the ids of all facts that they speak of."""

    parts: tuple[Rule, ...]
    facts: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", frozenset[str]().union(*(part.facts for part in self.parts)))


@final
@dataclass(frozen=True)
class All(_Group):
    """True when all parts are true."""


@final
@dataclass(frozen=True)
class AnyOf(_Group):
    """True when any part is true."""


@final
@dataclass(frozen=True, kw_only=True)
class AtLeast(_Group):
    """True when ``count`` parts are true."""

    count: int


AnyGroup = All | AnyOf | AtLeast
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
