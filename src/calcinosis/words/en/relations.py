"""Where and when something was beside the deposit, in English."""

from __future__ import annotations

from typing import Literal

RelationKind = Literal["at", "before"]
_NAMES = {"at": "{cause} at the place of the deposit", "before": "{cause} before the deposit"}
_PERHAPS = {
    "at": "{cause} that may have been at the place of the deposit",
    "before": "{cause} that may have come before the deposit",
}
_QUESTIONS = {
    "at": "Is this the place of the deposit, and was it so before the deposit came: {cause}?",
    "before": "Did this come before the deposit: {cause}?",
}
DEPOSIT = "deposit"
_AT_ITS_PLACE = "at the place of the deposit"


def name_of(kind: RelationKind, cause: str, perhaps: bool) -> str:
    """Return the name of the fact that something lies so to the deposit."""
    return (_PERHAPS if perhaps else _NAMES)[kind].format(cause=cause)


def question(kind: RelationKind, cause: str) -> str:
    """Return the question that settles it."""
    return _QUESTIONS[kind].format(cause=cause)


def place(site: str, side: str) -> str:
    """Return a place with its side: "left knee"."""
    return f"{side} {site}".strip()


def placed(cause: str, here: str, deposit: str) -> str:
    """Return where a cause and the deposit are: "scar: left knee; deposit: left knee"."""
    return f"{cause}: {here}; {DEPOSIT}: {deposit}"


def said_to_be_there(cause: str) -> str:
    """Return that the record itself puts a cause at the place of the deposit."""
    return f"{cause}, {_AT_ITS_PLACE}"


def place_not_known(cause: str) -> str:
    """Return that it is not known whether a cause was where the deposit is."""
    return f"{cause}; whether {_AT_ITS_PLACE} is not known"


def order_not_known(cause: str) -> str:
    """Return that it is not known whether a cause came before the deposit."""
    return f"{cause}; whether before the deposit is not known"


def came_before(cause: str, day: str, first: str) -> str:
    """Return that a cause came before the deposit, with the days where they are known."""
    return f"{cause}{_on(day)}, before the deposit{_known(first)}"


def came_after(cause: str, day: str, first: str) -> str:
    """Return that a cause came after the deposit, with the days where they are known."""
    return f"{cause}{_on(day)}, after the deposit{_known(first)}"


def _on(day: str) -> str:
    return f" ({day})" if day else ""


def _known(day: str) -> str:
    return f" (known on {day})" if day else ""
