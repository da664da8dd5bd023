"""What an entry page is made of: plain data that the templates lay out."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Place
from calcinosis.report.document import Line, Mark

Layout = Literal["terms", "rules", "path", "outcomes", "forest", "sides", "claims", "steps", "used", "codes", "cited"]


class RuleLine(Struct, frozen=True):
    """One criterion in words, with the page of its fact."""

    says: str
    path: str
    cites: tuple[str, ...]


class RuleGroup(Struct, frozen=True):
    """Criteria or groups of which all, any or some must hold; ``says`` names which."""

    says: str
    parts: tuple[RuleLine | RuleGroup, ...]

    @property
    def size(self) -> int:
        """The number of criteria in it."""
        return sum(part.size if isinstance(part, RuleGroup) else 1 for part in self.parts)


class NamedRule(Struct, frozen=True):
    """A rule with what follows when it holds."""

    name: str
    rule: RuleGroup


class Term(Struct, frozen=True):
    """A name with what is said under it, or the places that it leads to."""

    name: str
    lines: tuple[Line, ...] = ()
    places: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()


class Outcome(Struct, frozen=True):
    """What follows from the evidence for one type."""

    type: Place | None
    type_name: str
    mark: Mark
    word: str
    basis: str
    line: Line
    rule: RuleGroup | None


class Sides(Struct, frozen=True):
    """A question that sources answer differently, and the verdict where there is one."""

    about: str
    positions: tuple[Line, ...]
    verdict: Line | None


class ClaimRow(Struct, frozen=True):
    """What a popular page says, and what the literature says of it."""

    place: Place
    says: str
    source: str
    page: Place
    line: int
    verdict: str
    mark: Mark
    because: Line
    searched: str
    entry: Place | None
    disagrees: tuple[Place, ...] = ()
    subject: str = ""


class ForestRow(Struct, frozen=True):
    """One study in a forest plot: what it saw in words and, where it has numbers, as geometry in percent."""

    source: str
    name: str
    about: str
    numbers: str = ""
    share: str = ""
    label: str = ""
    not_counted: str = ""
    says: str = ""
    value: float = 0
    low: float = 0
    high: float = 0
    size: float = 0
    is_pooled: bool = False


class Forest(Struct, frozen=True):
    """The studies of a treatment: those that count, those that do not, those without numbers, and the summary."""

    rows: tuple[ForestRow, ...]
    not_counted: tuple[ForestRow, ...]
    without_numbers: tuple[ForestRow, ...]
    summary: str
    pooling: str


class Part(Struct, frozen=True, kw_only=True):
    """One part of a page; ``items`` are of the kind that its layout draws."""

    id: str
    title: str
    layout: Layout
    items: tuple[object, ...]
    note: str = ""


class EntryPage(Struct, frozen=True, kw_only=True):
    """An entry as a page: the answer in a few lines, then its parts."""

    place: Place
    kind: str
    answers: tuple[Term, ...]
    parts: tuple[Part, ...]
    sources: tuple[Place, ...]
    cite: str
    checked: str
    has_patient_words: bool
