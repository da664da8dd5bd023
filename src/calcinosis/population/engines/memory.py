"""Sizes of memory as people write them."""

from __future__ import annotations

import re

from calcinosis.words.en import population as words

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMGT])B")


def megabytes(memory: str) -> int:
    """Return how many megabytes a size such as ``2.5 GB`` is. Raises ValueError."""
    found = _SIZE.fullmatch(memory)
    if found is None:
        raise ValueError(words.A_SIZE.format(given=memory))
    return int(float(found[1]) * 1024.0 ** ("KMGT".index(found[2]) - 1))
