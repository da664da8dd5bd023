"""What the program of the rules costs: one person against decoding a case, and groups of people against each other."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pyarrow as pa

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.person.facts import PatientFacts
from calcinosis.population.conclude import concluded
from calcinosis.population.settled import PATIENTS, SETTLED

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
SIZES = (10_000, 40_000, 100_000)
SEED = 20261130


def cpu_seconds(work: Callable[[], object], runs: int) -> float:
    """Return the median CPU seconds of a piece of work, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def one_person() -> tuple[float, float]:
    """Return the CPU seconds that all rules take on a case, twice, and those that decoding its text takes."""
    vocabulary = knowledge().library.vocabulary
    stated = [calcinosis.read(path).facts(vocabulary, "2024-01-01")[0].stated for path in CASES]
    texts = [path.read_bytes() for path in CASES]
    rule = vocabulary.program.rules[0]

    def run() -> None:
        for told in stated:
            facts = PatientFacts(vocabulary, told)
            facts.assuming_absent().truth(rule)

    def decode() -> None:
        for text in texts:
            json.loads(text)

    return cpu_seconds(run, 9) / len(CASES), cpu_seconds(decode, 9) / len(CASES)


def group(size: int) -> tuple[pa.Table, pa.Table]:
    """Return made-up people, each with the facts of one published case, as a group is settled."""
    vocabulary, chance = knowledge().library.vocabulary, Random(SEED)
    told = [calcinosis.read(path).facts(vocabulary, "2024-01-01")[0].stated for path in CASES]
    chosen = [chance.choice(told) for _ in range(size)]
    rows = [(person, fact, value) for person, stated in enumerate(chosen) for fact, value in stated.items()]
    columns = {
        "person": [person for person, _, _ in rows],
        "fact": [fact for _, fact, _ in rows],
        "truth": [{"true": 1, "false": 0, "unknown": -1}[value.truth.value] for _, _, value in rows],
        "word": [value.word or None for _, _, value in rows],
        **{name: [getattr(value, name) for _, _, value in rows] for name in NUMBERS},
        "flag": [value.flag or None for _, _, value in rows],
        "first": [None] * len(rows),
        "date_key": [None] * len(rows),
    }
    people = pa.table(
        [[f"{number:06}" for number in range(size)], ["2024-01-01"] * size, [False] * size], schema=PATIENTS
    )
    return people, pa.table([columns[name] for name in SETTLED.names], schema=SETTLED)


NUMBERS = ("low", "high", "open_low", "open_high", "lower_limit", "upper_limit")


def main() -> None:
    """Print the figures of one run; ratios hold on any machine."""
    own, bare = one_person()
    print(
        f"{'one person, all rules twice':<34} {1000 * own:8.3f} ms CPU, {own / bare:6.2f} times json.loads of the case"
    )
    base = 0.0
    for size in SIZES:
        people, settled = group(size)
        seconds = cpu_seconds(partial(concluded, knowledge().library, people, settled), 3)
        base = base or seconds
        per_row = settled.num_rows / size
        told = f"{seconds:8.3f} s CPU, {seconds / base:6.2f} times the smallest, {per_row:.0f} facts a person"
        print(f"{f'{size:,} people, concluded':<34} {told}")


if __name__ == "__main__":
    main()
