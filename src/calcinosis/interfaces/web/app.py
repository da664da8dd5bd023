"""The application: its routes, its guard and how it answers what goes wrong."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from calcinosis import __version__
from calcinosis.errors import CalcinosisError, ExtraMissingError
from calcinosis.interfaces.web import (
    api,
    api_page,
    ask_page,
    assess_pages,
    follow_page,
    learn_pages,
    look_up,
    many_pages,
    token,
)
from calcinosis.interfaces.web.pages import STATIC
from calcinosis.interfaces.web.problems import answer_problem, is_program, named
from calcinosis.interfaces.web.security import Guard
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.words import words
from calcinosis.report.renderers.html import STATIC as REPORT_STATIC

_NAMES = {
    404: "not_found", 405: "wrong_method", 413: "too_many", 501: "extra_missing", 503: "busy", 504: "too_long"
}  # fmt: skip
_PARSERS_OF_FORMS = ("python_multipart", "multipart")
"""Loggers of what reads forms: they tell what is wrong with a body, if nobody listens on standard error."""


class Application(FastAPI):
    """The application, with the token in the description of what programs can ask."""

    def openapi(self) -> dict[str, Any]:
        """Return the description as OpenAPI writes it."""
        described = super().openapi()
        schemes = described.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes["token"] = {"type": "http", "scheme": "bearer", "description": words()["api"]["token"]}
        described["security"] = [{"token": []}, {}]
        return described


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application."""
    chosen = settings or Settings()
    app = Application(
        title="calcinosis", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    for name in _PARSERS_OF_FORMS:
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    app.state.settings = chosen
    app.add_middleware(Guard, settings=chosen)
    app.add_exception_handler(CalcinosisError, _unreadable)
    app.add_exception_handler(ExtraMissingError, _missing)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.include_router(api.router)  # routes are tried in this order, and programs send the most
    app.include_router(api_page.router)
    app.include_router(token.router)
    app.include_router(assess_pages.router)
    app.include_router(ask_page.router)
    app.include_router(follow_page.router)
    app.include_router(many_pages.router)
    app.include_router(learn_pages.router)
    app.include_router(look_up.router)
    app.mount("/static/report", StaticFiles(directory=REPORT_STATIC))
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


async def _unreadable(request: Request, error: Exception) -> Response:
    """Tell what of a record cannot be read."""
    problems = error.problems if isinstance(error, CalcinosisError) else ()
    return answer_problem(request, 422, *named("unreadable"), problems)


async def _missing(request: Request, error: Exception) -> Response:
    return answer_problem(request, 501, *named("extra_missing"))


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404 and not is_program(request):
        return look_up.not_found(request, str(request.scope["path"]).strip("/"))
    headers = error.headers if isinstance(error, HTTPException) else None
    return answer_problem(request, status, *named(_NAMES.get(status, "wrong_request")), headers=headers)


async def _wrong_request(request: Request, error: Exception) -> Response:
    """Tell which part of a request is wrong, without what it held."""
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    places = ", ".join(sorted({".".join(map(str, one["loc"])) for one in wrong}))
    title, remedy = named("wrong_request", places=places)
    return answer_problem(request, 422, title, f"{remedy} {places}".strip())
