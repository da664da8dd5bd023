"""An OpenAI-compatible endpoint that the user names: one question, one answer, and every failure told.

Nothing that is sent or received stands in an error. Redirects are not followed, another computer than this one is asked
by https alone, and this one without any proxy, which would be another computer. The seconds are those of the whole
answer.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from calcinosis.errors import InputError, Problem
from calcinosis.words.en import language_model as words

LARGEST = 2_000_000
"""Bytes of the longest answer that is read."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Endpoint(Struct, frozen=True, kw_only=True):
    """Where a language model answers, what it is called, its key, and how many seconds it has."""

    address: str
    model: str
    key: str = ""
    seconds: float = 60

    @property
    def host(self) -> str:
        """The computer that is asked."""
        return urlsplit(self.address).hostname or ""

    def check(self) -> None:
        """Raise InputError unless the address is one that may be asked."""
        parts = urlsplit(self.address)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
            raise _problem(words.WRONG_ADDRESS, words.ADDRESS)

    def answer(self, instruction: str, text: str) -> str:
        """Return what the model answers. Raises InputError."""
        self.check()
        asked = {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
        }
        request = urllib.request.Request(  # the scheme is checked
            f"{self.address.rstrip('/')}/chat/completions",
            data=json.dumps(asked).encode(),
            headers={
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {self.key}"} if self.key else {}),
            },
        )
        try:
            data = _in_time(lambda: self._read(request), self.seconds)
        except urllib.error.HTTPError as error:
            error.close()
            raise _problem(words.STATUS.format(status=error.code)) from None
        except TimeoutError:
            raise _problem(words.NO_ANSWER.format(seconds=self.seconds)) from None
        except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
            slow = isinstance(getattr(error, "reason", None), TimeoutError)
            raise _problem(words.NO_ANSWER.format(seconds=self.seconds) if slow else words.NOT_REACHED) from None
        if len(data) > LARGEST:
            raise _problem(words.TOO_LARGE)
        return _content(data)

    def _read(self, request: urllib.request.Request) -> bytes:
        direct = [urllib.request.ProxyHandler({})] if self.host in _HERE else []
        with urllib.request.build_opener(_NoRedirect, *direct).open(request, timeout=self.seconds) as answer:
            found: bytes = answer.read(LARGEST + 1)
            return found


def _in_time(read: Callable[[], bytes], seconds: float) -> bytes:
    """Return what is read. Raises TimeoutError for what comes byte by byte, which no single wait would notice."""
    waiting: Future[bytes] = Future()

    def answered() -> None:
        try:
            waiting.set_result(read())
        except Exception as error:  # it is told where it is waited for
            waiting.set_exception(error)

    Thread(target=answered, daemon=True).start()
    return waiting.result(seconds)


def _content(data: bytes) -> str:
    """Return the text of the first choice. Raises InputError."""
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise _problem(words.NOT_AS_ASKED)
    return content


def _problem(found: str, expected: str = words.AN_ANSWER) -> InputError:
    return InputError([Problem("--language-model", 0, found, expected, words.WITHOUT_MODEL)])


def not_as_asked() -> InputError:
    """Return the error of an answer that is no list of statements."""
    return _problem(words.NOT_AS_ASKED)
