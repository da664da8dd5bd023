"""What runs where records are read and assessed: it answers, and forgets what it read.

What reading one record brings to mind makes reading the next one faster. So a process that is full of work forgets at
least every ``LONGEST`` seconds, one for which nothing waits does so at once.
"""

from __future__ import annotations

import gc
import time
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from msgspec import Struct
from starlette.exceptions import HTTPException

from calcinosis.compiled import knowledge
from calcinosis.errors import CalcinosisError
from calcinosis.readers.recognise import forget
from calcinosis.words.en import documents

Answer = TypeVar("Answer")
PAUSE, LONGEST = 0.02, 0.25
"""Seconds without work after which a process forgets, and after which it forgets in any case."""


class FaultError(Exception):
    """The program broke; ``kind`` and ``place`` are all that is told of it, its text may hold patient data."""

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(kind, place)
        self.kind = kind
        self.place = place


class Done(Struct, Generic[Answer], frozen=True):
    """Work that gave an answer."""

    answer: Answer

    def result(self) -> Answer:
        """Return the answer."""
        return self.answer


class Failed(Struct, frozen=True):
    """Work that gave an error, and how to raise it where the answer was wanted."""

    error: Callable[[], Exception]

    def result(self) -> NoReturn:
        """Raise what the work raised."""
        raise self.error()


Outcome: TypeAlias = Done[Answer] | Failed


def outcome(work: Callable[..., Answer], *arguments: Any) -> Outcome[Answer]:
    """Return what comes of some work; of an error no more than what may be told."""
    try:
        return Done(work(*arguments))
    except CalcinosisError as error:
        return Failed(partial(type(error), error.problems))
    except HTTPException as error:
        return Failed(partial(HTTPException, error.status_code, headers=error.headers))
    except Exception as error:
        return Failed(partial(FaultError, type(error).__name__, place_of(error)))


def forgetting(work: Callable[..., Answer], *arguments: Any) -> Outcome[Answer]:
    """Return what comes of some work, and forget at once what it read."""
    try:
        return outcome(work, *arguments)
    finally:
        forget(knowledge().terms)


def serve(pipe: Connection, prepare: Callable[[], object]) -> None:
    """Answer what comes through a pipe until its other end is closed, if only because the other process is gone."""
    try:
        pipe.send(outcome(prepare))
        gc.freeze()  # the knowledge stays
        while True:
            kept_since = time.monotonic()
            while pipe.poll(PAUSE) and time.monotonic() - kept_since < LONGEST:
                _answer(pipe)
            forget(knowledge().terms)
            _answer(pipe)
    except Exception:  # nobody is told here: its text may hold patient data, and the other end finds the pipe closed
        return


def _answer(pipe: Connection) -> None:
    work, arguments = pipe.recv()
    pipe.send(outcome(work, *arguments))


def place_of(error: Exception) -> str:
    """Return where in the program an error arose; its text may hold patient data and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return (
        documents.LINE_OF.format(function=frames[-1].name, line=frames[-1].lineno)
        if frames
        else documents.UNKNOWN_PLACE
    )
