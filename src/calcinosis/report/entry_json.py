"""An entry of the knowledge as plain data, with the names and the shape of its file."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from calcinosis.library.entries import Entry, Source
from calcinosis.rules.syntax import All, AtLeast, Citation, Criterion, Rule
from calcinosis.rules.vocabulary import Fact

_WORKED_OUT = frozenset({"lower_value", "upper_value"})
"""What the loader adds to a file."""


def entry_object(entry: Entry | Fact) -> dict[str, Any]:
    """Return an entry as its file says it; what the file leaves out is left out."""
    found: dict[str, Any] = _plain(entry)
    if isinstance(entry, Source):
        found["citation"] = entry.citation
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Citation):
        return str(value)
    if isinstance(value, Rule):
        return _rule(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Struct):
        return {
            name.rstrip("_"): _plain(held)
            for name in value.__struct_fields__
            if name not in _WORKED_OUT and (held := getattr(value, name)) not in (None, "", (), {})
        }
    return value


def _rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as it is written: a group, or one criterion with its sources."""
    if isinstance(rule, Criterion):
        return {"when": rule.text, "cite": [str(cite) for cite in rule.cite]}
    parts = [_rule(part) for part in rule.parts]
    if isinstance(rule, AtLeast):
        return {"at_least": {"count": rule.count, "of": parts}}
    return {"all" if isinstance(rule, All) else "any": parts}
