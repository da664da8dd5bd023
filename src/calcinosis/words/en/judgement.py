"""Sentences on how sure an answer is, what was looked at and what was not."""

from __future__ import annotations

CERTAINTY: dict[str, str] = {
    "confirmed": "confirmed",
    "probable": "probable",
    "suspected": "suspected",
    "unlikely": "unlikely",
    "excluded": "excluded",
    "open": "open",
}
"""How sure a type is, in one word, the same in headline, text, web and JSON."""

PARTS_NOT_READ = "{count} of the record were not read."


def suspicion(name: str) -> str:
    """Return that somebody suspects what has this name."""
    return f"Suspicion of {name[:1].lower() + name[1:] if name[1:2].islower() else name}"


def doubted(name: str, said: str, unit: str) -> tuple[str, str]:
    """Return that a number is doubted because it fits another unit, and the question that settles it."""
    says = f"{name} {said} fits the unit {unit} better: not used until the unit is settled"
    return says, f"Is {name.lower() if name[1:2].islower() else name} {said} meant in {unit}?"
