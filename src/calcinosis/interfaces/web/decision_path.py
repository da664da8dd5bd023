"""The way to the decision on a type, question by question, from the type's own rules."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.interfaces.web.entry_parts import RuleGroup
from calcinosis.interfaces.web.statements import rule_group
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Type
from calcinosis.report.document import Mark

_MARKS: dict[str, Mark] = {
    "suspect_when": "provisional",
    "excluded_when": "excluded",
    "established_when": "provisional",
    "confirmed_when": "established",
    "over_when": "past",
}
"""The rules of a type in the order in which they are asked, each with the mark of what follows when it holds."""


class PathStep(Struct, frozen=True):
    """A question, the rule that answers it with yes, and what follows from yes and from no."""

    question: str
    rule: RuleGroup
    mark: Mark
    if_true: str
    otherwise: str


def decision_path(kind: Type) -> tuple[PathStep, ...]:
    """Return the questions that decide on a type, in their order."""
    texts = words()["look_up"]["path"]
    found = ((name, mark, getattr(kind, name)) for name, mark in _MARKS.items())
    return tuple(
        PathStep(texts[name]["question"], rule_group(rule), mark, texts[name]["if_true"], texts[name]["otherwise"])
        for name, mark, rule in found
        if rule is not None
    )
