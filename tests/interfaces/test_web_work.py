"""Processes that assess: the same answers, nothing remembered, faults told without data, and no end of the service."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pytest

from calcinosis.errors import InputError
from calcinosis.interfaces.web.assessing import json_answer
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.uploads import Upload
from calcinosis.interfaces.web.work import Limits, processes, worked
from calcinosis.interfaces.web.worker import LONGEST, PAUSE, FaultError, outcome
from tests.interfaces.memory import SECRET, remembered_of_the_record, secret_record

ROOT = Path(__file__).parent.parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
Answer = TypeVar("Answer")
Do = Callable[..., Any]


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    """Work that is done in one process of its own."""
    with processes(bool, 1) as ready, ThreadPoolExecutor(max_workers=1) as apart:
        ready.result()
        yield lambda *work: apart.submit(lambda: asyncio.run(worked(*work))).result()


def assess_and_look(data: bytes) -> tuple[bytes, list[str]]:
    """Return the answer to a record, and what is remembered of it before anything is forgotten."""
    return json_answer(Upload("record", data), Settings(), None).body, remembered_of_the_record()


def break_with(text: str) -> None:
    """Break in a way that tells what was read."""
    raise ValueError(text)


def test_same_answers(do: Do) -> None:
    """A process answers as this one does."""
    for path in CASES[:12]:
        upload = Upload("record", path.read_bytes())
        assert do(json_answer, upload, Settings(), None) == json_answer(upload, Settings(), None)


def test_a_process_forgets(do: Do) -> None:
    """What a record brought to mind is gone a moment after its answer, even while other records keep coming."""
    answer, kept = do(assess_and_look, orjson.dumps(secret_record()))
    assert b"9.876" in answer
    assert kept
    for _ in range(20):  # where a processor is busy, the process may not have had its pause yet
        time.sleep(PAUSE * 5)
        if not do(remembered_of_the_record):
            break
    assert do(remembered_of_the_record) == []
    do(assess_and_look, orjson.dumps(secret_record()))
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST * 1.2:
        do(json_answer, Upload("record", CASES[0].read_bytes()), Settings(), None)
    assert do(remembered_of_the_record) == []


def test_problems_come_through_and_faults_without_their_text(do: Do) -> None:
    """What is wrong with a record is told as ever; of a fault nothing but its kind and its place."""
    with pytest.raises(InputError) as wrong:
        do(json_answer, Upload("record", b'{"a'), Settings(), None)
    assert wrong.value.problems[0].expected == "well-formed JSON, each key once"
    with pytest.raises(FaultError) as fault:
        do(break_with, SECRET)
    assert fault.value.kind == "ValueError"
    assert fault.value.place.startswith("break_with")
    assert SECRET not in repr(fault.value)
    assert fault.value.__cause__ is fault.value.__context__ is None
    assert outcome(int, "7").result() == 7


def test_a_process_that_is_gone_is_followed_by_another(do: Do) -> None:
    """A record that ends its process gets a fault, the next one an answer; one that ended meanwhile is not noticed."""
    with pytest.raises(FaultError, match="ProcessGone"):
        do(os._exit, 1)
    number = do(os.getpid)
    assert number != os.getpid()
    os.kill(number, signal.SIGKILL)
    time.sleep(0.1)
    assert do(os.getpid) not in {number, os.getpid()}


@pytest.fixture
def hears_control_c() -> Iterator[None]:
    """A job in the background ignores Ctrl-C, and so do its children; for a moment it does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_control_c")
@pytest.mark.parametrize("after", [0.4, 0.9, 3.0])
@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C is no signal to one process group")
def test_control_c_ends_everything_quietly(after: float) -> None:
    """Ctrl-C stops the application and its processes, whenever it comes, without a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "calcinosis", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, process_group=0) as process:
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, told = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(process.communicate()[1]) from None
    assert "Traceback" not in told
    for _ in range(100):
        left = subprocess.run(["ps", "-o", "stat=", "-g", str(process.pid)], capture_output=True, text=True).stdout
        if not [one for one in left.split() if not one.startswith("Z")]:
            return
        time.sleep(0.1)
    raise AssertionError(left)


def test_a_fresh_process_answers_once() -> None:
    """With fresh processes none answers twice, and the answers are the same."""
    with processes(bool, 1, Limits(fresh=True)) as ready, ThreadPoolExecutor(max_workers=1) as apart:
        ready.result()
        numbers = [apart.submit(lambda: asyncio.run(worked(os.getpid))).result() for _ in range(3)]
        upload = Upload("record", CASES[0].read_bytes())
        answer = apart.submit(lambda: asyncio.run(worked(json_answer, upload, Settings(), None))).result()
        assert answer == json_answer(upload, Settings(), None)
        with pytest.raises(FaultError, match="ProcessGone"):
            apart.submit(lambda: asyncio.run(worked(os._exit, 1))).result()
        assert apart.submit(lambda: asyncio.run(worked(os.getpid))).result() not in {*numbers, os.getpid()}
    assert len(set(numbers)) == 3
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
