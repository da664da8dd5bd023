"""Every entry of the knowledge with the page it stands on: the sections of the look-up and their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from calcinosis.compiled import knowledge
from calcinosis.library.entries import (
    Cause,
    Claim,
    Entry,
    FollowUp,
    Indication,
    Investigation,
    LookAlike,
    MedicineSafety,
    Objection,
    OutcomeMeasure,
    RedFlag,
    Source,
    Statement,
    Target,
    Topic,
    Treatment,
    Type,
)
from calcinosis.library.library import Library
from calcinosis.report.lines import clean, first_sentence
from calcinosis.rules.vocabulary import Fact

TOPICS = {
    "symptom": "symptoms",
    "daily-life": "daily-life",
    "prevention": "prevention",
    "prognosis": "prognosis",
    "risk-factor": "risk-factors",
    "contagion": "risk-factors",
    "inheritance": "risk-factors",
    "epidemiology": "frequency",
    "outcome-measure": "outcome-measures",
    "classification": "classification",
    "definition": "classification",
    "diagnosis": "symptoms",
}
SECTIONS = (
    "types", "causes", "symptoms", "investigations", "treatments", "medicines", "medicine-safety",
    "daily-life", "prevention", "follow-up", "look-alikes", "red-flags", "prognosis", "risk-factors", "frequency",
    "outcome-measures", "classification", "claims", "facts", "sources",
)  # fmt: skip
"""The first part of every address, in the order in which the sections are shown."""

_LETTER = re.compile(r"\b[b-z]\b")
"""A letter that is a name of its own, as in vitamin K."""
_NAMES = 4
"""So many names of a medicine say what it is."""
_OF_CLASS: dict[type[object], str] = {
    Type: "types", Cause: "causes", Investigation: "investigations", Treatment: "treatments",
    MedicineSafety: "medicine-safety", FollowUp: "follow-up", Target: "follow-up", OutcomeMeasure: "follow-up",
    LookAlike: "look-alikes", RedFlag: "red-flags",
    Claim: "claims", Source: "sources",
}  # fmt: skip


class Place(Struct, frozen=True):
    """An entry with its section, its name and what it says in one line."""

    section: str
    entry: Entry | Fact
    name: str
    summary: str

    def __hash__(self) -> int:
        return hash((self.section, self.entry.id))

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.entry.id

    @property
    def path(self) -> str:
        """The address of the page, the same in every release."""
        return f"/{self.section}/{self.entry.id}"

    @property
    def is_quoted(self) -> bool:
        """Whether it is a page that is only quoted."""
        return isinstance(self.entry, Source) and not self.entry.supports


class Catalogue(Struct, frozen=True):
    """All places, by section and id."""

    library: Library
    sections: dict[str, dict[str, Place]]

    def place(self, entry: Entry | Fact) -> Place:
        """Return where an entry stands."""
        return self.sections[section_of(entry)][entry.id]

    def named(self, entry_id: str) -> Place | None:
        """Return where the entry with this id stands, whatever it is."""
        entry = self.library.entry(entry_id)
        return self.place(entry) if entry is not None else None

    def fact(self, fact_id: str) -> Place:
        """Return where a fact stands."""
        return self.place(self.library.facts[fact_id])

    def source(self, source_id: str) -> Place:
        """Return where a source stands."""
        return self.sections["sources"][source_id]

    def places(self) -> Iterable[Place]:
        """Yield every place, section by section."""
        for section in self.sections.values():
            yield from section.values()


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue of the knowledge of this package."""
    return catalogue_of(knowledge().library)


def catalogue_of(library: Library) -> Catalogue:
    """Return the catalogue of a library, each section in the order in which it is read."""
    found: dict[str, dict[str, Place]] = {section: {} for section in SECTIONS}
    entries = [entry for folder in library.folders().values() for entry in folder.values()]
    for entry in sorted(entries, key=_order):
        section = section_of(entry)
        found[section][entry.id] = Place(section, entry, name_of(entry), summary_of(entry))
    return Catalogue(library, found)


def section_of(entry: Entry | Fact) -> str:
    """Return the section of an entry."""
    if isinstance(entry, Topic):
        return TOPICS[entry.kind]
    if isinstance(entry, Fact):
        return "medicines" if entry.kind == "medicine" else "facts"
    return _OF_CLASS[type(entry)]


def name_of(entry: Entry | Fact) -> str:
    """Return what an entry is called; a follow-up is called after its id, a claim by what it says."""
    if isinstance(entry, Source):
        return clean(entry.title)
    if isinstance(entry, Claim):
        return clean(entry.says)
    if isinstance(entry, FollowUp | Target | OutcomeMeasure):
        return _LETTER.sub(lambda letter: letter[0].upper(), entry.id.replace("-", " ").capitalize())
    return clean(entry.name)


def summary_of(entry: Entry | Fact) -> str:
    """Return the first sentence of what an entry says."""
    if isinstance(entry, Type | LookAlike):
        says = entry.summary.says
    elif isinstance(entry, Source):
        says = clean(f"{entry.authors}. {entry.published} {entry.year or ''}".strip(" ."))
    elif isinstance(entry, Fact):
        others = [name for name in entry.names if name.lower() != entry.name.lower()]
        says = "; ".join(others[:_NAMES]) if entry.kind == "medicine" else entry.plain or entry.question
    elif isinstance(entry, Claim):
        says = entry.because
    elif isinstance(entry, OutcomeMeasure):
        told = [*(one.says for one in entry.changes), *(one.says for one in entry.notes)]
        says = next(iter(told), "")
    elif isinstance(entry, RedFlag | FollowUp | MedicineSafety | Target):
        says = entry.says or getattr(entry, "name", "")
    else:
        says = _first_said(entry)
    return first_sentence(clean(says))


def _first_said(entry: Cause | Investigation | Treatment | Topic) -> str:
    if isinstance(entry, Cause):
        said = ((entry.summary,) if entry.summary else ()) + entry.seen_in + entry.features + entry.treat_first
    elif isinstance(entry, Investigation):
        said = entry.tells + entry.cautions + entry.thresholds
    elif isinstance(entry, Topic):
        said = entry.statements + entry.quoted
    else:
        reasons: list[Indication | Objection | Statement] = [*entry.for_, *entry.against, *entry.harms, *entry.quoted]
        return next((one.says for one in reasons), "")
    return next((one.says for one in said), "")


def _order(entry: Entry | Fact) -> tuple[int, int, str]:
    """Types by rank, forms behind them; dangers by urgency; everything else by name."""
    urgencies = ("emergency", "urgent", "soon")
    if isinstance(entry, Type):
        return (1 if entry.part_of else 0, entry.rank, entry.name)
    if isinstance(entry, RedFlag):
        return (urgencies.index(entry.urgency), 0, entry.name)
    if isinstance(entry, Claim | Source):
        return (0, 0, entry.id)
    return (0, 0, name_of(entry).lower())
