"""Published cases, one a report: what was found, what was tried, what came of it."""

from __future__ import annotations

from typing import Literal

from calcinosis.data import FromFile

CaseType = Literal[
    "dystrophic", "metastatic", "iatrogenic", "idiopathic", "calciphylaxis", "not-calcinosis", "uncertain"
]
TriedResult = Literal["helped", "no-effect", "worse", "came-back", "not-told"]
CaseOutcome = Literal["healed", "improved", "unchanged", "worse", "came-back", "died", "not-told"]
FAILED: frozenset[str] = frozenset({"no-effect", "worse", "came-back", "died", "unchanged"})
"""What came of a treatment, or of a case, where it failed or did harm."""


class Tried(FromFile, frozen=True, kw_only=True):
    """One thing that was tried, in the order of the report, and what its authors say came of it."""

    says: str
    treatment: str = ""
    outcome: str = ""
    result: TriedResult = "not-told"


class CaseSource(FromFile, frozen=True, kw_only=True):
    """Where a case was published, and how much of it was read."""

    citation: str
    url: str = ""
    doi: str = ""
    pmid: str = ""
    read: str

    @property
    def paper(self) -> str:
        """The one name of the paper: two cases of one paper have the same."""
        return self.doi or self.pmid or self.url or self.citation


class Case(FromFile, frozen=True, kw_only=True):
    """One published case: what was found, the type and cause by its authors, what was tried, what came of it.

    ``facts`` are answers of a form, by fact. ``also`` are types that can be defended beside that of the authors;
    ``type_said`` tells whether they name it. ``record`` is the id of the record in the project's tests that tells the
    same; ``same_person`` are other cases that are, or may be, reports of the same person.
    """

    id: str
    says: str
    type: CaseType
    also: tuple[CaseType, ...] = ()
    type_said: Literal["stated", "inferred"]
    type_words: str
    cause_words: str
    causes: tuple[str, ...] = ()
    look_alike: str = ""
    facts: dict[str, str]
    tried: tuple[Tried, ...] = ()
    outcome: str = ""
    result: CaseOutcome = "not-told"
    follow_up: str = ""
    source: CaseSource
    same_person: tuple[str, ...] = ()
    record: str = ""
    collection: str
    checked: str

    @property
    def failed(self) -> bool:
        """Whether something that was tried failed or did harm, or the case ended so."""
        return self.result in FAILED or any(tried.result in FAILED for tried in self.tried)
