"""How fast a record is read and assessed, against decoding its JSON; how fast the command line starts.

Processor time, as ratios of one run: on a shared machine the clock says little.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

import calcinosis
from calcinosis.answers.compiled_parts import make_ready
from calcinosis.compiled import PACKAGE, knowledge
from calcinosis.published import published_cases
from calcinosis.readers.recognise import parse_record

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
SYNTHEA = sorted((ROOT / "tests" / "data" / "synthea_r4").glob("*.json"))
RUNS = 15


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median processor time of a piece of work, after two runs that do not count."""
    work(), work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def read_and_assess(data: bytes) -> object:
    """Read and assess one record."""
    return calcinosis.assess(parse_record(data, knowledge().terms, "record"))


def own_and_bare(data: bytes, loads: Callable[[bytes], object]) -> tuple[float, float]:
    """Return the seconds that reading and assessing one record takes, and those that decoding its JSON takes."""
    return median_seconds(partial(read_and_assess, data)), median_seconds(partial(loads, data))


def with_bytecode(folder: str) -> dict[str, str]:
    """Return the environment of a process that keeps its bytecode in a folder, as an installed package does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONPYCACHEPREFIX": folder}


def installed(folder: Path) -> Path:
    """Copy the package with what is compiled to a folder, from which it runs as an installed one; return the folder."""
    known = knowledge()
    published_cases()
    make_ready(known)
    shutil.copytree(PACKAGE, folder / "calcinosis", ignore=shutil.ignore_patterns("*.parsed.pickle", "__pycache__"))
    return folder


def process_seconds(*arguments: str, path: Path, bytecode: str) -> float:
    """Return the median processor time of a whole process that finds its bytecode, and the package at a path."""
    environment = {**with_bytecode(bytecode), "PYTHONPATH": str(path)}
    times = []
    for _ in range(10):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment, cwd=path)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times[1:])  # the first writes the bytecode


def main() -> int:
    """Print every figure with its bound; return 1 if one is missed."""
    missed = 0

    def tell(name: str, found: float, bound: float, note: str) -> None:
        nonlocal missed
        missed += found > bound
        print(f"{name:<46} {found:6.2f} times, bound {bound:g} {'' if found <= bound else 'MISSED '}{note}")

    cases = [own_and_bare(path.read_bytes(), json.loads) for path in CASES]
    own = statistics.median(own for own, _ in cases)
    tell(
        "a case read and assessed, json.loads", statistics.median(a / b for a, b in cases), 40, f"({own * 1e3:.2f} ms)"
    )
    records = [own_and_bare(path.read_bytes(), orjson.loads) for path in SYNTHEA]
    own = statistics.median(own for own, _ in records)
    tell("a Synthea record, orjson.loads", statistics.median(a / b for a, b in records), 2.5, f"({own * 1e3:.1f} ms)")
    with TemporaryDirectory() as place, TemporaryDirectory() as bytecode:
        path = installed(Path(place))
        python = process_seconds("-c", "pass", path=path, bytecode=bytecode)
        for name, bound, arguments in (
            ("calcinosis --help, a bare Python", 6, ("--help",)),
            ("calcinosis assess, a bare Python", 20, ("assess", str(CASES[0]))),
            ("calcinosis ask, a bare Python", 25, ("ask", "Does diltiazem help in calcinosis?")),
        ):
            seconds = process_seconds("-m", "calcinosis", *arguments, path=path, bytecode=bytecode)
            tell(name, seconds / python, bound, f"({seconds * 1e3:.0f} ms of processors)")
        seconds = process_seconds("-m", "calcinosis", "assess", str(CASES[0]), path=PACKAGE.parent, bytecode=bytecode)
        print(f"the same assess in a checkout, which looks whether its files changed: {seconds / python:.2f} times")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
