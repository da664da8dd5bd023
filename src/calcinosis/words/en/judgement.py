"""Sentences on how sure an answer is, what was looked at and what was not."""

from __future__ import annotations

from collections.abc import Sequence

from calcinosis.words.en.report import day_words

CERTAINTY: dict[str, str] = {
    "confirmed": "confirmed",
    "probable": "probable",
    "suspected": "suspected",
    "unlikely": "unlikely",
    "excluded": "excluded",
    "open": "open",
}
"""How sure a type is, in one word, the same in headline, text, web and JSON."""

OVER = "{status}; now healed"
"""How sure a type is that is a thing of the past."""
ASKED = "to settle first"
ASKED_PLAIN = "One of your results has to be looked at again. Ask your doctors about it today."
EARLIER = "earlier"
"""How urgent a danger of an earlier day is, of which nothing later is known."""
EARLIER_DANGER = (
    "On {day}; nothing later tells whether it is over. Ask and look again.",
    "This was so on {day}. Tell your doctor whether it is over.",
)

PARTS_NOT_READ = "Parts of the record not read: {count}."


def suspicion(name: str) -> str:
    """Return that somebody suspects what has this name."""
    return f"Suspicion of {name[:1].lower() + name[1:] if name[1:2].islower() else name}"


def over(name: str) -> str:
    """Return that what has this name was there and is over."""
    return f"{name}, now over"


def recently(name: str, days: str) -> str:
    """Return that what has this name was there within so many days."""
    return f"{name} in the last {days}"


def planned(name: str) -> str:
    """Return that what has this name is planned."""
    return f"{name}, planned"


def no_later_value(says: str, day: str) -> str:
    """Return that something was so on a day, and that nothing later is known."""
    return f"{says} on {day_words(day)}; no later value"


def measures_disagree(told: Sequence[str], better: str) -> tuple[str, str]:
    """Return that two measures of one thing disagree beside a limit, and what to measure; ``better`` may be empty."""
    first, *rest = told
    both = " and ".join((first, *(one[:1].lower() + one[1:] for one in rest)))
    says = f"{both} disagree: one is beyond its limit, the other not; neither settles a rule"
    return says, f"What is the {better[:1].lower() + better[1:]}? It decides." if better else ""


def doubted_limits(name: str, said: str) -> tuple[str, str]:
    """Return that a number is doubted that is normal by its own limits alone, and the question that settles it."""
    says = f"{name} {said} is normal by its printed limits but far from the usual range: not used until settled"
    return says, f"Are the number, the unit and the limits of {name.lower() if name[1:2].islower() else name} right?"


def disagree(sides: Sequence[str]) -> str:
    """Return that what two measures say beside a limit disagrees."""
    return f"{'; '.join(sides)}: they disagree"


def doubted(name: str, said: str, unit: str) -> tuple[str, str]:
    """Return that a number is doubted because it fits another unit, and the question that settles it."""
    says = f"{name} {said} fits the unit {unit} better: not used until the unit is settled"
    return says, f"Is {name.lower() if name[1:2].islower() else name} {said} meant in {unit}?"
