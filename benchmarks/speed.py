"""How fast a record is read and assessed, against decoding its JSON; how fast the command line starts."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import orjson

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
SYNTHEA = sorted((ROOT / "tests" / "data" / "synthea_r4").glob("*.json"))
RUNS = 15


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of a piece of work, after two runs that do not count."""
    work(), work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def read_and_assess(data: bytes) -> object:
    """Read and assess one record."""
    return calcinosis.assess(parse_record(data, knowledge().terms, "record"))


def own_and_bare(data: bytes) -> tuple[float, float]:
    """Return the seconds that reading and assessing one record takes, and those that decoding its JSON takes."""
    return median_seconds(partial(read_and_assess, data)), median_seconds(partial(orjson.loads, data))


def process_seconds(*arguments: str) -> float:
    """Return the median time of a whole process."""
    return median_seconds(
        lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL), 7
    )


def main() -> int:
    """Print every figure with its bound; return 1 if one is missed."""
    missed = 0

    def tell(name: str, found: float, bound: float, unit: str, note: str = "") -> None:
        nonlocal missed
        missed += found > bound
        print(f"{name:<46} {found:8.3f} {unit:<5} bound {bound:g} {'' if found <= bound else 'MISSED '}{note}")

    cases = [own_and_bare(path.read_bytes()) for path in CASES]
    tell("published case, read and assessed (median)", statistics.median(own for own, _ in cases) * 1e3, 3.0, "ms")
    times = statistics.median(own / bare for own, bare in cases)
    print(f"{'  against orjson.loads of the same bytes':<46} {times:8.1f} times")
    ratios = []
    for path in SYNTHEA:
        data = path.read_bytes()
        own, bare = own_and_bare(data)
        ratios.append(own / bare)
        print(f"  Synthea, {len(data) // 1024:5d} kB: orjson.loads {bare * 1e3:6.2f} ms, ours {own * 1e3:6.2f} ms")
    tell("Synthea record against orjson.loads (median)", statistics.median(ratios), 3.0, "times")
    python = process_seconds("-c", "pass")
    print(f"{'bare Python from a cold shell':<46} {python:8.3f} s")
    for name, bound, arguments in (
        ("calcinosis --help", 0.25, ("-m", "calcinosis", "--help")),
        ("calcinosis assess, a case as text", 0.7, ("-m", "calcinosis", "assess", str(CASES[0]))),
    ):
        seconds = process_seconds(*arguments)
        tell(name, seconds, bound, "s", f"({seconds / python:.1f} times bare Python)")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
