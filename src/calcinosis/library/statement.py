"""Sentences of the knowledge with their sources, and what sources say differently."""

from __future__ import annotations

from calcinosis.data import FromFile
from calcinosis.rules.syntax import Citation, Rule


class Statement(FromFile, frozen=True, kw_only=True):
    """One or two sentences with their sources; ``plain`` says the same to a patient."""

    says: str
    plain: str = ""
    cite: tuple[Citation, ...]


class ConditionalStatement(Statement, frozen=True, kw_only=True):
    """A statement that is told, where it has a rule of its own, to whom the rule holds, unmentioned taken as absent."""

    when: Rule | None = None


class Disagreement(FromFile, frozen=True, kw_only=True):
    """What sources say differently, side by side, with the literature's verdict where there is one."""

    about: str
    positions: tuple[Statement, ...]
    verdict: Statement | None = None
