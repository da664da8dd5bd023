"""What a question asks, by how many of its words stand in the example questions of each intent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from msgspec import Struct

from calcinosis.answers.stems import stem
from calcinosis.terminology.question_words import Intent

ALONE, KIND = "#", "@"
"""How a word begins that makes no pair with the next, and one that stands for things of a kind."""
_DISEASE = "#disease"
_NAMED = 0.4
_UNBOUND, _MOST = 0.6, 0.6
"""What an intent counts where nothing is named that more than this share of its examples name."""
_PAIR, _STRANGE, _OTHER = 0.3, 0.1, 0.35
"""What two words in a row weigh beside single ones, one that nothing has, and one that only statements have."""
_COMMON = 8.0
"""What the words of a question have to weigh together to say half as much as they could."""


class Likely(Struct, frozen=True):
    """An intent, and which share of what a question says stands in its examples, less where it says little."""

    intent: Intent
    share: float


class Examples(Struct, frozen=True):
    """In which intents each word or pair of words stands, and how often beside how often it could."""

    intents: tuple[Intent, ...]
    often: Mapping[str, tuple[tuple[int, float], ...]]
    weight: Mapping[str, float]
    bound: Mapping[int, frozenset[str]]
    """What most examples of an intent name, by the intent: it is hardly asked where none of it is named."""

    def has(self, word: str) -> bool:
        """Whether a word stands in an example."""
        return stem(word) in self.weight

    def like(self, words: Iterable[str], others: frozenset[str]) -> tuple[Likely, ...]:
        """Return the intents that a question may have, the most likely first; other words ask for something else."""
        found, whole = dict[int, float](), 0.0
        other = frozenset(map(stem, others.intersection(words := tuple(words))))
        for part in parts(words):
            weight = self.weight.get(
                part, self.weight[""] * (_OTHER if part in other or part[0] == ALONE else _STRANGE)
            )
            whole += weight
            for intent, often in self.often.get(part, ()):
                found[intent] = found.get(intent, 0.0) + weight * often
        for intent, named in self.bound.items():
            if intent in found and named.isdisjoint(words):
                found[intent] *= _UNBOUND
        order = sorted(found, key=lambda intent: (-found[intent], intent))
        return tuple(Likely(self.intents[intent], found[intent] / (whole + _COMMON)) for intent in order)


def examples_of(intents: tuple[Intent, ...], asked: Iterable[tuple[int, tuple[str, ...]]]) -> Examples:
    """Return the examples from the words of each, given with the place of its intent."""
    counts: dict[str, dict[int, int]] = {}
    asked = tuple((intent, tuple(words)) for intent, words in asked)
    for intent, words in asked:
        for part in parts(words):
            of_part = counts.setdefault(part, {})
            of_part[intent] = of_part.get(intent, 0) + 1
    weight = {part: _rarity(len(intents), len(of)) * _counts(part) for part, of in counts.items()}
    weight[""] = _rarity(len(intents), 0)
    often = {part: tuple((intent, n / (n + 1)) for intent, n in of.items()) for part, of in counts.items()}
    return Examples(intents, often, weight, _bound(asked))


def _bound(asked: Iterable[tuple[int, tuple[str, ...]]]) -> dict[int, frozenset[str]]:
    """Return the things that stand in most examples of an intent."""
    counts: dict[int, Counter[str]] = {}
    examples = Counter[int]()
    for intent, words in asked:
        examples[intent] += 1
        counts.setdefault(intent, Counter()).update({word for word in words if word.startswith(ALONE)} - {_DISEASE})
    most = {intent: frozenset(w for w, n in c.items() if n > _MOST * examples[intent]) for intent, c in counts.items()}
    return {intent: named for intent, named in most.items() if named}


def _counts(part: str) -> float:
    """Return what a word or pair weighs for what it is; that something is named tells less of what is asked of it."""
    return (_PAIR if " " in part else 1.0) * (_NAMED if ALONE in part or KIND in part else 1.0)


def _rarity(count: int, holding: int) -> float:
    return math.log(1 + count / (holding + 0.5)) ** 2


def parts(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of some words, and of each two that follow each other."""
    stems = tuple(stem(word) for word in words)
    row = [one for one in stems if not one.startswith(ALONE)]
    return tuple(dict.fromkeys((*stems, *(" ".join(two) for two in pairwise(row)))))
