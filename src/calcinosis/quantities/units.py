"""Units through UCUM: one factor from any unit that means the same quantity, molar mass included."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from calcinosis.words.en.remarks import measures_another, no_unit_of_ucum, not_converted

_LONGEST = 60
"""Letters of a unit; the longest that laboratories use have half as many."""


COUNTED = frozenset({"{score}", "{count}"})
"""Units of totals and of numbers of things, which nobody writes."""
UNDERSTOOD = frozenset({"1", "a", "d", "{INR}", "/min", "kg/m2", "mm[Hg]", *COUNTED})
"""Units that are left out in speech, because nobody uses another."""
_PLAIN_RATIO = frozenset({"1", "{ratio}"})
_HUGE_POWER = re.compile(r"10[*^][+-]?[0-9]{3}")
_ANNOTATION = re.compile(r"\{([^{}]*+)\}")
_EQUIVALENTS = re.compile(r"\b[mu]?eq\b")
_SPACE = re.compile(r"\s")


FAHRENHEIT, CELSIUS = "[degF]", "Cel"
"""The two scales of one quantity that begin at different points; all other units are multiples of each other."""
_FREEZING, _DEGREE = 32.0, 5 / 9
"""Where the second scale begins on the first one, and how many of its degrees one of the first is."""


class UnitError(ValueError):
    """The unit is not known, or does not measure this quantity."""


def factor(unit: str, to_unit: str, molar_mass: str = "", valence: int = 1) -> float:
    """Return the number that turns a value in ``unit`` into ``to_unit`` (both UCUM).

    ``molar_mass`` ("40.078 g/mol") lets mass and substance amounts be turned into each other, ``valence`` the
    equivalents of an ion into its moles. Raises UnitError for an unknown unit or one that measures something else.
    A unit with an annotation is worked out anew each time: what a record says in braces is not remembered. Between
    degrees Fahrenheit and Celsius it is the factor of a difference; a temperature is turned by ``celsius``.
    """
    if unit == to_unit:
        return 1.0
    if {unit, to_unit} == {FAHRENHEIT, CELSIUS}:
        return _DEGREE if unit == FAHRENHEIT else 1 / _DEGREE
    return (_factor if "{" in unit else _remembered_factor)(unit, to_unit, molar_mass, valence)


def celsius(fahrenheit: float) -> float:
    """Return a temperature in degrees Celsius, without the noise of the last digits."""
    return round((fahrenheit - _FREEZING) * _DEGREE, 6)


def _factor(unit: str, to_unit: str, molar_mass: str, valence: int) -> float:
    if len(unit) > _LONGEST or _HUGE_POWER.search(unit):
        raise UnitError(no_unit_of_ucum(unit[:_LONGEST]))
    try:
        found = _converted(unit, to_unit, molar_mass, valence)
    except (ArithmeticError, TypeError) as error:  # pint refuses to multiply decibels and degrees with a TypeError
        raise UnitError(not_converted(unit, to_unit)) from error
    if not 0 < found < math.inf:
        raise UnitError(not_converted(unit, to_unit))
    return found


_remembered_factor = lru_cache(maxsize=4096)(_factor)


def _converted(unit: str, to_unit: str, molar_mass: str, valence: int) -> float:
    source, target = _in_moles(unit, valence), _in_moles(to_unit, valence)
    if source.dimensionality != target.dimensionality and molar_mass:
        source = _through_molar_mass(source, target, molar_mass)
    if source.dimensionality != target.dimensionality:
        raise UnitError(measures_another(unit, to_unit))
    if source.dimensionless and _annotations(unit) != _annotations(to_unit) and not _are_ratios(unit, to_unit):
        raise UnitError(not_converted(unit, to_unit))
    return float(f"{float(source.to(target.units).magnitude / target.magnitude):.12g}")


def _in_moles(unit: str, valence: int) -> Any:
    """Return one of a unit; equivalents of an ion are counted as its moles."""
    return _parse(unit) / valence if _EQUIVALENTS.search(unit) else _parse(unit)


def _through_molar_mass(source: Any, target: Any, molar_mass: str) -> Any:
    number, unit = molar_mass.split()
    substance = _parse(unit) * float(number)
    for moved in (source * substance, source / substance):
        if moved.dimensionality == target.dimensionality:
            return moved
    return source


def _annotations(unit: str) -> tuple[str, ...]:
    return tuple(text.lower() for text in _ANNOTATION.findall(unit))


def _are_ratios(unit: str, to_unit: str) -> bool:
    """Whether a plain one, or a ratio, stands for a number whose unit is a mere annotation: an INR of 2.5 {ratio}."""
    return unit.strip().lower() in _PLAIN_RATIO and _ANNOTATION.sub("", to_unit).strip() in {"", "1"}


@lru_cache(maxsize=1)
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()


def _parse(unit: str) -> Any:
    bare = _ANNOTATION.sub("", unit).strip()
    if _SPACE.search(bare):  # no unit of UCUM holds a space; what does need not load the library
        raise UnitError(no_unit_of_ucum(unit))
    try:
        return _parsed("1" + bare if bare.startswith("/") else bare.strip("./") or "1")
    except UnitError as error:
        raise UnitError(no_unit_of_ucum(unit)) from error


@lru_cache(maxsize=1024)
def _parsed(bare: str) -> Any:
    try:
        parsed = _registry().from_ucum(bare)
    except Exception as error:  # ucumvert passes on the errors of its grammar and of pint, of many kinds
        raise UnitError(bare) from error
    return parsed if hasattr(parsed, "magnitude") else _registry().Quantity(1, parsed)
