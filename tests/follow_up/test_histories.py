"""Made-up histories: shuffled, doubled and split they say the same, and never contradict the assessment of the day."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.follow_up.histories import contradictions, history
from tests.follow_up.people import AS_OF, bundle

HISTORIES = int(os.environ.get("CALCINOSIS_HISTORIES", "24"))
"""Made-up histories; CALCINOSIS_HISTORIES sets another number, benchmarks/follow.py tries 20,000."""


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_made_up_histories(seed: int) -> None:
    """No history contradicts itself or its assessment."""
    random = Random(seed)
    assert list(contradictions(history(random), random)) == []


@pytest.mark.parametrize("name", AS_OF)
def test_timelines_hold_it_too(name: str) -> None:
    """The invented timelines are such histories."""
    assert list(contradictions(bundle(name), Random(1))) == []
