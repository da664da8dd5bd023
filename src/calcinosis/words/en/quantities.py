"""Numbers with their units, and ages, as clinicians write them."""

from __future__ import annotations

_UNITS = {
    "1": "",
    "mm[Hg]": "mmHg",
    "/min": "per minute",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "mg2/dL2": "mg²/dL²",
    "mmol2/L2": "mmol²/L²",
    "kg/m2": "kg/m²",
    "umol/L": "µmol/L",
    "ug/L": "µg/L",
    "{INR}": "",
    "{score}": "",
    "{count}": "",
    "10*3/uL": "×10³/µL",
    "nmol/(24.h)": "nmol/24 h",
    "mg/(24.h)": "mg/24 h",
    "[lb_av]": "pounds",
    "Cel": "°C",
    "[degF]": "°F",
}
_OFFERED = {"{INR}": "INR", "10*3/uL": "10³/µL"}
"""Units that read otherwise in a list of units than behind a number."""
_TIMES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour"}
_DAYS_OF_A_YEAR = 365.25
_DAYS_OF = {"a": _DAYS_OF_A_YEAR, "mo": _DAYS_OF_A_YEAR / 12, "wk": 7.0, "d": 1.0, "h": 1 / 24}
_YEARS_FROM, _MONTHS_FROM, _WEEKS_FROM = 2, 91, 29
"""Ages are said in years from two years on, in months from 91 days on, in weeks from 29 days on, below in days."""


def amount(number: float, unit: str) -> str:
    """Return a number with its unit, rounded to what is read."""
    digits = number_words(number)
    return f"{digits} {unit_words(unit, one=digits == '1')}".strip()


def amount_range(low: float, high: float, unit: str) -> str:
    """Return a range of numbers with their unit."""
    return f"{amount(low, '')} to {amount(high, unit)}"


def number_words(number: float) -> str:
    """Return a number, rounded to what is read."""
    digits = f"{number:.3g}" if abs(number) < 100 else f"{number:.0f}"
    return f"{number:g}" if "e" in digits else digits


def in_other_unit(number: float, unit: str, scale: float, other: str) -> str:
    """Return a number in another unit, of which one is ``scale`` of the first; empty where nobody would say it so.

    Nobody counts in months from two years on, or in decimal fractions of months, weeks or days.
    """
    same = number * scale
    if unit in _TIMES and other in _TIMES:
        years = number * _DAYS_OF[unit] / _DAYS_OF_A_YEAR
        if years >= _YEARS_FROM or abs(same - round(same)) > 1e-6:
            return ""
        same = round(same)
    return number_words(same)


def unit_words(unit: str, one: bool = False) -> str:
    """Return a unit as it is read beside a number."""
    if unit in _TIMES:
        return _TIMES[unit] if one else f"{_TIMES[unit]}s"
    return _UNITS.get(unit, unit)


def unit_offered(unit: str) -> str:
    """Return a unit as it stands in a list to choose from."""
    return _OFFERED.get(unit) or unit_words(unit)


def age(years: float) -> str:
    """Return an age in completed years, or in months, weeks or days of a child."""
    number, unit = _age_parts(years)
    return amount(number, unit)


def age_range(low: float, high: float) -> str:
    """Return an age that is known to lie between two ages."""
    (first, first_unit), (last, last_unit) = _age_parts(low), _age_parts(high)
    if first_unit == last_unit:
        return age(high) if first == last else f"{first} to {amount(last, last_unit)}"
    return f"{age(low)} to {age(high)}"


def _age_parts(years: float) -> tuple[int, str]:
    whole = int(years + 1e-6)  # half a year is 5.9999999 months to a computer
    days = round(years * _DAYS_OF_A_YEAR)
    if years >= _YEARS_FROM or (whole == 1 and years - whole < 1e-6):
        return whole, "a"
    if days >= _MONTHS_FROM:
        return int(years * 12 + 0.02), "mo"  # a first birthday is day 365 of 365.25
    return (days // 7, "wk") if days >= _WEEKS_FROM else (days, "d")
