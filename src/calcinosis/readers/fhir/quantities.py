"""The numbers of an Observation: value, unit, limits and flag, as the record prints them."""

from __future__ import annotations

import math
import re

from calcinosis.quantities.units import UnitError
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.shapes import Json, codes, items, number, obj, text
from calcinosis.terminology.results import Result, flag_of, words_of
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import remarks

_NUMBER_TEXT = re.compile(r"^\s*([<>]=?|≤|≥)?\s*(\d+(?:[.,]\d+)?)\s*([^\d\s].*)?$")
_RANGE_TEXT = re.compile(
    r"^\s*(?:(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)"
    r"|(<=?|≤|up to)\s*(\d+(?:\.\d+)?)"
    r"|(>=?|≥)\s*(\d+(?:\.\d+)?))"
)


def quantity_result(part: Json, fact: Fact, terms: Terms, origins: tuple[Origin, ...]) -> Result | None:
    """Return the value of a quantity, or why it cannot be used; None when the part holds none. Raises ShapeError."""
    has_number = "valueQuantity" in part
    flag: Flag = flag_of(part, terms.results) if "interpretation" in part or not has_number else ""
    lower = upper = None
    try:
        bounds, said, unit = _bounds(part, fact, terms)
        if "referenceRange" in part:
            lower, upper = _limits(part, fact, unit, terms)
        scale = terms.scale(fact, unit) if bounds is not None else 1.0
    except UnitError as error:
        return Result(problem=remarks.value_not_used(fact.name, error))
    if bounds is None:
        return _without_number(part, fact, flag, (lower, upper), origins)
    low = None if bounds[0] is None else bounds[0] * scale
    high = None if bounds[1] is None else bounds[1] * scale
    if problem := _implausible(fact, low, high, said):
        return Result(problem=problem)
    value = Value(TRUE, "", low, high, bounds[2], bounds[3], lower, upper, flag, said, "", "", origins)
    return Result(fact.id, value)


def _without_number(
    part: Json, fact: Fact, flag: Flag, limits: tuple[float | None, float | None], origins: tuple[Origin, ...]
) -> Result | None:
    lower, upper = limits
    if flag:
        value = Value(truth=TRUE, flag=flag, lower_limit=lower, upper_limit=upper, said=flag, origins=origins)
        return Result(fact.id, value)
    worded = words_of(part)
    if worded and not obj(part, "dataAbsentReason"):
        return Result(problem=remarks.no_number(fact.name, worded[:60]))
    return None


Bounds = tuple[float | None, float | None, bool, bool]


def _bounds(part: Json, fact: Fact, terms: Terms) -> tuple[Bounds | None, str, str]:
    """Return the bounds of the number, the value as it was said, and its unit."""
    if quantity := obj(part, "valueQuantity"):
        value = number(quantity, "value")
        unit = _unit(quantity, fact, terms)
        if value is None:
            return None, "", unit
        if not unit:
            raise UnitError(remarks.NO_UNIT)
        shown = quantity.get("unit") or unit
        if "comparator" not in quantity:
            return (value, value, False, False), f"{value:g} {shown}".strip(), unit
        comparator = text(quantity, "comparator")
        return _compared(value, comparator), f"{comparator}{value:g} {shown}".strip(), unit
    if given := obj(part, "valueRange"):
        ends = [obj(given, "low"), obj(given, "high")]
        unit = next((_unit(end, fact, terms) for end in ends if end), "")
        low, high = (number(end, "value") if end else None for end in ends)
        said = remarks.SOME_RANGE if low is None or high is None else remarks.number_range(low, high, unit)
        return (low, high, False, False), said, unit
    if (match := _NUMBER_TEXT.match(text(part, "valueString"))) is not None and match[3]:
        if re.search(r",\d{3}$", match[2]):
            raise UnitError(remarks.thousand_or_fraction(match[2]))
        value = float(match[2].replace(",", "."))
        sign = {"≤": "<=", "≥": ">="}.get(match[1] or "", match[1] or "")
        return _compared(value, sign), text(part, "valueString").strip(), match[3].strip()
    if "valueInteger" in part:
        whole = number(part, "valueInteger")
        if whole is not None:
            raise UnitError(remarks.NO_UNIT)
    return None, "", ""


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


def _compared(value: float, comparator: str) -> Bounds:
    if comparator in {"<", "<="}:
        return None, value, False, comparator == "<"
    if comparator in {">", ">="}:
        return value, None, comparator == ">", False
    return value, value, False, False


def _limits(part: Json, fact: Fact, unit: str, terms: Terms) -> tuple[float | None, float | None]:
    """Return the printed limits in the unit of the fact; the first range that is for everybody or says normal."""
    ranges = items(part, "referenceRange")
    for printed in ranges:
        kind = codes(obj(printed, "type"))
        if items(printed, "appliesTo") or (kind and not kind & {"normal"}) or ("age" in printed and len(ranges) > 1):
            continue
        ends = []
        for key in ("low", "high"):
            end = obj(printed, key)
            value = number(end, "value") if end else None
            scale = terms.scale(fact, _unit(end, fact, terms) or unit) if value is not None else 1.0
            ends.append(None if value is None else value * scale)
        if ends == [None, None] and unit:
            ends = [
                None if bound is None else bound * terms.scale(fact, unit)
                for bound in _range_text(text(printed, "text"))
            ]
        return ends[0], ends[1]
    return None, None


def _range_text(words: str) -> list[float | None]:
    match = _RANGE_TEXT.match(words)
    if match is None:
        return [None, None]
    if match[1]:
        return [float(match[1]), float(match[2])]
    return [None, float(match[4])] if match[4] else [float(match[6]), None]


def _implausible(fact: Fact, low: float | None, high: float | None, said: str) -> str:
    if low is not None and low == high and fact.plausible and fact.plausible[0] <= low <= fact.plausible[1]:
        return ""
    known = [bound for bound in (low, high) if bound is not None]
    if not all(map(math.isfinite, known)):
        return remarks.not_finite(fact.name, said)
    if fact.plausible and any(not fact.plausible[0] <= bound <= fact.plausible[1] for bound in known):
        least, most = fact.plausible
        return remarks.impossible_value(fact.name, said, remarks.number_range(least, most, fact.unit))
    return ""
