"""A list of names and behind it a list of their numbers: "calcium and phosphate were 2.4 and 2.1 mmol/L"."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.quantities.parse import AmountError, number_at
from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.measures import amount_written
from calcinosis.readers.note.result_names import ResultName
from calcinosis.readers.note.result_patterns import BETWEEN_NUMBERS, UNIT
from calcinosis.readers.note.time_order import ResultRead
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE


class _Written(Struct, frozen=True):
    """A number as written, its unit, or nothing, and where it begins and ends."""

    digits: str
    unit: str
    start: int
    end: int


def shared_numbers(
    names: list[ResultName], place: int, stop: int, reading: TextReading, terms: Terms, origin: Origin
) -> list[ResultRead]:
    """Return a number for each name of a list, where from a letter to another stand as many numbers as names."""
    written = _written(reading.text, place, stop, len(names) + 1, terms)
    if len(names) < 2 or len(written) != len(names):
        return []
    unit = next((one.unit for one in reversed(written) if one.unit), "")
    reads = []
    for name, one in zip(names, written, strict=True):
        fact = terms.facts[name.fact]
        try:
            amount = amount_written(one.digits, one.unit or unit, fact, terms)
            scaled = terms.in_unit_of(fact, amount) if amount.unit else amount
        except (AmountError, UnitError):
            return []
        said = reading.text[one.start : one.end].strip()
        value = Value(truth=TRUE, low=scaled.low, high=scaled.high, said=said, origins=(origin,))
        end = reading.words.at_letter(one.end - 1) + 1 if name is names[-1] else name.end
        reads.append(ResultRead(name.fact, name.start, end, value))
    return reads


def _written(text: str, place: int, stop: int, most: int, terms: Terms) -> list[_Written]:
    """Return the numbers that follow each other, each with the unit behind it."""
    found: list[_Written] = []
    while len(found) < most:
        try:
            number = number_at(text, place)
        except AmountError:
            break
        if number is None or number.end > stop:
            break
        match = UNIT.match(text, number.end)
        unit = match["unit"].rstrip(".:") if match else ""
        is_unit = match is not None and unit in terms.units
        end = match.start("unit") + len(unit) if match is not None and is_unit else number.end
        found.append(_Written(text[place : number.end], unit if is_unit else "", place, end))
        between = BETWEEN_NUMBERS.match(text, end)
        if between is None:
            break
        place = between.end()
    return found
