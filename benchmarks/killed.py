"""A screen killed at random moments, a hundred times by default, and started again: its rows are those of one run."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from exports import write

from calcinosis.compiled import knowledge
from calcinosis.population.checkpoints import Work
from calcinosis.population.engines.here import Here
from calcinosis.population.export.files import find_export
from calcinosis.population.screen import Screen, plan_of


def screen(folder: Path, output: Path) -> None:
    """Screen an export."""
    found, loaded = find_export(folder), knowledge()
    work = Work(output, plan_of(found, "", "duckdb", loaded))
    Screen(found, loaded, Here(), work).run(output)
    work.done()


def screened(folder: Path, output: Path, seconds: float | None) -> bool:
    """Screen an export in a process of its own, killed after some seconds; return whether it came to its end."""
    process = multiprocessing.get_context("fork").Process(target=screen, args=(folder, output))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    if process.exitcode not in {0, -9}:
        raise SystemExit(f"a screen ended with status {process.exitcode}")
    return process.exitcode == 0


def main() -> int:
    """Print how many runs were killed, how many came to their end, and whether all rows were the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--patients", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, killed, ended, wrong = Random(given.seed), 0, 0, 0
    knowledge()
    with tempfile.TemporaryDirectory() as temporary:
        folder, output, once = (Path(temporary) / name for name in ("export", "rows.parquet", "once.parquet"))
        write(folder, given.patients)
        start = time.perf_counter()
        screened(folder, once, None)
        whole = time.perf_counter() - start
        while killed < given.kills:
            if screened(folder, output, chance.uniform(0, whole)):
                ended += 1
                wrong += output.read_bytes() != once.read_bytes()
                output.unlink()
            else:
                killed += 1
                wrong += output.exists() and output.read_bytes() != once.read_bytes()
        screened(folder, output, None)
        wrong += output.read_bytes() != once.read_bytes()
        left = [path.name for path in Path(temporary).iterdir() if path.name.startswith(".")]
    print(f"{killed} times killed, {ended + 1} times come to the end, {wrong} times other bytes; left behind: {left}")
    return int(bool(wrong or left))


if __name__ == "__main__":
    sys.exit(main())
