"""Mutated texts and bundles, a short run of `benchmarks/fuzz.py`; and that it finds what it looks for."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

COMMAND = Path(__file__).parent.parent.parent / "benchmarks" / "fuzz.py"
COUNT = 400


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """Return the module of the command."""
    spec = importlib.util.spec_from_file_location("fuzz", COMMAND)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_crash_no_hang_no_invented_words() -> None:
    """Some hundred inputs of the 100,000, most of which are read."""
    done = subprocess.run(
        [sys.executable, COMMAND, "--count", str(COUNT)], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{COUNT} inputs, 0 wrong" in done.stdout
    assert "texts read" in done.stdout
    assert "bundles read" in done.stdout


def test_a_crash_a_hang_and_invented_words_are_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the three is told."""
    text = "She has gout."
    assert not fuzz.tried(text.encode(), text, True, Counter())
    assert "words that do not stand there" in fuzz.tried(text.encode(), "She is well.", True, Counter())
    monkeypatch.setattr(fuzz, "parse_record", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in fuzz.tried(text.encode(), text, True, Counter())


def test_an_input_is_made_again_from_its_number(fuzz: ModuleType) -> None:
    """The same number gives the same input."""
    pool = fuzz.sentences()
    first, second = (fuzz.mutated_text(pool, fuzz.random.Random(4711)) for _ in range(2))
    assert first == second
