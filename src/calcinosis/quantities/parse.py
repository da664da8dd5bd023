"""The one reader of "sign number unit": a number, a bound or a range, as people and machines write it.

One number has one reading, wherever it stands: `7.4`, `7,4`, `≥ 7.4`, `up to 5`, `1.2-1.4 mmol/L`, `1,245.6`, `3e5`. A
comma with three digits behind it may part thousands or a fraction: then there are two readings, and who knows what is
measured decides or asks. Each pattern takes time in proportion to the length of the text.
"""

from __future__ import annotations

import math
import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.words.en import remarks

Comma = Literal["thousands", "fraction"]
"""What a comma parts."""

_DIGITS = r"[0-9]++(?:[.,'’\u00a0\u2009\u202f][0-9]++)*+|[.,][0-9]++"
_NUMBER = rf"[-+−]?(?:{_DIGITS})(?:[eE][-+]?[0-9]++)?"
_SIGNS = {
    "<": "<",
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
    "⩽": "<=",
    ">": ">",
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "⩾": ">=",
    "=": "",
    "": "",
    "up to": "<=",
    "at most": "<=",
    "no more than": "<=",
    "not more than": "<=",
    "less than": "<",
    "fewer than": "<",
    "lower than": "<",
    "below": "<",
    "under": "<",
    "more than": ">",
    "greater than": ">",
    "higher than": ">",
    "above": ">",
    "over": ">",
    "at least": ">=",
    "no less than": ">=",
    "not less than": ">=",
}
_SIGN = "|".join(
    re.escape(sign).replace(r"\ ", r"[ \t]++") for sign in sorted(_SIGNS, key=lambda sign: -len(sign)) if sign
)
_DASH = r"\.{2,3}|[-–—−]|to(?![^\W_])"
_START = re.compile(
    rf"\s*+(?P<between>between(?![^\W_])\s*+)?(?P<sign>{_SIGN})?\s*+(?P<number>{_NUMBER})", re.IGNORECASE
)
_END = re.compile(rf"\s*+(?:{_DASH}|(?P<and>and(?![^\W_])))\s*+(?P<number>{_NUMBER})", re.IGNORECASE)
_UNIT_BEFORE_END = re.compile(r"\s*+(?P<unit>[^\s0-9-][^\s]{0,60}+)(?=\s)")
_UNIT_WITH_DIGIT = re.compile(r"10[*^eE]|1/|1$")
"""How a unit may begin that begins with a digit: `10*9/L`, `1/min`, or `1` itself."""
_PARTS = re.compile(r",(?![0-9])|(?<![0-9]),")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,'’\u00a0\u2009\u202f])[0-9]{3}(?:(?P=mark)[0-9]{3})*+")
_MARKS = ".,'’\u00a0\u2009\u202f"


class AmountError(ValueError):
    """The text is no number, or its number cannot be read."""


class Amount(Struct, frozen=True):
    """A number between two bounds, and its unit as written; an exact one has two equal bounds."""

    low: float | None
    high: float | None
    open_low: bool = False
    open_high: bool = False
    unit: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether one number is meant."""
        return self.low is not None and self.low == self.high

    def times(self, scale: float) -> Amount:
        """Return the amount in a unit of which one is ``scale`` of this."""
        low = None if self.low is None else self.low * scale
        high = None if self.high is None else self.high * scale
        return replace(self, low=low, high=high)

    @property
    def bounds(self) -> tuple[float, ...]:
        """The bounds that are known."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)


class Found(Struct, frozen=True):
    """What stands at a place of a text: its readings, one or two, and where the number ends."""

    readings: tuple[Amount, ...]
    end: int


def readings(text: str) -> tuple[Amount, ...]:
    """Return how a text that is a number with its unit can be read: in one way, or in two for `1,245`.

    Raises AmountError for a text that holds no number, or more than one.
    """
    found = number_at(text, 0)
    if found is None:
        raise AmountError(remarks.NO_NUMBER)
    unit = text[found.end :].strip()
    if unit == ".":
        unit = ""
    if unit[:1].isdigit() and not _UNIT_WITH_DIGIT.match(unit):
        raise AmountError(remarks.SEVERAL_NUMBERS)
    if unit[:1] == "_":  # some programs part thousands so
        raise AmountError(remarks.DIGITS_WITHOUT_NUMBER)
    if unit and not any(amount.unit for amount in found.readings):
        return tuple(replace(amount, unit=unit) for amount in found.readings)
    if unit and any(amount.unit != unit for amount in found.readings):
        raise AmountError(remarks.TWO_UNITS)
    return found.readings


def number_at(text: str, place: int) -> Found | None:
    """Return the number, bound or range that begins at a place of a text; None where there is none.

    Its unit is not read, but for one that stands within a range: `1.2 mmol/L to 1.4 mmol/L`. Raises AmountError for
    digits that are not a number, such as `1.2.3`.
    """
    first = _START.match(text, place)
    if first is None:
        return None
    end, unit, last = first.end(), "", _END.match(text, first.end())
    if last is None and (between := _UNIT_BEFORE_END.match(text, end)):
        last = _END.match(text, between.end())
        unit = between["unit"] if last else ""
    if last is not None and (last["and"] is not None) != (first["between"] is not None):
        last, unit = None, ""
    if last is None and first["between"] is not None:
        raise AmountError(remarks.NO_NUMBER)
    if last is not None:
        end = last.end()
        if first["sign"]:
            raise AmountError(remarks.SIGN_AND_RANGE)
    written = (first["number"], last["number"] if last is not None else "")
    return Found(_readings(written, _sign(first["sign"]), unit), end)


def _sign(written: str | None) -> str:
    return _SIGNS[" ".join((written or "").lower().split())]


def _readings(written: tuple[str, str], sign: str, unit: str) -> tuple[Amount, ...]:
    """Return the amounts that a number, or the two of a range, can mean. Raises AmountError."""
    found = []
    commas: tuple[Comma, ...] = ("fraction", "thousands")
    for comma in commas:
        try:
            first, last = (float_of(one, comma) if one else None for one in written)
        except AmountError:
            continue
        assert first is not None
        if last is not None and first > last:
            continue
        amount = bound(first, sign) if last is None else Amount(first, last)
        found.append(replace(amount, unit=unit))
    if not found:
        raise AmountError(remarks.DIGITS_WITHOUT_NUMBER)
    return tuple(dict.fromkeys(found))


def bound(number: float, sign: str) -> Amount:
    """Return what a number with a sign (`<`, `<=`, `>=`, `>`, or none) says. Raises AmountError for another sign."""
    try:
        meant = _SIGNS[sign]
    except KeyError as error:
        raise AmountError(remarks.sign_before_number(sign[:10])) from error
    if meant[:1] == "<":
        return Amount(None, number, open_high=meant == "<")
    if meant[:1] == ">":
        return Amount(number, None, open_low=meant == ">")
    return Amount(number, number)


def float_of(written: str, comma: Comma) -> float:
    """Return the number that digits mean when a comma parts thousands, or a fraction. Raises AmountError."""
    digits, _, power = written.lower().replace("−", "-").partition("e")
    sign = digits[:1] if digits[:1] in {"-", "+"} else ""
    plain = _plain(digits[len(sign) :], comma)
    number = float(f"{sign}{plain}e{power or 0}")
    if not math.isfinite(number):
        raise AmountError(remarks.TOO_LARGE)
    return number


def _plain(digits: str, comma: Comma) -> str:
    """Return digits with a point before the fraction and nothing between thousands."""
    marks = [sign for sign in digits if sign in _MARKS]
    if not marks:
        return digits
    fraction = marks[-1] if marks[-1] == "." or (marks[-1] == "," and comma == "fraction") else ""
    if fraction and marks.count(fraction) == 1:
        whole, _, rest = digits.rpartition(fraction)
        if fraction == "." and comma == "fraction" and "," in whole:
            raise AmountError(remarks.DIGITS_WITHOUT_NUMBER)
        return f"{_whole(whole) or 0}.{rest}"
    if fraction == ",":
        raise AmountError(remarks.DIGITS_WITHOUT_NUMBER)
    return _whole(digits)


def _whole(digits: str) -> str:
    """Return the digits of a whole number without what parts its thousands. Raises AmountError."""
    if not any(mark in digits for mark in _MARKS):
        return digits
    if _THOUSANDS.fullmatch(digits) is None:
        raise AmountError(remarks.DIGITS_WITHOUT_NUMBER)
    return "".join(sign for sign in digits if sign not in _MARKS)


def parts(text: str) -> list[str]:
    """Return what stands between the commas of a text; a comma within a number parts nothing."""
    return [part.strip() for part in _PARTS.split(text)]
