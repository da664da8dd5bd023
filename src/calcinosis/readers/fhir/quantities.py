"""The numbers of an Observation: value, unit, limits and flag, as the record prints them."""

from __future__ import annotations

import math
import re

from msgspec.structs import replace

from calcinosis.quantities.parse import Amount, AmountError, bound, number_at, readings
from calcinosis.quantities.units import COUNTED, UNDERSTOOD, UnitError
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.shapes import Json, codes, items, number, obj, text
from calcinosis.terminology.amounts import is_possible, possible_range, reading_of
from calcinosis.terminology.results import Result, flag_of, words_of
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import remarks


def quantity_result(part: Json, fact: Fact, terms: Terms, origins: tuple[Origin, ...]) -> Result | None:
    """Return the value of a quantity, or why it cannot be used; None when the part holds none. Raises ShapeError."""
    has_number = "valueQuantity" in part
    flag: Flag = flag_of(part, terms.results) if "interpretation" in part or not has_number else ""
    lower = upper = None
    doubted = ""
    try:
        bounds, said, unit = _bounds(part, fact, terms)
        if "referenceRange" in part:
            try:
                lower, upper = _limits(part, fact, unit, terms)
            except LimitsError as error:
                doubted = str(error)
        bounds = None if bounds is None else terms.in_unit_of(fact, bounds, unit)
    except (AmountError, UnitError) as error:
        return Result(problem=remarks.value_not_used(fact.name, error))
    if bounds is None:
        return _without_number(part, fact, flag, (lower, upper), origins, terms.results.is_critical(part))
    if not is_possible(bounds, fact):
        says, ask = _implausible(fact, bounds, said)
        return Result(problem=says, ask=ask)
    value = Value(
        TRUE, "", bounds.low, bounds.high, bounds.open_low, bounds.open_high, lower, upper, flag, said, "", "", origins
    )
    return Result(fact.id, value, remark=doubted)


def _without_number(
    part: Json,
    fact: Fact,
    flag: Flag,
    limits: tuple[float | None, float | None],
    origins: tuple[Origin, ...],
    is_critical: bool,
) -> Result | None:
    lower, upper = limits
    if flag:
        critical = is_critical and flag in remarks.CRITICALLY
        value = Value(
            truth=TRUE,
            flag=flag,
            lower_limit=lower,
            upper_limit=upper,
            said=remarks.CRITICALLY[flag] if critical else flag,
            origins=origins,
            is_critical=critical,
        )
        return Result(fact.id, value)
    worded = words_of(part)
    if worded and not obj(part, "dataAbsentReason"):
        return Result(problem=remarks.no_number(fact.name, worded[:60]))
    return None


def _bounds(part: Json, fact: Fact, terms: Terms) -> tuple[Amount | None, str, str]:
    """Return the bounds of the number in its unit, the value as it was said, and the unit."""
    if quantity := obj(part, "valueQuantity"):
        value = number(quantity, "value")
        unit = _unit(quantity, fact, terms)
        if value is None:
            return None, "", unit
        unit = unit or _unit_not_written(part, fact, terms)
        shown = "" if unit == fact.unit and unit in COUNTED else quantity.get("unit") or unit
        if "comparator" not in quantity:
            return Amount(value, value), f"{value:g} {shown}".strip(), unit
        comparator = text(quantity, "comparator")
        return bound(value, comparator), f"{comparator}{value:g} {shown}".strip(), unit
    if given := obj(part, "valueRange"):
        ends = [obj(given, "low"), obj(given, "high")]
        unit = next((_unit(end, fact, terms) for end in ends if end), "")
        low, high = (number(end, "value") if end else None for end in ends)
        said = remarks.SOME_RANGE if low is None or high is None else remarks.number_range(low, high, unit)
        return Amount(low, high), said, unit
    if "valueString" in part and (found := _written(text(part, "valueString"), part, fact, terms)):
        return found
    for key in ("valueInteger", "valueDecimal"):
        if key in part and (whole := number(part, key)) is not None:
            return Amount(whole, whole), f"{whole:g}", _unit_not_written(part, fact, terms)
    return None, "", ""


_FLAG_BEHIND = re.compile(r"(?<=[0-9A-Za-z%])\s*+(?:\(\s*+[A-Za-z*]{1,8}+\s*+\)|\*{1,3}+)\s*+$")
"""The flag that a laboratory writes behind a value: "7.2 mg/dL (H)"."""


def _written(told: str, part: Json, fact: Fact, terms: Terms) -> tuple[Amount, str, str] | None:
    """Return a value that is written out in a text; None for a text that is no number."""
    told = _FLAG_BEHIND.sub("", told).strip()
    try:
        amounts = readings(told)
    except AmountError:
        return None
    if amounts[0].unit:
        found = reading_of(told, fact, terms)
        return found, told, found.unit
    if len(amounts) > 1:
        return None
    return amounts[0], told, _unit_not_written(part, fact, terms)


def _unit_not_written(part: Json, fact: Fact, terms: Terms) -> str:
    """Return the unit of a number that has none: one that nobody writes, or that of its limits. Raises UnitError."""
    if fact.unit in UNDERSTOOD:
        return fact.unit
    for printed in normal_ranges(part, terms) if "referenceRange" in part else ():
        for key in ("low", "high"):
            if (end := obj(printed, key)) and (unit := _unit(end, fact, terms)) and _is_unit(fact, unit, terms):
                return unit
        words = text(printed, "text")
        if words and (found := number_at(words, 0)) is not None:
            named = words[found.end :].split(maxsplit=1)[:1]
            if named and _is_unit(fact, named[0], terms):
                return named[0]
    raise UnitError(remarks.NO_UNIT)


def _is_unit(fact: Fact, unit: str, terms: Terms) -> bool:
    return _scale_or_none(fact, unit, terms) is not None


def _unit(quantity: Json, fact: Fact, terms: Terms) -> str:
    """Return the unit of a quantity: its code, or its text where there is no code of a unit. Raises UnitError."""
    code, shown = text(quantity, "code"), text(quantity, "unit")
    if not code or not shown or code == shown:
        return code or shown
    by_code, by_text = _scale_or_none(fact, code, terms), _scale_or_none(fact, shown, terms)
    if by_code is not None and by_text is not None and not math.isclose(by_code, by_text):
        raise UnitError(remarks.two_units(code, shown))
    return shown if by_code is None and by_text is not None else code


def _scale_or_none(fact: Fact, unit: str, terms: Terms) -> float | None:
    try:
        return terms.scale(fact, unit)
    except UnitError:
        return None


def _limits(part: Json, fact: Fact, unit: str, terms: Terms) -> tuple[float | None, float | None]:
    """Return the printed limits in the unit of the fact; of several ranges the first that is for everybody and normal.

    Raises LimitsError for limits that no result can have, such as those of another unit.
    """
    for printed in normal_ranges(part, terms):
        ends = []
        for key in ("low", "high"):
            end = obj(printed, key)
            value = number(end, "value") if end else None
            own = _unit(end, fact, terms) or unit if value is not None else ""
            ends.append(None if value is None else terms.in_unit_of(fact, Amount(value, value), own).low)
        if ends == [None, None]:
            ends = _limits_written(text(printed, "text"), fact, unit, terms)
        known = [end for end in ends if end is not None]
        most = fact.plausible[1] if fact.plausible else math.inf
        if any(not 0 <= end <= most for end in known) or (len(known) > 1 and known[0] > known[1]):
            raise LimitsError(remarks.limits_doubted(fact.name))
        return ends[0], ends[1]
    return None, None


class LimitsError(ValueError):
    """Printed limits that cannot be those of this number."""


def normal_ranges(part: Json, terms: Terms) -> list[Json]:
    """Return the printed ranges that are for everybody and say nothing else than normal. Raises ShapeError."""
    ranges = items(part, "referenceRange")
    found = []
    for printed in ranges:
        kind = obj(printed, "type")
        coded = codes(kind) - {""}
        words = " ".join(
            [text(printed, "text"), text(kind, "text"), *(text(one, "display") for one in items(kind, "coding"))]
        )
        is_other = items(printed, "appliesTo") or (coded and "normal" not in coded)
        if not (is_other or ("age" in printed and len(ranges) > 1)) and terms.results.is_normal_range(words):
            found.append(printed)
    return found


def _limits_written(words: str, fact: Fact, unit: str, terms: Terms) -> list[float | None]:
    """Return the limits that a text begins with, in the unit of the fact; none where it is no range, or a doubtful one.

    The unit is that of the text, or of the value where the text names none that is known.
    """
    try:
        found = number_at(words, 0)
        if found is None or len(found.readings) > 1 or found.readings[0].is_exact:
            return [None, None]
        named = [found.readings[0].unit, words[found.end :].strip(), *words[found.end :].split(maxsplit=1)[:1]]
        own = next((one for one in named if one and _scale_or_none(fact, one, terms)), unit)
        if not own:
            return [None, None]
        limits = terms.in_unit_of(fact, replace(found.readings[0], unit=""), own)
    except (AmountError, UnitError):
        return [None, None]
    return [limits.low, limits.high]


def _implausible(fact: Fact, bounds: Amount, said: str) -> tuple[str, str]:
    """Return that nobody has such a value, and the question that settles it."""
    if not all(map(math.isfinite, bounds.bounds)):
        return remarks.not_finite(fact.name, said), ""
    return remarks.impossible_value(fact.name, said, possible_range(fact))
