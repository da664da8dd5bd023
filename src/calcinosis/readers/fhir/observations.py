"""An Observation to what it says: numbers, coded and worded results, present and absent findings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from calcinosis.person.sayings import EVER
from calcinosis.quantities.parse import Amount, AmountError, bound
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.gathering import sites_said
from calcinosis.readers.fhir.quantities import normal_ranges, quantity_result
from calcinosis.rules.vocabulary import PAST, Origin, Value
from calcinosis.shapes import Json, ShapeError, codes, items, number, obj, text
from calcinosis.terminology.context import SAYS_NOTHING, leaves_open
from calcinosis.terminology.results import Result, answer_of, flag_among, interpretation_of, words_of
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.remarks import bound_not_judged, value_not_understood
from calcinosis.words.en.shapes import TRUE_OR_FALSE

_NOT_TOLD = frozenset({"quantity", "medicine", "allergy", "site", "result"})
"""Kinds of which the words of a value say nothing: "calcium deposits" are no calcium tablets."""


def observation_results(observation: Json, terms: Terms, origin: Origin) -> tuple[list[Result], Reading]:
    """Return what an Observation and its components say, and how its code was understood. Raises ShapeError."""
    reading = read_concept(_asked(obj(observation, "code")), terms, sites_said(observation))
    results = part_results(observation, reading, terms, (origin,))
    if "component" in observation:
        for part in items(observation, "component"):
            if not part.get("modifierExtension"):
                inner = read_concept(_asked(obj(part, "code")), terms, sites_said(observation))
                results += part_results(part, inner, terms, (origin,))
    return results, reading


def _asked(code: Json) -> Json:
    """Return a code without the question mark of its text, which its value answers."""
    told = code.get("text")
    return {**code, "text": told.rstrip("? ")} if isinstance(told, str) and told.endswith("?") else code


def part_results(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> list[Result]:
    """Return what a part with a code and a value says: an Observation, a component, an answer. Raises ShapeError."""
    if reading.number:
        result = quantity_result(part, terms.facts[reading.number], terms, origins)
        return [] if result is None else [result]
    is_told = "valueString" in part or "valueCodeableConcept" in part
    if is_told or reading.meant or reading.conflicts:
        return list(_all_results(part, reading, terms, origins, is_told))
    return []


def answer_results(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> list[Result]:
    """Return what an answer says: a number is that of the one quantity that its question names. Raises ShapeError."""
    asked = {one.fact for one in reading.meant if terms.facts[one.fact].kind == "quantity"}
    if len(asked) == 1 and ("valueInteger" in part or "valueDecimal" in part):
        result = quantity_result(part, terms.facts[asked.pop()], terms, origins)
        return [] if result is None else [result]
    return part_results(part, reading, terms, origins)


def _all_results(
    part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...], is_told: bool
) -> Iterator[Result]:
    for conflict in reading.conflicts:
        yield Result(problem=conflict)
    for fact in reading.quantities:
        result = quantity_result(part, terms.facts[fact], terms, origins)
        if result is not None:
            yield result
    findings = reading.findings
    if "valueQuantity" in part or "valueRatio" in part:  # a number tells of a result; words in its name are no finding
        findings = tuple(one for one in findings if terms.facts[one.fact].kind == "result")
    truth = presence(part, terms) if findings else None
    if truth is not None:
        named = terms.matcher.not_asked(reading.label) if truth is FALSE and len(findings) > 1 else frozenset()
        for meant in (one for one in findings if one.fact not in named):
            yield from _finding(meant, truth, terms, reading.label, origins)
        if truth is UNKNOWN and (said := _bound_said(part)):
            yield Result(problem=bound_not_judged(said))
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
    elif truth is TRUE and leaves_open(meant.sense, terms.facts[meant.fact].kind):
        truth = UNKNOWN
    word = meant.word if truth is TRUE else ""
    was_there = meant.sense == "past"
    yield Result(meant.fact, Value(truth=truth, word=word, said=said[:120], origins=origins), was_there=was_there)
    if meant.sense == "past" and PAST + meant.fact in terms.facts:
        yield Result(PAST + meant.fact, Value(truth=TRUE, said=said[:120], origins=origins))


def presence(part: Json, terms: Terms) -> Truth | None:
    """Return what value, interpretation or absent reason say of a finding; None when the value is a text to read."""
    words = terms.results
    if "valueBoolean" in part:
        value = part["valueBoolean"]
        if not isinstance(value, bool):
            raise ShapeError(TRUE_OR_FALSE)
        return TRUE if value else FALSE
    flags, flag_words = interpretation_of(part)
    worded = words_of(part)
    coded = codes(obj(part, "valueCodeableConcept"))
    answer = answer_of(worded) if worded else ""
    if answer in words.yes_words or flags & words.yes_flags or coded & words.yes_codes:
        return TRUE
    if answer in words.no_words or flags & words.no_flags or coded & words.no_codes:
        return FALSE
    if flag_among(flags, (*flag_words, worded), words) == "normal":
        return FALSE
    if "valueQuantity" in part or "valueRatio" in part or _TITRE.match(worded):
        return _result_by_range(part, terms)
    if answer in words.open_words or coded & words.open_codes:
        return UNKNOWN
    says_nothing = not worded and ("dataAbsentReason" in part or "valueInteger" in part or bool(flags))
    return UNKNOWN if says_nothing else None


_TITRE = re.compile(r"\s*+(?P<sign>[<>≤≥]=?|)\s*+1\s*+[:/]\s*+(?P<number>[0-9]{1,6}+)\s*+$")
"""A titre: a serum diluted so far, such as 1:320 or <1:40."""


def _result_by_range(part: Json, terms: Terms) -> Truth:
    """Judge an antibody or other result given as a number or a titre by its printed upper limit, where both compare."""
    found = _measured(part)
    if found is None:
        return UNKNOWN
    value, unit = found
    for printed in normal_ranges(part, terms):
        upper = _upper_limit(printed)
        if upper is None or upper[1] not in {"", unit}:
            continue
        return _against(value, upper[0])
    return UNKNOWN


def _against(value: Amount, limit: float) -> Truth:
    """Return whether a number lies above a limit; one that is a bound may lie on either side."""
    if value.low is not None and (value.low > limit or (value.open_low and value.low == limit)):
        return TRUE
    return FALSE if value.high is not None and value.high <= limit else UNKNOWN


def _measured(part: Json) -> tuple[Amount, str] | None:
    """Return the number or titre of a part, and its unit; None where it has none that can be compared."""
    try:
        if quantity := obj(part, "valueQuantity"):
            value = number(quantity, "value")
            if value is None or not math.isfinite(value):
                return None
            return bound(value, text(quantity, "comparator")), text(quantity, "code") or text(quantity, "unit")
        if ratio := obj(part, "valueRatio"):
            whole, diluted = (obj(ratio, key) for key in ("numerator", "denominator"))
            parts = number(diluted, "value")
            if number(whole, "value") != 1 or parts is None:
                return None
            return bound(parts, text(whole, "comparator") or text(diluted, "comparator")), _TITRES
        return _titre(words_of(part))
    except AmountError:
        return None


_TITRES = "1:"
"""The unit of titres, among each other."""


def _titre(words: str) -> tuple[Amount, str] | None:
    match = _TITRE.match(words)
    return (bound(float(match["number"]), match["sign"]), _TITRES) if match else None


def _upper_limit(printed: Json) -> tuple[float, str] | None:
    """Return the upper limit of a printed range with its unit, ``""`` where it has none."""
    end = obj(printed, "high")
    value = number(end, "value") if end else None
    if value is not None:
        return value, text(end, "code") or text(end, "unit")
    titre = _titre(text(printed, "text"))
    return (titre[0].high, titre[1]) if titre and titre[0].high is not None else None


def _bound_said(part: Json) -> str:
    """Return a bound or a titre as it is written; empty for any other value."""
    quantity, worded = obj(part, "valueQuantity"), words_of(part)
    if comparator := text(quantity, "comparator"):
        return f"{comparator}{quantity.get('value')}"[:60]
    return worded[:60] if _TITRE.match(worded) else ""


def _told_findings(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> Iterator[Result]:
    """Findings that stand in the value: a text, or a coded finding."""
    told = text(part, "valueString")
    if "family" in reading.label.lower():
        return
    value = read_concept(obj(part, "valueCodeableConcept"), terms)
    found = terms.matcher.mentions(told, reading.label) if told else ()
    mentions = [Meant(terms.by_method(one.fact, reading.label), one.word, one.sense) for one in found]
    asked = {meant.fact for meant in reading.findings}
    whole = terms.matcher.covers(told or value.label) if asked else None
    for meant in (*value.meant, *mentions):
        kind, is_asked = terms.facts[meant.fact].kind, meant.fact in asked
        is_answer = whole is not None and whole.fact == meant.fact and meant.sense == "present"
        if (meant.sense == "absent" or kind in EVER or is_answer) if is_asked else kind not in _NOT_TOLD:
            yield from _finding(meant, TRUE, terms, told or value.label, origins)
        elif is_asked and meant.word:
            yield Result(meant.fact, Value(truth=TRUE, word=meant.word, said=told or value.label, origins=origins))
