"""Runs the examples of README and docs; `python docs/examples.py` writes what they print now, `--check` only compares.

An example is a `console` block whose first line is `$ calcinosis ...`; what follows is its output. A line `...` stands
for lines left out. Blocks marked `python` are run.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(
    r"(?P<head>```console\n\$ calcinosis (?P<command>[^\n]*)\n)(?P<output>.*?)(?=^```$)", re.DOTALL | re.MULTILINE
)
PYTHON = re.compile(r"```python\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)


def output_of(command: str) -> str:
    """Return what a command of the project prints, on either stream."""
    arguments = [sys.executable, "-m", "calcinosis", *shlex.split(command)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines()) + "\n"


ENVIRONMENT = {"PATH": "", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src")}
"""The program beside these pages is run, not another one that is installed."""


def shortened(shown: str, real: str) -> str:
    """Return the real output, cut where the shown one is: before and after its line `...`."""
    lines = shown.splitlines()
    if "..." not in lines:
        return real
    before = lines.index("...")
    after = len(lines) - before - 1
    kept = real.splitlines()
    return "\n".join([*kept[:before], "...", *(kept[-after:] if after else [])]) + "\n"


def pages_now() -> Iterator[tuple[Path, str, str]]:
    """Yield each page with its text and the text that its examples would give it now."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield (
            page,
            text,
            CONSOLE.sub(lambda found: found["head"] + shortened(found["output"], output_of(found["command"])), text),
        )


def python_blocks() -> Iterator[tuple[Path, str]]:
    """Yield the Python examples of every page."""
    for page in PAGES:
        for found in PYTHON.finditer(page.read_text(encoding="utf-8")):
            yield page, found["code"]


def main() -> int:
    """Write or compare; return how many pages differ."""
    different = 0
    for page, text, now in pages_now():
        if text != now:
            different += 1
            print(f"{page.relative_to(ROOT)}: the examples print something else now")
            if "--check" not in sys.argv:
                page.write_text(now, encoding="utf-8")
    return different


if __name__ == "__main__":
    sys.exit(main() if "--check" in sys.argv else min(main(), 0))
