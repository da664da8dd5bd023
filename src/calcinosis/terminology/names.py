"""Names of facts in free text: what a sentence speaks of, and whether it says that it is there.

The matcher knows nothing of records. It takes a text and gives mentions: which fact, where, and whether the text calls
it present, absent, uncertain, past, hypothetical or another person's. Names and context words are knowledge.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from calcinosis.terminology.context import REACH_AHEAD, REACH_BACK, SENTENCE_ENDS, Sense, Surroundings

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[?.;:!,/]")
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("sulph", "sulf"), ("isation", "ization"), ("yse", "yze"), ("ll", "l"))
_SPECIMEN = re.compile(r"\b(?:in|of) (?:serum|plasma|blood)\b", re.IGNORECASE)
_OPENS = {"(": ")", "[": "]"}
_MEASURE = frozenset({"level", "concentration", "value", "measurement"})
_MARKS = frozenset("?.;:!,/")
_BOTH = "|"
_PATTERN_SPAN = 14


@lru_cache(maxsize=65536)
def normal(token: str) -> str:
    """Return one spelling for British, American, accented, plural and possessive forms of a word."""
    if not token.isascii():
        token = unicodedata.normalize("NFKD", token).encode("ascii", "ignore").decode() or token
    token = token.lower().replace("'s", "").replace("'", "")
    for british, common in _SPELLINGS:
        token = token.replace(british, common)
    if len(token) > 4 and token.endswith("our"):
        token = token[:-3] + "or"
    if len(token) > 4 and token.endswith("ours"):
        token = token[:-4] + "or"
    if len(token) > 5 and token.endswith("ise"):
        token = token[:-3] + "ize"
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the normal words and the punctuation of a text; hyphens separate words."""
    composed = unicodedata.normalize("NFC", text.replace("’", "'"))
    return tuple(token if token in _MARKS else normal(token) for token in _TOKEN.findall(composed))


@dataclass(frozen=True)
class Mention:
    """A name found in a text: the fact, the word of a choice, its place in tokens, and what the text says of it."""

    fact: str
    word: str
    start: int
    end: int
    sense: Sense


@dataclass(frozen=True)
class Phrases:
    """Phrases by their first token, longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

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
        return Phrases(ordered)

    def at(self, tokens: tuple[str, ...], place: int) -> tuple[int, str] | None:
        """Return the length and meaning of the longest phrase that starts at a place."""
        for phrase, meaning in self.by_first.get(tokens[place], ()):
            if tokens[place : place + len(phrase)] == phrase:
                return len(phrase), meaning
        return None


@dataclass(frozen=True)
class Pattern:
    """Words that mean a fact when they stand in one sentence, in any order: one of each group.

    Written "calcified|calcification, vessel|arter*": groups between commas, choices between bars, a star for
    any ending.
    """

    meaning: str
    groups: tuple[tuple[frozenset[str], tuple[str, ...]], ...]

    @staticmethod
    def of(meaning: str, written: str) -> Pattern:
        """Build from the text of the knowledge."""
        groups = []
        for group in written.split(","):
            choices = [choice.strip() for choice in group.split("|")]
            whole = frozenset(normal(choice) for choice in choices if not choice.endswith("*"))
            groups.append((whole, tuple(normal(choice[:-1]) for choice in choices if choice.endswith("*"))))
        return Pattern(meaning, tuple(groups))

    def span(self, tokens: tuple[str, ...], start: int, end: int, taken: set[int]) -> tuple[int, int] | None:
        """Return where the pattern stands between two places, at least its first group in words not taken yet."""
        places = []
        for index, (whole, begins) in enumerate(self.groups):
            found = [
                place
                for place in range(start, end)
                if (tokens[place] in whole or tokens[place].startswith(begins)) and (index or place not in taken)
            ]
            if not found:
                return None
            places.append(found)
        first, last = min(found[0] for found in places), max(found[0] for found in places)
        return (first, last + 1) if last - first <= _PATTERN_SPAN else None


@dataclass(frozen=True)
class Patterns:
    """Patterns in their order, with their places by the words of their first group, and by how others begin."""

    listed: tuple[Pattern, ...] = ()
    by_word: Mapping[str, list[int]] = field(default_factory=dict)
    by_beginning: Mapping[str, list[int]] = field(default_factory=dict)
    letters: int = 0
    """Letters of the beginnings by which patterns are found: those of the shortest."""

    @staticmethod
    def of(patterns: Iterable[Pattern]) -> Patterns:
        """Build from patterns in the order in which they are to be looked for."""
        listed = tuple(patterns)
        letters = min((len(begins) for pattern in listed for begins in pattern.groups[0][1]), default=0)
        by_word: dict[str, list[int]] = {}
        by_beginning: dict[str, list[int]] = {}
        for place, pattern in enumerate(listed):
            whole, beginnings = pattern.groups[0]
            for word in whole:
                by_word.setdefault(word, []).append(place)
            for begins in beginnings:
                by_beginning.setdefault(begins[:letters], []).append(place)
        return Patterns(listed, by_word, by_beginning, letters)

    def that_may_stand_in(self, tokens: Iterable[str]) -> list[Pattern]:
        """Return, in their order, the patterns of which the first group may stand in a text."""
        places: set[int] = set()
        for token in tokens:
            places.update(self.by_word.get(token, ()), self.by_beginning.get(token[: self.letters], ()))
        return [self.listed[place] for place in sorted(places)]


@dataclass(frozen=True)
class Matcher:
    """Finds the names of facts in texts and reads their context; the history of what is ``lasting`` is its presence."""

    names: Phrases
    context: Phrases
    patterns: Patterns = Patterns()
    lasting: frozenset[str] = frozenset()
    _cache: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(
        names: Iterable[tuple[str, str]],
        context: Mapping[str, object],
        near: Iterable[tuple[str, str]] = (),
        lasting: frozenset[str] = frozenset(),
    ) -> Matcher:
        """Build from pairs of a name or pattern and ``fact`` or ``fact=word``, and the context words."""
        patterns = Patterns.of(Pattern.of(meaning, written) for written, meaning in near)
        return Matcher(Phrases.of(names), Phrases.of(_context_phrases(context)), patterns, lasting)

    def forget(self) -> None:
        """Forget the texts that were read."""
        self._cache.clear()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text, in the order in which they stand."""
        found = self._cache.get(text)
        if found is None:
            found = self._read(text)
            if len(self._cache) > 20000:
                self._cache.clear()
            self._cache[text] = found
        return found

    def covers(self, text: str) -> Mention | None:
        """Return the mention that is the whole text, apart from words in brackets; None if there is more."""
        shorter = _without_specimen(without_brackets(text))
        for said in (text, shorter):
            for tokens in (tokens_of(said), tuple(token for token in tokens_of(said) if token not in _MEASURE)):
                match = self.names.at(tokens, 0) if tokens else None
                if match is not None and match[0] == len(tokens):
                    fact, _, word = match[1].partition("=")
                    return Mention(fact, word, 0, len(tokens), "present")
        return None

    def _read(self, text: str) -> tuple[Mention, ...]:
        tokens = tokens_of(text)
        names: list[tuple[int, int, str]] = []
        marks: list[tuple[int, int, str]] = []
        place = 0
        while place < len(tokens):
            mark = self.context.at(tokens, place) if tokens[place] in self.context.by_first else None
            match = self.names.at(tokens, place) if tokens[place] in self.names.by_first else None
            if match is not None and (mark is None or match[0] >= mark[0]):
                names.append((place, place + match[0], match[1]))
                place += match[0]
            elif mark is not None:
                marks += [(place, place + mark[0], meaning) for meaning in mark[1].split(_BOTH)]
                place += mark[0]
            else:
                place += 1
        names += self._by_pattern(tokens, names, marks)
        return tuple(self._in_context(tokens, names, marks)) if names else ()

    def _in_context(
        self, tokens: tuple[str, ...], names: list[tuple[int, int, str]], marks: list[tuple[int, int, str]]
    ) -> Iterable[Mention]:
        """Yield the names with what the words around them make of them."""
        starts, ends = [mark[0] for mark in marks], [mark[1] for mark in marks]
        around = Surroundings(tokens, frozenset(start for start, _, _ in names), frozenset(end for _, end, _ in names))
        for start, end, meaning in names:
            near = marks[bisect_left(ends, start - REACH_AHEAD) : bisect_right(starts, end + REACH_BACK)]
            fact, _, word = meaning.partition("=")
            heard = around.heard(start, end, near)
            sense: Sense = ("present" if fact in self.lasting else "past") if heard == "history" else heard
            yield Mention(fact, word, start, end, sense)

    def _by_pattern(
        self, tokens: tuple[str, ...], names: list[tuple[int, int, str]], marks: list[tuple[int, int, str]]
    ) -> list[tuple[int, int, str]]:
        """Return what the patterns find that no name has said, sentence by sentence."""
        possible = self.patterns.that_may_stand_in(tokens) if len(tokens) > 1 else []
        if not possible:
            return []
        taken = {place for start, end, _ in names for place in range(start, end)}
        known = {meaning for _, _, meaning in names}
        found: list[tuple[int, int, str]] = []
        for start, end in _sentences(tokens):
            for pattern in possible:
                span = pattern.span(tokens, start, end, taken) if pattern.meaning not in known else None
                if span is not None and not any(span[0] < mark < span[1] and _turns(what) for mark, _, what in marks):
                    found.append((*span, pattern.meaning))
                    known.add(pattern.meaning)
        return found


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets; one that is never closed, or was never opened, is left."""
    opened: list[tuple[str, int]] = []
    waiting = dict.fromkeys(_OPENS.values(), 0)
    kept: list[str] = []
    for sign in text:
        if sign in _OPENS:
            opened.append((_OPENS[sign], len(kept)))
            waiting[_OPENS[sign]] += 1
        elif waiting.get(sign):
            end, place = "", 0
            while end != sign:
                end, place = opened.pop()
                waiting[end] -= 1
            del kept[place:]
            sign = " "
        kept.append(sign)
    return "".join(kept)


def _without_specimen(text: str) -> str:
    """Return a text without "in serum" and what follows it on the last line."""
    before, line, last = text.rpartition("\n")
    found = _SPECIMEN.search(last)
    return text if found is None else f"{before}{line}{last[: found.start()]} "


def _sentences(tokens: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    """Yield the places between the ends of sentences."""
    start = 0
    for place, token in enumerate(tokens):
        if token in SENTENCE_ENDS:
            yield start, place
            start = place + 1
    yield start, len(tokens)


def _turns(meaning: str) -> bool:
    """Whether a context word inside a pattern makes it unclear what is meant."""
    return meaning.partition(" ")[0] not in {"ends", "not_a_negation", "not_a_name"}


def _context_phrases(context: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Yield each context phrase with what it means; one that works on both sides ("ruled out") means both."""
    meanings: dict[tuple[str, ...], dict[str, str]] = {}
    for sense, words in context.items():
        sides: Iterable[tuple[str, Any]] = words.items() if isinstance(words, Mapping) else [("", words)]
        for side, phrases in sides:
            for phrase in phrases:
                meanings.setdefault(tokens_of(str(phrase)), {})[f"{sense} {side}".strip()] = str(phrase)
    for found in meanings.values():
        yield next(iter(found.values())), _BOTH.join(found)
