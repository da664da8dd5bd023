"""What the web application reads of its own: its words, the design of the form, the examples."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from calcinosis.errors import KnowledgeError
from calcinosis.library.read import read_yaml
from calcinosis.words import en

HERE = Path(__file__).parent
WORDS = Path(en.__file__).parent / "web.yaml"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words by page and name."""
    return packaged(WORDS)


def packaged(file: Path) -> dict[str, Any]:
    """Return what a YAML file of this package says. Raises KnowledgeError if it is broken."""
    document = read_yaml(file, file.name)
    if document.problems:
        raise KnowledgeError(document.problems)
    data: dict[str, Any] = document.data
    return data
