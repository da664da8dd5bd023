"""The steps of a screen in this process, on as many threads as it may use."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from calcinosis.population.engines.engine import Step

_MOST_THREADS = 4
"""Each holds a block of lines and what is worked out of it; what is read one by one has one thread at a time."""


class Here:
    """One process."""

    def each(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        """Do some steps one after another; yield their notes in order."""
        threads = min(len(os.sched_getaffinity(0)), _MOST_THREADS)
        with ThreadPoolExecutor(threads) as pool:
            for step in steps:
                yield step.run(lambda work, given: in_order(pool, threads, work, given))


def in_order(pool: Executor, ahead: int, work: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
    """Yield what work gives on each thing, in their order; so many are given ahead."""
    waiting: deque[Future[Any]] = deque()
    try:
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
