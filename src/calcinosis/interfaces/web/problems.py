"""What went wrong, told to a person as a page and to a program as problem+json; never with patient data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from calcinosis.errors import Problem
from calcinosis.interfaces.web.pages import page
from calcinosis.interfaces.web.words import words

MEDIA_TYPE = "application/problem+json"
PROGRAM_PATHS = ("/api/", "/mcp")
"""Where programs ask: the API, and the tools for language models."""


def is_program(request: Request) -> bool:
    """Whether a program asks, and not a person in a browser."""
    return str(request.scope["path"]).startswith(PROGRAM_PATHS)  # the URL is made from what the Host header says


def answer_problem(
    request: Request,
    status: int,
    title: str,
    remedy: str = "",
    problems: Iterable[Problem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return what went wrong in the form that who asks can read."""
    listed = tuple(problems)
    response: Response
    if is_program(request):
        response = JSONResponse(_object(status, title, remedy, listed), status, media_type=MEDIA_TYPE)
    else:
        response = page(request, "problem.html.j2", status, title=title, remedy=remedy, problems=listed)
    response.headers.update(headers or {})
    return response


def token_page(request: Request, status: int = 200, error: str = "") -> Response:
    """Return the page that asks for the token."""
    return page(request, "token.html.j2", status, title=words()["token"]["title"], error=error)


def _object(status: int, title: str, remedy: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return the problem as RFC 9457 writes it; ``problems`` names each thing that is wrong."""
    found: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if remedy:
        found["detail"] = remedy
    if problems:
        found["problems"] = [
            {"file": one.file, "line": one.line, "found": one.found, "expected": one.expected, "remedy": one.remedy}
            for one in problems
        ]
    return found


def named(name: str, **values: object) -> tuple[str, str]:
    """Return the title and the remedy of a problem in the words of the application."""
    texts = words()["problems"]
    return texts[name].format(**values), texts.get(f"{name}_remedy", "")
