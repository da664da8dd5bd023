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
    yield from (("number", found) for found in _numbers(reading, sentence, read, terms))
    if spans and not findings:
        return
    is_courtesy = (
        sentence.end - sentence.start <= _LONGEST_COURTESY
        and terms.notes.courtesies.at(reading.words.tokens, sentence.start) is not None
    )
    is_long = sentence.end - sentence.start > 2 or any(reading.words.tokens[place].isdigit() for place in within[1:])
    if not is_courtesy and not mine and told.isdisjoint(within) and is_long:
        yield "words", words.NOTHING_READ


def _numbers(reading: TextReading, sentence: SentenceRead, read: set[int], terms: Terms) -> Iterator[str]:
    """Yield numbers with a unit whose name is not known, with the words before them: "copper (12 µmol/L)"."""
    words, told = reading.words, {place for span in sentence.unsaid for place in range(*span)}
    for place in range(sentence.start, sentence.end):
        if not words.tokens[place][0].isdigit() or place in read or place in told:
            continue
        unit = UNIT.match(reading.text, words.ends[place])
        written = unit["unit"].rstrip(".:") if unit else ""
        if unit is None or written not in terms.units or not ("/" in written or "°" in written):
            continue
        first = place
        while (
            first > max(sentence.start, place - _WORDS_BEFORE)
            and words.tokens[first - 1].isalpha()
            and first - 1 not in read
        ):
            first -= 1
        if first == place:
            continue
        name = " ".join(reading.text[words.starts[first] : words.ends[place - 1]].split())
        yield f"{name} ({reading.text[words.starts[place] : unit.start('unit') + len(written)]})"
