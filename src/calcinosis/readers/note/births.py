"""A birth as notes tell it: "31+4/40", "28 weeks and 3 days", "ex 27-weeker", and the weight told with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis.quantities.parse import Amount, AmountError
from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.measures import amount_written
from calcinosis.readers.note.result_names import ResultName
from calcinosis.readers.note.time_order import ResultRead
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.amounts import is_possible
from calcinosis.terminology.note_words import BirthWords
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE

_GESTATION = re.compile(
    r"(?<![\w.,/+-])(?P<weeks>[1-4][0-9])"
    r"(?:[ ]?\+[ ]?(?P<days>[0-6])(?:[ ]?/[ ]?(?:40|7))?(?:[ ]?(?:weeks?|wks?|w)\b)?"
    r"|[ ](?P<sevenths>[1-6])/7(?:[ ]?(?:weeks?|wks?)\b)?"
    r"|[ ]?/[ ]?40"
    r"|[ ]?(?:weeks?|wks?)(?:,|[ ]and|)[ ](?P<more>[1-6])[ ]days?\b"
    r"|[ -]?(?:weeks?|wks?)(?:er)?\b(?![ -]old))(?![\w/+])",
    re.IGNORECASE,
)
"""Weeks and days of a pregnancy, or weeks of forty: "31+4", "31+4/40", "31/40", "31 weeks and 4 days", "31-weeker"."""
_WEIGHT_BEHIND = re.compile(
    r"[ ]*+[,;(]?[ ]*+(?:weighed|weighing|weight|at|with a weight of)?[ ]*+"
    r"(?P<number>[0-9]{1,4}(?:[.,][0-9]{1,3})?)[ ]?(?P<unit>kg|g|grams?)\b"
)
_WEIGHT_AT_BIRTH = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,4}(?:[.,][0-9]{1,3})?)[ ]?(?P<unit>kg|g|grams?)[ ]"
    r"(?:at|when|on)[ ](?:birth|born|delivery)\b"
)
_WEEKS_OF_NOW = re.compile(r"(?<![\w.,/+-])[1-4]?[0-9](?:[ ]?\+[ ]?[0-6])?[ ]?/[ ]?40(?![\w/+])")
"""Weeks of forty, in a note on a pregnancy: "22/40"."""
_DAYS_OF_A_WEEK = 7


def birth_results(sentence: SentenceRead, reading: TextReading, terms: Terms, origin: Origin) -> Iterator[ResultRead]:
    """Yield how early a person was born and how heavy, where a sentence tells it beside a word of birth."""
    births = terms.notes.births
    tokens = reading.words.tokens[sentence.start : sentence.end]
    if births.tell_of_pregnancy(tokens) and births.expecting in terms.facts:
        now = _WEEKS_OF_NOW.search(reading.text, *reading.words.span(sentence.start, sentence.end))
        if now is not None:
            first, last = reading.words.at_letter(now.start()), reading.words.at_letter(now.end() - 1) + 1
            yield ResultRead(births.expecting, first, last, Value(truth=TRUE, said=now[0], origins=(origin,)))
    if not births.tell_of_birth(tokens):
        return
    age, weight = terms.facts.get(births.age), terms.facts.get(births.weight)
    start, end = reading.words.span(sentence.start, sentence.end)
    found = _gestation(reading.text, start, end, births, reading)
    if found is not None and age is not None:
        weeks, span = found
        if is_possible(Amount(weeks, weeks), age):
            yield _read(age, weeks, span, reading, origin)
    ahead = _WEIGHT_BEHIND.match(reading.text, found[1][1], end) if found is not None else None
    written = ahead or _WEIGHT_AT_BIRTH.search(reading.text, start, end)
    if written is not None and weight is not None:
        try:
            amount = amount_written(
                written["number"], written["unit"].removesuffix("rams").removesuffix("ram"), weight, terms
            )
        except (AmountError, UnitError):
            return
        grams = amount.times(terms.scale(weight, amount.unit)).low
        if grams is not None:
            yield _read(weight, grams, (written.start("number"), written.end()), reading, origin)


def _gestation(
    text: str, start: int, end: int, births: BirthWords, reading: TextReading
) -> tuple[float, tuple[int, int]] | None:
    """Return the weeks of the pregnancy at birth, and the letters where they stand; bare weeks only beside a birth."""
    for found in _GESTATION.finditer(text, start, end):
        days = next((found[name] for name in ("days", "sevenths", "more") if found[name]), "")
        first = reading.words.at_letter(found.start())
        last = reading.words.at_letter(found.end() - 1) + 1
        if days or "/" in found[0] or births.stand_beside(reading.words.tokens, first, last):
            return int(found["weeks"]) + int(days or 0) / _DAYS_OF_A_WEEK, found.span()
    return None


def _read(fact: Fact, number: float, span: tuple[int, int], reading: TextReading, origin: Origin) -> ResultRead:
    first, last = reading.words.at_letter(span[0]), reading.words.at_letter(span[1] - 1) + 1
    value = Value(truth=TRUE, low=number, high=number, said=reading.text[slice(*span)], origins=(origin,))
    return ResultRead(fact.id, first, last, value)


def with_weight_at_birth(
    names: list[ResultName], sentence: SentenceRead, reading: TextReading, terms: Terms
) -> list[ResultName]:
    """Return names of results in which a weight told with the birth is that of the birth: "born weighing 3 kg"."""
    births = terms.notes.births
    return [
        ResultName(births.weight, name.start, name.end, name.is_short, name.is_denied, name.is_medicine)
        if name.fact == births.weight_of_now
        and births.weight in terms.facts
        and births.lead_to(reading.words.tokens[sentence.start : name.start])
        else name
        for name in names
    ]
