"""The Library: all entries of the knowledge, by folder and id."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from calcinosis.library.entries import (
    Cause,
    Claim,
    Entry,
    FollowUp,
    Investigation,
    LookAlike,
    MedicineSafety,
    OutcomeMeasure,
    RedFlag,
    Target,
    Topic,
    Treatment,
    Type,
)
from calcinosis.library.recommendation import RecommendationRule
from calcinosis.library.source import Source
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en import knowledge as words


class Library(Struct, frozen=True, kw_only=True, weakref=True):
    """Everything that the knowledge files say, checked and ready to reason with.

    ``other_sides`` are in no file: what the rules on one medicine say of another, as entries of that other.
    ``used_facts`` are those that a rule, or a fact that a rule reads, reads.
    """

    version: str
    released: str
    checked: str
    vocabulary: Vocabulary
    recommendation: RecommendationRule
    sources: dict[str, Source] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    look_alikes: dict[str, LookAlike] = field(default_factory=dict)
    investigations: dict[str, Investigation] = field(default_factory=dict)
    treatments: dict[str, Treatment] = field(default_factory=dict)
    medicine_safety: dict[str, MedicineSafety] = field(default_factory=dict)
    other_sides: dict[str, MedicineSafety] = field(default_factory=dict)
    red_flags: dict[str, RedFlag] = field(default_factory=dict)
    follow_up: dict[str, FollowUp] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    outcome_measures: dict[str, OutcomeMeasure] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    products: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unit_names: dict[str, str] = field(default_factory=dict)
    used_facts: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return id(self)

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts by id."""
        return self.vocabulary.facts

    def folders(self) -> dict[str, Mapping[str, Entry | Fact]]:
        """Return the entries of every folder, in the order in which ids are looked up."""
        return {
            "types": self.types,
            "causes": self.causes,
            "treatments": self.treatments,
            "investigations": self.investigations,
            "look-alikes": self.look_alikes,
            words.MEDICINE_SAFETY: self.medicine_safety,
            words.RED_FLAGS: self.red_flags,
            "follow-up": self.follow_up,
            "targets": self.targets,
            words.OUTCOME_MEASURES: self.outcome_measures,
            "topics": self.topics,
            "claims": self.claims,
            "facts": self.facts,
            "sources": self.sources,
        }

    def entry(self, entry_id: str) -> Entry | Fact | None:
        """Return the entry with this id, from whichever folder."""
        return next((found[entry_id] for found in self.folders().values() if entry_id in found), None)

    def ids(self) -> list[str]:
        """Return the ids of all entries."""
        return [entry_id for entries in self.folders().values() for entry_id in entries]

    def counts(self) -> dict[str, int]:
        """Return how many entries each folder has."""
        return {name: len(entries) for name, entries in self.folders().items()}
