"""The edges of the application: headers on every answer, deadlines, a bounded queue, slow connections, silent logs."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.interfaces.web import api
from calcinosis.interfaces.web.app import create_app
from calcinosis.interfaces.web.impatient import Impatient
from calcinosis.interfaces.web.security import HEADERS
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.work import Limits, processes, worked
from calcinosis.report.row import as_csv, row_of

BASE = "http://127.0.0.1:8000"
TOKEN = "a-token-of-some-length"
SECRET = "Mrs-Secret-Person"
SMALL = Limits(longest=2.0, longest_wait=3.0, most_at_once=3, retry_after=7)


def sleep_long(*_: object) -> None:
    """Stand for work that never ends."""
    time.sleep(60)


def prepare() -> None:
    """Load the knowledge, as a process of the application does first."""
    knowledge()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A program on this computer."""
    with TestClient(create_app(), base_url=BASE, raise_server_exceptions=False) as found:
        yield found


REFUSED: dict[str, tuple[int, dict[str, Any]]] = {
    "an origin that is no address": (400, {"method": "POST", "url": "/assess", "headers": {"origin": "http://["}}),
    "the same from a program": (400, {"method": "GET", "url": "/api/claims", "headers": {"origin": "http://[::1"}}),
    "another site": (403, {"method": "POST", "url": "/assess", "headers": {"origin": "http://evil.example"}}),
    "no page": (404, {"method": "GET", "url": "/nothing-of-this-name"}),
    "no entry": (404, {"method": "GET", "url": "/api/knowledge/nothing"}),
    "a method": (405, {"method": "DELETE", "url": "/assess"}),
    "a length": (413, {"method": "POST", "url": "/assess", "headers": {"content-length": "999999999999"}}),
    "no length": (413, {"method": "POST", "url": "/assess", "headers": {"content-length": "-1"}}),
    "a kind": (415, {"method": "POST", "url": "/many", "content": b"x", "headers": {"content-type": "text/plain"}}),
    "compressed": (415, {"method": "POST", "url": "/api/assess", "headers": {"content-encoding": "gzip"}}),
    "another host": (421, {"method": "GET", "url": "/", "headers": {"host": "evil.example"}}),
    "a host that is none": (421, {"method": "GET", "url": "/", "headers": {"host": "[::"}}),
    "a record": (422, {"method": "POST", "url": "/api/assess", "content": b"{"}),
    "a question": (422, {"method": "GET", "url": "/api/claims?verdict=perhaps"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_headers_on_every_refusal(client: TestClient, name: str) -> None:
    """Whatever is refused, by whomever, has the headers that every answer has, and no traceback."""
    status, asked = REFUSED[name]
    answer = client.request(**asked)
    assert answer.status_code == status
    assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS
    assert answer.headers["cache-control"] in {"no-store", "no-cache"}
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1/static/", "127.0.0.1/static/?", "127.0.0.1:8000/token#", "a@127.0.0.1/static/"]
)
@pytest.mark.parametrize("path", ["/", "/api/claims", "/assess/form"])
def test_the_host_leads_nobody_around_the_token(host: str, path: str) -> None:
    """The path is that of the request line, whatever a framework makes of the Host header."""
    open_to_all = TestClient(create_app(Settings(host="0.0.0.0", token=TOKEN)), base_url=BASE)
    answer = open_to_all.get(path, headers={"host": host})
    assert answer.status_code in {401, 421}
    assert open_to_all.get("/static/style.css", headers={"host": "127.0.0.1"}).status_code in {200, 404}


def test_nobody_takes_the_path_from_the_url() -> None:
    """The URL of a request is made from its Host header on some versions of the framework."""
    web = Path(str(api.__file__)).parent
    assert not [path.name for path in web.rglob("*.py") if re.search(r"request\.url\.path", path.read_text("utf-8"))]


def test_the_api_describes_what_it_refuses(client: TestClient) -> None:
    """The description lists what the guard answers, the deadlines, and the token."""
    described = client.get("/api/openapi.json").json()
    listed = set(described["paths"]["/api/assess"]["post"]["responses"])
    assert listed >= {"200", "400", "401", "403", "408", "413", "415", "421", "422", "503", "504"}
    assert set(described["paths"]["/api/claims"]["get"]["responses"]) >= {"400", "401", "413", "415", "421"}
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in described["security"]


@pytest.mark.parametrize("name", ["a\r=1+1", "\r=1+1", "\n@x", "\t=1", " =1+1", "a\x00b", "＝1+1", "a\u2028=1", "-1+1"])
def test_a_cell_begins_no_formula_and_no_row(name: str) -> None:
    """A spreadsheet that takes a bare carriage return for a new row finds no formula there."""
    record = replace(calcinosis.read({"resourceType": "Patient"}), id=name)
    text = as_csv([row_of(assess_record(record, knowledge().library))])
    assert len(text.splitlines()) == 2
    for row in csv.reader(io.StringIO(text.replace("\r", "\n"))):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize(
    "body",
    [
        f"--x\r\n{SECRET}",
        f"--x\r\nContent-Disposition: form-data; name=\"record\"\r\n\r\n{SECRET}\r\n--x-{SECRET}\r\n",
        f"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n{SECRET}{SECRET}",
        f"{SECRET}--x\r\n{SECRET}: \x01\r\n\r\n",
    ],
)  # fmt: skip
def test_logs_are_silent_about_bodies(client: TestClient, body: str, capfd: pytest.CaptureFixture[str]) -> None:
    """What reads forms says nothing of them, on standard error or elsewhere."""
    client.post("/many", content=body, headers={"content-type": "multipart/form-data; boundary=x"})
    told = "".join(capfd.readouterr())
    assert SECRET not in told
    assert "oundary" not in told


@pytest.fixture(scope="module")
def do() -> Iterator[Callable[..., Any]]:
    """Work that is done in one process of its own, with small limits."""
    with processes(prepare, 1, SMALL) as ready, ThreadPoolExecutor(max_workers=8) as apart:
        ready.result()
        yield lambda *work: apart.submit(lambda: asyncio.run(worked(*work)))


def test_a_process_that_takes_too_long_is_replaced(do: Callable[..., Any]) -> None:
    """The request is told after the deadline, with when to ask again, and the next one gets its answer."""
    before = do(os.getpid).result()
    begun = time.monotonic()
    with pytest.raises(HTTPException) as told:
        do(sleep_long).result()
    assert SMALL.longest <= time.monotonic() - begun < SMALL.longest + 20  # the machine may be busy
    assert told.value.status_code == 504
    assert told.value.headers == {"retry-after": "7"}
    after = do(os.getpid).result()
    assert after not in {before, os.getpid()}
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_the_queue_is_bounded(do: Callable[..., Any]) -> None:
    """What would wait too long is refused, at once where the queue is full, and after its wait where it is not."""
    waiting = [do(sleep_long) for _ in range(5)]
    statuses = []
    for one in waiting:
        with pytest.raises(HTTPException) as told:
            one.result()
        statuses.append(told.value.status_code)
    assert sorted(set(statuses)) == [503, 504]
    assert statuses.count(503) >= 2
    assert isinstance(do(os.getpid).result(), int)


def test_a_deadline_is_told_to_programs_and_people(do: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is a problem with the headers of every answer and when to try again."""
    monkeypatch.setattr(api, "json_answer", sleep_long)
    program = TestClient(create_app(), base_url=BASE)
    answer = program.post("/api/assess", content=b"age: 54")
    assert (answer.status_code, answer.headers["retry-after"]) == (504, "7")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "took too long" in answer.json()["title"]
    assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS


class Hasty(Impatient):
    """Waits half a second."""

    patience = 0.5


@contextmanager
def running(settings: Settings) -> Iterator[int]:
    """Serve on a free port; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="error", http=Hasty))
        thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def test_slow_connections_time_out() -> None:
    """Half a head, a second head that never ends, and a body that drips are let go in time; others are answered."""
    with running(Settings(seconds_of_upload=0.5)) as port:
        head = f"GET /static/favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n".encode()
        slow = f"POST /api/assess HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n\r\na".encode()
        silent, half, second, body = (socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(4))
        half.sendall(head)
        second.sendall(head + b"\r\n" + head)
        body.sendall(slow)
        begun = time.monotonic()
        assert silent.recv(100) == b""
        assert half.recv(100) == b""
        assert second.recv(65536).startswith(b"HTTP/1.1")
        while second.recv(65536):
            pass
        assert body.recv(65536).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - begun < 15  # five seconds of them are those between requests
        whole = socket.create_connection(("127.0.0.1", port), timeout=10)
        whole.sendall(head + b"\r\n")
        assert whole.recv(100).startswith(b"HTTP/1.1")
        for one in (silent, half, second, body, whole):
            one.close()


def test_an_upload_that_is_cut_off_is_refused(client: TestClient) -> None:
    """A file whose end did not come is no file: nothing of it is assessed, and who sent it is told."""
    whole = b'--x\r\ncontent-disposition: form-data; name="record"; filename="a"\r\n\r\nage: 54\r\n--x--'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/assess", content=whole, headers=headers).status_code == 200
    for end in (-1, -5, -12):
        assert client.post("/assess", content=whole[:end], headers=headers).status_code == 400
