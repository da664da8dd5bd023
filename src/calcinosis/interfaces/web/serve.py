"""Runs the web application until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from calcinosis.errors import Problem
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.work import Limits, processes
from calcinosis.words.en import documents

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def run(settings: Settings, tell: Callable[[str], None]) -> list[Problem]:
    """Serve until interrupted; return what keeps it from listening."""
    listening = listening_socket(settings)
    if isinstance(listening, Problem):
        return [listening]
    with processes(prepare, limits=Limits(fresh=settings.fresh_workers)) as ready:
        _serve(settings, listening, tell, ready.result)
    return []


def prepare() -> None:
    """Prepare a process for records, so that the first visitor does not wait."""
    from calcinosis.interfaces.web.assessing import empty_form
    from calcinosis.interfaces.web.pages import Asked

    empty_form(Asked("/", Settings()))


def _serve(
    settings: Settings, listening: socket.socket, tell: Callable[[str], None], wait: Callable[[], object]
) -> None:
    """Answer requests; what this loads, it loads while the first process for records gets ready."""
    from threading import Thread

    from calcinosis.interfaces.web import look_up
    from calcinosis.interfaces.web.app import create_app
    from calcinosis.interfaces.web.words import words

    texts = words()["serve"]
    wait()
    if settings.is_open:
        tell(texts["open"].format(host=settings.host))
    tell(texts["ready"].format(address=settings.address))
    Thread(target=look_up.warm, daemon=True).start()
    serve_app(create_app(settings), listening)


def serve_app(app: ASGIApp, listening: socket.socket) -> None:
    """Answer requests until interrupted, silent about them, and with a deadline for slow connections."""
    import uvicorn

    from calcinosis.interfaces.web.impatient import Impatient

    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, http=Impatient)
    uvicorn.Server(config).run(sockets=[listening])


def listening_socket(settings: Settings) -> socket.socket | Problem:
    """Return a socket that listens, or what keeps it from that."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        found = error.strerror or documents.UNUSABLE_ADDRESS
        return Problem(f"{settings.host}:{settings.port}", 0, found, documents.FREE_PORT, documents.TRY_PORT)
