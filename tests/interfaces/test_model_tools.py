"""The tools for language models: called by the protocol's own client, on each way in."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

import calcinosis
from calcinosis.interfaces.model_tools import tools
from calcinosis.interfaces.model_tools.server import tool_server
from calcinosis.words.en import model_tools as words
from tests.interfaces.memory import SECRET, remembered_of_the_record, secret_record

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "dialysis-breast.json"
Answer = TypeVar("Answer")
TOKEN = "a-token-of-some-length"
CALLS: dict[str, dict[str, Any]] = {
    "assess_record": {"record": EXAMPLE.read_text(encoding="utf-8"), "parts": ["red_flags"]},
    "ask": {"question": "Does diltiazem help?"},
    "look_up_entry": {"entry": "diltiazem"},
    "popular_claims": {"words": "diltiazem"},
    "similar_cases": {"record": EXAMPLE.read_text(encoding="utf-8")},
}


def in_a_loop(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what some work gives, in a thread of its own: a browser of other tests may leave a loop in this."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(lambda: asyncio.run(work)).result()


def environment() -> dict[str, str]:
    """Return the environment of a command that runs the package under test."""
    return {**os.environ, "PYTHONPATH": str(Path(calcinosis.__file__).parents[1])}


def wait_for(address: str) -> None:
    """Wait until a server answers; fail after a while."""
    for _ in range(200):
        try:
            httpx2.get(address)
            return
        except httpx2.TransportError:
            time.sleep(0.05)
    pytest.fail(f"no server at {address}")


@asynccontextmanager
async def with_token(address: str) -> AsyncIterator[Any]:
    """Connect over HTTP as somebody who has the token."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as client,
        streamable_http_client(address, http_client=client) as streams,
    ):
        yield streams


def answers(server: Any) -> dict[str, dict[str, Any]]:
    """Return what each tool answers to the official client."""

    async def called() -> dict[str, dict[str, Any]]:
        found = {}
        async with Client(server) as client:
            listed = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(listed) == set(CALLS)
            for name, arguments in CALLS.items():
                hints = listed[name].annotations
                assert hints is not None
                assert hints.read_only_hint
                result = await client.call_tool(name, arguments)
                assert not result.is_error, result.content
                assert result.structured_content is not None
                found[name] = result.structured_content
        return found

    return in_a_loop(called())


def refused(name: str, arguments: dict[str, Any]) -> str:
    """Return what a client is told of a call that cannot be answered."""

    async def called() -> str:
        async with Client(tool_server()) as client:
            result = await client.call_tool(name, arguments)
            assert result.is_error
            return json.dumps([part.model_dump(mode="json") for part in result.content])

    return in_a_loop(called())


def test_each_tool_answers_with_statements_sources_and_its_review() -> None:
    """A model can quote: each answer holds what it rests on and that no clinician has reviewed it."""
    found = answers(tool_server())
    assert all(answer["review"] == words.REVIEW for answer in found.values())
    assessed = found["assess_record"]
    assert "Probable calciphylaxis" in assessed["report"]
    assert assessed["sources"]["medsafe-warfarin-2017"]["url"].startswith("http")
    assert assessed["parts"]["red_flags"][0]["urgency"] == "emergency"
    assert found["ask"]["answered"]
    assert all(one["cite"] for one in found["ask"]["answer"])
    assert "balin-2012" in found["look_up_entry"]["says"]
    similar = found["similar_cases"]
    assert set(similar["cite"]) == set(similar["sources"])
    assert 0 < len(similar["cases"]) <= 5
    claims = found["popular_claims"]
    assert claims["count"] == len(claims["claims"]) > 0
    assert all("diltiazem" in f"{one['subject']} {one['says']}".lower() for one in claims["claims"])


def test_standard_input_gives_the_same_answers() -> None:
    """The command speaks the protocol on its standard input and output, and nothing else."""
    command = StdioServerParameters(command=sys.executable, args=["-m", "calcinosis", "mcp"], env=environment())
    assert answers(command) == answers(tool_server())


def test_streamable_http_gives_the_same_answers_to_who_has_the_token() -> None:
    """The same guard as that of the web application stands before the tools."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "calcinosis", "mcp", "--http", "--port", str(port), "--token", TOKEN]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment()) as process:
        try:
            assert process.stderr is not None
            assert str(port) in process.stderr.readline().decode()
            address = f"http://127.0.0.1:{port}/mcp"
            wait_for(address)
            assert httpx2.post(address, json={}).status_code == 401
            foreign = {"authorization": f"Bearer {TOKEN}", "host": "evil.example"}
            assert httpx2.post(address, json={}, headers=foreign).status_code == 421
            assert answers(with_token(address)) == answers(tool_server())
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("assess_record", {"record": ""}, "the record"),
        ("assess_record", {"record": "age: 54\nphosphat: 7 mg/dL"}, "phosphate"),
        ("assess_record", {"record": "age: 54", "as_of": "yesterday"}, "a day such as"),
        ("assess_record", {"record": "age: 54", "parts": ["treatment"]}, "treatments"),
        ("look_up_entry", {"entry": "diltiazm"}, "diltiazem"),
        ("popular_claims", {"verdict": "wrong"}, "contradicted"),
    ],
)
def test_what_cannot_be_answered_is_told(name: str, arguments: dict[str, Any], told: str) -> None:
    """The model learns what was found, what was expected and what to do."""
    assert told in refused(name, arguments)


def test_nothing_of_a_record_is_kept_or_logged(capfd: pytest.CaptureFixture[str]) -> None:
    """What was read is forgotten with the answer; a fault tells its kind and place alone."""
    server = tool_server()

    async def called() -> None:
        async with Client(server) as client:
            result = await client.call_tool("assess_record", {"record": json.dumps(secret_record())})
            assert not result.is_error

    in_a_loop(called())
    assert not remembered_of_the_record()
    assert SECRET not in "".join(capfd.readouterr())


def test_a_fault_tells_nothing_of_the_record(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """An error of the program may hold patient data in its text."""

    def broken(record: str, as_of: str, parts: tuple[str, ...]) -> dict[str, Any]:
        raise ValueError(record)

    monkeypatch.setattr(tools, "assess_record", broken)
    told = refused("assess_record", {"record": SECRET})
    assert words.BROKEN in told
    assert SECRET not in told + "".join(capfd.readouterr())
