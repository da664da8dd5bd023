"""What a record says up to a day, ready to be followed: its dated sayings by fact, and what is known at its end."""

from __future__ import annotations

from msgspec import Struct, field

from calcinosis.conclusions.assessment import Assessment
from calcinosis.library.library import Library
from calcinosis.person.dates import Day
from calcinosis.person.facts import PatientFacts
from calcinosis.person.history import History
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.terminology.terms import Terms


class Span(Struct, frozen=True):
    """A record up to a day: ``said`` are its sayings of an exact day until then, in order, results that are final only.

    ``roughly`` are those of which only the month or the year is known.
    """

    record: Record
    library: Library
    terms: Terms
    as_of: str
    assessment: Assessment
    said: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    roughly: dict[str, tuple[Said, ...]] = field(default_factory=dict)

    @property
    def facts(self) -> PatientFacts:
        """What is known at the last day."""
        return self.assessment.account.facts

    @property
    def history(self) -> History:
        """What the record says of the course of things."""
        return self.record.history

    def days_of(self, facts: frozenset[str] | set[str]) -> list[str]:
        """Return the days on which one of some facts was said, in order."""
        return sorted({said.day.earliest for name in facts for said in self.said.get(name, ()) if said.day})


def span_of(record: Record, library: Library, terms: Terms, assessment: Assessment) -> Span:
    """Return what a record says up to the day of its assessment."""
    as_of = assessment.record.as_of
    exact: dict[str, dict[Said, None]] = {}
    rough: dict[str, dict[Said, None]] = {}
    for said in record.said:
        if said.day is None or not is_within(said.day, as_of):
            continue
        if not record.history.provisional.isdisjoint(said.value.origins):
            continue
        (exact if said.day.is_exact else rough).setdefault(said.fact, {})[said] = None
    return Span(record, library, terms, as_of, assessment, _ordered(exact), _ordered(rough))


def is_within(day: Day, as_of: str) -> bool:
    """Whether a day is certainly not after another."""
    return not as_of or day.latest <= as_of


def _ordered(by_fact: dict[str, dict[Said, None]]) -> dict[str, tuple[Said, ...]]:
    return {name: tuple(sorted(by_fact[name], key=_place)) for name in sorted(by_fact)}


def _place(said: Said) -> tuple[str, str, str]:
    assert said.day is not None
    return said.day.earliest, said.time, repr((said.value.origins, said.value.said, said.value.low, said.site))
