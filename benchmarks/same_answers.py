"""What another version of the program says of the same people: types, dangers, verdicts, and how they differ.

The people are the published cases, and made-up ones of the other version's generator, so that both know their facts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).parent.parent
MAKE = """
import sys, orjson
from random import Random
from tests.property.bundles import random_bundle
for number in range(int(sys.argv[1])):
    sys.stdout.buffer.write(orjson.dumps(random_bundle(Random(number))) + b"\\n")
"""
ASSESS = """
import sys, orjson
import calcinosis
for line in sys.stdin.buffer:
    found = calcinosis.assess(calcinosis.read(orjson.loads(line)))

    told = {
        "presentation": found.presentation,
        "leading type": found.leading_type,
        "statuses": {kind.id: kind.status for kind in found.types},
        "dangers": sorted(flag.id for flag in found.red_flags),
        "causes": {one.id: one.status for one in found.causes if one.status in ("confirmed", "suspected")},
        "to stop": sorted(one.id for one in found.stop),
        "verdicts": {one.id: one.verdict for one in found.treatments},
    }
    sys.stdout.buffer.write(orjson.dumps(told) + b"\\n")
"""
"""Run by each version with its own modules."""


def run(root: Path, program: str, *arguments: str, given: bytes = b"") -> list[bytes]:
    """Run a program with the modules of a version; return the lines that it writes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, cwd=root, env=environment)
    return done.stdout.splitlines()


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield in what two answers differ: the column, and what was and is."""
    for column, before in old.items():
        after = new[column]
        if isinstance(before, dict):
            for name in sorted(before.keys() | after.keys()):
                if before.get(name) != after.get(name):
                    yield column, f"{name}: {before.get(name)} -> {after.get(name)}"
        elif isinstance(before, list):
            yield from ((column, f"{name}: no longer") for name in before if name not in after)
            yield from ((column, f"{name}: new") for name in after if name not in before)
        elif before != after:
            yield column, f"{before} -> {after}"


def compare(people: list[bytes], other: Path, shown: int) -> None:
    """Print how many people have another answer, in what, and the kinds of difference that are most frequent."""
    given = b"\n".join(people) + b"\n"
    answers = [[orjson.loads(line) for line in run(root, ASSESS, given=given)] for root in (other, ROOT)]
    columns: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for old, new in zip(*answers, strict=True):
        found = list(differences(old, new))
        columns.update({column for column, _ in found})
        kinds.update(found)
        columns["anything"] += bool(found)
    print(f"{len(people)} people; another answer in " + ", ".join(f"{name} {n}" for name, n in columns.most_common()))
    for (column, what), count in kinds.most_common(shown):
        print(f"{count:6} {column:14} {what}")


def main() -> None:
    """Compare the published cases, then made-up people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="the folder of another version of the project")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--shown", type=int, default=60, help="kinds of difference that are printed")
    given = parser.parse_args()
    other = given.other.resolve()
    cases = [
        orjson.dumps(orjson.loads(path.read_bytes())) for path in sorted((ROOT / "tests/cases").glob("*/*/bundle.json"))
    ]
    compare(cases, other, given.shown)
    compare(run(other, MAKE, str(given.people)), other, given.shown)


if __name__ == "__main__":
    main()
