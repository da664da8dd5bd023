"""A number of a result with its unit and the limits that are printed behind it, in the unit of the fact."""

from __future__ import annotations

from msgspec.structs import replace

from calcinosis.quantities.parse import Amount, AmountError, number_at
from calcinosis.quantities.units import CELSIUS, FAHRENHEIT, UnitError
from calcinosis.readers.note.result_patterns import (
    COUNT_PER,
    LIMITS,
    LIMITS_END,
    NAMED_UNIT,
    NEXT_NUMBERS,
    OTHER_WORDS,
    PER,
    SIGN_BEFORE,
    SPACED_THOUSANDS,
    THOUSANDS,
    UNIT,
    UNIT_IN_BRACKETS,
    WORDS_OF_ANOTHER,
)
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.amounts import NoUnitError, is_possible, reading_of
from calcinosis.terminology.terms import Terms
from calcinosis.words.en import remarks

_MORE_THAN_ANOTHER = 5
"""How many times the first of two numbers the second is at least where both are parts of one: "1 850"."""
_ROW, _LATER_NUMBERS = 120, 6
"""Letters and numbers within which the unit of a row stands."""


def amount_written(written: str, unit: str, fact: Fact, terms: Terms) -> Amount:
    """Return what a number says; without a unit only where one usual unit is possible.

    Raises NoUnitError where several are, and as ``reading_of`` does.
    """
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    if unit or fact.unit in {"1", "{INR}"}:
        return reading_of(written, fact, terms, unit or fact.unit)
    usual = [fact.unit, *(("mmol/L",) if fact.molar_mass and fact.unit.endswith("/dL") else ())]
    usual += [FAHRENHEIT] if fact.unit == CELSIUS else []
    found = []
    for one in usual:
        try:
            amount = reading_of(written, fact, terms, one)
        except (AmountError, UnitError):
            continue
        if is_possible(terms.in_unit_of(fact, amount), fact):
            found.append(amount)
    if len(found) != 1:
        raise NoUnitError(remarks.NO_UNIT, tuple(terms.in_unit_of(fact, one) for one in found))
    return found[0]


def spaced_thousands(text: str, place: int, fact: Fact, terms: Terms) -> tuple[str, int] | None:
    """Return a number of which spaces part the thousands, without them, and where it ends; None where two stand there.

    Two numbers of one size are two results: "98 132"; and so are two that make one which nobody has.
    """
    signs = SIGN_BEFORE.match(text, place)
    found = SPACED_THOUSANDS.match(text, signs.end() if signs else place)
    if found is None:
        return None
    rest = found["rest"]
    if set(rest) != {" ", "0"} and int(rest[1:4]) < _MORE_THAN_ANOTHER * int(found["first"]):
        return None
    written = text[place : found.start()] + found[0].replace(" ", "")
    try:
        amount_written(written, unit_behind(text, found.end(), fact, terms)[1], fact, terms)
    except (AmountError, UnitError):
        return None
    return written, found.end()


def unit_behind(text: str, place: int, fact: Fact, terms: Terms) -> tuple[int, str]:
    """Return where the unit behind a number ends, and the unit; empty where none of the fact follows."""
    count = COUNT_PER.match(text, place)
    if count is not None and measures(fact, "/uL", terms):
        return count.end(), "/uL"  # a cubic millimetre is a microlitre
    match = UNIT.match(text, place)
    if match is None:
        bracket = UNIT_IN_BRACKETS.match(text, place)
        is_unit = bracket is not None and measures(fact, bracket["unit"], terms)
        return (bracket.end(), bracket["unit"]) if bracket is not None and is_unit else (place, "")
    unit = match["unit"].rstrip(".:")
    below = PER.match(text, match.end())
    for written, end in (
        (f"{unit}/{below['below']}" if below else "", below.end() if below else 0),
        (unit, match.end()),
    ):
        if written and measures(fact, written, terms):
            return end, written
    return place, ""


def is_given(tokens: tuple[str, ...], place: int, terms: Terms) -> bool:
    """Whether the unit of a dose stands at a word, and how it is given right behind: "500 mg tds", "20 g iv"."""
    if place + 1 >= len(tokens) or tokens[place] not in terms.uses.doses or tokens[place + 1] == "on":
        return False
    return terms.uses.frequencies.at(tokens, place + 1) is not None


def unit_of_name(text: str, place: int, fact: Fact, terms: Terms) -> tuple[int, str]:
    """Return where the unit ends that stands behind a name, and the unit: "Ca (mmol/L) 2.44", "calcium, mg/dL: 9.4"."""
    match = NAMED_UNIT.match(text, place)
    if match is None or not measures(fact, match["unit"], terms):
        return place, ""
    return match.end(), match["unit"]


def unit_ahead(text: str, place: int, end: int, fact: Fact, terms: Terms) -> str:
    """Return the unit that stands behind a later number of the same row: "40, 38 and 35 g/L"; empty where none does."""
    before = place
    for number, found in enumerate(NEXT_NUMBERS.finditer(text, place, min(end, place + _ROW))):
        if WORDS_OF_ANOTHER.match(text, found.end()) or OTHER_WORDS.search(text, before, found.start()):
            return ""  # "Cr 0.9, 25-OH vitamin D 33 ng/mL"
        before = found.end()
        unit = unit_behind(text, found.end(), fact, terms)[1] if number < _LATER_NUMBERS else ""
        if unit:
            return unit
    return ""


def measures(fact: Fact, unit: str, terms: Terms) -> bool:
    """Whether a unit measures what a fact is."""
    try:
        terms.scale(fact, unit)
    except UnitError:
        return False
    return True


def limits_behind(text: str, place: int, fact: Fact, unit: str, terms: Terms) -> tuple[float | None, float | None, int]:
    """Return the limits that are printed behind a number, and where they end; an aim is no limit of the healthy."""
    nothing = (None, None, place)
    opened = LIMITS.match(text, place)
    if opened is None or not opened[0].strip():
        return nothing
    is_bracket = opened[0].strip()[:1] in {"(", "["}
    closing = LIMITS_END.match(text, opened.end())
    inside = text[place : closing.end()] if closing else text[place : opened.end()]
    if not terms.results.is_normal_range(inside):
        return (None, None, closing.end()) if closing and is_bracket else nothing
    try:
        found = number_at(text, opened.end())
    except AmountError:
        return nothing
    if found is None or found.readings[0].is_exact:
        return nothing
    closing = LIMITS_END.match(text, found.end)
    amount = replace(found.readings[0], unit="")  # what stands behind it may be any word
    amount = terms.in_unit_of(fact, amount, unit) if unit else amount
    return amount.low, amount.high, closing.end() if closing and is_bracket else found.end
