"""One thing measured in several ways, in the program of the rules: which measure answers, and where none does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, final

Of = Callable[[int], tuple[int, int]]
"""Answers of whom a literal is true, and of whom it is false."""


@final
class Weighed(NamedTuple):
    """A number beside a limit that other numbers measure too: open where ``others`` disagree, else as ``better`` says.

    Where the number itself says nothing, ``stand_in`` answers. All are literals of the same comparison, or that of
    nothing where there is no such measure.
    """

    own: int
    others: tuple[int, ...]
    better: int
    stand_in: int


@final
class Unrefuted(NamedTuple):
    """A number beside an amount, which does not count where it lies beyond its limit and the better measure does not.

    ``beyond`` says that it lies beyond its own limit on that side, ``better`` that the better measure does.
    """

    own: int
    beyond: int
    better: int


def _weighed(node: Weighed, of: Of) -> tuple[int, int]:
    """Return the answer of a number with which no other measure disagrees; where one is better, it answers."""
    true, false = of(node.own)
    other_true, other_false = of(node.stand_in)
    silent = ~(true | false)
    true, false = true | (silent & other_true), false | (silent & other_false)
    for other in node.others:
        other_true, other_false = of(other)
        true, false = true & ~other_false, false & ~other_true
    better_true, better_false = of(node.better)
    by_better = better_true | better_false
    return (true & ~by_better) | better_true, (false & ~by_better) | better_false


def _unrefuted(node: Unrefuted, of: Of) -> tuple[int, int]:
    """Return the answer of a number; where only this measure lies beyond its limit, it does not count."""
    true, false = of(node.own)
    refuted = true & of(node.beyond)[0] & of(node.better)[1]
    return true & ~refuted, false | refuted


def answered(node: Weighed | Unrefuted, of: Of) -> tuple[int, int]:
    """Return of whom a number is, and is not, as a test asks, beside what other measures say."""
    return _weighed(node, of) if isinstance(node, Weighed) else _unrefuted(node, of)
