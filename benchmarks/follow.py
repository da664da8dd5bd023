"""Made-up histories of one person, 20,000 by default: contradictions by kind; and the time beside that of `assess`."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.follow_up.histories import contradictions, history
from tests.follow_up.people import AS_OF, bundle

import calcinosis


def main() -> None:
    """Print what contradicts, and how many times the time of an assessment a follow-up takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes; 0 for no limit")
    chosen = parser.parse_args()
    found: Counter[str] = Counter()
    first: dict[str, int] = {}
    begin, until, tried = time.process_time(), time.monotonic() + 60 * chosen.minutes, 0
    gc.disable()
    for seed in range(chosen.seed, chosen.seed + chosen.histories):
        if chosen.minutes and time.monotonic() > until:
            break
        tried += 1
        if tried % 500 == 0:
            gc.collect()
        random = Random(seed)
        for kind in contradictions(history(random), random):
            found[kind] += 1
            first.setdefault(kind, seed)
    seconds = time.process_time() - begin
    print(f"{tried} histories, {sum(found.values())} contradictions, {seconds:.0f} s of processor")
    for kind, count in found.most_common():
        print(f"  {count} × {kind} (first: seed {first[kind]})")
    for name, day in AS_OF.items():
        print(f"  {name}: follow takes {_times(name, day):.1f} times the time of assess")
    raise SystemExit(1 if found else 0)


def _times(name: str, day: str) -> float:
    """Return how many times the time of reading and assessing a record reading and following it takes."""
    record = bundle(name)

    def least(follow: bool) -> float:
        taken = []
        for _ in range(15):
            begin = time.process_time()
            read = calcinosis.read(record)
            calcinosis.follow(read, as_of=day) if follow else calcinosis.assess(read, day)
            taken.append(time.process_time() - begin)
        return min(taken)

    return least(follow=True) / least(follow=False)


if __name__ == "__main__":
    main()
