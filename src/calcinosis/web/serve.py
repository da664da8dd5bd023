"""Runs the web application until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from threading import Thread

import uvicorn

from calcinosis.compiled import knowledge
from calcinosis.errors import Problem
from calcinosis.web import look_up
from calcinosis.web.answers import Answers
from calcinosis.web.app import create_app
from calcinosis.web.form_page import form_page
from calcinosis.web.settings import Settings
from calcinosis.web.words import words


def run(settings: Settings, tell: Callable[[str], None]) -> list[Problem]:
    """Serve until interrupted; return what keeps it from listening."""
    try:
        listening = _socket(settings)
    except OSError as error:
        found = error.strerror or "an address that cannot be used"
        return [Problem(f"{settings.host}:{settings.port}", 0, found, "a free port", "try another one with --port")]
    knowledge()
    form_page(Answers())  # so that the first visitor does not wait
    Thread(target=look_up.warm, daemon=True).start()
    texts = words()["serve"]
    if settings.is_open:
        tell(texts["open"].format(host=settings.host))
    tell(texts["ready"].format(address=settings.address))
    config = uvicorn.Config(create_app(settings), log_level="error", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
    return []


def _socket(settings: Settings) -> socket.socket:
    """Return a socket that listens. Raises OSError."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family)
