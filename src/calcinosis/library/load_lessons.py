"""Leaflets and quizzes from their YAML files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.lesson import Leaflet, Lessons, Quiz
from calcinosis.library.read import read_yaml
from calcinosis.words.en import knowledge as words


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
