"""What a screen asks of the engine that does its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

Each = Callable[[Callable[[Any], Any], Iterator[Any]], Iterator[Any]]
"""How the parts of a step are done: one after another, or on some threads; what they give comes in their order."""


class Step(Protocol):
    """A step of a screen, which says all that it needs and can be done anywhere."""

    @property
    def name(self) -> str:
        """The name of the step."""

    def run(self, each: Each = ...) -> dict[str, Any]:
        """Do it; return the note."""


class Engine(Protocol):
    """What does steps, here or on many machines."""

    def each(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        """Do some steps that do not wait for one another; yield their notes in order."""
