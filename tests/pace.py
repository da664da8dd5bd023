"""How long work takes as a multiple of a fixed piece of Python, so that a limit holds on a slow or busy machine too."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _one_loop() -> None:
    total = 0
    for number in range(1_000_000):
        total += number & 3


def loop_seconds() -> float:
    """Return the seconds of the processor for a loop of a million steps, here and now: the better of two."""
    return min(seconds(_one_loop), seconds(_one_loop))


def loops(work: Callable[[], object]) -> float:
    """Return how many loops of a million steps a piece of work is worth, by the slower pace before and after it.

    What tests before it left in memory is set aside, so that going through it for rubbish is not counted. The work
    catches the errors that it expects.
    """
    gc.collect()
    gc.freeze()
    try:
        before = loop_seconds()
        took = seconds(work)
        return took / max(before, loop_seconds())
    finally:
        gc.unfreeze()
