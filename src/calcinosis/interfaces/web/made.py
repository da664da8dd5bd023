"""What a process makes of a record for one answer, and that answer."""

from __future__ import annotations

from msgspec import Struct
from starlette.responses import Response

from calcinosis.interfaces.web.pages import Asked, rendered

_HTML = "text/html; charset=utf-8"


class Made(Struct, frozen=True):
    """What is answered; with a ``name`` it is a file to save, whose name says nothing of the person."""

    body: bytes
    kind: str = _HTML
    status: int = 200
    name: str = ""


def made_page(asked: Asked, template: str, status: int = 200, **values: object) -> Made:
    """Return a page made from a template."""
    return Made(rendered(asked, template, **values).encode(), _HTML, status)


def answer(made: Made) -> Response:
    """Return the answer that was made."""
    headers = {"content-disposition": f'attachment; filename="{made.name}"'} if made.name else None
    return Response(made.body, made.status, headers, made.kind)
