"""Sizes in notes: "a plaque of 13 by 65 mm", "nodules of three to five centimetres", each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from calcinosis.quantities.parse import Amount
from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.size_places import order_of_length, places_of_lengths
from calcinosis.readers.note.spoken_numbers import number_from
from calcinosis.readers.note.time_order import Order
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.terminology.amounts import is_possible
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.terminology.tokens import normal
from calcinosis.truth import TRUE

_LENGTHS = {"mm": "mm", "cm": "cm", "millimetre": "mm", "millimeter": "mm", "centimetre": "cm", "centimeter": "cm"}
_UNITS = {normal(word): unit for word, unit in _LENGTHS.items()}
_GLUED = re.compile(r"([0-9]{1,3})(mm|cm)")
_ENDINGS = ("mm", "cm")
_PRONOUNS = frozenset({"they", "it", "these", "this", "each", "both", "that", "those", "another"})
_GOES_ON = _PRONOUNS | {"size", "measure", "measuring", "dimension"}
"""With these a sentence tells the size of what the one before named: "Wound 1: left gaiter. Size 4 x 3 cm"."""
_SHORT = 4
"""Words of a sentence that names no thing and after which the thing before is still spoken of: "Present 2 years"."""
_JOINS = frozenset({"by", "x", "to", "and", "or", "×"})
_REACH = 12
_DISTANCES = frozenset(
    {"below", "above", "from", "away", "apart", "deep", "distal", "proximal", "beneath", "lateral", "medial"}
)
"""Behind a length these make it a distance."""


class SizeRead(Struct, frozen=True):
    """A size that a sentence tells: fact, value, the words from where to where, and the place, if it is clear."""

    fact: str
    start: int
    end: int
    value: Value
    site: str
    order: Order = ""


def length_words(tokens: Iterable[str]) -> frozenset[str]:
    """Return the words among some that are units of length, or end with one."""
    return frozenset(token for token in set(tokens) if token in _UNITS or token.endswith(_ENDINGS))


def last_thing(before: str, sentence: SentenceRead, reading: TextReading, terms: Terms) -> str:
    """Return the fact that is the size of the last thing spoken of in a sentence; empty where there is none."""
    things = list(terms.notes.sizes.places(reading.words.tokens, sentence.start, sentence.end))
    goes_on = sentence.end - sentence.start <= _SHORT
    return things[-1][2] if things else before if goes_on else ""


def sizes(
    sentence: SentenceRead, before: str, reading: TextReading, terms: Terms, origin: Origin
) -> Iterator[SizeRead]:
    """Yield the sizes of now in a sentence, each of the thing that stands nearest; not what is advised or is of others.

    A sentence that begins with a pronoun goes on with the thing ``before``: "they are 3 to 15 cm in size".
    """
    found = [one for one in _all_sizes(sentence, before, reading, terms, origin) if one.order != "earlier"]
    current = {(one.fact, one.site) for one in found if one.order == "now"}
    yield from (one for one in found if one.order == "now" or (one.fact, one.site) not in current)


def _all_sizes(
    sentence: SentenceRead, before: str, reading: TextReading, terms: Terms, origin: Origin
) -> Iterator[SizeRead]:
    tokens, bounds = reading.words.tokens, (sentence.start, sentence.end)
    things = list(terms.notes.sizes.places(tokens, sentence.start, sentence.end))
    sized = {thing[1] + 1 for thing in things if tokens[thing[1] : thing[1] + 1] == ("of",)}
    lengths = [
        one
        for one in _lengths(sentence, tokens, terms)
        if one[0] in sized or one[1] >= sentence.end or tokens[one[1]] not in _DISTANCES
    ]  # "a lump of 8 cm lateral to the hip", but "a lump 8 cm lateral to the hip"
    if not lengths:
        return
    spans = [(start - sentence.start, end - sentence.start) for start, end, _, _ in lengths]
    words = reading.text[slice(*reading.words.span(*bounds))]
    last = ""
    unsaid = {place for span in sentence.unsaid for place in range(*span)}
    if before and tokens[sentence.start] in _GOES_ON:
        things.append((sentence.start, sentence.start + 1, before))
    for (start, end, number, unit), site in zip(lengths, places_of_lengths(spans, words, terms), strict=True):
        if start in unsaid:
            continue
        near = [(_distance(start, end, thing), thing[0] > start, thing[2]) for thing in things]
        distance, _, name = min(near, default=(_REACH + 1, False, ""))
        name = last if distance > _REACH else name
        if not name:
            continue
        last = name
        fact = terms.facts[name]
        try:
            scaled = number * terms.scale(fact, unit)
        except UnitError:
            continue
        if is_possible(Amount(scaled, scaled), fact):
            said = reading.text[slice(*reading.words.span(start, end))]
            value = Value(truth=TRUE, low=scaled, high=scaled, said=said, origins=(origin,))
            yield SizeRead(name, start, end, value, site, order_of_length(tokens, (start, end), bounds, terms))


def _distance(start: int, end: int, thing: tuple[int, int, str]) -> int:
    return max(thing[0] - end, start - thing[1], 0)


def _lengths(sentence: SentenceRead, tokens: tuple[str, ...], terms: Terms) -> Iterator[tuple[int, int, float, str]]:
    """Yield each length with where it stands: of several numbers that belong together the largest.

    What falls has become the last of them: "from 24 mm to 18 mm".
    """
    place = sentence.start
    while place < sentence.end:
        if (glued := _GLUED.fullmatch(tokens[place])) is not None:
            yield place, place + 1, float(glued[1]), glued[2]
        found = number_from(tokens, place, terms.notes)
        if found is None:
            place += 1
            continue
        start, largest, (number, at) = place, 0.0, found
        while True:
            largest = max(largest, number)
            unit = _UNITS.get(tokens[at]) if at < sentence.end else None
            at += unit is not None
            joined = at + (at < sentence.end and tokens[at] in _JOINS)
            following = number_from(tokens, joined, terms.notes) if joined < sentence.end else None
            if following is None or (joined == at and unit is not None):
                break
            if tokens[at] == "to" and following[0] < number:
                largest = 0.0
            number, at = following
        if unit is not None and largest > 0:
            yield start, at, largest, unit
        place = max(at, place + 1)
