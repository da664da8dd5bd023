"""A language model that reads beside the program, played by a stub: what is used, what is refused, what is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.interfaces.cli.language_model import KEY
from calcinosis.interfaces.cli.main import app
from calcinosis.readers.language_model.endpoint import Endpoint
from calcinosis.readers.language_model.statements import LONGEST, instruction
from tests.interfaces.test_cli import THUMB

NOTE = (
    "Calcinosis cutis of the left elbow, no gangrene.\n"
    "Both hands are board-hard   and shine, she says it has crept up since spring.\n"
)
HARD = "hands are board-hard and shine"


@dataclass
class Stub:
    """What the stub answers, and what it was asked."""

    statements: Any = ()
    content: str | None = None
    status: int = 200
    wait: float = 0
    body: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def answer(self) -> bytes:
        """Return the bytes of an answer."""
        content = json.dumps({"statements": self.statements}) if self.content is None else self.content
        return self.body or json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    """Serve a stub on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name is that of the library
            stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            stub.headers.append(dict(self.headers.items()))
            time.sleep(stub.wait)
            self.send_response(stub.status)
            if stub.status == 302:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(stub.answer())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stub.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


def assess(tmp_path: Path, stub: Stub, *more: str, text: str = NOTE) -> Result:
    """Assess a note with a stub."""
    note = tmp_path / "note.txt"
    note.write_text(text, encoding="utf-8")
    with serving(stub):
        options = ("--language-model", stub.address, "--model", "stub-1", *more)
        return CliRunner().invoke(app, ["assess", str(note), "--format", "json", *options])


def proposal(fact: str, sense: str, quote: str) -> dict[str, str]:
    """Return a statement as a model proposes it."""
    return {"fact": fact, "sense": sense, "quote": quote}


def test_what_stands_in_the_text_is_used_and_marked(tmp_path: Path) -> None:
    """A fact of the knowledge with words of the note: present, with its line, marked as read by a model."""
    stub = Stub([proposal("thickened_skin", "present", HARD)])
    result = assess(tmp_path, stub)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    (entered,) = (one for one in found["entered"] if one["fact"] == "thickened_skin")
    assert entered["truth"] == "true"
    assert entered["from"] == [{"model": "line 2", "words": HARD}]
    assert any("stub-1" in one["says"] for one in found["not_understood"])


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_every_page_marks_it(tmp_path: Path, form: str) -> None:
    """Whoever reads the page sees that a model read it."""
    stub = Stub([proposal("thickened_skin", "present", HARD)])
    page = assess(tmp_path, stub, "--format", form, "--verbose").stdout
    page = " ".join(page.split())
    assert "Read by the language model stub-1 and not by the program" in page
    assert "(present, line 2)" in page
    assert form == "html" or "language model, line 2" in page


REFUSED = [
    (proposal("thickened_skin", "present", "the hands are hard"), "not in the text"),
    (proposal("thickened_skin", "present", "ands are board"), "not in the text"),
    (proposal("thickened_skin", "present", "  "), "not in the text"),
    (proposal("stone_skin", "present", HARD), "no such fact"),
    (proposal("calcium", "present", "since spring"), "no such fact"),
    (proposal("warfarin", "present", "since spring"), "no such fact"),
    (proposal("thickened_skin", "certain", HARD), "no such sense"),
    (proposal("gangrene", "present", "gangrene"), "read it itself"),
    ({"fact": "thickened_skin"}, "not a statement"),
    ("thickened skin", "not a statement"),
]


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_what_does_not_hold_is_refused_and_counted(tmp_path: Path, given: Any, why: str) -> None:
    """Words that are not there, facts that there are not, what the program read itself."""
    result = assess(tmp_path, Stub([given]))
    found = json.loads(result.stdout)
    assert any(why in one["says"] for one in found["not_understood"])
    assert not any("model" in place for one in found["entered"] for place in one["from"])
    assert next(one["truth"] for one in found["entered"] if one["fact"] == "gangrene") == "false"


FAULTS = [
    (Stub(status=500), "status 500"),
    (Stub(status=401), "status 401"),
    (Stub(status=302), "status 302"),
    (Stub(content="I am sorry."), "not the JSON"),
    (Stub(content='{"statements": "none"}'), "not the JSON"),
    (Stub(body=b"<html>"), "not the JSON"),
    (Stub(body=b"x" * 2_000_001), "too large"),
    (Stub(wait=1.6), "no answer"),
]


@pytest.mark.parametrize(("stub", "told"), FAULTS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_failure_is_told_and_nothing_is_assessed(tmp_path: Path, stub: Stub, told: str) -> None:
    """No answer, another answer, a redirect: an error with what to do, and no words of the note in it."""
    result = assess(tmp_path, stub, "--model-seconds", "1")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in " ".join(result.stderr.split())
    assert "elbow" not in result.stderr
    assert "--language-model" in result.stderr


def test_a_fenced_answer_is_read(tmp_path: Path) -> None:
    """Some models put their JSON between fences."""
    content = f"```json\n{json.dumps({'statements': [proposal('thickened_skin', 'absent', HARD)]})}\n```"
    found = json.loads(assess(tmp_path, Stub(content=content)).stdout)
    assert next(one["truth"] for one in found["entered"] if one["fact"] == "thickened_skin") == "false"


def test_the_text_is_sent_once_and_it_is_told_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note and the names of facts, the key in a header and nowhere else, and a line on standard error."""
    monkeypatch.setenv(KEY, "secret-key")
    stub = Stub([])
    result = assess(tmp_path, stub)
    (asked,), (headers,) = stub.asked, stub.headers
    assert [one["content"] for one in asked["messages"]][1] == NOTE
    assert headers["Authorization"] == "Bearer secret-key"
    assert "secret-key" not in json.dumps(asked) + result.output
    assert "127.0.0.1" in result.stderr
    assert "is sent" in " ".join(result.stderr.split())


@pytest.mark.parametrize("address", ["http://example.org/v1", "ftp://127.0.0.1/v1", "example.org", "https://"])
def test_another_computer_is_asked_by_https_alone(tmp_path: Path, address: str) -> None:
    """The text never goes unencrypted to another computer; the address is refused before anything is sent."""
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    result = CliRunner().invoke(app, ["assess", str(note), "--language-model", address, "--model", "m"])
    assert result.exit_code == 1
    assert "is sent" not in result.stderr
    assert "https://" in result.stderr


def test_only_notes_are_sent(tmp_path: Path) -> None:
    """A coded record and a text that is too long stay here."""
    stub = Stub([])
    with serving(stub):
        result = CliRunner().invoke(app, ["assess", THUMB, "--language-model", stub.address, "--model", "m"])
    assert (result.exit_code, stub.asked) == (1, [])
    assert "is sent" not in result.stderr
    assert assess(tmp_path, stub, text=NOTE + "x " * LONGEST).exit_code == 1
    assert not stub.asked


def test_without_the_option_nothing_is_asked(tmp_path: Path) -> None:
    """It is off by default, and half of it is wrong use."""
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    assert CliRunner().invoke(app, ["assess", str(note)]).stderr == ""
    assert CliRunner().invoke(app, ["assess", str(note), "--model", "m"]).exit_code == 2
    help_text = " ".join(CliRunner().invoke(app, ["assess", "--help"]).stdout.split())
    assert "leaves this machine" in help_text


def test_the_instruction_names_facts_that_can_be_said() -> None:
    """No number, no medicine, nothing that is worked out from others alone."""
    told = instruction(knowledge().terms)
    assert "\ncalcinosis_cutis: " in told
    assert all(f"\n{name}: " not in told for name in ("calcium", "warfarin", "suspected_calciphylaxis", "age"))
    assert "__at__" not in told


def test_an_answer_byte_by_byte_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seconds are those of the whole answer, though each byte of it comes in time."""
    over = threading.Event()

    def dripping(*_: Any) -> bytes:
        over.wait()
        return b""

    monkeypatch.setattr(Endpoint, "_read", dripping)
    with pytest.raises(InputError, match="no answer"):
        Endpoint(address="http://127.0.0.1:9", model="m", seconds=0.05).answer("", NOTE)
    over.set()


def test_a_model_on_this_computer_is_asked_directly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the environment names gets nothing of a note for a model that runs here."""
    with serving(Stub()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        stub = Stub([proposal("thickened_skin", "present", HARD)])
        assert assess(tmp_path, stub).exit_code == 0
        assert len(stub.asked) == 1
        assert not proxy.asked
