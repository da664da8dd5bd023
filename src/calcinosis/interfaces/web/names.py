"""From what is typed to the facts that it may mean: names, synonyms and codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from calcinosis.compiled import Knowledge, knowledge
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.tokens import tokens_of

Group = Literal["condition", "medicine", "value"]
GROUPS: tuple[Group, ...] = ("condition", "medicine", "value")
_MOST = 12
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact that is offered, and the name or code by which it was found."""

    fact: str
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names and codes of the facts of one group, in small letters."""

    facts: dict[str, Fact]
    by_name: dict[str, str] = field(default_factory=dict)
    by_words: dict[str, str] = field(default_factory=dict)
    """The same by normal words: British or American, one or many."""

    def exact(self, text: str) -> str:
        """Return the fact that a name or code means, or the only one that begins so; empty when there is none."""
        wanted = _plain(text)
        if wanted in self.by_name or len(wanted) < _FEWEST_LETTERS:
            return self.by_name.get(wanted, "")
        spelled = self.by_words.get(_spelled(text))
        if spelled:
            return spelled
        begun = {fact for name, fact in self.by_name.items() if name.startswith(wanted)}
        return begun.pop() if len(begun) == 1 else ""

    def like(self, text: str) -> list[Suggestion]:
        """Return the facts whose names or codes hold the text, those that begin with it first."""
        wanted = _plain(text)
        if len(wanted) < _FEWEST_LETTERS:
            return []
        found = sorted(
            (name for name in self.by_name if wanted in name), key=lambda name: (*_place(wanted, name), len(name), name)
        )
        if not found:
            guess = nearest(wanted, self.by_name)
            found = [name for name in self.by_name if f'"{name}"' in guess]
        chosen: dict[str, Suggestion] = {}
        for name in found:
            fact = self.facts[self.by_name[name]]
            chosen.setdefault(fact.id, Suggestion(fact.id, fact.name, "" if name == _plain(fact.name) else name))
        return list(chosen.values())[:_MOST]


@lru_cache(maxsize=3)
def names_of(group: Group) -> Names:
    """Return the names of the medicines, of what is measured, or of everything else that can be present or absent."""
    known = knowledge()
    chosen = {name: fact for name, fact in known.library.facts.items() if _group(fact) == group}
    found = Names(chosen)
    for text, fact in _named(chosen, known):
        found.by_name.setdefault(_plain(text), fact)
        found.by_words.setdefault(_spelled(text), fact)
    return found


def _group(fact: Fact) -> str:
    if fact.kind in {"site", "choice"} or not fact.question:
        return ""
    if fact.kind == "quantity":
        return "" if fact.learned_by == "demographics" else "value"
    return "medicine" if fact.kind == "medicine" else "condition"


def _named(facts: dict[str, Fact], known: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield names before synonyms before codes, so that the best one keeps a text."""
    yield from ((fact.name, fact.id) for fact in facts.values())
    yield from ((name, fact.id) for fact in facts.values() for name in fact.names)
    for (_, code), meaning in known.terms.codes.items():
        if meaning.facts[0][0] in facts:
            yield code, meaning.facts[0][0]


def _place(wanted: str, name: str) -> tuple[int]:
    """Return 0 for a name that begins with the text, 1 for one of whose words does, else 2."""
    if name.startswith(wanted):
        return (0,)
    return (1,) if f" {wanted}" in name else (2,)


def _spelled(text: str) -> str:
    return " ".join(tokens_of(text))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
