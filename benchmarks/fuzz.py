"""Each reader of bytes, fed with what a search guided by coverage makes of the tests' own data.

`pip install atheris` and `python benchmarks/fuzz.py --minutes 5` print for each target the inputs tried, the edges of
the program that they reached, the slowest input, and each kind of failure once, with the bytes that show it: an error
that is none of bad input, more than five seconds, a difference from a second reader. One input is tried again by
`--target notes --input FILE`; `--keep FOLDER` keeps what was found for the next search.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

MEGABYTES = 1500
"""Memory that a search may take."""
_OFTEN = 500
"""Inputs between two notes of how far a search is."""
_COVERED = re.compile(r"cov: (\d+)")
_TRIED = re.compile(r"stat::number_of_executed_units: *(\d+)")
_HERE = "--here"
"""Before a target: the search itself, in this process."""
_MISSING = "atheris is not installed: `pip install atheris` (an optional tool; Linux, Python 3.11 to 3.13)"


class Search:
    """A search of one target in this process: what is wrong once a kind, and the slowest input."""

    def __init__(self, name: str, folder: Path) -> None:
        from tests.attack import fuzzed, trials

        from calcinosis.errors import InputError

        self.refusal = InputError
        self.target, self.trials, self.folder = fuzzed.TARGETS[name], trials, folder
        self.wrong: dict[str, str] = {}
        self.refused = self.tried = 0
        self.slowest = 0.0

    def one(self, data: bytes) -> None:
        """Try one input."""
        self.tried += 1
        begun = time.process_time()
        try:
            with self.trials.time_limit():
                self.target(data)
        except self.refusal:
            self.refused += 1
        except Exception as error:  # whatever it is, it is a failure
            self._add(error, data)
        if (seconds := time.process_time() - begun) > self.slowest:
            self.slowest = seconds
            (self.folder / "slowest").write_bytes(data)
        if self.tried % _OFTEN == 0:
            self.note()

    def _add(self, error: Exception, data: bytes) -> None:
        places = traceback.extract_tb(error.__traceback__)
        last = next((one for one in reversed(places) if "calcinosis" in one.filename), places[-1])
        kind = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:200]!r}"
        kind = re.sub(r"\d{4,}|0x\w+", "…", kind)
        if kind not in self.wrong and len(self.wrong) < 50:
            file = self.folder / f"wrong-{len(self.wrong)}"
            file.write_bytes(data)
            self.wrong[kind] = str(file)
            self.note()

    def note(self) -> None:
        """Write down what was found so far: the library ends the process itself."""
        told = {"wrong": self.wrong, "refused": self.refused, "slowest": self.slowest}
        (self.folder / "found.json").write_text(json.dumps(told), encoding="utf-8")


def search(name: str, minutes: float, folder: Path) -> None:
    """Search one target in this process, which the library ends."""
    import atheris

    with atheris.instrument_imports(include=["calcinosis"]):
        from tests.attack import fuzzed

        found = Search(name, folder)
        for one in fuzzed.seeds(name):  # what is loaded when it is needed is loaded now
            with suppress(Exception):
                fuzzed.TARGETS[name](one)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(fuzzed.seeds(name)):
        (corpus / f"seed-{number}").write_bytes(one)
    options = [f"-max_total_time={int(minutes * 60)}", f"-max_len={fuzzed.LONGEST}", "-print_final_stats=1",
               f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={folder}/", "-verbosity=1", "-timeout=60"]  # fmt: skip
    found.note()
    atheris.Setup([sys.argv[0], *options, str(corpus)], found.one, internal_libfuzzer=True)
    atheris.Fuzz()


def told(name: str, minutes: float, folder: Path) -> dict[str, Any]:
    """Search one target in a process of its own; return what came of it."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, _HERE, name, str(minutes), str(folder)]
    begun = time.monotonic()
    shown = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if not (folder / "found.json").exists():
        raise SystemExit(f"{name}: the search did not begin\n{shown.stderr[-2000:]}")
    found: dict[str, Any] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    covered, tried = _COVERED.findall(shown.stderr), _TRIED.findall(shown.stderr)
    found |= {"covered": int(covered[-1]) if covered else 0, "tried": int(tried[-1]) if tried else 0}
    if shown.returncode:
        found["wrong"][f"the search ended with {shown.returncode}"] = shown.stderr[-600:]
    return found | {"seconds": time.monotonic() - begun}


def main() -> int:
    """Print what came of the search; return 1 if anything was wrong."""
    if sys.argv[1:2] == [_HERE]:  # before the program is loaded: what it runs through is to be seen
        search(sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
    from tests.attack.fuzzed import TARGETS

    from calcinosis.errors import InputError

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0, help="for each target")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--keep", type=Path, help="a folder for what is found; else a temporary one")
    parser.add_argument("--input", type=Path, help="try one file only; needs no library")
    chosen = parser.parse_args()
    names = chosen.target or list(TARGETS)
    if chosen.input is not None:
        for name in names:
            try:
                TARGETS[name](chosen.input.read_bytes())
            except InputError as error:
                print(f"{name}: refused: {error}")
            else:
                print(f"{name}: read")
        return 0
    if importlib.util.find_spec("atheris") is None:
        print(_MISSING, file=sys.stderr)
        return 1
    wrong = 0
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="calcinosis-fuzz-"))
    for name in names:
        found = told(name, chosen.minutes, folder / name)
        counts = f"{found['tried']:9,} tried, {found['refused']:9,} refused, {found['covered']:6,} edges"
        print(f"{name:10} {counts}, slowest {found['slowest']:.2f} s, {len(found['wrong'])} wrong, "
              f"{found['seconds']:.0f} s", flush=True)  # fmt: skip
        for kind, file in found["wrong"].items():
            print(f"    {kind}\n        {file}", flush=True)
        wrong += len(found["wrong"])
    print(f"what was found stands in {folder}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
