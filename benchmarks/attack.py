"""The standing attack: changed notes, lists and tables, bundles, courses over time, forms, questions, exports with
broken lines, and requests, for as long as is asked.

`python benchmarks/attack.py --minutes 60` prints what was tried, answered and refused, and everything that was wrong: a
crash, more than five seconds, a word that was not there, a difference between the two readers of records, a byte of a
record outside its answer, more memory than the limit. One input is tried again by `--kind notes --only 4711`.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.attack.trials import TRIALS, tried

from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import forget

LIMIT = 1500
"""Megabytes that one process may take."""
_MANY = {"readers": 1}
_AT_ONCE = 50
"""Inputs of a kind before the next kind has its turn."""


def attack(first: int, step: int, minutes: float, kinds: list[str], count: int) -> tuple[Counter[str], list[str], int]:
    """Try every ``step``-th input from ``first``; return the counts, what was wrong, the most megabytes."""
    found: Counter[str] = Counter()
    wrong: list[str] = []
    end = time.monotonic() + minutes * 60
    number = first
    while time.monotonic() < end and (not count or number < count):
        for kind in kinds:
            for one in range(number, number + step * _MANY.get(kind, _AT_ONCE), step):
                found[f"{kind} tried"] += 1
                if told := tried(kind, one, found):
                    wrong.append(f"--kind {kind} --only {one}: {told}")
        number += step * _AT_ONCE
        forget(knowledge().terms)
    return found, wrong, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Print what came of the attack; return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--count", type=int, default=0, help="at most so many inputs of a kind")
    parser.add_argument("--kind", choices=sorted(TRIALS), action="append")
    parser.add_argument("--only", type=int)
    chosen = parser.parse_args()
    kinds = chosen.kind or sorted(TRIALS)
    if chosen.only is not None:
        found: Counter[str] = Counter()
        told = [tried(kind, chosen.only, found) for kind in kinds]
        print(*filter(None, told), dict(found), sep="\n")
        return int(any(told))
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    work = [(first, processes, chosen.minutes, kinds, chosen.count) for first in range(processes)]
    begun = time.monotonic()
    with get_context("spawn").Pool(processes) as pool:
        results = pool.starmap(attack, work)
    total = sum((found for found, _, _ in results), Counter[str]())
    wrong = [one for _, listed, _ in results for one in listed]
    most = max(memory for _, _, memory in results)
    for name, number in sorted(total.items()):
        print(f"{number:9,} {name}")
    print(f"{len(wrong):9,} wrong")
    print(*wrong, sep="\n")
    print(f"{time.monotonic() - begun:.0f} s on {processes} processors; at most {most} MB in a process, limit {LIMIT}")
    return int(bool(wrong) or most > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
