"""Leaflets and quizzes: which statements of the knowledge stand on them, each named by its entry and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from calcinosis.data_classes import dataclass
from calcinosis.rules.vocabulary import STRICT

Audience = Literal["patient", "clinician"]


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A statement: its entry, and how it begins in the words for clinicians."""

    __pydantic_config__ = STRICT
    entry: str
    begins: str


@dataclass(frozen=True, kw_only=True)
class Leaflet:
    """One printed side for one situation: the statements of its parts, and what to ask about."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    drawing: str
    now: tuple[Quoted, ...]
    today: tuple[Quoted, ...]
    two_days: tuple[Quoted, ...]
    visit: tuple[Quoted, ...]
    what: tuple[Quoted, ...]
    done: tuple[Quoted, ...]
    unproven: tuple[Quoted, ...]
    do: tuple[Quoted, ...]
    bring: tuple[Quoted, ...]
    ask: tuple[str, ...]
    checked: str


@dataclass(frozen=True, kw_only=True)
class QuizQuestion:
    """A question, its answers, which of them is right, and the statements that say why.

    ``given`` are facts and what follows from them, where an answer is a number that the program works out.
    """

    __pydantic_config__ = STRICT
    ask: str
    answers: tuple[str, ...]
    right: str
    because: tuple[Quoted, ...]
    given: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """Questions by which a reader checks what was understood."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    audience: Audience
    questions: tuple[QuizQuestion, ...]
    checked: str


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """All leaflets and quizzes, by id."""

    leaflets: dict[str, Leaflet]
    quizzes: dict[str, Quiz]
