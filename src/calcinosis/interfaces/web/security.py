"""What every request passes: host, origin, size, token, and the headers of every answer."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calcinosis.interfaces.web.problems import answer_problem, is_program, named, token_page
from calcinosis.interfaces.web.settings import MEGABYTE, Settings
from calcinosis.interfaces.web.worker import FaultError, place_of

LOG = logging.getLogger("calcinosis.web")
COOKIE = "calcinosis_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FREE_PATHS = ("/static/", "/token")
"""What needs no token: the page that asks for it, and what that page looks like."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class TooLargeError(Exception):
    """More came than is taken."""


class TooSlowError(Exception):
    """A request did not come whole in the time that it has."""


class Guard:
    """Refuses what is foreign, too large or without the token, and tells nobody's data when something breaks."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = _Answer(send, scope["path"])
        try:
            refused = self._refusal(request)
            if refused is None:
                limits = self.settings.largest_upload, self.settings.seconds_of_upload
                await self.app(scope, _limited(receive, *limits), answer)
                return
            status, name = refused
            asks = status == 401 and not is_program(request)
            response = token_page(request, 401) if asks else answer_problem(request, status, *self._named(name))
            await response(scope, receive, answer)
        except (TooLargeError, TooSlowError) as error:
            status, name = (413, "too_large") if isinstance(error, TooLargeError) else (408, "too_slow")
            if not answer.has_begun:
                headers = {"connection": "close"}
                await answer_problem(request, status, *self._named(name), headers=headers)(scope, receive, answer)
        except Exception as error:
            fault = error if isinstance(error, FaultError) else FaultError(type(error).__name__, place_of(error))
            LOG.error("%s at %s", fault.kind, fault.place)
            if not answer.has_begun:
                await answer_problem(request, 500, *self._named("server"))(scope, receive, answer)

    def _named(self, name: str) -> tuple[str, str]:
        return named(name, megabytes=self.settings.largest_upload // MEGABYTE)

    def _refusal(self, request: Request) -> tuple[int, str] | None:
        """Return the status and the name of the reason why a request is refused."""
        headers = request.headers
        if not self.settings.serves(host_name(headers.get("host", ""))):
            return 421, "wrong_host"
        origin = origin_of(headers)
        if origin is None:
            return 400, "wrong_origin"
        if request.method not in SAFE_METHODS and is_foreign(headers, origin):
            return 403, "foreign"
        if headers.get("content-encoding", "identity").lower() != "identity":
            return 415, "compressed"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.settings.largest_upload:
            return 413, "too_large"
        if self.settings.token and not request.scope["path"].startswith(FREE_PATHS) and not self._has_token(request):
            return 401, "no_token"
        return None

    def _has_token(self, request: Request) -> bool:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and is_same(token, self.settings.token):
            return True
        return is_same(request.cookies.get(COOKIE, ""), cookie_of(self.settings.token))


class _Answer:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, path: str) -> None:
        self.send = send
        self.is_static = path.startswith("/static/")
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("cache-control", "no-cache" if self.is_static else "no-store")
            if message["status"] == 401:
                headers["www-authenticate"] = "Bearer"
        await self.send(message)


def _limited(receive: Receive, largest: int, seconds: float) -> Receive:
    """Return a receiver that stops when more comes than is taken, whatever was announced, or too slowly."""
    received, is_whole, end = 0, False, time.monotonic() + seconds

    async def counted() -> Message:
        nonlocal received, is_whole
        if is_whole:
            return await receive()  # what comes now is that the other side has left
        try:
            async with asyncio.timeout(max(0.0, end - time.monotonic())):
                message = await receive()
        except TimeoutError as error:
            raise TooSlowError from error
        received += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if received > largest:
            raise TooLargeError
        return message

    return counted


def host_name(host: str) -> str:
    """Return the name in a Host header, without port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def origin_of(headers: Headers) -> str | None:
    """Return the host and port of the page that sends a request; empty without one, None for no address."""
    try:
        return urlsplit(headers.get("origin", "")).netloc
    except ValueError:
        return None


def is_foreign(headers: Headers, origin: str) -> bool:
    """Whether a browser says that a page of another site sends this; programs say nothing and hold no cookie."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    return "origin" in headers and origin != headers.get("host", "")


def is_same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def cookie_of(token: str) -> str:
    """Return what the cookie of a token holds: not the token itself."""
    return hashlib.sha256(f"calcinosis:{token}".encode()).hexdigest()
