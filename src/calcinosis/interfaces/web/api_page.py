"""The page that explains the application to who writes programs, made from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from msgspec import Struct
from starlette.responses import Response

from calcinosis.interfaces.web.pages import page
from calcinosis.interfaces.web.words import words

router = APIRouter(include_in_schema=False)


class Operation(Struct, frozen=True, kw_only=True):
    """One thing that can be asked."""

    method: str
    path: str
    says: str
    parameters: tuple[tuple[str, str], ...]
    bodies: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


@router.get("/api")
def explain(request: Request) -> Response:
    """Explain what programs can ask."""
    title = words()["api"]["title"]
    return page(
        request, "api.html.j2", title=title, operations=list(operations(request.app.openapi())), host=request.url.netloc
    )


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """Yield what an OpenAPI description lists."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            listed = operation.get("parameters", ())
            yield Operation(
                method=method.upper(),
                path=path,
                says=operation.get("description", ""),
                parameters=tuple((one["name"], one.get("description", "")) for one in listed),
                bodies=tuple(operation.get("requestBody", {}).get("content", {})),
                answers=tuple((status, one["description"]) for status, one in operation["responses"].items()),
            )
