"""How well questions are answered: `benchmarks/ask.py [--apart|--other-hand|--examples] [--wrong]`, over tests/data."""

from __future__ import annotations

import math
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from calcinosis.answers.answer import Answer, Audience
from calcinosis.answers.ask import answer_to
from calcinosis.answers.index import statement_index
from calcinosis.answers.likeness import examples_by_intent
from calcinosis.answers.names import found_in, names_of_entries, words_only
from calcinosis.answers.outside import Outside, answered, declined, learned
from calcinosis.answers.prepared import PARTS
from calcinosis.answers.question import question_of
from calcinosis.answers.statements import Told
from calcinosis.compiled import Knowledge, knowledge
from calcinosis.library.read import read_yaml
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en import answers as words

DATA = Path(__file__).parent.parent / "tests" / "data"
QUESTIONS, APART = DATA / "questions.yaml", DATA / "questions-apart.yaml"
OTHER_HAND = DATA / "questions-other-hand.yaml"
FOLDS = 5
SURELY = 0.3
"""How sure it has to be that a question is on other matters, as in answers/ask.py where nothing else speaks for it."""
MOST_WORDS = {"patient": 120, "clinician": 220}


@dataclass
class Found:
    """What a way of answering brought: counts by measure, and what was wrong."""

    right: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, measure: str, right: bool, told: str = "") -> None:
        """Count one question under a measure."""
        self.of[measure] = self.of.get(measure, 0) + 1
        self.right[measure] = self.right.get(measure, 0) + right
        if not right and told:
            self.wrong.append(f"{measure}: {told}")

    def share(self, measure: str) -> float:
        """Return the share that is right."""
        return self.right.get(measure, 0) / self.of[measure] if self.of.get(measure) else 1.0


def main() -> None:
    """Print the shares of the program, of BM25 over statements and over whole pages, and the times."""
    if "--examples" in sys.argv:
        print("\n".join(of_examples(knowledge())))
        return
    if "--other-hand" in sys.argv:
        for name, some in read_yaml(OTHER_HAND, OTHER_HAND.name).data.items():
            found = by_kind(some, knowledge())
            for measure in found.of:
                print(f"{name}, {measure}: {found.right[measure]} of {found.of[measure]} = {found.share(measure):.3f}")
            if "--wrong" in sys.argv:
                print("\n".join(found.wrong))
        return
    path = APART if "--apart" in sys.argv else QUESTIONS
    asked, known = read_yaml(path, path.name).data, knowledge()
    found = measured(asked, known)
    others = {
        "BM25": baseline(asked, known, statements_alone),
        "whole pages": baseline(asked, known, pages_alone),
    }
    print(f"{path.name}: {', '.join(f'{len(some)} {kind}' for kind, some in asked.items())}")
    for measure in found.of:
        beside = "".join(f"; {name} {one.share(measure):.3f}" for name, one in others.items() if measure in one.of)
        print(f"{measure}: {found.right[measure]} of {found.of[measure]} = {found.share(measure):.3f}{beside}")
    for line in times(asked, known):
        print(line)
    if "--wrong" in sys.argv:
        print("\n".join(found.wrong))


def of_examples(known: Knowledge) -> Iterator[str]:
    """Yield what example questions find alone, and how those on other matters are told, a fifth left out each time."""
    sets = read_yaml(OTHER_HAND, OTHER_HAND.name).data.values()
    asked = [one for some in sets for one in some if one["kind"] == "answer"]
    for most in (1, 3, 5):
        likely = [list(question_of(one["question"], known).likeness.entries)[:most] for one in asked]
        right = sum(not set(found).isdisjoint(one["entries"]) for found, one in zip(likely, asked, strict=True))
        share = f"{right} of {len(asked)} = {right / len(asked):.3f}"
        yield f"by examples alone, a right entry among the first {most}: {share}"
    inside, others = list(answered(known)), list(declined())
    by_words = by_all = right = 0
    for fold in range(FOLDS):
        found = learned(without(inside, fold), without(others, fold), known)
        PARTS[known.library]["outside"] = found
        by_words += sum(is_outside(one, found, known) for one in others[fold::FOLDS])
        by_all += sum(not answer_to(one, known).answered for one in others[fold::FOLDS])
        right += sum(not is_outside(one, found, known) for one in inside[fold::FOLDS])
    del PARTS[known.library]["outside"]
    yield f"on other matters, declined: {by_all} of {len(others)} = {by_all / len(others):.3f}"
    yield f"on other matters, by their words alone: {by_words} of {len(others)} = {by_words / len(others):.3f}"
    yield f"on what is collected, not taken for other matters: {right} of {len(inside)} = {right / len(inside):.3f}"


def without(some: list[str], fold: int) -> list[str]:
    """Return questions without those of one fold."""
    return [one for place, one in enumerate(some) if place % FOLDS != fold]


def is_outside(question: str, words_of: Outside, known: Knowledge) -> bool:
    """Whether a question is taken for one on other matters by its words alone."""
    tokens, (shape, _) = words_only(known.terms.questions.in_full(question)), examples_by_intent(known)
    named = found_in(tokens, names_of_entries(known).phrases)
    return words_of.sureness(shape.words(tokens, named)) >= SURELY


def measured(asked: dict[str, list[Any]], known: Knowledge) -> Found:
    """Return how the questions of a set are answered."""
    found = Found()
    for one in asked["answered"]:
        for audience in audiences(one):
            of_answer(one, audience, answer_to(one["ask"], known, audience), found)
    for question in asked["declined"]:
        answer = answer_to(question, known)
        declined = not answer.answered and answer.reason != words.URGENT_ONLY
        found.count("declined", declined, f"{question} -> {[said.entry for said in answer.answer][:2]}")
    for question in asked["emergencies"]:
        answer = answer_to(question, known)
        found.count("emergency first", answer.urgent is not None, question)
    for question in asked["general"]:
        answer = answer_to(question, known)
        found.count("no false alarm", answer.urgent is None, f"{question} -> {answer.urgent and answer.urgent.id}")
    return found


def by_kind(asked: list[dict[str, Any]], known: Knowledge) -> Found:
    """Return how questions by another hand are answered, which carry their kind and the entries of a right answer."""
    found = Found()
    for one in asked:
        answer = answer_to(one["question"], known, one["audience"])
        told = f"{one['question']} -> {answer.answer[0].entry if answer.answer else answer.reason[:40]}"
        if one["kind"] == "answer":
            right = bool(answer.answer) and answer.answer[0].entry in one["entries"]
            found.count("first on a right entry", right, told)
        elif one["kind"] == "decline":
            found.count("declined", not answer.answered, told)
        else:
            is_emergency = one["kind"] == "emergency"
            measure = "emergency first" if is_emergency else "no false alarm"
            found.count(measure, (answer.urgent is not None) == is_emergency, told)
        found.count("every sentence cited", all(sentence.cite for sentence in answer.answer), told)
    return found


def audiences(one: dict[str, Any]) -> tuple[Audience, ...]:
    """Return for whom a question is answered."""
    return ("clinician",) if one.get("to") == "clinician" else ("patient", "clinician")


def of_answer(one: dict[str, Any], audience: Audience, answer: Answer, found: Found) -> None:
    """Count one answer under every measure."""
    said = answer.answer
    told = f"{audience}: {one['ask']} -> {said[0].entry + ': ' + said[0].says[:70] if said else answer.reason[:40]}"
    first = bool(said) and (said[0].entry in one["rests"] or spoken(one.get("first"), said[0].says))
    found.count("first on a right entry", first or (bool(one.get("declines")) and not said), told)
    text = " ".join(sentence.says for sentence in said)
    if audience == one.get("to", "patient"):
        for point in one.get("points", ()):
            if said or not one.get("declines"):
                found.count("key points", spoken(point, text), f"{audience}: {one['ask']}: {point} | {text[:150]}")
    ruled_out = [never for never in one.get("never", ()) if spoken(never, text)]
    found.count("nothing it must not say", not ruled_out, f"{one['ask']}: {ruled_out}")
    found.count("every sentence cited", all(sentence.cite for sentence in said), one["ask"])
    found.count("short enough", len(text.split()) <= MOST_WORDS[audience], one["ask"])


def spoken(pattern: str | None, text: str) -> bool:
    """Whether a pattern stands in a text, in capitals or not."""
    return bool(pattern) and re.search(str(pattern), text, re.IGNORECASE) is not None


def baseline(asked: dict[str, list[Any]], known: Knowledge, way: Any) -> Found:
    """Return how another way answers the same questions."""
    found = Found()
    for one in asked["answered"]:
        for audience in audiences(one):
            said: list[Told] = list(cut(way(one["ask"], known, audience), audience))
            first = bool(said) and (
                said[0].entry in one["rests"] or spoken(one.get("first"), text_of(said[0], audience))
            )
            found.count("first on a right entry", first)
            if audience == one.get("to", "patient"):
                text = " ".join(text_of(told, audience) for told in said)
                for point in one.get("points", ()):
                    found.count("key points", spoken(point, text))
    return found


def cut(told: Iterable[Told], audience: Audience) -> Iterator[Told]:
    """Yield as many statements as an answer may have words."""
    count = 0
    for one in told:
        count += len(text_of(one, audience).split())
        if count > MOST_WORDS[audience]:
            return
        yield one


def text_of(one: Told, audience: Audience) -> str:
    """Return a statement in the words for an audience."""
    return one.plain or one.says if audience == "patient" else one.says


def statements_alone(question: str, known: Knowledge, audience: Audience) -> Iterator[Told]:
    """Yield the statements that BM25 alone finds, best first."""
    index = statement_index(known)
    scores = index.scores(question_of(question, known).all_words)
    for row in sorted(scores, key=lambda row: (-scores[row], row)):
        if audience == "clinician" or index.told[row].plain:
            yield index.told[row]


def pages_alone(question: str, known: Knowledge, audience: Audience) -> Iterator[Told]:
    """Yield the statements of the whole entry that BM25 finds first, from its beginning."""
    pages, counts, lengths = whole_pages()
    asked = {token for token in question_of(question, known).all_words}
    mean = sum(lengths.values()) / len(lengths)
    scores = dict.fromkeys(pages, 0.0)
    for token in asked:
        holding = [name for name in pages if token in counts[name]]
        weight = max(0.0, math.log((len(pages) + 1) / (len(holding) + 0.5))) if holding else 0.0
        for name in holding:
            often = counts[name][token]
            scores[name] += weight * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths[name] / mean))
    yield from pages[max(scores, key=lambda name: scores[name])]


@lru_cache(maxsize=1)
def whole_pages() -> tuple[dict[str, list[Told]], dict[str, dict[str, int]], dict[str, int]]:
    """Return the statements of each entry, their words counted, and how many there are."""
    pages: dict[str, list[Told]] = {}
    counts: dict[str, dict[str, int]] = {}
    for told in statement_index(knowledge()).told:
        pages.setdefault(told.entry, []).append(told)
        of_entry = counts.setdefault(told.entry, {})
        for token in tokens_of(f"{told.entry.replace('-', ' ')} {told.says} {told.plain}"):
            of_entry[token] = of_entry.get(token, 0) + 1
    return pages, counts, {name: sum(of_entry.values()) for name, of_entry in counts.items()}


def times(asked: dict[str, list[Any]], known: Knowledge) -> Iterator[str]:
    """Yield the time of an answer beside a bare start of Python, after start and from a cold shell."""
    bare = min(seconds([sys.executable, "-c", "pass"]) for _ in range(5))
    each = []
    for one in asked["answered"]:
        started = time.perf_counter()
        answer_to(one["ask"], known)
        each.append(time.perf_counter() - started)
    cold = min(seconds([sys.executable, "-m", "calcinosis", "ask", asked["answered"][0]["ask"]]) for _ in range(3))
    yield f"a bare Python start {1000 * bare:.0f} ms; an answer {1000 * statistics.median(each):.1f} ms (median)"
    yield f"slowest {1000 * max(each):.0f} ms; from a cold shell {1000 * cold:.0f} ms = {cold / bare:.0f} bare starts"


def seconds(command: list[str]) -> float:
    """Return how long a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
