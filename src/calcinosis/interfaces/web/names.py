"""From what is typed to the facts that it may mean: names, synonyms and codes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from calcinosis.compiled import Knowledge, knowledge
from calcinosis.interfaces.web.form_design import design
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.tokens import tokens_of

Group = Literal["condition", "medicine", "value"]
GROUPS: tuple[Group, ...] = ("condition", "medicine", "value")
_MOST = 6
_FEWEST_LETTERS, _SHORT = 2, 3
_NEAR = 0.85
"""How alike two words are, of 1, for one to be a slip of the other."""
_RELATED, _FOLLOWS = "__", ("past_", "recent_")
"""How the ids of facts are marked that follow from other facts and have no name of their own to be found by."""


class Suggestion(Struct, frozen=True):
    """A fact that is offered, and the name or code by which it was found."""

    fact: str
    name: str
    by: str


class Names(Struct, frozen=True):
    """The names and codes of the facts of one group, in small letters."""

    facts: dict[str, Fact]
    by_name: dict[str, str]
    by_words: dict[str, str]
    """The same by normal words: British or American, one or many."""
    words: dict[str, str]
    """Every normal word of a name by its sound."""

    def exact(self, text: str) -> str:
        """Return the fact that a name or code means, or the only one that begins so; empty when there is none."""
        wanted = _plain(text)
        if wanted in self.by_name or len(wanted) < _FEWEST_LETTERS:
            return self.by_name.get(wanted, "")
        spelled = self.by_words.get(_spelled(text))
        if spelled:
            return spelled
        begun = {fact for name, fact in self.by_name.items() if name.startswith(wanted)}
        return begun.pop() if len(begun) == 1 and len(wanted) > _SHORT else ""

    def like(self, text: str) -> list[Suggestion]:
        """Return the facts whose names or codes hold what is typed, in any order of its words, the nearest first.

        A word that stands in no name is read as the nearest one.
        """
        wanted = _plain(text)
        if len(wanted) < _FEWEST_LETTERS:
            return []
        found = [wanted] if wanted in self.by_name else []
        typed = tuple(token for token in tokens_of(text) if token[0].isalnum())
        found += self._holding(typed) or self._holding(self._mended(typed))
        chosen: dict[str, Suggestion] = {}
        for name in found:
            fact = self.facts[self.by_name[name]]
            chosen.setdefault(fact.id, Suggestion(fact.id, fact.name, "" if name == _plain(fact.name) else name))
        return list(chosen.values())[:_MOST]

    def _holding(self, typed: tuple[str, ...]) -> list[str]:
        """Return the names with a word that begins with each typed one: those that begin so, then short ones."""
        found = []
        for name in self.by_name if typed else ():
            own = tokens_of(name)
            if all(any(word.startswith(begun) for word in own) for begun in typed):
                found.append((own[: len(typed)] != typed, not own[0].startswith(typed[0]), len(name), name))
        return [name for *_, name in sorted(found)]

    def _mended(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Return typed words with each unknown one replaced by the nearest that a name has; none if there is none."""
        mended = []
        for word in typed:
            near = get_close_matches(_sound(word), self.words, 1, _NEAR)
            if not near:
                return ()
            mended.append(self.words[near[0]])
        return tuple(mended)


@lru_cache(maxsize=3)
def names_of(group: Group) -> Names:
    """Return the names of the medicines, of what is measured, or of everything else that can be present or absent."""
    known = knowledge()
    chosen = {name: fact for name, fact in known.library.facts.items() if _group(fact) == group}
    by_name: dict[str, str] = {}
    by_words: dict[str, str] = {}
    for text, fact in _named(chosen, known):
        by_name.setdefault(_plain(text), fact)
        by_words.setdefault(_spelled(text), fact)
    own = {_sound(word): word for name in by_name for word in tokens_of(name) if len(word) > _SHORT}
    return Names(chosen, by_name, by_words, own)


def _group(fact: Fact) -> str:
    if fact.kind in {"site", "choice"} or fact.suspicion_of or fact.id.startswith(_FOLLOWS) or _RELATED in fact.id:
        return ""
    if fact.kind == "quantity":
        return "" if fact.learned_by == "demographics" else "value"
    return "medicine" if fact.kind == "medicine" else "condition"


def _named(facts: dict[str, Fact], known: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield names before synonyms before codes, so that the best one keeps a text."""
    yield from ((short, fact) for short, fact in design()["abbreviations"].items() if fact in facts)
    yield from ((fact.name, fact.id) for fact in facts.values())
    yield from ((name, fact.id) for fact in facts.values() for name in fact.names)
    for (_, code), meaning in known.terms.codes.items():
        if meaning.facts[0][0] in facts:
            yield code, meaning.facts[0][0]


def _sound(word: str) -> str:
    """Return a word with one letter for each of the sounds that are most often written in two ways."""
    for written, heard in (("ph", "f"), ("th", "t"), ("ck", "k"), ("y", "i"), ("c", "k"), ("z", "s")):
        word = word.replace(written, heard)
    return word


def _spelled(text: str) -> str:
    return " ".join(tokens_of(text))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
