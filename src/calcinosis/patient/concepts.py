"""A CodeableConcept to the facts that it means: codes first, then text, with what does not fit together reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from calcinosis.patient.shapes import Json, items, text
from calcinosis.patient.terms import SYSTEMS, Meaning, Terms
from calcinosis.patient.text import Sense


@dataclass(frozen=True, slots=True)
class Meant:
    """A fact that a concept speaks of, the word of a choice, and the sense in which it does."""

    fact: str
    word: str = ""
    sense: Sense = "present"
    by_code: bool = False


@dataclass(slots=True)
class Reading:
    """What a concept means, which of it stands for sure, and what was wrong with it."""

    meant: list[Meant] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    label: str = ""
    coded: bool = False


def read_concept(concept: Json, terms: Terms) -> Reading:
    """Return the facts that the codes and the text of a concept mean. Raises ShapeError."""
    reading = Reading(label=text(concept, "text"))
    conflicting: set[str] = set()
    for coding in items(concept, "coding"):
        display = text(coding, "display")
        reading.label = reading.label or display
        system, code = SYSTEMS.get(text(coding, "system"), ""), text(coding, "code")
        meaning = terms.meaning(system, code) if system and code else None
        if meaning is None:
            if display and display != text(concept, "text"):
                _add_mentions(reading, display, terms)
            continue
        shown = display or (text(concept, "text") if system == "rxnorm" else "")
        if shown and not terms.agrees(meaning, shown, system):
            conflicting.add(shown)
            reading.conflicts.append(_conflict(meaning, shown, system, code, terms))
        elif meaning.enough:
            reading.coded = True
            reading.meant.extend(Meant(fact, word, by_code=True) for fact, word in meaning.facts)
    if reading.label and reading.label not in conflicting and reading.label == text(concept, "text"):
        _add_mentions(reading, reading.label, terms)
    return reading


def _add_mentions(reading: Reading, words: str, terms: Terms) -> None:
    coded = {meant.fact for meant in reading.meant}
    for mention in terms.matcher.mentions(words):
        if mention.fact not in coded:
            reading.meant.append(Meant(mention.fact, mention.word, mention.sense))


def _conflict(meaning: Meaning, shown: str, system: str, code: str, terms: Terms) -> str:
    means = " or ".join(terms.facts[fact].name for fact, _ in meaning.facts)
    return f'the {system} code {code} means "{means}" but is shown as "{shown[:80]}": neither was used'
