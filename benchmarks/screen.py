"""How fast an export is screened, against the bare read of the same files by the same engine on the same threads.

With ``--all`` also how much memory that takes, how the time of a patient grows, and what others take for one question.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from exports import write

from calcinosis.population.export.files import find_export
from calcinosis.population.resources.elements import ELEMENTS

BOUND, MOST_MEMORY, MOST_GROWTH = 2.5, 4.0, 1.2
_CONCEPT = "STRUCT(text VARCHAR, coding STRUCT(system VARCHAR, code VARCHAR, display VARCHAR)[])"
_QUANTITY = 'STRUCT("value" DOUBLE, unit VARCHAR, code VARCHAR, comparator VARCHAR)'
_PERIOD = 'STRUCT("start" VARCHAR, "end" VARCHAR)'
COLUMNS = {
    **dict.fromkeys(("id", "status", "effectiveDateTime", "issued", "onsetDateTime", "recordedDate"), "VARCHAR"),
    **dict.fromkeys(("authoredOn", "birthDate", "gender"), "VARCHAR"),
    **dict.fromkeys(("code", "valueCodeableConcept", "medicationCodeableConcept"), _CONCEPT),
    "subject": "STRUCT(reference VARCHAR)",
    "valueQuantity": _QUANTITY,
    "component": f"STRUCT(code {_CONCEPT}, valueQuantity {_QUANTITY})[]",
    "period": _PERIOD,
}


def bare_seconds(folder: Path) -> tuple[float, float, int]:
    """Return the seconds, of clock and of processors, in which the engine reads the files of a screen; their bytes."""
    found = find_export(folder)
    files = [file.path for kind, listed in found.files.items() if kind in {"Patient", *ELEMENTS} for file in listed]
    size = sum(Path(file).stat().st_size for file in files)
    counts = ", ".join(f'count("{name}")' for name in COLUMNS)
    connection = duckdb.connect()
    start, before = time.perf_counter(), time.process_time()
    connection.execute(
        f"SELECT {counts} FROM read_json($files, columns = $columns, format = 'newline_delimited', "
        "ignore_errors = true)",
        {"files": files, "columns": COLUMNS},
    ).fetchall()
    return time.perf_counter() - start, time.process_time() - before, size


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of clock and of processors that a screen took, its start included, its memory in GB, and its patients."""

    seconds: float
    worked: float
    memory: float
    patients: int


def screened(folder: Path, output: Path) -> Run:
    """Screen an export by the command."""
    command = [sys.executable, "-m", "calcinosis", "screen", str(folder), "--output", str(output)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"the screen of {folder} ended with status {process.returncode}")
    patients = pq.ParquetFile(output).metadata.num_rows
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024**2, patients)


def speed(folder: Path, output: Path) -> bool:
    """Print the whole screen beside the bare read of the same files; return whether the bound is kept."""
    screened(folder, output)  # the files are in memory, the queries are kept
    bare, bare_worked, size = min(bare_seconds(folder) for _ in range(3))
    own = min((screened(folder, output) for _ in range(2)), key=lambda run: run.seconds)
    ratio = own.seconds / bare
    print(f"{own.patients} patients, {size / 1e9:.2f} GB of NDJSON")
    print(f"bare read      {bare:8.2f} s   {size / bare / 1e6:6.0f} MB/s")
    print(f"whole screen   {own.seconds:8.2f} s   {own.patients / own.seconds:6.0f} patients/s")
    print(f"ratio          {ratio:8.2f}     bound {BOUND}{'' if ratio <= BOUND else ' MISSED'}")
    print(f"of processors  {own.worked / bare_worked:8.2f}     ({own.worked:.1f} s against {bare_worked:.1f} s)")
    return ratio <= BOUND


def memory(made: Path) -> bool:
    """Print the most memory at 2 and at 8 GB of export; return whether it stays below the bound."""
    runs = []
    for patients in (40_000, 160_000):
        folder = exported(made, patients)
        runs.append(screened(folder, made / "rows.parquet"))
        print(f"memory         {runs[-1].memory:8.2f} GB  {patients} patients, bound {MOST_MEMORY:.0f} GB")
    return max(run.memory for run in runs) < MOST_MEMORY


def growth(made: Path) -> bool:
    """Print the time of a patient at 10 thousand and at a million patients; return whether it grows too much."""
    each: list[float] = []
    for patients in (10_000, 1_000_000):
        folder = exported(made, patients, visits=1)
        if not each:
            screened(folder, made / "rows.parquet")  # the queries are kept
        run = screened(folder, made / "rows.parquet")
        each.append(run.seconds / run.patients)
        print(f"a patient      {each[-1] * 1e3:8.3f} ms  of {patients}, one visit each, {run.memory:.2f} GB of memory")
    print(f"growth         {each[1] / each[0]:8.2f}     bound {MOST_GROWTH}")
    return each[1] / each[0] <= MOST_GROWTH


def exported(made: Path, patients: int, visits: int = 4) -> Path:
    """Return an export of so many patients, which is made unless it is there."""
    folder = made / f"{patients}-{visits}"
    if not folder.exists():
        unfinished = made / f"{folder.name}.partial"
        write(unfinished, patients, visits=visits)
        unfinished.rename(folder)
    return folder


def main() -> int:
    """Print what was asked for; return 1 if a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where exports are made, or are from an earlier run")
    parser.add_argument("--all", action="store_true", help="memory, growth (30 GB of disk) and peers, not speed alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        made = given.folder or Path(temporary)
        made.mkdir(parents=True, exist_ok=True)
        kept = [speed(exported(made, 40_000), made / "rows.parquet")]
        if given.all:
            kept += [memory(made), growth(made)]
            peers = [sys.executable, str(Path(__file__).with_name("peers.py"))]
            kept.append(subprocess.run(peers, check=False).returncode == 0)
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
