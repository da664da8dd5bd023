"""Runs the web application until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

from calcinosis.errors import Problem
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.work import processes
from calcinosis.words.en import documents


def run(settings: Settings, tell: Callable[[str], None]) -> list[Problem]:
    """Serve until interrupted; return what keeps it from listening."""
    try:
        listening = _socket(settings)
    except OSError as error:
        found = error.strerror or documents.UNUSABLE_ADDRESS
        return [Problem(f"{settings.host}:{settings.port}", 0, found, documents.FREE_PORT, documents.TRY_PORT)]
    with processes(prepare) as ready:
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

    import uvicorn

    from calcinosis.interfaces.web import look_up
    from calcinosis.interfaces.web.app import create_app
    from calcinosis.interfaces.web.impatient import Impatient
    from calcinosis.interfaces.web.words import words

    config = uvicorn.Config(
        create_app(settings), log_level="error", access_log=False, server_header=False, http=Impatient
    )
    texts = words()["serve"]
    wait()
    if settings.is_open:
        tell(texts["open"].format(host=settings.host))
    tell(texts["ready"].format(address=settings.address))
    Thread(target=look_up.warm, daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def _socket(settings: Settings) -> socket.socket:
    """Return a socket that listens. Raises OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family)
