"""Medicines in notes: taken, given once, over, an allergy; with their doses; and those that no fact knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.sayings import EVER, Said
from calcinosis.readers.fhir.concepts import Meant, Reading
from calcinosis.readers.fhir.diagnoses import allergy_facts
from calcinosis.readers.fhir.medicines import Use, medicine_said
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.terminology.context import Sense
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN

_LONGEST_WORDS = 120
_BEFORE, _AFTER = 6, 8
"""Words around the name of a medicine that say how it is used."""
_NO_DENIAL_WITHIN = 6
_SEPARATORS = re.compile(r"[\n;•]|,(?!\d)|\.(?=\s|$)")
_ITEM = re.compile(r"[ \t]*+(?:[-*•–]|\d{1,2}[.)])?[ \t]*+(?P<name>[A-Za-z][A-Za-z-]{3,40}+)")
_LONGEST_NAME = 40
_SHORTEST_NAME = 5
_HEADING_WITHIN = 4
_REACTION_WITHIN = 4
"""Words between a medicine and what it once did."""
_LAST_OF_A_LIST = re.compile(r"(?:,[ \t]++)?\band\b")
_DOSE = re.compile(r"\d")
_CONSEQUENCES = frozenset({"so", "then", "therefore", "thus", "hence", "instead", "whereupon"})
"""With these behind a comma another clause begins: "topical steroid failed, so warfarin was begun"."""


def medicine_sayings(
    mention: Mention, kind: str, reading: TextReading, sentence: SentenceRead, origin: Origin, said: str, terms: Terms
) -> Iterator[Said]:
    """Yield what follows of a medicine in a part of a note of this kind; ``said`` is its sentence."""
    start, end = max(sentence.start, mention.start - _BEFORE), min(sentence.end, mention.end + _AFTER)
    tokens = reading.words.tokens[start:end]
    start = _own_clause(reading.words.tokens, start, mention.start, terms)
    around = reading.text[slice(*reading.words.span(start, end))]
    sense = _own_sense(mention, reading, sentence, terms)
    words = said[:_LONGEST_WORDS]
    if kind == "allergy" or terms.uses.said_of(mention.fact, around, terms.matcher) == "allergy":
        truth = FALSE if sense == "absent" else TRUE if sense in {"present", "past"} else UNKNOWN
        for fact in allergy_facts(mention.fact, terms):
            yield Said(fact, Value(truth=truth, said=words, origins=(origin,)))
        return
    over = sense == "present" and kind != "medicines" and terms.uses.was_given(tokens)
    taken = UNKNOWN if over or (terms.uses.speaks_otherwise(around) and sense == "present") else TRUE
    heard = Reading(meant=(Meant(mention.fact, mention.word, sense),), label=said, route=terms.route(around))
    for one in medicine_said(heard, Use(taken, TRUE if over else taken, False, None, None), {}, origin, terms):
        if terms.facts[one.fact].kind in EVER:
            yield replace(one, weak=one.weak or sense == "past")
        else:
            yield replace(one, sense="past") if over or sense == "past" else one


def _own_clause(tokens: tuple[str, ...], start: int, place: int, terms: Terms) -> int:
    """Return where the clause of a medicine begins: behind a comma with a verb of use: "no allergy, takes warfarin"."""
    ends = [at for at in range(start, place) if tokens[at] == ";" or _draws_a_conclusion(tokens, at)]
    start = ends[-1] + 1 if ends else start
    comma = next((at for at in range(place - 1, start - 1, -1) if tokens[at] in {",", ";"}), None)
    return comma + 1 if comma is not None and terms.uses.before.stand_in(tokens[comma + 1 : place]) else start


def _draws_a_conclusion(tokens: tuple[str, ...], at: int) -> bool:
    return tokens[at] == "," and tokens[at + 1] in _CONSEQUENCES


def _own_sense(mention: Mention, reading: TextReading, sentence: SentenceRead, terms: Terms) -> Sense:
    """Return the sense of a medicine: that cultures were negative denies no medicine before them."""
    if mention.sense != "absent":
        return mention.sense
    tokens = reading.words.tokens
    behind = tokens[mention.end : min(mention.end + _NO_DENIAL_WITHIN, sentence.end)]
    before = tokens[sentence.start : mention.start]
    if terms.uses.no_denial.stand_in(behind) and not terms.matcher.reader.denies(before):
        return "present"
    return mention.sense


def is_reaction(mention: Mention, sentence: SentenceRead, terms: Terms) -> bool:
    """Whether a finding stands right behind a medicine of a list of allergies: "diltiazem - ankle swelling"."""
    medicines = (one.end for one in sentence.mentions if terms.facts[one.fact].kind in {"medicine", "allergy"})
    return any(0 <= mention.start - end <= _REACTION_WITHIN for end in medicines)


def dose_end(tokens: tuple[str, ...], place: int, end: int, terms: Terms) -> int:
    """Return where the dose, the way and the times of a medicine end that begin at a word: "15 mg po weekly"."""
    uses = terms.uses
    while place < end:
        often = uses.frequencies.at(tokens, place)
        if often is not None and place + often[0] <= end:
            place += often[0]
        elif tokens[place][0].isdigit() or tokens[place] in uses.doses or tokens[place] in {"/", "x"}:
            place += 1
        else:
            break
    return place


def other_names(text: str, terms: Terms) -> Iterator[tuple[str, int]]:
    """Yield the items of a list of medicines that no fact knows, each by its name, and the letter where it stands."""
    begins = 0
    for mark in (*_SEPARATORS.finditer(text), None):
        item = text[begins : mark.start() if mark else len(text)]
        found = _ITEM.match(item)
        if found is not None and _is_a_medicine(item, found["name"], terms):
            yield found["name"], begins + found.start("name")
        begins = mark.end() if mark else len(text)


def _is_a_medicine(item: str, name: str, terms: Terms) -> bool:
    """Whether an item of a list can be a medicine of its own: no fact is named in it, and nothing ends or denies it."""
    reading = terms.matcher.read(item)
    tokens = reading.words.tokens
    if reading.mentions or not tokens or tokens[0] in terms.uses.no_names or len(item) > 2 * _LONGEST_NAME + 20:
        return False
    if terms.matcher.reader.has_context(tokens) or terms.uses.speaks_otherwise(item):
        return False
    after = tokens[len(_tokens_of_name(name, tokens)) :]
    return not after or bool(_DOSE.search(item)) or dose_end(after, 0, len(after), terms) == len(after)


def _tokens_of_name(name: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tokens[: name.count("-") + 1]


def dosed_names(
    reading: TextReading, sentence: SentenceRead, told: set[int], terms: Terms
) -> Iterator[tuple[str, int, int]]:
    """Yield words that no fact knows, with a dose and how often behind them, or taken: "takes zorblaxin 10 mg"."""
    tokens = reading.words.tokens
    if terms.uses.doses.isdisjoint(tokens[sentence.start : sentence.end]):
        return
    named = {place for one in sentence.mentions for place in range(one.start, one.end)}
    for place in range(sentence.start, sentence.end - 2):
        name = tokens[place]
        if (
            tokens[place + 2] not in terms.uses.doses
            or not tokens[place + 1][0].isdigit()
            or place in told
            or place in named
        ):
            continue
        if not name.isalpha() or name in terms.uses.no_names or len(name) < _SHORTEST_NAME:
            continue
        end = dose_end(tokens, place + 1, sentence.end, terms)
        often = any(terms.uses.frequencies.at(tokens, at) is not None for at in range(place + 3, end))
        if often or terms.uses.before.stand_in(tokens[sentence.start : place]):
            yield reading.text[slice(*reading.words.span(place, place + 1))], place, end


def listed_names(reading: TextReading, sentence: SentenceRead, terms: Terms) -> Iterator[tuple[str, int]]:
    """Yield the medicines that no fact knows of a list in prose: "her current medications include zorblaxin"."""
    tokens, words = reading.words.tokens, reading.words
    for begins in range(sentence.start, min(sentence.start + _HEADING_WITHIN, sentence.end)):
        for length in (2, 1):
            at = begins + length
            if at + 1 >= sentence.end or tokens[at] not in terms.uses.lists:
                continue
            if terms.notes.sections.get(tokens[begins:at]) == "medicines":
                start, end = words.span(at + 1, sentence.end)
                listed = _LAST_OF_A_LIST.sub(_comma, reading.text[start:end])
                for name, place in other_names(listed, terms):
                    yield name, words.at_letter(start + place)
                return


def _comma(found: re.Match[str]) -> str:
    """Return a comma of the same length as the "and" before the last of a list."""
    return "," + " " * (len(found[0]) - 1)
