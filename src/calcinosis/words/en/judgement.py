"""Sentences on how sure an answer is, what was looked at and what was not."""

from __future__ import annotations


def suspicion(name: str) -> str:
    """Return that somebody suspects what has this name."""
    return f"Suspicion of {name[:1].lower() + name[1:] if name[1:2].islower() else name}"
