"""Each command of ``benchmarks`` finds what it imports: a name that moved is noticed before a figure is wanted."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.mark.parametrize("path", sorted(BENCHMARKS.glob("*.py")), ids=lambda path: str(path.stem))
def test_it_finds_what_it_imports(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is loaded, and not run."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    run_path(str(path), run_name="loaded")
