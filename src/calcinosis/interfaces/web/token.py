"""The page that asks for the token, where other computers can reach the application."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from calcinosis.interfaces.web.problems import token_page
from calcinosis.interfaces.web.security import COOKIE, cookie_of, is_same
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.words import words

router = APIRouter(include_in_schema=False)


@router.get("/token")
def ask(request: Request) -> Response:
    """Ask for the token."""
    return token_page(request)


@router.post("/token")
async def enter(request: Request) -> Response:
    """Let in who has the token, and remember it in this browser until it is closed."""
    settings: Settings = request.app.state.settings
    async with request.form(max_files=0, max_fields=1) as form:
        given = str(form.get("token", ""))
    if not settings.token or not is_same(given, settings.token):
        return token_page(request, 401, words()["problems"]["wrong_token"])
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, cookie_of(settings.token), httponly=True, samesite="strict")
    return response
