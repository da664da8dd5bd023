"""How long work takes as a multiple of a fixed piece of Python, so that a limit holds on a slow or busy machine too."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import lru_cache


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


@lru_cache(maxsize=1)
def usual_loop_seconds() -> float:
    """Return the seconds of a loop as they were when this process first asked."""
    return loop_seconds()


def loops(work: Callable[[], object]) -> float:
    """Return how many loops of a million steps a piece of work is worth.

    What is worth less than one by the usual pace needs no other measure; the rest is held to the slower of that pace
    and the one after it. What tests before it left in memory is set aside, so that going through it for rubbish is not
    counted. The work catches the errors that it expects.
    """
    usual = usual_loop_seconds()
    gc.freeze()
    try:
        took = seconds(work)
    finally:
        gc.unfreeze()
    return took / usual if took < usual else took / max(usual, loop_seconds())
