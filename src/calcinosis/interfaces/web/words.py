"""The words of the web application: one file, so that a translation is one file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from calcinosis.errors import KnowledgeError
from calcinosis.library.read import read_yaml

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words by page and name."""
    return packaged("words.en.yaml")


def packaged(name: str) -> dict[str, Any]:
    """Return what a YAML file of this package says. Raises KnowledgeError if it is broken."""
    document = read_yaml(HERE / name, name)
    if document.problems:
        raise KnowledgeError(document.problems)
    data: dict[str, Any] = document.data
    return data
