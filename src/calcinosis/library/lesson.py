"""Leaflets and quizzes: which statements of the knowledge stand on them, each named by its entry and how it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.read import read_yaml
from calcinosis.rules.vocabulary import STRICT
from calcinosis.words.en import knowledge as words

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


def read_lessons(folder: Path) -> Lessons:
    """Return the leaflets and quizzes of a folder of knowledge. Raises KnowledgeError for a file that is wrong."""
    return Lessons(
        leaflets={one.id: one for one in _read(folder, "leaflets", Leaflet)},
        quizzes={one.id: one for one in _read(folder, "quizzes", Quiz)},
    )


def _read(folder: Path, name: str, kind: type[Leaflet] | type[Quiz]) -> Iterable[Any]:
    for path in sorted((folder / name).glob("*.yaml")):
        where = f"{name}/{path.name}"
        try:
            found = TypeAdapter[Any](kind).validate_python(_with_quotes(read_yaml(path, where).data))
        except ValidationError as error:
            first = error.errors()[0]
            told = " ".join(map(str, (*first["loc"], first["msg"])))
            raise KnowledgeError([Problem(where, 0, told, words.LESSON_EXPECTED)]) from error
        if found.id != path.stem:
            raise KnowledgeError([Problem(where, 0, found.id, words.LESSON_EXPECTED)])
        yield found


def _with_quotes(data: Any) -> Any:
    """Return data in which each list of one-key maps is a list of quotes: the key is the entry."""
    if isinstance(data, dict):
        return {key: _with_quotes(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(
            {"entry": next(iter(one)), "begins": str(next(iter(one.values())))}
            if isinstance(one, dict) and len(one) == 1
            else _with_quotes(one)
            for one in data
        )
    return data
