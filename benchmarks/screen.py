"""How an export of 2 and of 8 GB is screened, against the bare typed read of the same files by DuckDB in the same run.

Printed are seconds of processors and of the clock, the most memory, and the start: a screen of one patient. With
``--all`` also how the time of a patient grows, and what others take for one question.
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
from speed import with_bytecode

from calcinosis.population.export.files import find_export
from calcinosis.population.resources.elements import ELEMENTS

BOUND, MOST_MEMORY, MOST_GROWTH, LONGEST_START = 2.5, 1.5, 1.2, 1.0
PATIENTS = (40_000, 160_000)
"""About 2 and 8 GB."""
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
    """Screen an export by the command, which finds its bytecode beside the output once it ran."""
    command = [sys.executable, "-m", "calcinosis", "screen", str(folder), "--output", str(output)]
    start = time.perf_counter()
    environment = with_bytecode(str(output.with_name("bytecode")))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"the screen of {folder} ended with status {process.returncode}")
    patients = pq.ParquetFile(output).metadata.num_rows
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024**2, patients)


def speed(folder: Path, output: Path) -> bool:
    """Print the whole screen beside the bare read of the same files; return whether the bounds are kept."""
    reads, runs = [], []
    for _ in range(2):  # side by side, so that other work on the machine slows both; the best of each counts
        reads.append(bare_seconds(folder))
        runs.append(screened(folder, output))
    size = reads[0][2]
    own = Run(
        seconds=min(run.seconds for run in runs),
        worked=min(run.worked for run in runs),
        memory=max(run.memory for run in runs),
        patients=runs[0].patients,
    )
    print(f"{own.patients} patients, {size / 1e9:.2f} GB of NDJSON, load of the machine {os.getloadavg()[0]:.1f}")
    kept = [own.memory <= MOST_MEMORY]
    for name, bare, whole in (
        ("processors", min(one[1] for one in reads), own.worked),
        ("clock", min(one[0] for one in reads), own.seconds),
    ):
        kept.append(whole / bare <= BOUND)
        told = f"{whole / bare:6.2f} times, bound {BOUND}{'' if kept[-1] else ' MISSED'}"
        print(f"{name:12} bare read {bare:7.2f} s, whole screen {whole:7.2f} s: {told}")
    print(f"{'memory':12} {own.memory:.2f} GB, bound {MOST_MEMORY} GB{'' if kept[0] else ' MISSED'}")
    print(f"{'patients/s':12} {own.patients / own.seconds:.0f}")
    return all(kept)


def start(made: Path) -> bool:
    """Print how long a screen of one patient takes; return whether the bound is kept."""
    folder = exported(made, 1)
    runs = [screened(folder, made / "rows.parquet") for _ in range(5)]
    worked, seconds = min(run.worked for run in runs), min(run.seconds for run in runs)
    kept = worked < LONGEST_START
    missed = "" if kept else " MISSED"
    print(f"{'start':12} {worked:.2f} s of processors, {seconds:.2f} s of the clock, bound {LONGEST_START}{missed}")
    return kept


def growth(made: Path) -> bool:
    """Print the time of a patient at 10 thousand and at a million patients; return whether it grows too much."""
    each: list[float] = []
    for patients in (10_000, 1_000_000):
        folder = exported(made, patients, visits=1)
        if not each:
            screened(folder, made / "rows.parquet")  # the files are in memory
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
    parser.add_argument("--patients", type=int, nargs="+", default=PATIENTS, help="sizes of the exports")
    parser.add_argument("--all", action="store_true", help="growth (20 GB of disk more) and peers too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        made = given.folder or Path(temporary)
        made.mkdir(parents=True, exist_ok=True)
        kept = [start(made)]
        kept += [speed(exported(made, patients), made / "rows.parquet") for patients in given.patients]
        if given.all:
            kept.append(growth(made))
            peers = [sys.executable, str(Path(__file__).with_name("peers.py")), "--patients", "20000"]
            kept.append(subprocess.run(peers, check=False).returncode == 0)
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
