"""The words of the web application: one file, so that a translation is one file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "words.en.yaml"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words by page and name."""
    from calcinosis.library.read import read_yaml

    data: dict[str, Any] = read_yaml(FILE, FILE.name).data
    return data
