"""What stands in a sentence of a note and was not understood: findings that belong to no fact, and whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.not_read import NotReadKind
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.words.en import notes as words

_TELLING_SLOTS = frozenset({"finding", "deposit", "event"})
_GENERAL = frozenset(
    {"lesion", "before_word", "around", "without", "level", "deposit_word", "cold", "fall", "swelling", "surgery"}
)
"""Concepts that say too little alone to be missed."""


def not_understood(
    reading: TextReading, sentence: SentenceRead, mine: list[Mention], told: set[int], terms: Terms
) -> Iterator[tuple[NotReadKind, str]]:
    """Yield what of a sentence was not understood, with its kind; ``told`` are the words that were read otherwise."""
    read = {place for one in mine for place in range(one.start, one.end)} | told
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
    elif not mine and not told & set(range(sentence.start, sentence.end)) and sentence.end - sentence.start > 2:
        yield "words", words.NOTHING_READ
