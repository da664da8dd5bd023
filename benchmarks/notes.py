"""How well notes are read: facts of 78 notes against two readers by hand, and the types that follow against bundles.

Precision: of the facts that the program calls present or absent, those that a reader says so too (the same fact, or one
of which it is a kind, or that is a kind of it). Recall: of the facts on which both readers agree, those that are found,
likewise. A trap is a fact that both readers name as one that a hasty reader would wrongly call present. What came into
the knowledge after they read, and what a third reader left undecided, counts neither way. ``--errors`` lists what is
wrong or missed in the half that is looked at, never in the other.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.interfaces.evaluate import evaluate_folder
from calcinosis.library.read import read_yaml
from calcinosis.person.record import Record
from calcinosis.readers.recognise import parse_record
from calcinosis.rules.syntax import Absent, AnyOf, Criterion

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "notes_gold.yaml"
SETS = sorted(folder for folder in (ROOT / "tests" / "cases").glob("published*") if any(folder.glob("*/note.txt")))
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
LENGTHS = (500_000, 1_500_000, 5_000_000)
CLOSE = 0.006
"""Numbers count as equal within the rounding of what is printed."""


def notes() -> dict[str, Path]:
    """Return the notes of all sets by the name of their case."""
    return {path.parent.name: path for folder in SETS for path in folder.glob("*/note.txt")}


def read_facts(record: Record) -> tuple[dict[str, str], dict[str, float]]:
    """Return what a note says of facts (present or absent), and its numbers in the units of their facts."""
    assessment = calcinosis.assess(record)
    facts = knowledge().library.facts
    said: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for one in assessment.entered:
        kind = facts[one.fact].kind
        if not one.from_ or facts[one.fact].companion_of:
            continue
        if kind == "quantity":
            sayings = (said.value for said in record.said if said.fact == one.fact and said.value.low is not None)
            value = next(sayings, None)
            if value is not None and value.low is not None and value.low == value.high:
                numbers.setdefault(one.fact, value.low)
        elif one.sense in {"present", "absent"} and kind != "choice":
            said.setdefault(one.fact, one.sense)
    return said, numbers


def matches(fact: str, sense: str, told: Mapping[str, Any]) -> bool:
    """Return whether a fact, or one related to it, is told in this sense, or its opposite in the other sense."""
    terms = knowledge().terms
    if any(sense in senses and terms.is_related(fact, other) for other, senses in told.items()):
        return True
    contrary = opposites().get(fact, "")
    return {"present": "absent", "absent": "present"}[sense] in told.get(contrary, ())


@cache
def opposites() -> dict[str, str]:
    """Return the facts that hold where another does not, by both: kidney function normal, and abnormal."""
    found = {}
    for fact in knowledge().library.facts.values():
        for rule in fact.true_when.parts if isinstance(fact.true_when, AnyOf) else ():
            if isinstance(rule, Criterion) and isinstance(rule.test, Absent):
                found[fact.id], found[rule.test.fact] = rule.test.fact, fact.id
    return found


def in_unit(fact: str, written: str) -> float | None:
    """Return a number as a reader wrote it, in the unit of the fact if none is written; None for no single number."""
    number, _, unit = written.strip("<>≥≤~ ").partition(" ")
    try:
        return float(number) * knowledge().terms.scale(
            knowledge().library.facts[fact], unit or knowledge().library.facts[fact].unit
        )
    except ValueError:
        return None


def is_looked_at(note: str) -> bool:
    """Whether a note is of the half of which the errors were looked at; the other half is read blind."""
    return hashlib.sha256(note.encode()).digest()[0] % 2 == 0


class Compared(Struct):
    """What the program and the readers say of a note, as far as it counts: the senses of facts, and numbers."""

    said: dict[str, str]
    numbers: dict[str, float]
    told: dict[str, set[str]]
    """What a reader says, the third one included."""
    asked: dict[str, str]
    """What both readers say is there or is not, and so is looked for."""

    @staticmethod
    def of(gold: Mapping[str, Any], since: frozenset[str]) -> Compared:
        """Read a note, and what was said of it by hand."""
        facts = knowledge().library.facts
        said, numbers = read_facts(calcinosis.read(notes()[gold["note"]]))
        undecided = since.union(gold.get("undecided", ()))
        both = {fact: sense for fact, sense in gold["facts"].items() if fact in facts}
        told = {fact: {sense} for fact, sense in both.items()}
        for fact, senses in (*gold["one_reader"].items(), *gold.get("third_reader", {}).items()):
            told[fact] = told.get(fact, set()).union(senses)
        plain = {fact: sense for fact, sense in both.items() if facts[fact].kind not in {"quantity", "choice"}}
        asked = {fact: sense for fact, sense in plain.items() if sense in {"present", "absent"}}
        return Compared(
            {fact: sense for fact, sense in said.items() if fact not in undecided},
            {fact: number for fact, number in numbers.items() if fact not in since},
            told,
            {fact: sense for fact, sense in asked.items() if fact not in undecided},
        )

    def wrong(self) -> dict[str, str]:
        """Return what the program says and no reader."""
        return {fact: sense for fact, sense in self.said.items() if not matches(fact, sense, self.told)}

    def missed(self) -> dict[str, str]:
        """Return what both readers say and the program does not."""
        said = {fact: {sense} for fact, sense in self.said.items()}
        return {fact: sense for fact, sense in self.asked.items() if not matches(fact, sense, said)}


def gold_notes(
    is_read: Callable[[str], bool], two_readers: bool = False
) -> Iterator[tuple[Mapping[str, Any], Compared]]:
    """Yield the notes read by hand, with what the program says of them; on demand without the third reader."""
    gold = read_yaml(GOLD, GOLD.name).data
    since = frozenset(gold["facts_since"])
    for one in filter(lambda one: is_read(one["note"]), gold["notes"]):
        by_two = {key: value for key, value in one.items() if key not in {"third_reader", "undecided"}}
        yield one, Compared.of(by_two if two_readers else one, since)


def reading(is_read: Callable[[str], bool], two_readers: bool = False) -> Counter[str]:
    """Return the counts of right, wrong and missed facts, numbers and traps over the notes read by hand."""
    found: Counter[str] = Counter()
    for gold, compared in gold_notes(is_read, two_readers):
        said, numbers = compared.said, compared.numbers
        wrong, missed = len(compared.wrong()), len(compared.missed())
        found.update({"said right": len(said) - wrong, "said wrong": wrong})
        found.update({"told found": len(compared.asked) - missed, "told missed": missed})
        for fact, written in gold["numbers"].items():
            wanted = in_unit(fact, written)
            if wanted is not None:
                close = fact in numbers and abs(numbers[fact] - wanted) <= CLOSE * max(abs(wanted), 1e-9) + 1e-9
                found["number found" if close else "number missed"] += 1
        known = {*gold["numbers"], *gold["numbers_one_reader"]}
        found["number right"] += sum(fact in known for fact in numbers)
        found["number wrong"] += sum(fact not in known for fact in numbers)
        for trap in gold["traps"]:
            if "present" not in compared.told.get(trap, ()):
                found["trap"] += 1
                found["trap taken"] += said.get(trap) == "present"
    return found


def list_errors() -> None:
    """Print what is wrong or missed in the half that is looked at, note by note."""
    for gold, compared in gold_notes(is_looked_at):
        wrong, missed = compared.wrong(), compared.missed()
        if wrong or missed:
            print(gold["note"], notes()[gold["note"]].read_text(encoding="utf-8").strip(), sep="\n")
            for kind, facts in (("wrong", wrong), ("missed", missed)):
                print("".join(f"  {kind}: {fact} {sense}\n" for fact, sense in facts.items()), end="")


def share(part: int, rest: int) -> str:
    """Return a share with its counts."""
    return f"{part / (part + rest):.3f} ({part} of {part + rest})"


def main() -> int:
    """Print what was read of the notes by hand, the types of all sets, and the time of a letter."""
    if "--errors" in sys.argv:
        list_errors()
        return 0
    half, other = reading(is_looked_at), reading(lambda note: not is_looked_at(note))
    for name, found in (("", half + other), (", half looked at", half), (", other half", other)):
        print(f"facts with polarity: precision{name}", share(found["said right"], found["said wrong"]))
        print(f"facts with polarity: recall{name}", share(found["told found"], found["told missed"]))
        print(f"numbers: precision{name}", share(found["number right"], found["number wrong"]))
        print(f"numbers: recall{name}", share(found["number found"], found["number missed"]))
        print(f"traps wrongly called present{name}", share(found["trap taken"], found["trap"] - found["trap taken"]))
    of_two = [reading(one, two_readers=True) for one in (is_looked_at, lambda note: not is_looked_at(note))]
    for name, found in (("", of_two[0] + of_two[1]), (", other half", of_two[1])):
        print(f"without the third reader: precision{name}", share(found["said right"], found["said wrong"]))
        print(f"without the third reader: recall{name}", share(found["told found"], found["told missed"]))
        print(f"without the third reader: traps{name}", share(found["trap taken"], found["trap"] - found["trap taken"]))
    for folder in SETS:
        scores = {}
        for kind in ("note", "bundle"):
            evaluation, _ = evaluate_folder(folder, knowledge(), kind)
            scores[kind] = evaluation["derivable"]
        note, bundle = scores["note"], scores["bundle"]
        ratio = note["correct"] / bundle["correct"]
        told = f"notes {note['correct']}, bundles {bundle['correct']} of {note['scored']}"
        print(f"types, {folder.name:<18} {told}: {ratio:.2f}")
    letter = max((path.read_text(encoding="utf-8") for path in notes().values()), key=len)
    letter = (letter * (2000 // len(letter) + 1))[:2000]
    bundle = max(CASES, key=lambda path: -abs(path.stat().st_size - 10_000)).read_text(encoding="utf-8")
    record = partial(parse_record, letter.encode(), knowledge().terms, "letter")
    own, bare = _median(lambda: calcinosis.assess(record())), _median(lambda: json.loads(bundle))
    print(
        f"a letter of 2 kB, read and assessed: {own / bare:.0f} times json.loads of a case, {len(bundle) / 1e3:.0f} kB"
    )
    whole = "\n\n".join(path.read_text(encoding="utf-8") for path in notes().values())
    rates = [_seconds_a_megabyte(whole, length) for length in LENGTHS]
    told = ", ".join(f"{length / 1e6:g} MB {rate:.1f}" for length, rate in zip(LENGTHS, rates, strict=True))
    print(f"seconds for a megabyte of a long text, by its length: {told}")
    return 0


def _seconds_a_megabyte(text: str, length: int) -> float:
    """Return the processor time in which a text of this length is read, for each megabyte of it."""
    data = (text * (length // len(text) + 1))[:length].encode()
    knowledge().terms.forget()
    start = time.process_time()
    parse_record(data, knowledge().terms, "long note")
    return (time.process_time() - start) / length * 1e6


def _median(work: Callable[[], object]) -> float:
    work()
    seconds = []
    for _ in range(9):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())
