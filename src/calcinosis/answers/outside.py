"""Whether a question is of something else, by the words of examples that are answered and that are declined."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from calcinosis.answers.example_questions import table
from calcinosis.answers.intents import parts
from calcinosis.answers.likeness import Named, Shape, examples_by_intent
from calcinosis.answers.names import Names, found_in, names_of_entries, words_only
from calcinosis.answers.prepared import prepared
from calcinosis.compiled import KNOWLEDGE, Knowledge

DECLINED = "terminology/declined-questions.csv"
_NEVER = 0.5
"""What a word counts that stands in no example of a kind."""
_STRANGE = 0.3
"""How much a word that no example has speaks for something else."""
_LEAST = 4
"""A shorter question is judged as one of so many words."""


class Outside(Struct, frozen=True):
    """How much each word speaks for a question of something else, as the logarithm of a ratio."""

    words: Mapping[str, float]

    def sureness(self, words_of: Iterable[str]) -> float:
        """Return how sure it is that some words ask for something else: above 0 it is more likely than not."""
        found = parts(words_of)
        return sum(self.words.get(one, _STRANGE) for one in found) / math.sqrt(max(_LEAST, len(found)))


def sureness_of_outside(tokens: tuple[str, ...], named: Named, known: Knowledge) -> float:
    """Return how sure it is that a question asks for what is not collected here."""
    shape, _ = examples_by_intent(known)
    return outside_words(known).sureness(shape.words(tokens, named))


def outside_words(known: Knowledge) -> Outside:
    """Return how much each word speaks for a question of something else."""
    return prepared("outside", known, lambda: learned(answered(known), declined(), known))


def answered(known: Knowledge) -> Iterator[str]:
    """Yield the example questions that are answered."""
    yield from (question for _, (_, _, question) in table(KNOWLEDGE))
    yield from (question for intent in known.terms.questions.intents for question in intent.asked)


def declined() -> Iterator[str]:
    """Yield the example questions that are declined."""
    with (KNOWLEDGE / DECLINED).open(encoding="utf-8", newline="") as file:
        yield from (row["question"] for row in csv.DictReader(file))


def learned(inside: Iterable[str], outside: Iterable[str], known: Knowledge) -> Outside:
    """Return how much each word speaks for a question of something else, by examples of both kinds."""
    shape, names = examples_by_intent(known)[0], names_of_entries(known)
    answers, count = _counted(inside, shape, names, known)
    others, of = _counted(outside, shape, names, known)
    return Outside({
        word: math.log((others[word] + _NEVER * 2 * of / (of + count)) / (of + 1))
        - math.log((answers[word] + _NEVER * 2 * count / (of + count)) / (count + 1))
        for word in answers.keys() | others.keys()
        if " " not in word or answers[word] + others[word] > 1
    })  # fmt: skip


def _counted(questions: Iterable[str], shape: Shape, names: Names, known: Knowledge) -> tuple[Counter[str], int]:
    """Return in how many questions each word stands, and how many there are."""
    counts, count = Counter[str](), 0
    for question in questions:
        tokens = words_only(known.terms.questions.in_full(question))
        counts.update(set(parts(shape.words(tokens, found_in(tokens, names.phrases)))))
        count += 1
    return counts, count
