"""Sentences of the knowledge with their sources, and what sources say differently."""

from __future__ import annotations

from typing import ClassVar

from calcinosis.data_classes import dataclass
from calcinosis.rules.syntax import Citation, Rule
from calcinosis.rules.vocabulary import STRICT


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One or two sentences with their sources; ``plain`` says the same to a patient."""

    __pydantic_config__: ClassVar = STRICT
    says: str
    plain: str = ""
    cite: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class ConditionalStatement(Statement):
    """A statement that is told, where it has a rule of its own, to whom the rule holds, unmentioned taken as absent."""

    __pydantic_config__: ClassVar = STRICT
    when: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """What sources say differently, side by side, with the literature's verdict where there is one."""

    __pydantic_config__: ClassVar = STRICT
    about: str
    positions: tuple[Statement, ...]
    verdict: Statement | None = None
