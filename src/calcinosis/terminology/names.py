"""Names of facts and phrases of context as words to look up, and mentions, what is found of them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from calcinosis.terminology.context import Sense
from calcinosis.terminology.phrase_patterns import Pattern, is_pattern
from calcinosis.terminology.tokens import tokens_of

_BOTH = "|"
_TWO = 2
_LISTS = "words"
CARED_FOR = "cared_for"
"""The relatives of whom a carer writes, which are read before the context."""
"""The lists of words of which phrases of context are made."""
_BESIDE_OTHERS = frozenset({"order", "when", "continues", "changes", "head", "long_ago", "plan"})
"""Kinds of context that take no word from the others: "was treated" in "was treated as gout"."""


class Mention(Struct, frozen=True):
    """A name found in a text: the fact, the word of a choice, its place in words, and what the text says of it."""

    fact: str
    word: str
    start: int
    end: int
    sense: Sense


class Phrases(Struct, frozen=True):
    """Phrases by their first word, longest first, and for looking up by their first two, one within the other."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    by_two: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]]
    single: Mapping[str, str]
    patterns: Mapping[str, Mapping[str, tuple[tuple[Pattern, str], ...]]] = field(default_factory=dict)
    """By the words with which they may begin, and those that may follow; under no word, by any other."""

    @staticmethod
    def of(phrases: Iterable[tuple[str, str]], patterns: Iterable[tuple[Pattern, str]] = ()) -> Phrases:
        """Build from pairs of a phrase and what it means."""
        collected: dict[str, set[tuple[tuple[str, ...], str]]] = {}
        for phrase, meaning in phrases:
            tokens = tokens_of(phrase)
            if tokens:
                collected.setdefault(tokens[0], set()).add((tokens, meaning))
        ordered = {
            first: tuple(sorted(found, key=lambda item: (-len(item[0]), item))) for first, found in collected.items()
        }
        by_two: dict[str, dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {}
        single: dict[str, str] = {}
        for first, found in ordered.items():
            for tokens, meaning in found:
                if len(tokens) > 1:
                    seconds = by_two.setdefault(first, {})
                    seconds[tokens[1]] = (*seconds.get(tokens[1], ()), (tokens, meaning))
                else:
                    single.setdefault(first, meaning)
        started: dict[str, list[tuple[Pattern, str]]] = {}
        for pattern, meaning in patterns:
            for first in pattern.firsts():
                started.setdefault(first, []).append((pattern, meaning))
        firsts = {**dict.fromkeys(started, ()), **ordered}
        return Phrases(firsts, by_two, single, {first: _by_second(first, found) for first, found in started.items()})

    def at(self, tokens: tuple[str, ...], place: int) -> tuple[int, str] | None:
        """Return the length and meaning of the longest phrase that starts at a place."""
        first = tokens[place]
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        found = self._phrase_at(tokens, place, first, following)
        seconds = self.patterns.get(first)
        if seconds is None:
            return found
        for pattern, meaning in seconds[following] if following in seconds else seconds[""]:
            length = pattern.length(tokens, place)
            if length and (found is None or length > found[0]):
                found = length, meaning
            elif found is not None and length == found[0] and meaning not in found[1].split(_BOTH):
                found = length, f"{found[1]}{_BOTH}{meaning}"
        return found

    def _phrase_at(self, tokens: tuple[str, ...], place: int, first: str, following: str) -> tuple[int, str] | None:
        seconds = self.by_two.get(first)
        if seconds is not None:
            for phrase, meaning in seconds.get(following, ()):
                length = len(phrase)
                if length == _TWO or tokens[place : place + length] == phrase:
                    return length, meaning
        alone = self.single.get(first)
        return None if alone is None else (1, alone)

    def places(self, tokens: tuple[str, ...], start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield where phrases stand between two places, each with its end and its meaning; none within another."""
        if self.by_first.keys().isdisjoint(tokens[start:end]):
            return
        place, firsts = start, self.by_first
        while place < end:
            if tokens[place] not in firsts:
                place += 1
                continue
            match = self.at(tokens, place)
            if match is not None and place + match[0] <= end:
                yield place, place + match[0], match[1]
                place += match[0]
            else:
                place += 1

    def stand_in(self, tokens: tuple[str, ...]) -> bool:
        """Whether one of them stands somewhere in a text."""
        return any(token in self.by_first and self.at(tokens, place) is not None for place, token in enumerate(tokens))


def _by_second(first: str, patterns: list[tuple[Pattern, str]]) -> dict[str, tuple[tuple[Pattern, str], ...]]:
    """Return patterns that begin with a word by the second; under no word those that may end with the first."""
    following = [(one, one[0].seconds(first)) for one in patterns]
    seconds = {""}.union(*(words for _, words in following))
    return {second: tuple(one for one, words in following if second in words or "" in words) for second in seconds}


NO_PHRASES = Phrases({}, {}, {})


def context_words(context: Mapping[str, Any]) -> tuple[Phrases, Phrases]:
    """Return the phrases of context with what they mean, and those that may stand within them.

    One that works on both sides ("ruled out") means both.
    """
    lists = context.get(_LISTS, {})
    kinds = {kind: words for kind, words in context.items() if kind not in {_LISTS, CARED_FOR}}
    beside = {kind: kinds.pop(kind) for kind in list(kinds) if kind in _BESIDE_OTHERS}
    return phrases_by_kind(kinds, lists), phrases_by_kind(beside, lists)


def phrases_by_kind(kinds: Mapping[str, Any], lists: Mapping[str, Any]) -> Phrases:
    """Return the phrases and patterns of several kinds, each with its kind as what it means."""
    meanings: dict[tuple[str, ...], dict[str, str]] = {}
    patterns: list[tuple[Pattern, str]] = []
    for kind, words in kinds.items():
        sides: Iterable[tuple[str, Any]] = words.items() if isinstance(words, Mapping) else [("", words)]
        for side, phrases in sides:
            meaning = f"{kind} {side}".strip()
            for phrase in map(str, phrases):
                if is_pattern(phrase):
                    patterns.append((Pattern.of(phrase, lists), meaning))
                else:
                    meanings.setdefault(tokens_of(phrase), {})[meaning] = phrase
    plain = ((next(iter(found.values())), _BOTH.join(found)) for found in meanings.values())
    return Phrases.of(plain, patterns)
