"""The targets of `benchmarks/fuzz.py` take their own seeds, cut and joined, and tell what is wrong."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from calcinosis.errors import InputError
from tests.attack import fuzzed
from tests.attack.fuzzed import TARGETS, seeds
from tests.attack.trials import time_limit

SOME = 60
"""Seeds of a target that are tried as they are, and changed."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str) -> None:
    """A target has seeds, reads some of them, and none in any cut makes a failure."""
    chance, found, read = Random(name), seeds(name), 0
    with suppress(InputError):  # what is loaded for the first input takes its time
        TARGETS[name](found[0])
    for one in chance.sample(found, min(SOME, len(found))):
        place = chance.randrange(len(one) + 1)
        for data in (one, one[:place], one[:place] + bytes([chance.randrange(256)]) + one[place + 1 :]):
            with time_limit(), suppress(InputError):
                TARGETS[name](data)
                read += data is one
    assert read * 5 > min(SOME, len(found))


def test_a_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that takes a key twice, and a screen that leaves out another line, are wrong."""
    monkeypatch.setattr(fuzzed, "decoded", lambda _: {"a": 2})
    with pytest.raises(AssertionError, match="twice"):
        TARGETS["grammar"](b'{"a": 1, "a": 2}')
    with pytest.raises(AssertionError, match="another value"):
        TARGETS["grammar"](b'{"a": 1}')
    monkeypatch.setattr(fuzzed, "is_refused", lambda *_: True)
    with pytest.raises(AssertionError, match="refused"):
        TARGETS["lines"](seeds("lines")[0])
