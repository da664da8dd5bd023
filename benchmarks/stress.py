"""The web application under load: 500 requests at once, 200 slow connections, and 20,000 requests in a row.

Each request must be answered, or refused with a reason, within its deadline; the memory of the application and its
processes must stay where it was after the first thousand.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections import Counter

from web import CASES, serving

from calcinosis.interfaces.web.work import Limits

AT_ONCE, SLOW, IN_A_ROW, CONNECTIONS = 500, 200, 20_000, 16
DEADLINE = Limits().longest + Limits().longest_wait + 5
"""Seconds: the work may wait, then take its time."""
GROWTH = 1.2
"""How many times the memory may be what it was after the first thousand requests."""


async def ask(port: int, body: bytes) -> tuple[str, float]:
    """Send a record over a connection of its own; return the status and the seconds it took."""
    start = time.monotonic()
    try:
        async with asyncio.timeout(DEADLINE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"POST /api/assess HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            answer = await reader.read()
            writer.close()
        return answer[9:12].decode() or "closed without an answer", time.monotonic() - start
    except TimeoutError:
        return "no answer", time.monotonic() - start


async def at_once(port: int, bodies: list[bytes]) -> list[tuple[str, float]]:
    """Send many records at the same moment."""
    return await asyncio.gather(*(ask(port, bodies[number % len(bodies)]) for number in range(AT_ONCE)))


async def slow(port: int, seconds: float) -> Counter[str]:
    """Hold connections that send a byte now and then; return how each ended, or that it was still open."""

    async def one() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /api/assess HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 9000\r\n".encode())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                async with asyncio.timeout(2):
                    if not (said := await reader.read(4096)):
                        return "ended"
                    return f"refused with {said[9:12].decode()}"
            except TimeoutError:
                writer.write(b"X")
        return "still open"

    return Counter(await asyncio.gather(*(one() for _ in range(SLOW))))


async def in_a_row(port: int, bodies: list[bytes], count: int) -> Counter[str]:
    """Send records over some connections, each of them one after the other."""

    async def one(first: int) -> Counter[str]:
        found: Counter[str] = Counter()
        for number in range(first, count, CONNECTIONS):
            found[(await ask(port, bodies[number % len(bodies)]))[0]] += 1
        return found

    return sum(await asyncio.gather(*(one(first) for first in range(CONNECTIONS))), Counter[str]())


def memory() -> int:
    """Return the megabytes of the application that this process started, and of all processes below it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    own, total = {row[0] for row in rows if row[1] == os.getpid()}, 0
    while own:
        total += sum(row[2] for row in rows if row[0] in own)
        own = {row[0] for row in rows if row[1] in own}
    return total // 1024


def main() -> int:
    """Print what came of each; return 1 if anything was not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in-a-row", type=int, default=IN_A_ROW)
    parser.add_argument("--seconds-slow", type=float, default=180.0)
    chosen = parser.parse_args()
    bodies = [path.read_bytes() for path in CASES]
    wrong = 0
    with serving("-m", "calcinosis", "serve", "--port") as port:
        asyncio.run(in_a_row(port, bodies, 20))
        answers = asyncio.run(at_once(port, bodies))
        statuses = Counter(status for status, _ in answers)
        wrong += sum(count for status, count in statuses.items() if status not in {"200", "503"})
        print(f"{AT_ONCE} at once: {dict(statuses)}, the last after {max(seconds for _, seconds in answers):.1f} s")
        start = time.monotonic()
        held, beside = asyncio.run(_beside(port, bodies, chosen.seconds_slow))
        wrong += held["still open"] + (beside[0] != "200")
        print(f"{SLOW} slow connections: {dict(held)} within {time.monotonic() - start:.0f} s")
        print(f"  a record sent beside them: {beside[0]} after {beside[1]:.1f} s")
        first = min(1000, chosen.in_a_row // 2)
        asyncio.run(in_a_row(port, bodies, first))
        before = memory()
        found = asyncio.run(in_a_row(port, bodies, chosen.in_a_row - first))
        after = memory()
        wrong += sum(count for status, count in found.items() if status != "200") + (after > before * GROWTH)
        print(f"{chosen.in_a_row:,} in a row: {dict(found)}; {before} MB after {first:,}, {after} MB at the end")
    return int(wrong > 0)


async def _beside(port: int, bodies: list[bytes], seconds: float) -> tuple[Counter[str], tuple[str, float]]:
    """Hold slow connections, and send a record while they are held."""
    held = asyncio.create_task(slow(port, seconds))
    await asyncio.sleep(3)
    beside = await ask(port, bodies[0])
    return await held, beside


if __name__ == "__main__":
    sys.exit(main())
