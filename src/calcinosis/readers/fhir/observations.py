"""An Observation to what it says: numbers, coded and worded results, present and absent findings."""

from __future__ import annotations

import math
from collections.abc import Iterator

from calcinosis.person.sayings import EVER
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.quantities import quantity_result
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, ShapeError, codes, items, number, obj, text
from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.results import Result, ResultWords, flag_among, interpretation_of, words_of
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.remarks import value_not_understood
from calcinosis.words.en.shapes import TRUE_OR_FALSE

_NOT_TOLD = frozenset({"quantity", "medicine", "allergy", "site", "result"})
"""Kinds of which the words of a value say nothing: "calcium deposits" are no calcium tablets."""


def observation_results(observation: Json, terms: Terms, origin: Origin) -> tuple[list[Result], Reading]:
    """Return what an Observation and its components say, and how its code was understood. Raises ShapeError."""
    reading = read_concept(obj(observation, "code"), terms)
    results = _part_results(observation, reading, terms, (origin,))
    if "component" in observation:
        for part in items(observation, "component"):
            results += _part_results(part, read_concept(obj(part, "code"), terms), terms, (origin,))
    return results, reading


def _part_results(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> list[Result]:
    if reading.number:
        result = quantity_result(part, terms.facts[reading.number], terms, origins)
        return [] if result is None else [result]
    is_told = "valueString" in part or "valueCodeableConcept" in part
    if is_told or reading.meant or reading.conflicts:
        return list(_all_results(part, reading, terms, origins, is_told))
    return []


def _all_results(
    part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...], is_told: bool
) -> Iterator[Result]:
    for conflict in reading.conflicts:
        yield Result(problem=conflict)
    for fact in reading.quantities:
        result = quantity_result(part, terms.facts[fact], terms, origins)
        if result is not None:
            yield result
    truth = _presence(part, terms.results) if reading.findings else None
    if truth is not None:
        for meant in reading.findings:
            yield from _finding(meant, truth, terms, reading.label, origins)
    if is_told and not reading.quantities:
        told = list(_told_findings(part, reading, terms, origins))
        yield from told
        if reading.findings and truth is None and not told:
            yield Result(problem=value_not_understood(words_of(part)[:60]))


def _finding(meant: Meant, truth: Truth, terms: Terms, said: str, origins: tuple[Origin, ...]) -> Iterator[Result]:
    """A mention that its own text negates turns the truth of a present finding; others stay as they are."""
    if meant.sense in SAYS_NOTHING:
        return
    if meant.sense == "absent" and truth is not UNKNOWN:
        truth = FALSE
    elif meant.sense in {"uncertain", "past", "foreign"} and truth is TRUE and terms.facts[meant.fact].kind not in EVER:
        truth = UNKNOWN
    word = meant.word if truth is TRUE else ""
    yield Result(meant.fact, Value(truth=truth, word=word, said=said[:120], origins=origins))


def _presence(part: Json, words: ResultWords) -> Truth | None:
    """Return what value, interpretation or absent reason say of a finding; None when the value is a text to read."""
    if "valueBoolean" in part:
        value = part["valueBoolean"]
        if not isinstance(value, bool):
            raise ShapeError(TRUE_OR_FALSE)
        return TRUE if value else FALSE
    flags, flag_words = interpretation_of(part)
    worded = words_of(part)
    coded = codes(obj(part, "valueCodeableConcept"))
    if worded in words.yes_words or flags & words.yes_flags or coded & words.yes_codes:
        return TRUE
    if worded in words.no_words or flags & words.no_flags or coded & words.no_codes:
        return FALSE
    if flag_among(flags, (*flag_words, worded), words) == "normal":
        return FALSE
    if "valueQuantity" in part:
        return _result_by_range(part)
    says_nothing = not worded and ("dataAbsentReason" in part or "valueInteger" in part or bool(flags))
    return UNKNOWN if says_nothing else None


def _result_by_range(part: Json) -> Truth:
    """Judge an antibody or other result given as a number by its printed upper limit."""
    value = number(obj(part, "valueQuantity"), "value")
    for printed in items(part, "referenceRange"):
        upper = number(obj(printed, "high"), "value")
        if value is not None and upper is not None and math.isfinite(value):
            return TRUE if value > upper else FALSE
    return UNKNOWN


def _told_findings(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> Iterator[Result]:
    """Findings that stand in the value: a text, or a coded finding."""
    told = text(part, "valueString")
    if "family" in reading.label.lower():
        return
    value = read_concept(obj(part, "valueCodeableConcept"), terms)
    found = terms.matcher.mentions(told, reading.label) if told else ()
    mentions = [Meant(terms.by_method(one.fact, reading.label), one.word, one.sense) for one in found]
    asked = {meant.fact for meant in reading.findings}
    for meant in (*value.meant, *mentions):
        kind, is_asked = terms.facts[meant.fact].kind, meant.fact in asked
        if (meant.sense == "absent" or kind in EVER) if is_asked else kind not in _NOT_TOLD:
            yield from _finding(meant, TRUE, terms, told or value.label, origins)
        elif is_asked and meant.word:
            yield Result(meant.fact, Value(truth=TRUE, word=meant.word, said=told or value.label, origins=origins))
