"""Leaflets and quizzes: which statements of the knowledge stand on them, each named by its entry and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from calcinosis.data import FromFile

Audience = Literal["patient", "clinician"]


class Quoted(FromFile, frozen=True, kw_only=True):
    """A statement: its entry, and how it begins in the words for clinicians."""

    entry: str
    begins: str


class Leaflet(FromFile, frozen=True, kw_only=True):
    """One printed side for one situation: the statements of its parts, and what to ask about."""

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


class QuizQuestion(FromFile, frozen=True, kw_only=True):
    """A question, its answers, which of them is right, and the statements that say why.

    ``given`` are facts and what follows from them, where an answer is a number that the program works out.
    """

    ask: str
    answers: tuple[str, ...]
    right: str
    because: tuple[Quoted, ...]
    given: Mapping[str, str] | None = None


class Quiz(FromFile, frozen=True, kw_only=True):
    """Questions by which a reader checks what was understood."""

    id: str
    title: str
    audience: Audience
    questions: tuple[QuizQuestion, ...]
    checked: str


class Lessons(Struct, frozen=True, kw_only=True):
    """All leaflets and quizzes, by id."""

    leaflets: dict[str, Leaflet]
    quizzes: dict[str, Quiz]
