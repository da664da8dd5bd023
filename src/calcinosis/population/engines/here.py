"""The steps of a screen in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from calcinosis.population.engines.engine import Step


class Here:
    """One process."""

    def each(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        """Do some steps one after another; yield their notes in order."""
        for step in steps:
            yield step.run()
