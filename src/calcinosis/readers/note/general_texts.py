"""Texts that tell of a disease and of no person: leaflets, pages of a book."""

from __future__ import annotations

from collections.abc import Sequence

from calcinosis.terminology.context import Sense
from calcinosis.terminology.names import Mention
from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.statements import SentenceRead, TextReading


def is_general(senses: Sequence[Sense]) -> bool:
    """Whether a text begins with what is so in general, or asks what something is and goes on so.

    ``senses`` are those of its mentions, in their order.
    """
    return bool(senses) and (senses[0] == "general" or (senses[0] == "asked" and "general" in senses))


def senses_told(reading: TextReading) -> list[Sense]:
    """Return what a text makes of its facts, in their order; of what one word makes general, nothing: "burn centre"."""
    return [
        "present" if one.sense == "general" and not _is_unsaid(one, sentence) else one.sense
        for sentence in reading.sentences
        for one in sentence.mentions
    ]


def _is_unsaid(mention: Mention, sentence: SentenceRead) -> bool:
    return any(start <= mention.start < end for start, end in sentence.unsaid)


def names_a_patient(reading: TextReading, words: NoteWords) -> bool:
    """Whether a text speaks of one person, or of a visit: "the patient", "seen today", "two years ago"."""
    tokens, text = reading.words.tokens, reading.text
    for place, token in enumerate(tokens):
        if token in words.patients and text[reading.words.ends[place] - 1] not in "sS":
            return True
    return words.visits.stand_in(tokens)
