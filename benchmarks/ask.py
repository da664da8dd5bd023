"""How well questions are answered: `python benchmarks/ask.py`, over tests/data/questions.yaml."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from calcinosis.answers.ask import answer_to
from calcinosis.answers.index import statement_index
from calcinosis.answers.question import question_of
from calcinosis.compiled import Knowledge, knowledge
from calcinosis.library.read import read_yaml
from calcinosis.words.en import answers as words

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "questions.yaml"


def main() -> None:
    """Print the shares, and with ``--wrong`` each question that is answered otherwise than expected."""
    asked, known = read_yaml(QUESTIONS, QUESTIONS.name).data, knowledge()
    wrong: list[str] = []
    started = time.perf_counter()
    answered = sum(rests(one["ask"], one["rests"], known, wrong) for one in asked["answered"])
    seconds = time.perf_counter() - started
    plain = sum(words_alone(one["ask"], known) in one["rests"] for one in asked["answered"])
    count = len(asked["answered"])
    print(f"rests first on a right entry: {answered} of {count} = {answered / count:.3f}")
    print(f"BM25 over the same statements: {plain} of {count} = {plain / count:.3f}")
    print(f"{1000 * seconds / count:.0f} ms a question")
    declined = sum(declines(one, known, wrong) for one in asked["declined"])
    print(f"declined: {declined} of {len(asked['declined'])}")
    urgent = sum(is_urgent(one, known, wrong) for one in asked["emergencies"])
    print(f"emergencies told first: {urgent} of {len(asked['emergencies'])}")
    alarms = sum(not is_urgent(one, known) for one in asked["general"])
    print(f"general questions without alarm: {alarms} of {len(asked['general'])}")
    if "--wrong" in sys.argv:
        print("\n".join(wrong))


def rests(question: str, entries: list[str], known: Knowledge, wrong: list[str]) -> bool:
    """Whether the first sentence of an answer stands in one of some entries."""
    for audience in ("clinician", "patient"):
        answer = answer_to(question, known, "clinician" if audience == "clinician" else "patient")
        if not answer.answer or answer.answer[0].entry not in entries:
            found = answer.answer[0].entry if answer.answer else answer.reason[:40]
            wrong.append(f"{audience}: {question} -> {found}")
            return False
    return True


def words_alone(question: str, known: Knowledge) -> str:
    """Return the entry of the statement that BM25 alone finds first."""
    index = statement_index(known.library)
    scores = index.scores(question_of(question, known).all_words)
    return index.told[max(scores, key=lambda row: scores[row])].entry if scores else ""


def declines(question: str, known: Knowledge, wrong: list[str]) -> bool:
    """Whether a question is declined."""
    answer = answer_to(question, known)
    if answer.answered or answer.reason == words.URGENT_ONLY:
        wrong.append(f"answered: {question} -> {[one.entry for one in answer.answer][:2]}")
        return False
    return True


def is_urgent(question: str, known: Knowledge, wrong: list[str] | None = None) -> bool:
    """Whether an answer begins with a danger."""
    found = answer_to(question, known).urgent is not None
    if not found and wrong is not None:
        wrong.append(f"no danger: {question}")
    return found


if __name__ == "__main__":
    main()
