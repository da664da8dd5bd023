"""How old a person is and of which sex, as notes say it: "a six-day-old girl", "a man of 50", "in her sixties"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.ages_beside_names import is_of_a_name, sex_before
from calcinosis.readers.note.newborns import day_of_life
from calcinosis.readers.note.spoken_numbers import number_from
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE

_OLD = frozenset({"old", "o"})
_SINCE_BIRTH = frozenset({"chronological", "chronologically", "postnatal"})
_AGED = frozenset({"aged", "age"})
_NOT_AN_AGE = frozenset(
    {
        "corrected",
        "gestational",
        "bone",
        "for",
        "since",
        "over",
        "within",
        "after",
        "adjusted",
        "from",
        "at",
        "until",
        "by",
        "before",
        "under",
    }
)
_SEEN_AT = (("seen", "at"), ("reviewed", "at"), ("examined", "at"))
"""Before an age: that of the day of the note."""
_RELATIVES_WITHIN = 4
_COMPOUND = re.compile(r"(\d{1,3})(yo|y|yr|yrs|mo|wk|d|f|m)")
_PRONOUNS = frozenset({"he", "she", "his", "her"})
_POSSESSIVES = frozenset({"his", "her", "their", "the"})
_PARTS_OF_A_DECADE = frozenset({"early", "mid", "late", "middle"})
_LETTERS = frozenset({"f", "m"})
_BEFORE_A_LETTER = frozenset({"o", "old", "yo", "year", "yr", "month"})
_BEFORE_THE_PERSON = frozenset({".", ";", "pt", "patient", "this"})
_FAHRENHEIT = 90
_HEAD = 60
"""Words at the beginning of a note, where a number behind a person is an age."""
_BEHIND_AN_AGE = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        "with",
        "and",
        "who",
        "presented",
        "presenting",
        "is",
        "was",
        "has",
        "had",
        "in",
        "on",
        "came",
        "come",
        "referred",
        "complain",
        "complaining",
        "seen",
        "admitted",
        "here",
        "known",
        "brought",
        "born",
        "w",
    }
)


class _Age(Struct, frozen=True):
    """An age in years, between two bounds, and the letters where it stands; ``sex`` where the same word tells it."""

    low: float
    high: float
    span: tuple[int, int]
    open_high: bool = False
    sex: str = ""


def age_and_sex(reading: TextReading, terms: Terms, origin: Origin) -> Iterator[tuple[str, Value, tuple[int, int]]]:
    """Yield the age, in years, and the sex of the person that a note is about, where it says them, and with what words.

    The words are told by the letters of the text from where to where.
    """
    age = _age(reading, terms)
    if age is not None:
        said = reading.text[slice(*age.span)]
        value = Value(truth=TRUE, low=age.low, high=age.high, open_high=age.open_high, said=said, origins=(origin,))
        yield "age", value, age.span
    place = _sex(reading, terms)
    place = _letter_of_sex(reading) if place is None else place
    if "sex" not in terms.facts:
        return
    if place is not None:
        sex, span = terms.notes.persons[reading.words.tokens[place]], reading.words.span(place, place + 1)
        yield "sex", Value(truth=TRUE, word=sex, said=reading.text[slice(*span)], origins=(origin,)), span
    elif age is not None and age.sex:
        yield "sex", Value(truth=TRUE, word=age.sex, said=reading.text[slice(*age.span)], origins=(origin,)), age.span


def _age(reading: TextReading, terms: Terms) -> _Age | None:
    tokens, fact = reading.words.tokens, terms.facts.get("age")
    for place in range(len(tokens) if fact is not None else 0):
        found = _decade(tokens, place, terms) or _amount(reading, place, terms)
        if found is None:
            continue
        low, high, unit, end, sex = found
        before = tokens[_line_of(reading, place, max(0, place - _RELATIVES_WITHIN)) : place]
        is_decade = high > low
        is_age = (
            is_decade
            or bool(sex)
            or before[-2:] in _SEEN_AT
            or _is_age(tokens, place, end)
            or _is_of_the_person(reading, place, end, terms)
        )
        is_then = not is_decade and not _NOT_AN_AGE.isdisjoint(before[-2:]) and before[-2:] not in _SEEN_AT
        if not is_age or is_then or _is_relative(before, terms):
            continue
        assert fact is not None
        least, most = _years(low, unit, fact, terms), _years(high, unit, fact, terms)
        if least is not None and most is not None:
            return _Age(least, most, reading.words.span(place, end), is_decade, sex)
    days = day_of_life(tokens, terms.notes) if fact is not None else None
    if days is not None and fact is not None:
        low, high, start, end = days
        least, most = _years(low, "d", fact, terms), _years(high, "d", fact, terms)
        if least is not None and most is not None:
            return _Age(least, most, reading.words.span(start, end), open_high=high > low)
    return None


def _line_of(reading: TextReading, place: int, first: int) -> int:
    """Return the first word from ``first`` on in the line of a word: what "Dear colleague," greets is no relative."""
    start = reading.words.starts[place]
    line = max(reading.text.rfind(end, 0, start) for end in "\n\f")
    return next((at for at in range(first, place) if reading.words.starts[at] > line), place)


def _decade(tokens: tuple[str, ...], place: int, terms: Terms) -> tuple[float, float, str, int, str] | None:
    """Return the years of "in her early sixties", "in his 50s"."""
    if tokens[place] != "in" or place + 2 >= len(tokens) or tokens[place + 1] not in _POSSESSIVES:
        return None
    at = place + 2 + (tokens[place + 2] in _PARTS_OF_A_DECADE and place + 3 < len(tokens))
    word = tokens[at]
    begins = terms.notes.tens.get(word) or (
        int(word[:2]) if word[:2].isdigit() and word[2:] in {"s"} and word[1] == "0" else 0
    )
    return (float(begins), float(begins + 10), "a", at + 1, "") if begins else None


def _amount(reading: TextReading, place: int, terms: Terms) -> tuple[float, float, str, int, str] | None:
    """Return the number and the unit of time that begin at a place, and where they end; the sex of "58F"."""
    tokens = reading.words.tokens
    compound = _COMPOUND.fullmatch(tokens[place])
    if compound is not None:
        number, letters = float(compound[1]), compound[2]
        if letters in {"f", "m"}:
            start, end = reading.words.span(place, place + 1)
            is_head = place < _HEAD and reading.text[start:end].isupper()
            return (number, number, "a", place + 1, terms.notes.persons[letters]) if is_head else None
        return number, number, terms.notes.times.get(letters.rstrip("o") or "y", "a"), place + 1, ""
    found = number_from(tokens, place, terms.notes)
    if found is None or found[0] > 200:
        return None
    number, following = found
    unit = terms.notes.times.get(tokens[following]) if following < len(tokens) else None
    if unit and (sex := _sex_behind(reading, following + 1, terms)):
        return number, number, unit, following + 1, sex
    if unit or tokens[following : following + 1] == ("yo",):
        return number, number, unit or "a", following + 1, ""
    if _is_letter_of_sex_behind(reading, place, following, number):
        return number, number, "a", following + 1, terms.notes.persons[tokens[following]]
    if place < _HEAD and (letter := sex_before(reading, place, following)):
        return number, number, "a", following, terms.notes.persons[letter]
    is_bare = _is_aged_before(tokens, place) or _is_of_the_person(reading, place, following, terms)
    return (number, number, "a", following, "") if is_bare else None


def _sex_behind(reading: TextReading, place: int, terms: Terms) -> str:
    """Return the sex that a word or a capital right behind an age tells: "58 y M", "a 58 years male"; or nothing."""
    word = "".join(reading.words.tokens[place : place + 1])
    is_told = word in terms.notes.persons and word not in _PRONOUNS and place < _HEAD
    if not is_told or (word in _LETTERS and not reading.text[reading.words.starts[place]].isupper()):
        return ""
    return terms.notes.persons[word]


def _is_age(tokens: tuple[str, ...], place: int, end: int) -> bool:
    after = tokens[end : end + 3]
    if after[:1] and (
        after[0] in _OLD or after[:2] == ("/", "o") or after[:2] == ("of", "age") or after[0] in _SINCE_BIRTH
    ):
        return True
    if "yo" in {tokens[place][-2:], tokens[end - 1]}:
        return True
    return _is_aged_before(tokens, place)


def _is_aged_before(tokens: tuple[str, ...], place: int) -> bool:
    """Whether a number is said to be the age: "aged 50", "Age: 50"."""
    return place > 0 and (tokens[place - 1] in _AGED or tokens[place - 2 : place] == ("age", ":"))


def _is_of_the_person(reading: TextReading, place: int, end: int, terms: Terms) -> bool:
    """Whether the words before a number say that it is the age of the person."""
    tokens = reading.words.tokens
    if place < _HEAD and is_of_a_name(reading, place, end):
        return True
    return _is_person_before(tokens, place, end, terms) or _is_said_of_oneself(tokens, place, end)


def _is_said_of_oneself(tokens: tuple[str, ...], place: int, end: int) -> bool:
    """Whether a person says so of herself at the beginning of a text: "I'm 34 and have had lumps for years"."""
    is_told = tokens[place - 1] == "im" or tokens[max(0, place - 2) : place] == ("i", "am")
    return 0 < place <= _HEAD and is_told and (end >= len(tokens) or tokens[end] in _BEHIND_AN_AGE)


def _is_letter_of_sex_behind(reading: TextReading, place: int, end: int, number: float) -> bool:
    """Whether a number is an age by the capital behind it, where a sentence begins with both: "74 F, brought in".

    A temperature in degrees Fahrenheit is above any age that is written so.
    """
    words, tokens = reading.words, reading.words.tokens
    if place > _HEAD or number >= _FAHRENHEIT or tokens[end : end + 1] not in {("f",), ("m",)}:
        return False
    is_first = place == 0 or tokens[place - 1] in _BEFORE_THE_PERSON
    is_pointed = reading.text[words.ends[end] : words.ends[end] + 1] == "."
    closes = is_pointed or end + 1 == len(tokens) or tokens[end + 1] in _BEHIND_AN_AGE
    return is_first and closes and tokens[place].isdigit() and reading.text[words.starts[end]].isupper()


def _is_person_before(tokens: tuple[str, ...], place: int, end: int, terms: Terms) -> bool:
    """Whether a person stands right before: "a girl six days old", "woman, 54 years", "she is 71".

    A number without a unit is an age only at the beginning of a note, where what it counts does not follow.
    """
    before = tuple(token for token in tokens[max(0, place - 2) : place] if token not in {",", "of"})
    if not before or before[-1] in {"she", "her", "his"} or place - 2 > _HEAD:
        return False
    if before[-1] == "is" and _is_subject(before[0], terms):
        return end >= len(tokens) or tokens[end] in _BEHIND_AN_AGE
    is_named = before[-1] in terms.notes.people and tokens[place - 1] in {",", "of"}
    if not is_named and (before[-1] not in terms.notes.persons or len(before[-1]) <= 2):
        return False
    if tokens[end - 1] in terms.notes.times:
        return True
    is_parted = tokens[place - 1] in {",", "of"}
    return is_parted and (end >= len(tokens) or tokens[end] in _BEHIND_AN_AGE)


def _is_subject(word: str, terms: Terms) -> bool:
    """Whether a word is the person of whom an age is told: "she is 71", "the patient is 71"."""
    return word in terms.notes.people or (word in terms.notes.persons and word not in _POSSESSIVES | _LETTERS | {"her"})


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


def _letter_of_sex(reading: TextReading) -> int | None:
    """Return the place of a capital F or M right behind an age, or behind "sex": "38 y.o. M", "Sex: F"."""
    words = reading.words
    for place, token in enumerate(words.tokens[:_HEAD]):
        if token in _LETTERS and reading.text[words.starts[place] : words.ends[place]].isupper():
            before = words.tokens[max(0, place - 2) : place]
            if before[-1:] and (before[-1] in _BEFORE_A_LETTER or not {"sex", "gender"}.isdisjoint(before)):
                return place
    return None


def _sex(reading: TextReading, terms: Terms) -> int | None:
    """Return the place of the first person that is named; a noun goes before a pronoun."""
    tokens, persons = reading.words.tokens, terms.notes.persons
    relatives = terms.matcher.reader.relatives
    for shortest in (4, 3, 2):
        for place, token in enumerate(tokens[:400]):
            if token in persons and len(token) >= shortest and relatives.isdisjoint(tokens[max(0, place - 3) : place]):
                return place
    return None
