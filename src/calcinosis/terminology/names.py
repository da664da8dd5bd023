"""Names of facts and phrases of context as words to look up, and mentions, what is found of them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calcinosis.terminology.context import Sense
from calcinosis.terminology.tokens import tokens_of

_BOTH = "|"
_TWO = 2


@dataclass(frozen=True)
class Mention:
    """A name found in a text: the fact, the word of a choice, its place in words, and what the text says of it."""

    fact: str
    word: str
    start: int
    end: int
    sense: Sense


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first word, longest first, and for looking up by their first two, one within the other."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    by_two: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]]
    single: Mapping[str, str]

    @staticmethod
    def of(phrases: Iterable[tuple[str, str]]) -> Phrases:
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
        return Phrases(ordered, by_two, single)

    def at(self, tokens: tuple[str, ...], place: int) -> tuple[int, str] | None:
        """Return the length and meaning of the longest phrase that starts at a place."""
        first = tokens[place]
        seconds = self.by_two.get(first)
        if seconds is not None and place + 1 < len(tokens):
            for phrase, meaning in seconds.get(tokens[place + 1], ()):
                length = len(phrase)
                if length == _TWO or tokens[place : place + length] == phrase:
                    return length, meaning
        alone = self.single.get(first)
        return None if alone is None else (1, alone)

    def places(self, tokens: tuple[str, ...], start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield where phrases stand between two places, each with its end and its meaning; none within another."""
        if self.by_first.keys().isdisjoint(tokens[start:end]):
            return
        place = start
        while place < end:
            match = self.at(tokens, place) if tokens[place] in self.by_first else None
            if match is not None and place + match[0] <= end:
                yield place, place + match[0], match[1]
                place += match[0]
            else:
                place += 1

    def stand_in(self, tokens: tuple[str, ...]) -> bool:
        """Whether one of them stands somewhere in a text."""
        return any(token in self.by_first and self.at(tokens, place) is not None for place, token in enumerate(tokens))


def context_phrases(context: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Yield each context phrase with what it means; one that works on both sides ("ruled out") means both."""
    meanings: dict[tuple[str, ...], dict[str, str]] = {}
    for sense, words in context.items():
        sides: Iterable[tuple[str, Any]] = words.items() if isinstance(words, Mapping) else [("", words)]
        for side, phrases in sides:
            for phrase in phrases:
                meanings.setdefault(tokens_of(str(phrase)), {})[f"{sense} {side}".strip()] = str(phrase)
    for found in meanings.values():
        yield next(iter(found.values())), _BOTH.join(found)
