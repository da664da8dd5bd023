"""What answers look things up in, kept by the knowledge that it is worked out of: names, index and examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from calcinosis.compiled import Knowledge
from calcinosis.library.library import Library

_Part = TypeVar("_Part")

PARTS: WeakKeyDictionary[Library, dict[str, Any]] = WeakKeyDictionary()
"""What was worked out of each library, by name."""


def prepared(name: str, known: Knowledge, make: Callable[[], _Part]) -> _Part:
    """Return what has a name among the parts of a knowledge, and make it where nobody did."""
    parts = PARTS.setdefault(known.library, {})
    if name not in parts:
        parts[name] = make()
    found: _Part = parts[name]
    return found
