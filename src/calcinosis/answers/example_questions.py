"""Example questions, each with the entry that answers it and what it asks of it: which ones a question is like."""

from __future__ import annotations

import csv
import heapq
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from struct import iter_unpack, pack

from msgspec import Struct

from calcinosis.answers.intents import ALONE, KIND, parts
from calcinosis.answers.likeness import Named, examples_by_intent
from calcinosis.answers.names import found_in, names_of_entries, words_only
from calcinosis.answers.prepared import prepared
from calcinosis.answers.statements import statements_of
from calcinosis.compiled import KNOWLEDGE, Knowledge
from calcinosis.errors import Problem
from calcinosis.library.library import Library
from calcinosis.words.en import knowledge as words

TABLE = "terminology/example-questions.csv"
_POWER = 0.9
_PAIR, _ALONE, _KIND = 0.2, 1.3, 0.7
"""What two words in a row, a thing that is named and the kind of a thing weigh beside other words."""
_NEAREST, _SHARPNESS = 50, 2
"""How many of the most similar examples count, and the power to which their likeness counts."""
_PLACE, _BYTES = "<H", 2
"""How the place of an example is written."""


class Likeness(Struct, frozen=True):
    """How like the examples a question is: ``nearest`` to the most similar one (a cosine, 0 to 1), and by answer.

    ``answers`` has for each entry and aspect the share of the most similar examples that it answers, 1 together.
    """

    nearest: float
    answers: Mapping[tuple[str, str], float]
    entries: Mapping[str, float]
    """The share of each entry, the greatest first."""


class ExampleQuestions(Struct, frozen=True):
    """In which examples each word stands, what it weighs, and the answer and length of each example."""

    answers: tuple[tuple[str, str], ...]
    """Each answer once; ``answered`` has the place of that of each example."""
    answered: tuple[int, ...]
    lengths: tuple[float, ...]
    rows: Mapping[str, bytes]
    """The places of the examples in which a word stands, two bytes each: a fifth of the time to read."""
    often: int
    """How many examples there are."""

    def like(self, words_of: Iterable[str]) -> Likeness:
        """Return how like the examples a question with some words is."""
        asked = parts(words_of)
        scores, whole = dict[int, float](), 0.0
        for one in asked:
            rows = self.rows.get(one, b"")
            weight = _weight(one, len(rows) // _BYTES or int(" " in one), self.often)
            whole += weight
            for (row,) in iter_unpack(_PLACE, rows):
                scores[row] = scores.get(row, 0.0) + weight
        length = math.sqrt(whole) or 1.0
        near = heapq.nlargest(_NEAREST, ((score / self.lengths[row] / length, -row) for row, score in scores.items()))
        found: dict[tuple[str, str], float] = {}
        for cosine, row in near:
            answer = self.answers[self.answered[-row]]
            found[answer] = found.get(answer, 0.0) + cosine**_SHARPNESS
        together = sum(found.values()) or 1.0
        answers = {answer: share / together for answer, share in found.items()}
        return Likeness(near[0][0] if near else 0.0, answers, _by_entry(answers))


def _by_entry(answers: Mapping[tuple[str, str], float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for (entry, _), share in answers.items():
        found[entry] = found.get(entry, 0.0) + share
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def example_questions(known: Knowledge) -> ExampleQuestions:
    """Return the example questions of the entries of a knowledge."""
    return prepared("example questions", known, lambda: _indexed(known))


def likeness_of(tokens: tuple[str, ...], named: Named, known: Knowledge) -> Likeness:
    """Return how like the example questions a question is, by its words and what it names."""
    shape, _ = examples_by_intent(known)
    return example_questions(known).like(shape.words(tokens, named))


def example_problems(library: Library, folder: Path) -> list[Problem]:
    """Return what is wrong with the example questions: an answer that nothing tells, a question asked twice."""
    told, seen = _told(library), dict[str, int]()
    problems = []
    for line, (entry, aspect, question) in table(folder):
        if (entry, aspect) not in told:
            problems.append(Problem(TABLE, line, f"{entry}, {aspect}", words.EXAMPLE_ANSWERED))
        if (first := seen.setdefault(question.lower(), line)) != line:
            problems.append(Problem(TABLE, line, question, words.EXAMPLE_ONCE.format(line=first)))
    return problems


def table(folder: Path) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield the entry, aspect and question of each example, with its line."""
    with (folder / TABLE).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield line, (row["entry"], row["aspect"], row["question"])


def _told(library: Library) -> frozenset[tuple[str, str]]:
    return frozenset((one.entry, one.aspect) for one in statements_of(library))


def _indexed(known: Knowledge) -> ExampleQuestions:
    told = _told(known.library)
    answers, answered, questions = dict[tuple[str, str], int](), list[int](), []
    shape, _ = examples_by_intent(known)
    phrases = names_of_entries(known).phrases
    for _, (entry, aspect, question) in table(KNOWLEDGE):
        if (entry, aspect) in told:
            tokens = words_only(known.terms.questions.in_full(question))
            answered.append(answers.setdefault((entry, aspect), len(answers)))
            questions.append(parts(shape.words(tokens, found_in(tokens, phrases))))
    rows: dict[str, list[int]] = {}
    for row, question_parts in enumerate(questions):
        for one in question_parts:
            rows.setdefault(one, []).append(row)
    weights = {one: _weight(one, len(found), len(questions)) for one, found in rows.items()}
    return ExampleQuestions(
        tuple(answers),
        tuple(answered),
        tuple(math.sqrt(sum(weights[one] for one in some)) or 1.0 for some in questions),
        {one: b"".join(pack(_PLACE, row) for row in found) for one, found in rows.items() if _is_kept(one, found)},
        len(questions),
    )


def _is_kept(part: str, found: list[int]) -> bool:
    """Whether a word is kept; two words in a row that stand together once are not."""
    return len(found) > 1 or " " not in part


def _weight(part: str, holding: int, count: int) -> float:
    """Return the square of what a word or pair weighs: the rarer, the more."""
    counts = _PAIR if " " in part else _ALONE if part[:1] == ALONE else _KIND if part[:1] == KIND else 1.0
    return math.pow(counts * math.pow(math.log(1 + count / (holding + 0.5)), _POWER), 2)
