"""Sentences that somebody wrote who had seen no rule: what is read of each, what is not yet, what is never there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.library.read import read_yaml
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.readers.note.note import note_record
from calcinosis.truth import FALSE, TRUE

FILE = Path(__file__).parents[3] / "data" / "sentences-other-hand.yaml"
SENTENCES = read_yaml(FILE, FILE.name).data
NUMBER = re.compile(r"(?P<number>[0-9.]+)\s*(?P<unit>\S*)")
CLOSE = 0.02


def record_of(sentence: dict[str, Any]) -> Record:
    """Return the record of a sentence, under the heading of where it stands."""
    heading = f"{sentence['where']}:\n" if "where" in sentence else ""
    try:
        return note_record(f"{heading}{sentence['says']}", "note.txt", knowledge().terms)
    except InputError:
        return Record(id="", source="note", said=())


def sense_of(one: Said) -> str:
    """Return what is said of a fact in one word."""
    if one.sense:
        return one.sense
    return "present" if one.value.truth is TRUE else "absent" if one.value.truth is FALSE else "unknown"


def is_read(fact: str, wanted: str, record: Record) -> bool:
    """Whether a record says of a fact, or of one related to it, what is wanted: a sense, a word, a flag or a number."""
    terms = knowledge().terms
    said = [one for one in (*record.said, *record.mentions) if terms.is_related(one.fact, fact)]
    if (number := NUMBER.match(wanted)) is None:
        wanted = {"positive": "present", "negative": "absent"}.get(wanted, wanted)
        return any(wanted in {sense_of(one), one.value.flag, one.value.word} for one in said)
    unit = number["unit"] or terms.facts[fact].unit
    scaled = float(number["number"]) * terms.scale(terms.facts[fact], unit)
    own = (one.value.low for one in said if one.fact == fact and one.value.low is not None)
    return any(abs(low - scaled) <= CLOSE * scaled for low in own)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["says"][:40])
def test_what_is_read_of_a_sentence_of_another_hand(sentence: dict[str, Any]) -> None:
    """What was read is still read, and nothing that is denied, asked or another's is there; what is left may be."""
    record = record_of(sentence)
    missed = {fact for fact, wanted in sentence.get("read", {}).items() if not is_read(fact, str(wanted), record)}
    assert not missed
    there = {one.fact for one in record.said if sense_of(one) == "present"}
    assert there.isdisjoint(sentence.get("not_present", ()))
