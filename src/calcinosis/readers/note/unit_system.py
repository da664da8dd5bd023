"""The unit of a number that is written without one: by its limits, by what people can have, by the other results."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from calcinosis.quantities.parse import AmountError
from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.result_patterns import THOUSANDS
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.amounts import is_possible, reading_of
from calcinosis.terminology.terms import Terms

_MOLAR = ("mmol/L", "umol/L", "nmol/L", "pmol/L")
_BY_MASS = {"g/dL": ("g/L",)}
_LIMIT_WITHIN = 1.7
"""The printed limits of a laboratory are within this factor of the usual ones."""
_LEAST, _MOST = 0.5, 2.5
"""How far a value without a unit may lie outside the usual limits to speak for a unit."""


class UnitSystem(Struct):
    """Whether the results of a text so far were in moles or in grams a volume; laboratories print one system."""

    is_molar: bool | None = None
    is_mixed: bool = False

    def note(self, unit: str, fact: Fact) -> None:
        """Note the unit of a result that can be printed in both systems."""
        if not fact.molar_mass or not fact.usual_limits or not unit:
            return
        is_molar = "mol" in unit
        self.is_mixed = self.is_mixed or self.is_molar not in {None, is_molar}
        self.is_molar = is_molar

    def of(self, written: str, lower: float | None, upper: float | None, fact: Fact, terms: Terms) -> str:
        """Return the one unit that fits a number and the limits printed behind it; empty where several do, or none."""
        if not fact.usual_limits or not written.strip()[:1].isdigit():
            return ""
        if THOUSANDS.fullmatch(written.strip()):
            written = written.replace(",", "")
        values = dict(_values(written, fact, terms))
        if values.keys() == {fact.unit} and lower is None and upper is None:
            return ""
        fitting = [unit for unit in values if _fits_limits(lower, upper, fact, terms.scale(fact, unit))]
        if not fitting:
            fitting = [unit for unit, value in values.items() if _is_usual(value, fact)]
        if len(fitting) > 1 and self.is_molar is not None and not self.is_mixed:
            fitting = [unit for unit in fitting if ("mol" in unit) == self.is_molar]
        return fitting[0] if len(fitting) == 1 else ""


def _values(written: str, fact: Fact, terms: Terms) -> Iterator[tuple[str, float]]:
    """Yield the units in which a person can have the number, each with the value in the unit of the fact."""
    for unit in (fact.unit, *_BY_MASS.get(fact.unit, ()), *(_MOLAR if fact.molar_mass else ())):
        try:
            amount = reading_of(written, fact, terms, unit)
            scaled = terms.in_unit_of(fact, amount)
        except (AmountError, UnitError):
            continue
        if is_possible(scaled, fact) and scaled.low == scaled.high and scaled.low is not None:
            yield unit, scaled.low


def _fits_limits(lower: float | None, upper: float | None, fact: Fact, scale: float) -> bool:
    """Whether limits as printed, in a unit of this scale, are near the usual ones of somebody."""
    if upper is None:
        return False
    for one in fact.usual_limits:
        pairs = ((lower, one.lower_value), (upper, one.upper_value))
        near = [
            1 / _LIMIT_WITHIN <= printed * scale / usual <= _LIMIT_WITHIN
            for printed, usual in pairs
            if printed and usual
        ]
        if near and all(near):
            return True
    return False


def _is_usual(value: float, fact: Fact) -> bool:
    return any(
        (one.lower_value is None or value >= one.lower_value * _LEAST)
        and (one.upper_value is None or value <= one.upper_value * _MOST)
        for one in fact.usual_limits
    )
