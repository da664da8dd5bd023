"""The same question to the same export, asked of this program, of cql-execution and of Pathling.

Who has calcium in the skin, or danger signs of calciphylaxis? The peers are asked by the codes that the knowledge lists
for these facts, and by nothing else; ``calcinosis screen`` works out all of its rules, from codes, numbers and text.
Each peer is installed first, and each program has answered a small export before it is measured.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from exports import write

from calcinosis.compiled import Knowledge, knowledge
from calcinosis.conclusions.decisions import IN_QUESTION
from calcinosis.rules.syntax import AnyOf, Criterion, Present

HERE = Path(__file__).parent / "peers"
OWN = "calcinosis screen"
FACT, RED_FLAG = "skin_calcification", "painful-skin-necrosis"
"""What is asked for: a fact with all of its kinds, and what raises a red flag by itself."""
BY_CODES = "the question, by codes"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a program found, in how many seconds; those of processors where they are known."""

    program: str
    question: str
    patients: frozenset[str]
    seconds: float
    worked: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What each program is given: the export, the file of codes, and a folder of its own to write to."""

    export: Path
    codes: Path
    work: Path


def codes_asked(known: Knowledge) -> list[dict[str, str]]:
    """Return the codes of the question, as the knowledge lists them, each with every address of its system."""
    raising = known.library.red_flags[RED_FLAG].when
    parts = raising.parts if isinstance(raising, AnyOf) else (raising,)
    alone = [part.test.fact for part in parts if isinstance(part, Criterion) and isinstance(part.test, Present)]
    wanted = {FACT, *alone}.union(*(known.terms.related.get(fact, ()) for fact in (FACT, *alone)))
    return [
        {"system": address, "code": code}
        for (system, code), meaning in known.terms.codes.items()
        if meaning.enough and wanted.intersection(fact for fact, _ in meaning.facts)
        for address, name in known.terms.systems.read.items()
        if name == system
    ]


def run(command: list[str | Path], folder: Path | None = None) -> tuple[float, float]:
    """Run a command; return its seconds, of clock and of processors. Raises PeerError with its last words."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise PeerError(f"{command[0]} is not on this machine") from error
    except subprocess.CalledProcessError as error:
        words = "\n".join((error.stderr or error.stdout).strip().splitlines()[-5:])
        raise PeerError(f"{' '.join(map(str, command))}: exit status {error.returncode}\n{words}") from error
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class PeerError(Exception):
    """A program could not be installed or started, or failed."""


def ask_calcinosis(asked: Asked) -> list[Answer]:
    """Screen the export; whom it finds are those in question and those with the red flag."""
    rows = asked.work / "rows.parquet"
    seconds, worked = run([sys.executable, "-m", "calcinosis", "screen", asked.export, "--output", rows])
    found = duckdb.execute(
        "SELECT patient_id FROM read_parquet($rows) WHERE presentation IN $in_question OR $flag IN red_flags",
        {"rows": str(rows), "in_question": sorted(IN_QUESTION), "flag": RED_FLAG},
    ).fetchall()
    patients = frozenset(str(row[0]) for row in found)
    return [Answer(OWN, "all rules", patients, seconds, worked)]


def cql_execution(cache: Path) -> Callable[[Asked], list[Answer]]:
    """Install cql-execution and cql-exec-fhir; return what asks them."""
    place = cache / "cql-execution"
    shutil.copytree(HERE, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    run(["npm", "ci", "--no-audit", "--no-fund"], place)
    version = json.loads((HERE / "package.json").read_bytes())["dependencies"]["cql-execution"]

    def ask(asked: Asked) -> list[Answer]:
        output = asked.work / "cql.json"
        command = [
            "node",
            "--max-old-space-size=3072",
            "--max-semi-space-size=64",
            place / "answer.mjs",
            asked.export,
            asked.codes,
            output,
        ]
        seconds, worked = run(command)
        patients = frozenset(json.loads(output.read_bytes())["patients"])
        return [Answer(f"cql-execution {version}", BY_CODES, patients, seconds, worked)]

    return ask


def pathling(cache: Path) -> Callable[[Asked], list[Answer]]:
    """Install Pathling into an environment of its own; return what asks it."""
    run(["java", "-version"])
    place = cache / "pathling"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    run([python, "-m", "pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"])
    versions = dict(line.split("==") for line in (HERE / "requirements.txt").read_text().split())
    version = versions["pathling"]

    def ask(asked: Asked) -> list[Answer]:
        output = asked.work / "pathling.json"
        command = [python, HERE / "pathling_answer.py", asked.export, asked.codes, output]
        seconds, worked = run([*command, "1"])
        patients = frozenset(json.loads(output.read_bytes())["patients"])
        run([*command, "2"])
        again = json.loads(output.read_bytes())
        return [
            Answer(f"Pathling {version}, cold", BY_CODES, patients, seconds, worked),
            Answer(f"Pathling {version}, warm", BY_CODES, frozenset(again["patients"]), again["seconds"]),
        ]

    return ask


PROGRAMS: dict[str, Callable[[Path], Callable[[Asked], list[Answer]]]] = {
    OWN: lambda _cache: ask_calcinosis,
    "cql-execution": cql_execution,
    "Pathling": pathling,
}


def ask_all(asked: Asked, small: Asked, cache: Path) -> tuple[list[Answer], list[str]]:
    """Return the answers of all programs, and why some gave none."""
    answers, failed = [], []
    for name, install in PROGRAMS.items():
        try:
            ask = install(cache)
            ask(small)
            answers += ask(asked)
        except PeerError as error:
            failed.append(f"{name} gave no answer: {error}")
    return answers, failed


def show(answers: list[Answer], patients: int) -> None:
    """Print a line for each program; the ratios say how many times as fast as it the first is."""
    own = answers[0]
    print(f"{'program':22}{'answers':24}{'found':>6}{'seconds':>9}{'patients/s':>12}{'ratio':>8}{'of processors':>15}")
    for one in answers:
        worked = "not known" if one.worked is None or own.worked is None else f"{one.worked / own.worked:.1f}"
        print(
            f"{one.program:22}{one.question:24}{len(one.patients):6}{one.seconds:9.1f}{patients / one.seconds:12.0f}"
            f"{one.seconds / own.seconds:8.1f}{worked:>15}"
        )


def compare(own: Answer, peers: list[Answer]) -> bool:
    """Print how the answers differ; return whether the peers agree and ours finds all whom they find."""
    by_codes = peers[0].patients
    agree = all(one.patients == by_codes for one in peers)
    missed = by_codes - own.patients
    print(f"by codes: {len(by_codes)} patients, {'the same' if agree else 'NOT the same'} by every peer")
    for one in peers if not agree else []:
        print(f"  {one.program}: differs in {sorted(one.patients ^ by_codes)[:10]}")
    print(f"{OWN}: {len(by_codes - missed)} of them, and {len(own.patients - by_codes)} more from text and other rules")
    if missed:
        print(f"  NOT found: {sorted(missed)[:10]}")
    return agree and not missed


def main() -> int:
    """Print the table and how the answers compare; return 1 if they differ or a program gave none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=2000)
    parser.add_argument("--export", type=Path, help="a folder; what is there is used, else it is filled")
    parser.add_argument("--cache", type=Path, help="where the peers are installed; by default a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        folder = given.export or work / "export"
        if not folder.exists():
            write(folder, given.patients)
        write(work / "small", 100)
        patients = sum(file.read_bytes().count(b"\n") for file in folder.glob("Patient.*.ndjson"))
        codes = work / "codes.json"
        codes.write_text(json.dumps(codes_asked(knowledge())))
        cache = (given.cache or work / "cache").resolve()
        answers, failed = ask_all(Asked(folder, codes, work), Asked(work / "small", codes, work), cache)
    print(*failed, sep="\n", end="\n" if failed else "")
    if not answers or answers[0].program != OWN:
        return 1
    print(f"{patients} patients")
    show(answers, patients)
    agree = len(answers) == 1 or compare(answers[0], answers[1:])
    return int(bool(failed) or not agree)


if __name__ == "__main__":
    sys.exit(main())
