"""What stands in a sentence of a note and was not understood: findings that belong to no fact, and whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.not_read import NotReadKind
from calcinosis.readers.note.result_patterns import UNIT
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.words.en import notes as words

_TELLING_SLOTS = frozenset({"finding", "deposit", "event"})
_GENERAL = frozenset(
    {
        "lesion",
        "before_word",
        "around",
        "without",
        "level",
        "deposit_word",
        "cold",
        "fall",
        "swelling",
        "surgery",
        "afterwards",
        "repeated",
        "of_hospital",
    }
)
"""Concepts that say too little alone to be missed."""

_WORDS_BEFORE, _LONGEST_COURTESY = 3, 12
_CLOSES = frozenset({",", ";", ".", "and"})
_IS = frozenset({"is", "was", ":"})
_NO_RESULT = frozenset(
    {
        "in",
        "on",
        "of",
        "at",
        "by",
        "for",
        "since",
        "until",
        "from",
        "to",
        "about",
        "and",
        "or",
        "than",
        "within",
        "over",
        "below",
    }
    | {"above", "between", "nearly", "almost", "now", "then", "limit", "just", "only", "up", "corr", "corrected", "so"}
    | {
        "stage",
        "grade",
        "type",
        "class",
        "level",
        "factor",
        "day",
        "week",
        "month",
        "year",
        "bed",
        "ward",
        "room",
        "case",
    }
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "age", "aged"}
)
"""Words, in the one spelling of words, of which the number behind is no result."""


def not_understood(
    reading: TextReading, sentence: SentenceRead, mine: list[Mention], told: set[int], terms: Terms
) -> Iterator[tuple[NotReadKind, str]]:
    """Yield what of a sentence was not understood, with its kind; ``told`` are the words that were read otherwise."""
    within = range(sentence.start, sentence.end)
    read = {place for one in mine for place in range(one.start, one.end)} | told.intersection(within)
    definitions = terms.matcher.reader.definitions
    slots = definitions.concepts.slots if definitions is not None else {}
    spans = sorted(
        {
            span
            for concept, found in sentence.spots.items()
            if slots.get(concept) in _TELLING_SLOTS and concept not in _GENERAL
            for span in found
        }
    )
    findings = [one for one in mine if terms.facts[one.fact].kind not in {"quantity", "medicine"}]
    if spans and not findings and read.isdisjoint(place for span in spans for place in range(*span)):
        places = [span for concept in ("any_site",) for span in sentence.spots.get(concept, ())]
        seen = [reading.text[slice(*reading.words.span(*span))] for span in sorted({*spans[:3], *places[:1]})]
        yield "words", words.SEEN.format(words=" … ".join(" ".join(one.split()) for one in seen))
    is_row = any(terms.facts[one.fact].kind == "quantity" for one in mine)
    yield from (("number", found) for found in _numbers(reading, sentence, read, terms, is_row))
    if spans and not findings:
        return
    is_courtesy = (
        sentence.end - sentence.start <= _LONGEST_COURTESY
        and terms.notes.courtesies.at(reading.words.tokens, sentence.start) is not None
    )
    is_long = sentence.end - sentence.start > 2 or any(reading.words.tokens[place].isdigit() for place in within[1:])
    if not is_courtesy and not mine and told.isdisjoint(within) and is_long:
        yield "words", words.NOTHING_READ


def _numbers(reading: TextReading, sentence: SentenceRead, read: set[int], terms: Terms, is_row: bool) -> Iterator[str]:
    """Yield numbers whose name is not known, with a unit or beside other results: "copper (12 µmol/L)", "urea (54)"."""
    words, told = reading.words, {place for span in sentence.unsaid for place in range(*span)}
    for place in range(sentence.start, sentence.end):
        if not words.tokens[place][0].isdigit() or place in read or place in told:
            continue
        unit = UNIT.match(reading.text, words.ends[place])
        written = unit["unit"].rstrip(".:") if unit else ""
        has_unit = unit is not None and written in terms.units and ("/" in written or "°" in written)
        if not has_unit and not (is_row and _stands_alone(words.tokens, place, sentence.end)):
            continue
        first = place if has_unit else _behind_its_verb(words.tokens, place, sentence.start)
        last = first
        while (
            first > max(sentence.start, place - _WORDS_BEFORE)
            and words.tokens[first - 1].isalpha()
            and first - 1 not in read
        ):
            first -= 1
        if first == last or (not has_unit and not _may_name_a_result(words.tokens[last - 1], terms)):
            continue
        name = " ".join(reading.text[words.starts[first] : words.ends[last - 1]].split())
        ends = unit.start("unit") + len(written) if has_unit and unit is not None else words.ends[place]
        yield f"{name} ({reading.text[words.starts[place] : ends]})"


def _stands_alone(tokens: tuple[str, ...], place: int, end: int) -> bool:
    """Whether nothing that it counts or dates stands behind a number, and no other number beside it."""
    return place + 1 >= end or tokens[place + 1] in _CLOSES


def _behind_its_verb(tokens: tuple[str, ...], place: int, start: int) -> int:
    """Return where the name of a number ends: before "is", "was" and a colon."""
    while place - 1 > start and tokens[place - 1] in _IS:
        place -= 1
    return place


def _may_name_a_result(word: str, terms: Terms) -> bool:
    """Whether a word before a number is no preposition, month, or class of something: "in 2019", "stage 4"."""
    return word.isalpha() and len(word) > 1 and word not in _NO_RESULT and word not in terms.notes.between
