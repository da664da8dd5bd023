"""What an entry is about: the facts that stand for it, and the names by which people call it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calcinosis.library.entries import Cause, Entry, Investigation, Treatment, Type
from calcinosis.rules.syntax import Present, criteria
from calcinosis.rules.vocabulary import Fact

if TYPE_CHECKING:
    from calcinosis.library.library import Library

_MOST_MEASURES = 6
"""A test that measures more facts than this, such as taking a history, is not called by the name of each."""


def facts_of(entry: Entry | Fact, library: Library) -> tuple[str, ...]:
    """Return the facts that stand for an entry: of the same name, measured by it, or true while it is taken."""
    facts = library.facts
    if isinstance(entry, Fact):
        return (entry.id,)
    found = [entry.id.replace("-", "_")]
    if isinstance(entry, Treatment):
        found.append(entry.medicine)
    elif isinstance(entry, Investigation):
        found += entry.measures
    elif isinstance(entry, Cause):
        found += [one.test.fact for one in criteria(entry.present_when) if isinstance(one.test, Present)]
    elif isinstance(entry, Type):
        found += [f"cause_of_{entry.id}", f"pointing_to_{entry.id}"]
    return tuple(fact for fact in dict.fromkeys(found) if fact in facts)


def synonyms(entry: Entry | Fact, library: Library) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the other names of an entry: those of itself, and those of the facts that it goes with."""
    facts = library.facts
    near = {entry.id.replace("-", "_"), getattr(entry, "medicine", "")}
    if isinstance(entry, Investigation) and len(entry.measures) > _MOST_MEASURES:
        linked: tuple[str, ...] = ()
    else:
        linked = (
            facts_of(entry, library) if isinstance(entry, Treatment | Investigation | Cause | Fact) else tuple(near)
        )
    close = [name for fact in linked if fact in near and fact in facts for name in names_of(facts[fact])]
    far = [name for fact in linked if fact not in near and fact in facts for name in names_of(facts[fact])]
    return tuple(close), tuple(far)


def short_name(name: str) -> str:
    """Return the name of an entry without what stands in brackets behind it."""
    return " ".join(name.split()).partition(" (")[0]


def names_of(fact: Fact) -> Iterator[str]:
    """Yield every name of a fact and of its words."""
    yield fact.name
    yield from fact.names
    for word in fact.words.values():
        yield from word.names
