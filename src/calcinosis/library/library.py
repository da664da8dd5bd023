"""The Library: all entries of the knowledge, by folder and id."""

from __future__ import annotations

from dataclasses import dataclass, field

from calcinosis.library.entries import (
    Cause,
    Entry,
    FollowUp,
    Investigation,
    LookAlike,
    RedFlag,
    Source,
    Topic,
    Treatment,
    Type,
)
from calcinosis.rules.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that the knowledge files say, checked and ready to reason with."""

    version: str
    checked: str
    vocabulary: Vocabulary
    sources: dict[str, Source] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    look_alikes: dict[str, LookAlike] = field(default_factory=dict)
    investigations: dict[str, Investigation] = field(default_factory=dict)
    treatments: dict[str, Treatment] = field(default_factory=dict)
    red_flags: dict[str, RedFlag] = field(default_factory=dict)
    follow_up: dict[str, FollowUp] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    products: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    unit_names: dict[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts by id."""
        return self.vocabulary.facts

    def entry(self, entry_id: str) -> Entry | Fact | None:
        """Return the entry with this id, from whichever folder."""
        groups: tuple[dict[str, Entry | Fact], ...] = (
            self.types,  # type: ignore[assignment]
            self.causes,  # type: ignore[assignment]
            self.treatments,  # type: ignore[assignment]
            self.investigations,  # type: ignore[assignment]
            self.look_alikes,  # type: ignore[assignment]
            self.red_flags,  # type: ignore[assignment]
            self.follow_up,  # type: ignore[assignment]
            self.topics,  # type: ignore[assignment]
            self.facts,  # type: ignore[assignment]
            self.sources,  # type: ignore[assignment]
        )
        return next((group[entry_id] for group in groups if entry_id in group), None)
