"""Where records are read and assessed: apart from where pages are answered, so that these never wait.

By itself that is one thread, where one record follows the other. ``processes`` makes it processes, as many as
there are processors and no sooner than they are needed. A process that takes too long is ended and followed by another,
and no more work waits than can be done in time: the request is told so.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from starlette.exceptions import HTTPException

from calcinosis.interfaces.web.worker import Failed, FaultError, Outcome, forgetting, serve

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

Answer = TypeVar("Answer")
Ask = Callable[..., Outcome[Any]]
MOST_PROCESSES = 8
_ONE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="assess")
"""One thread: what the knowledge remembers between records is written by nobody else."""
_STOPPING = 2.0


class Limits(Struct, frozen=True, kw_only=True):
    """How long work may take and may wait, in seconds, and how much of it may wait or be done at once.

    ``fresh`` ends a process after each answer, so that none of its memory outlives the answer.
    """

    longest: float = 30.0
    longest_wait: float = 30.0
    most_at_once: int = 256
    retry_after: int = 30
    fresh: bool = False


class Processes:
    """Processes for the work, each led by a thread of its own that waits for its answers, but not for ever."""

    def __init__(self, most: int, prepare: Callable[[], object], limits: Limits) -> None:
        self.threads = ThreadPoolExecutor(most, "assess", initializer=self._begin)
        self._prepare = prepare
        self._limits = limits
        self._own = threading.local()
        self._begun: list[tuple[Connection, BaseProcess]] = []

    def ask(self, work: Callable[..., Answer], *arguments: Any) -> Outcome[Answer]:
        """Return what comes of some work in the process of this thread; one that is gone is followed by another."""
        pipe = self._send((work, arguments))
        if pipe is None:
            self._begin()
            pipe = self._send((work, arguments))
        try:
            if pipe is not None:
                if not pipe.poll(self._limits.longest):
                    self._end()
                    return Failed(partial(_refused, 504, self._limits.retry_after))
                found: Outcome[Answer] = pipe.recv()
                if self._limits.fresh:
                    self._end()
                    self._start()
                return found
        except (EOFError, OSError):
            self._own.pipe = None
        return Failed(partial(FaultError, "ProcessGone", work.__name__))

    def stop(self) -> None:
        """End the processes."""
        self.threads.shutdown(cancel_futures=True)
        for pipe, _ in self._begun:
            pipe.close()
        for _, child in self._begun:
            child.join(_STOPPING)
            if child.is_alive():
                child.terminate()

    def _end(self) -> None:
        """End the process of this thread, whatever it does; the next work starts another."""
        pipe, child = self._own.begun
        self._own.pipe = None
        self._begun.remove(self._own.begun)
        child.kill()
        child.join()
        pipe.close()

    def _send(self, message: object) -> Connection | None:
        """Send to the process of this thread; return the pipe through which it answers, None if it is gone."""
        pipe: Connection | None = getattr(self._own, "pipe", None)
        try:
            if pipe is not None:
                self._wait()
                pipe.send(message)
        except (EOFError, OSError):
            return None
        return pipe

    def _begin(self) -> None:
        """Start the process of this thread and wait until it is ready."""
        self._start()
        with suppress(EOFError, OSError):  # one that is gone before it is ready is missed when work is sent to it
            self._wait()

    def _wait(self) -> None:
        """Wait until the process of this thread is ready. Raises EOFError or OSError for one that is gone."""
        if not self._own.is_ready:
            self._own.pipe.recv()
            self._own.is_ready = True

    def _start(self) -> None:
        """Start the process of this thread."""
        _leave_out_of_control_c()
        context = _context(self._limits.fresh)
        pipe, other_end = context.Pipe()
        child = context.Process(target=serve, args=(other_end, self._prepare), daemon=True)
        self._own.pipe, self._own.is_ready = None, False
        try:
            child.start()
            other_end.close()
            self._own.begun = pipe, child
            self._begun.append(self._own.begun)
            self._own.pipe = pipe
        except OSError:
            pipe.close()


def _context(fresh: bool) -> SpawnContext | ForkServerContext:
    """Return how processes begin: by themselves, or where each answers once, as forks of one that is prepared."""
    if fresh and "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["calcinosis.interfaces.web.prepared"])
        return context
    return multiprocessing.get_context("spawn")


def _leave_out_of_control_c() -> None:
    """Keep Ctrl-C from the processes that this thread starts: the application hears it and closes their pipes."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # it would let the signal in again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class Place(Struct):
    """Where work is done: the threads, how each asks for it, the limits, and how much of it waits or is done now."""

    threads: ThreadPoolExecutor
    ask: Ask
    limits: Limits = field(default_factory=Limits)
    taken: int = 0


_place: list[Place] = [Place(_ONE, forgetting)]


async def worked(work: Callable[..., Answer], *arguments: Any) -> Answer:
    """Return what a function makes of records. Raises HTTPException where too much waits, or it takes too long."""
    place = _place[-1]
    if place.taken >= place.limits.most_at_once:
        raise _refused(503, place.limits.retry_after)
    place.taken += 1
    begin = partial(_begin, place, time.monotonic(), work, *arguments)
    try:
        found: Outcome[Answer] = await asyncio.get_running_loop().run_in_executor(place.threads, begin)
    finally:
        place.taken -= 1
    return found.result()


def _begin(place: Place, since: float, work: Callable[..., Answer], *arguments: Any) -> Outcome[Answer]:
    """Ask for work, unless it has waited so long that nobody waits for it any more."""
    if time.monotonic() - since > place.limits.longest_wait:
        return Failed(partial(_refused, 503, place.limits.retry_after))
    return place.ask(work, *arguments)


def _refused(status: int, seconds: int) -> HTTPException:
    return HTTPException(status, headers={"retry-after": str(seconds)})


@contextmanager
def processes(prepare: Callable[[], object], most: int = 0, limits: Limits | None = None) -> Iterator[Future[bool]]:
    """Work in processes until the block ends; ``prepare`` is what each does first. Yields when the first is ready."""
    chosen = limits or Limits()
    found = Processes(most or processors(), prepare, chosen)
    _place.append(Place(found.threads, found.ask, chosen))
    try:
        yield found.threads.submit(bool)
    finally:
        _place.pop()
        found.stop()


def processors() -> int:
    """Return how many processors this program may use, up to the most processes that are of use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)
