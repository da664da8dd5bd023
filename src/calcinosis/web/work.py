"""Where records are read and assessed: in one thread, so that pages are answered meanwhile, and one after the other.

Nothing of a record is remembered once it is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from calcinosis.compiled import knowledge
from calcinosis.reading import forget

Answer = TypeVar("Answer")
_ONE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="assess")
"""One thread: what the knowledge remembers between records is written by nobody else."""


async def worked(work: Callable[..., Answer], *arguments: Any) -> Answer:
    """Return what a function makes of records."""
    return await asyncio.get_running_loop().run_in_executor(_ONE, partial(_forgotten, work, *arguments))


def _forgotten(work: Callable[..., Answer], *arguments: Any) -> Answer:
    try:
        return work(*arguments)
    finally:
        forget(knowledge().terms)
