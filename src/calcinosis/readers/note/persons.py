"""How old a person is and of which sex, as notes say it: "a six-day-old girl", "54 y/o", "aged 7 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis.quantities.units import UnitError
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE

_OLD = frozenset({"old", "o"})
_AGED = frozenset({"aged", "age"})
_NOT_AN_AGE = frozenset({"corrected", "gestational", "bone", "for", "since", "over", "within", "after", "adjusted"})
_RELATIVES_WITHIN = 4
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d+)?)([a-z]*)")
_COMPOUND = re.compile(r"(\d{1,3})(yo|y|yr|yrs|mo|wk|d)")


def age_and_sex(reading: TextReading, terms: Terms, origin: Origin) -> Iterator[tuple[str, Value, tuple[int, int]]]:
    """Yield the age, in years, and the sex of the person that a note is about, where it says them, and with what words.

    The words are told by the letters of the text from where to where.
    """
    age = _age(reading, terms)
    if age is not None:
        years, start, end = age
        said = reading.text[start:end]
        yield "age", Value(truth=TRUE, low=years, high=years, said=said, origins=(origin,)), (start, end)
    place = _sex(reading, terms)
    if place is not None and "sex" in terms.facts:
        sex = terms.notes.persons[reading.words.tokens[place]]
        yield "sex", Value(truth=TRUE, word=sex, said=sex, origins=(origin,)), reading.words.span(place, place + 1)


def _age(reading: TextReading, terms: Terms) -> tuple[float, int, int] | None:
    tokens, fact = reading.words.tokens, terms.facts.get("age")
    for place in range(len(tokens) if fact is not None else 0):
        found = _amount(tokens, place, terms)
        if found is None:
            continue
        number, unit, end = found
        before = tokens[max(0, place - _RELATIVES_WITHIN) : place]
        is_age = _is_age(tokens, place, end) or _is_person_before(tokens, place, terms)
        if not is_age or not _NOT_AN_AGE.isdisjoint(before[-2:]) or _is_relative(before, terms):
            continue
        assert fact is not None
        years = _years(number, unit, fact, terms)
        if years is not None:
            start, last = reading.words.span(place, end)
            return years, start, last
    return None


def _amount(tokens: tuple[str, ...], place: int, terms: Terms) -> tuple[float, str, int] | None:
    """Return the number and the unit of time that begin at a place, and where they end."""
    compound = _COMPOUND.fullmatch(tokens[place])
    if compound is not None:
        return float(compound[1]), terms.notes.times.get(compound[2].rstrip("o") or "y", "a"), place + 1
    number = _number(tokens[place], terms)
    if number is None:
        return None
    following = place + 1
    unit = terms.notes.times.get(tokens[following]) if following < len(tokens) else None
    if unit:
        return number, unit, following + 1
    return (number, "a", following) if place and tokens[place - 1] in _AGED else None


def _number(token: str, terms: Terms) -> float | None:
    if token in terms.notes.numerals:
        return float(terms.notes.numerals[token])
    match = _NUMBER.fullmatch(token)
    return float(match[1]) if match and not match[2] else None


def _is_age(tokens: tuple[str, ...], place: int, end: int) -> bool:
    after = tokens[end : end + 3]
    if after[:1] and (after[0] in _OLD or after[:2] == ("/", "o") or after[:2] == ("of", "age")):
        return True
    if tokens[place : place + 1] and tokens[place].endswith("yo"):
        return True
    return place > 0 and (tokens[place - 1] in _AGED or tokens[place - 2 : place] == ("age", ":"))


def _is_person_before(tokens: tuple[str, ...], place: int, terms: Terms) -> bool:
    """Whether a person stands right before: "a girl six days old", "woman, 54 years"."""
    before = tuple(token for token in tokens[max(0, place - 2) : place] if token not in {",", "of"})
    return (
        bool(before)
        and before[-1] in terms.notes.persons
        and len(before[-1]) > 2
        and before[-1] not in {"she", "her", "his"}
    )


def _is_relative(before: tuple[str, ...], terms: Terms) -> bool:
    relatives = terms.matcher.reader.relatives
    return any(token in relatives for token in before) or before[-1:] in {("her",), ("his",)}


def _years(number: float, unit: str, fact: Fact, terms: Terms) -> float | None:
    try:
        years = number * terms.scale(fact, unit)
    except UnitError:
        return None
    least, most = fact.plausible or (0.0, 125.0)
    return round(years, 4) if least <= years <= most else None


def _sex(reading: TextReading, terms: Terms) -> int | None:
    """Return the place of the first person that is named; a noun goes before a pronoun."""
    tokens, persons = reading.words.tokens, terms.notes.persons
    relatives = terms.matcher.reader.relatives
    for shortest in (4, 3, 2):
        for place, token in enumerate(tokens[:400]):
            if token in persons and len(token) >= shortest and relatives.isdisjoint(tokens[max(0, place - 3) : place]):
                return place
    return None
