"""A number as it is written, with its unit, to an amount in the unit of the fact that it is about."""

from __future__ import annotations

import math

from msgspec.structs import replace

from calcinosis.quantities.parse import Amount, AmountError, readings
from calcinosis.quantities.units import UnitError
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.terms import Terms
from calcinosis.words.en import remarks

_SLIP = 1000
"""By how much a slip of the unit or of a decimal point can make a number too large."""


class NoUnitError(UnitError):
    """The number stands without a unit, and needs one; ``possible`` is what it is in each of those that it can have."""

    def __init__(self, says: str, possible: tuple[Amount, ...] = ()) -> None:
        """Take up the sentence and the amounts, in the unit of the fact."""
        super().__init__(says)
        self.possible = possible


class ImpossibleError(AmountError):
    """Nobody has such a value; ``is_slip`` says that a slip of the unit or of a decimal point may explain it."""

    def __init__(self, says: str, is_slip: bool) -> None:
        """Take up the sentence."""
        super().__init__(says)
        self.is_slip = is_slip


class AmbiguousError(AmountError):
    """The number can be read in two ways, and both are possible."""


def amount_of(written: str, fact: Fact, terms: Terms, unit: str = "") -> Amount:
    """Return what a text says of a quantity, in the unit of the fact; ``unit`` is the one of a bare number.

    Raises as ``reading_of`` does.
    """
    found = reading_of(written, fact, terms, unit)
    return terms.in_unit_of(fact, found)


def reading_of(written: str, fact: Fact, terms: Terms, unit: str = "") -> Amount:
    """Return what a text says of a quantity, in the unit in which it is written; of two readings the possible one.

    Raises AmountError for a text that is no number, has two possible readings, or a value that nobody has, and
    UnitError for a unit that is missing or measures something else.
    """
    found = [replace(one, unit=one.unit or unit) for one in readings(written)]
    if not found[0].unit:
        raise NoUnitError(remarks.NO_UNIT)
    possible = [one for one in found if is_possible(terms.in_unit_of(fact, one), fact)]
    if len(possible) > 1:
        raise AmbiguousError(remarks.two_readings(_digits(written), (one.bounds[0] for one in possible)))
    if not possible:
        slips = any(is_slip(terms.in_unit_of(fact, one), fact) for one in found)
        raise ImpossibleError(remarks.not_possible(_digits(written), possible_range(fact)), slips)
    return possible[0]


def _digits(written: str) -> str:
    return " ".join(written.split())[:40]


def is_possible(amount: Amount, fact: Fact) -> bool:
    """Whether an amount in the unit of a fact is finite, and within what a living person can have."""
    least, most = fact.plausible or (-math.inf, math.inf)
    for bound in (amount.low, amount.high):
        if bound is not None and not (least <= bound <= most and math.isfinite(bound)):
            return False
    return True


def is_slip(amount: Amount, fact: Fact) -> bool:
    """Whether an amount that nobody has was measured all the same, and its unit or its decimal point is wrong."""
    most = fact.plausible[1] if fact.plausible else math.inf
    return fact.learned_by != "demographics" and all(0 <= bound <= most * _SLIP for bound in amount.bounds)


def possible_range(fact: Fact) -> str:
    """Return in words what a living person can have."""
    least, most = fact.plausible or (-math.inf, math.inf)
    return remarks.number_range(least, most, fact.unit)
