"""How fast an export is screened, against the bare read of the same files by the same engine on the same threads."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from exports import write

from calcinosis.population.export import find_export
from calcinosis.population.wanted import WANTED

BOUND = 2.5
ROOT = Path(__file__).parent.parent
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
    files = [file.path for kind, listed in found.files.items() if kind in {"Patient", *WANTED} for file in listed]
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


def screen_seconds(folder: Path, output: Path) -> tuple[float, float]:
    """Return the seconds, of clock and of processors, that the command takes, its start included."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "calcinosis", "screen", str(folder), "--output", str(output)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, worked


def main() -> int:
    """Print the ratio with its bound, the patients a second, and the most memory; return 1 if the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=40_000, help="40,000 are about 2 GB")
    parser.add_argument("--export", type=Path, help="a folder; what is there is used, else it is filled")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.export or Path(made) / "export"
        if not folder.exists():
            write(folder, given.patients)
        screen_seconds(folder, Path(made) / "warm.parquet")  # the files are in memory, the query of the rules is kept
        bare, bare_worked, size = min(bare_seconds(folder) for _ in range(3))
        own, own_worked = min(screen_seconds(folder, Path(made) / "rows.parquet") for _ in range(2))
        patients = duckdb.sql(f"SELECT count(*) FROM '{Path(made) / 'rows.parquet'}'").fetchall()[0][0]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"{patients} patients, {size / 1e9:.2f} GB of NDJSON")
    print(f"bare read      {bare:8.2f} s   {size / bare / 1e6:6.0f} MB/s")
    print(f"whole screen   {own:8.2f} s   {patients / own:6.0f} patients/s, at most {memory:.1f} GB of memory")
    print(f"ratio          {own / bare:8.2f}     bound {BOUND}{'' if own / bare <= BOUND else ' MISSED'}")
    print(f"of processors  {own_worked / bare_worked:8.2f}     ({own_worked:.1f} s against {bare_worked:.1f} s)")
    return int(own / bare > BOUND)


if __name__ == "__main__":
    sys.exit(main())
