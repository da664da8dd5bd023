"""The nodes of a rule: groups of criteria, and criteria with their citations."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import final

from msgspec import Struct
from msgspec.structs import force_setattr


class Citation(Struct, frozen=True):
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


class Amount(Struct, frozen=True):
    """A number with its unit, as written, and the same number in the unit of the fact."""

    number: float
    unit: str
    in_fact_unit: float


@final
class Present(Struct, frozen=True):
    """The fact is present."""

    fact: str


@final
class Absent(Struct, frozen=True):
    """The fact is absent."""

    fact: str


@final
class Compare(Struct, frozen=True):
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
class Is(Struct, frozen=True):
    """The choice is one of the words."""

    fact: str
    words: tuple[str, ...]


Test = Present | Absent | Compare | Is


@final
class Criterion(Struct, frozen=True):
    """One test on one fact, with the sources that support it; ``facts`` is the id of that fact alone."""

    test: Test
    cite: tuple[Citation, ...] = ()
    text: str = ""
    line: int = 0
    facts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        force_setattr(self, "facts", frozenset((self.test.fact,)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Criterion) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[Test, tuple[Citation, ...], str]:
        return self.test, self.cite, self.text


class _Group(Struct, frozen=True):
    """Rules that are combined; ``facts`` are the ids of all facts that they speak of."""

    parts: tuple[Rule, ...]
    facts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        force_setattr(self, "facts", frozenset[str]().union(*(part.facts for part in self.parts)))


@final
class All(_Group, frozen=True):
    """True when all parts are true."""


@final
class AnyOf(_Group, frozen=True):
    """True when any part is true."""


@final
class AtLeast(_Group, frozen=True, kw_only=True):
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
