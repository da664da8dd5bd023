"""How many records the application assesses a second, beside a bare FastAPI endpoint that only parses the same JSON.

200 connections each send one record after the other, from a process on the same computer. `calcinosis serve` runs as
its users start it: one process of uvicorn, and behind it a process for records on each processor (eight at most). The
bare endpoint gets as many processes of uvicorn as there are processes for records, with the same settings; it answers
with fifteen bytes, `calcinosis serve` with the whole assessment (74 kB on average for a published case).
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from calcinosis.interfaces.web.work import processors

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "published").glob("*/bundle.json"))
SYNTHEA = sorted((ROOT / "tests" / "data" / "synthea_r4").glob("*.json"))
CONNECTIONS, SHARE, RUNNING_RESULT, RESULT = 200, 1 / 3, 0.1, 0.3
ANSWERS = b"skin_necrosis=yes&kidney_failure=yes&age=64&age.unit=a&calcium=9.4&calcium.unit=mg%2FdL&site_finger=yes"

bare = FastAPI()


@bare.post("/api/assess")
async def parse(record: dict[str, Any]) -> dict[str, int]:
    """Parse the JSON, and say how much it was."""
    return {"entries": len(record.get("entry", ()))}


async def send(
    port: int, bodies: list[bytes], times: list[float], path: str = "/api/assess", kind: str = "application/json"
) -> None:
    """Send records over one connection, one after the other; note how long each took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for body in bodies:
        start = time.perf_counter()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.splitlines()[0].decode())
        length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        times.append(time.perf_counter() - start)
    writer.close()
    await writer.wait_closed()


async def load(port: int, bodies: list[bytes], each: int, connections: int = CONNECTIONS) -> tuple[float, float]:
    """Return the requests a second, and the 99th percentile of their seconds."""
    times: list[float] = []
    queues = [[bodies[(start + step) % len(bodies)] for step in range(each)] for start in range(connections)]
    start = time.perf_counter()
    await asyncio.gather(*(send(port, queue, times) for queue in queues))
    seconds = time.perf_counter() - start
    return len(times) / seconds, statistics.quantiles(times, n=100)[98]


@contextmanager
def serving(*command: str) -> Iterator[int]:
    """Run a server on a free port until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen([sys.executable, *command, str(port)], env=environment, stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        try:
            yield port
        finally:
            process.terminate()


def measured(bodies: list[bytes], each: int, *command: str) -> tuple[float, float]:
    """Return requests a second and the 99th percentile of a server, after a run that does not count."""
    with serving(*command) as port:
        asyncio.run(load(port, bodies, 3))
        return asyncio.run(load(port, bodies, each))


def form_answers() -> tuple[float, float]:
    """Return the median seconds in which the running result of the form follows an answer, and the whole result."""
    found = []
    with serving("-m", "calcinosis", "serve", "--port") as port:
        for path in ("/assess/progress", "/assess"):
            times: list[float] = []
            asyncio.run(send(port, [ANSWERS] * 60, times, path, "application/x-www-form-urlencoded"))
            found.append(statistics.median(times))
    return found[0], found[1]


def bare_start() -> float:
    """Return the median seconds of a Python that starts and does nothing: how fast the computer is at the moment."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def fresh_workers() -> tuple[float, float]:
    """Return the records a second of eight connections where processes stay, and where each answers once."""
    found = []
    for option in ([], ["--fresh-workers"]):
        bodies = [path.read_bytes() for path in CASES]
        with serving("-m", "calcinosis", "serve", *option, "--port") as port:
            found.append(asyncio.run(load(port, bodies, 5, 8))[0])
    return found[0], found[1]


def form_times() -> int:
    """Print how long the form takes beside a bare start of Python; return how many bounds are missed."""
    missed, bare_seconds = 0, bare_start()
    for name, seconds, bound in zip(("running", "whole"), form_answers(), (RUNNING_RESULT, RESULT), strict=True):
        missed += seconds > bound
        print(
            f"{name} result of the form, median {seconds * 1e3:.0f} ms, bound {bound * 1e3:.0f} ms; "
            f"{seconds / bare_seconds:.1f} times a bare start of Python ({bare_seconds * 1e3:.0f} ms)"
        )
    return missed


def main() -> int:
    """Print both servers for both kinds of records, and what the form takes; return 1 if a bound is missed."""
    missed = form_times()
    stay, fresh = fresh_workers()
    print(f"published cases, 8 at once: {stay:.1f} a second, with --fresh-workers {fresh:.1f}")
    for name, paths, each in (("published cases", CASES, 10), ("Synthea records", SYNTHEA, 3)):
        bodies = [path.read_bytes() for path in paths]
        size = sum(map(len, bodies)) // len(bodies) // 1024
        ours = measured(bodies, each, "-m", "calcinosis", "serve", "--port")
        other = measured(bodies, each, __file__, "bare")
        share = ours[0] / other[0]
        missed += share < SHARE
        print(f"{name}, {size} kB on average, {CONNECTIONS} at once, all answered; {processors()} processors each")
        print(f"  bare FastAPI, JSON parsed only  {other[0]:7.0f} a second, p99 {other[1] * 1e3:6.0f} ms")
        print(f"  calcinosis serve                {ours[0]:7.0f} a second, p99 {ours[1] * 1e3:6.0f} ms")
        print(f"  share {share:.2f}, bound {SHARE:.2f} {'' if share >= SHARE else 'MISSED'}")
    return int(missed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        here = str(Path(__file__).parent)
        port, count = int(sys.argv[2]), processors()
        uvicorn.run("web:bare", app_dir=here, port=port, workers=count, log_level="error", access_log=False)
    else:
        sys.exit(main())
