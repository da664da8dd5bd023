"""Where and when something was beside the deposit, or another finding, in English."""

from __future__ import annotations

from typing import Literal

RelationKind = Literal["at", "before"]
_NAMES = {"at": "{cause} at the place of the {finding}", "before": "{cause} before the {finding}"}
_PERHAPS = {
    "at": "{cause} that may have been at the place of the {finding}",
    "before": "{cause} that may have come before the {finding}",
}
_QUESTIONS = {
    "at": "Was this at the place of the {finding}, and not after it: {cause}?",
    "before": "Did this come before the {finding}: {cause}?",
}
_AT_ITS_PLACE = "at the place of the {finding}"


def name_of(kind: RelationKind, cause: str, finding: str, perhaps: bool) -> str:
    """Return the name of the fact that something lies so to a finding."""
    return (_PERHAPS if perhaps else _NAMES)[kind].format(cause=cause, finding=finding)


def question(kind: RelationKind, cause: str, finding: str) -> str:
    """Return the question that settles it."""
    return _QUESTIONS[kind].format(cause=cause, finding=finding)


def place(site: str, side: str) -> str:
    """Return a place with its side: "left knee"."""
    return f"{side} {site}".strip()


def placed(cause: str, here: str, finding: str, there: str) -> str:
    """Return where a cause and a finding are: "scar: left knee; deposit: left knee"."""
    return f"{cause}: {here}; {finding}: {there}"


def said_to_be_there(cause: str, finding: str) -> str:
    """Return that the record itself puts a cause at the place of a finding."""
    return f"{cause}, {_AT_ITS_PLACE.format(finding=finding)}"


def not_known(kind: RelationKind, cause: str, finding: str) -> str:
    """Return that it is not known whether a cause was where a finding is, or before it."""
    where = _AT_ITS_PLACE.format(finding=finding) if kind == "at" else f"before the {finding}"
    return f"{cause}; {where}: ask"


def came_before(cause: str, day: str, finding: str, first: str) -> str:
    """Return that a cause came before a finding, with the days where they are known."""
    return f"{cause}{_on(day)}, before the {finding}{_known(first)}"


def came_after(cause: str, day: str, finding: str, first: str) -> str:
    """Return that a cause came after a finding, with the days where they are known."""
    return f"{cause}{_on(day)}, after the {finding}{_known(first)}"


def _on(day: str) -> str:
    return f" ({day})" if day else ""


def _known(day: str) -> str:
    return f" (known on {day})" if day else ""
