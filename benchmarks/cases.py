"""How like the published cases are that are shown: `python benchmarks/cases.py`, over tests/cases and the knowledge.

Each record of tests/cases asks for cases like it, without those of its own paper: over the whole library, and over a
library without the sets that ask. Against it, in the same run: five at random, BM25 over the texts, and the share of
facts in common. `--facts` holds the stored facts of each case against today's reading of its record.
"""

from __future__ import annotations

import json
import math
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.case_features import HOLDS, features_of
from calcinosis.conclusions.cases import MOST, CaseLibrary, PublishedCase, case_library, cases_like
from calcinosis.published import published_cases
from calcinosis.readers.recognise import read_record

CASES = Path(__file__).parent.parent / "tests" / "cases"
APART = (("published-fifth", "published-sixth"), ("published-third",), ("published-sixth",))
"""Sets that ask a library without them."""
SHARE, CAUSE = 0.80, 0.70
"""What is asked of the share of the same type among those shown, and of finding the same cause."""
Ranking = Callable[[str, CaseLibrary, frozenset[str]], list[str]]


@dataclass
class Score:
    """What a ranking brought: for each record the share of its type, whether most are of it, and its cause."""

    shares: list[float] = field(default_factory=list)
    votes: list[bool] = field(default_factory=list)
    causes: list[bool] = field(default_factory=list)
    none: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Return the score as a line of the table."""
        share, vote, cause = (statistics.fmean(found) for found in (self.shares, self.votes, self.causes))
        asked = f"{len(self.shares)} asked, {len(self.causes)} with a cause to find, {len(self.none)} shown none"
        return f"  {name:<34} {share:.3f}      {vote:.3f}      {cause:.3f}      {asked}"


def main() -> None:
    """Print the shares of the program and of the baselines, the likeness of the likest, and the time."""
    library = published_cases()
    if "--facts" in sys.argv:
        print("\n".join(differing_facts(library)))
        return
    everything = {one.case.id for one in library.cases}
    print("share of the same type among five, most of five are of it, same cause among five")
    scores = [print_scores("leave one out", library, everything)]
    for sets in APART:
        asking = {one.case.id for one in library.cases if one.case.collection in sets}
        rest = case_library(one for one in library.cases if one.case.id not in asking)
        scores.append(print_scores(f"{' and '.join(sets)} ask the {len(rest.cases)} others", rest, asking))
    likest = sorted(max(one.likeness for one in found) for case in everything if (found := shown(case, library)))
    median, low = statistics.median(likest), likest[len(likest) // 10]
    print(f"likeness of the likest: median {median:.2f}, 10th percentile {low:.2f}")
    print_time(library)
    if any(statistics.fmean(one.shares) < SHARE or statistics.fmean(one.causes) < CAUSE for one in scores):
        sys.exit(f"a share below {SHARE}, or causes found below {CAUSE}")


def print_scores(name: str, library: CaseLibrary, asking: set[str]) -> Score:
    """Print what each ranking brings for some records, and return that of the program."""
    print(f"{name}:")
    ours = score(by_program, library, asking)
    print(ours.line("cases like this one"))
    answered = asking - set(ours.none)
    for other, ranking in (
        ("random", by_chance),
        ("BM25 over the texts", by_text),
        ("facts in common (Jaccard)", by_facts),
    ):
        print(score(ranking, library, answered).line(other))
    return ours


def score(ranking: Ranking, library: CaseLibrary, asking: set[str]) -> Score:
    """Return the score of a ranking for some records."""
    found, cases = Score(), {one.case.id: one.case for one in library.cases}
    for name in sorted(asking):
        own = all_cases()[name].case
        if own.type == "uncertain":
            continue
        left_out = own_paper(name)
        best = [cases[one] for one in ranking(name, library, left_out)]
        if not best:
            found.none.append(name)
            continue
        found.shares.append(statistics.fmean(one.type == own.type for one in best))
        found.votes.append(Counter(one.type for one in best).most_common(1)[0][0] == own.type)
        others = (one for one in cases.values() if one.id not in left_out)
        if any({*own.causes} & {*one.causes} for one in others):
            found.causes.append(any({*own.causes} & {*one.causes} for one in best))
    return found


@lru_cache(maxsize=1)
def all_cases() -> dict[str, PublishedCase]:
    """Return every published case by id."""
    return {one.case.id: one for one in published_cases().cases}


def own_paper(name: str) -> frozenset[str]:
    """Return the cases of the paper of a case."""
    own = all_cases()[name].case
    same = {one for one, other in all_cases().items() if other.case.source.paper == own.source.paper}
    return frozenset({name, *own.same_person, *same})


@lru_cache(maxsize=512)
def assessed(name: str) -> Assessment:
    """Return the assessment of the record of a case."""
    known = knowledge()
    return assess_record(read_record(folder(name) / "bundle.json", known.terms), known.library)


def folder(name: str) -> Path:
    """Return the folder of the record of a case."""
    return CASES / all_cases()[name].case.collection / name


def shown(name: str, library: CaseLibrary) -> tuple[Any, ...]:
    """Return the cases that are shown for the record of a case."""
    return cases_like(assessed(name), library, own_paper(name))


def by_program(name: str, library: CaseLibrary, left_out: frozenset[str]) -> list[str]:
    """Rank as the program does."""
    return [one.case.id for one in cases_like(assessed(name), library, left_out)]


def by_chance(name: str, library: CaseLibrary, left_out: frozenset[str]) -> list[str]:
    """Take five at random, the same in each run."""
    return random.Random(name).sample([one.case.id for one in library.cases if one.case.id not in left_out], MOST)


def by_facts(name: str, library: CaseLibrary, left_out: frozenset[str]) -> list[str]:
    """Rank by the share of facts that hold in both."""
    own = holding(features_of(assessed(name).account.facts, knowledge().library))
    likeness = {
        one.case.id: len(own & holding(one.features)) / len(own | holding(one.features)) for one in library.cases
    }
    return sorted((one for one in likeness if one not in left_out), key=lambda one: (-likeness[one], one))[:MOST]


def holding(features: frozenset[tuple[str, str]]) -> set[str]:
    """Return the facts that hold."""
    return {fact for fact, word in features if word == HOLDS}


def by_text(name: str, library: CaseLibrary, left_out: frozenset[str], k: float = 1.5, b: float = 0.75) -> list[str]:
    """Rank by BM25 over the notes, and over the words of the record where there is no note."""
    listed = [one.case.id for one in library.cases if one.case.id not in left_out]
    texts = {one: Counter(words_of(one)) for one in listed}
    mean = statistics.fmean(sum(text.values()) for text in texts.values())
    held = Counter(word for text in texts.values() for word in text)
    rarity = {word: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for word, count in held.items()}

    def bm25(one: str) -> float:
        text, length = texts[one], sum(texts[one].values()) / mean
        return sum(
            rarity[word] * text[word] * (k + 1) / (text[word] + k * (1 - b + b * length))
            for word in sorted(set(words_of(name)))
            if word in text
        )

    return sorted(listed, key=lambda one: (-bm25(one), one))[:MOST]


@lru_cache(maxsize=512)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of the note of a case, or of the texts of its record."""
    note = folder(name) / "note.txt"
    if note.exists():
        text = note.read_text(encoding="utf-8")
    else:
        text = " ".join(texts_of(json.loads((folder(name) / "bundle.json").read_text(encoding="utf-8"))))
    return tuple(re.findall(r"[a-z]{3,}", text.lower()))


def texts_of(data: Any) -> Iterator[str]:
    """Yield what a person wrote in a record: texts, names of codes, conclusions."""
    if isinstance(data, list):
        for item in data:
            yield from texts_of(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in {"text", "display", "conclusion", "valueString"} and isinstance(value, str):
                yield value
            else:
                yield from texts_of(value)


def print_time(library: CaseLibrary) -> None:
    """Print the processor time of cases beside that of an assessment of the same record."""
    names, known = sorted(all_cases())[::10], knowledge()
    records = [read_record(folder(name) / "bundle.json", known.terms) for name in names]
    took: dict[str, list[float]] = {"assess": [], "cases": []}
    for record in records:
        begun = time.process_time()
        assessment = assess_record(record, known.library)
        took["assess"].append(time.process_time() - begun)
        begun = time.process_time()
        cases_like(assessment, library)
        took["cases"].append(time.process_time() - begun)
    cases, assess = (1000 * statistics.median(took[one]) for one in ("cases", "assess"))
    print(f"processor time, median of {len(names)}: cases {cases:.1f} ms, assess {assess:.1f} ms")


def differing_facts(library: CaseLibrary) -> Iterator[str]:
    """Yield what of a case is compared that today's reading of its record gives otherwise."""
    same = of = 0
    for one in library.cases:
        today = features_of(assessed(one.case.id).account.facts, knowledge().library)
        same, of = same + len(today & one.features), of + len(today | one.features)
        for sign, found in (("stored only", one.features - today), ("today only", today - one.features)):
            if found:
                yield f"{one.case.id}: {sign}: {', '.join(f'{fact} {word}' for fact, word in sorted(found))}"
    yield f"{same} of {of} findings are the same ({same / of:.1%})"


if __name__ == "__main__":
    main()
