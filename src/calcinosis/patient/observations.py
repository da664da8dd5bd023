"""An Observation to what it says: numbers with units and limits, coded and worded results, present and absent findings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from calcinosis.patient.concepts import Meant, Reading, read_concept
from calcinosis.patient.shapes import Json, ShapeError, codes, items, number, obj, text
from calcinosis.patient.terms import Terms
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.units import UnitError

_FLAGS = {"H": "high", "HH": "high", "HU": "high", "L": "low", "LL": "low", "LU": "low", "N": "normal"}
_YES = frozenset({"POS", "A", "AA", "DET", "RR", "WR", "52101004", "10828004", "LA33-6", "LA9633-4", "LA6576-8", "Y", "373066001", "260373001"})
_NO = frozenset({"NEG", "N", "ND", "NR", "2667000", "260385009", "LA32-8", "LA9634-2", "LA6577-6", "373067005", "260415000", "272519000"})
_YES_WORDS = frozenset({"positive", "present", "yes", "detected", "reactive", "true", "strongly positive", "weakly positive", "abnormal"})
_NO_WORDS = frozenset({"negative", "absent", "no", "not detected", "non-reactive", "nonreactive", "false", "none", "not present",
                       "undetectable", "nil"})  # fmt: skip
_HIGH_WORDS = frozenset({"high", "elevated", "raised", "increased", "mildly elevated", "slightly elevated", "markedly elevated",
                         "above normal", "significantly elevated", "slightly high"})  # fmt: skip
_LOW_WORDS = frozenset({"low", "decreased", "reduced", "below normal", "slightly low", "suppressed", "undetectable", "slightly decreased"})
_NORMAL_WORDS = frozenset({"normal", "within normal limits", "within normal range", "within the normal range", "in range", "wnl", "unremarkable"})
_FLAG_WORDS = {
    **dict.fromkeys(_NORMAL_WORDS, "normal"),
    **dict.fromkeys(_LOW_WORDS, "low"),
    **dict.fromkeys(_HIGH_WORDS, "high"),
}
_NOT_TOLD = frozenset({"quantity", "medicine", "allergy", "site", "result"})
_NUMBER_TEXT = re.compile(r"^\s*([<>]=?|≤|≥)?\s*(\d+(?:[.,]\d+)?)\s*([^\d\s].*)?$")
_RANGE_TEXT = re.compile(r"^\s*(?:(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)|(<=?|≤|up to)\s*(\d+(?:\.\d+)?)|(>=?|≥)\s*(\d+(?:\.\d+)?))")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that an Observation says: a fact and its value, or a text about what could not be used."""

    fact: str = ""
    value: Value = Value()
    problem: str = ""


def observation_results(observation: Json, terms: Terms, origin: Origin) -> tuple[list[Result], Reading]:
    """Return what an Observation and its components say, and how its code was understood. Raises ShapeError."""
    reading = read_concept(obj(observation, "code"), terms)
    results = list(_part_results(observation, reading, terms, (origin,)))
    if "component" in observation:
        for part in items(observation, "component"):
            results.extend(_part_results(part, read_concept(obj(part, "code"), terms), terms, (origin,)))
    return results, reading


def _part_results(part: Json, reading: Reading, terms: Terms, origins: tuple[Origin, ...]) -> Iterator[Result]:
    for conflict in reading.conflicts:
        yield Result(problem=conflict)
    for fact in reading.quantities:
        yield from _quantity_results(part, terms.facts[fact], terms, origins)
    if reading.findings:
        truth = _presence(part)
        if truth is not None:
            for meant in reading.findings:
                yield from _finding(meant, truth, terms, reading.label, origins)
    if not reading.quantities and ("valueString" in part or "valueCodeableConcept" in part):
        yield from _told_findings(part, reading, terms, origins)


def _finding(
    meant: Meant, truth: Truth, terms: Terms, said: str, origins: tuple[Origin, ...]
) -> Iterator[Result]:
    """A mention that its own text negates turns the truth of a present finding; others stay as they are."""
    if meant.sense in {"family", "hypothetical"}:
        return
    if meant.sense == "absent":
        truth = FALSE if truth is TRUE else (UNKNOWN if truth is UNKNOWN else FALSE)
    elif meant.sense in {"uncertain", "past"} and truth is TRUE and terms.facts[meant.fact].kind not in {"exposure", "procedure"}:
        truth = UNKNOWN
    word = meant.word if truth is TRUE else ""
    yield Result(meant.fact, Value(truth=truth, word=word, said=said[:120], origins=origins))


def _presence(part: Json) -> Truth | None:
    """Return what value, interpretation or absent reason say of a finding; None when the value is a text to read."""
    if "valueBoolean" in part:
        value = part["valueBoolean"]
        if not isinstance(value, bool):
            raise ShapeError("valueBoolean: expected true or false")
        return TRUE if value else FALSE
    flags = _interpretation(part)
    worded = _words(part)
    if worded in _YES_WORDS or flags & {"POS", "A", "AA", "DET", "RR", "H", "HH"}:
        return TRUE
    if worded in _NO_WORDS or flags & {"NEG", "ND", "NR"}:
        return FALSE
    coded = codes(obj(part, "valueCodeableConcept"))
    if coded & _YES:
        return TRUE
    if coded & _NO:
        return FALSE
    if flags & {"N"} or worded in _NORMAL_WORDS:
        return FALSE
    if "valueQuantity" in part:
        return _result_by_range(part)
    if "dataAbsentReason" in part or worded or flags or "valueInteger" in part:
        return None if worded else UNKNOWN
    return None


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
    mentions = [Meant(mention.fact, mention.word, mention.sense) for mention in terms.matcher.mentions(told)] if told else []
    asked = {meant.fact for meant in reading.findings}
    for meant in (*value.meant, *mentions):
        if terms.facts[meant.fact].kind not in _NOT_TOLD and meant.fact not in asked:
            yield from _finding(meant, TRUE, terms, told or value.label, origins)
        elif meant.fact in asked and meant.word:
            yield Result(meant.fact, Value(truth=TRUE, word=meant.word, said=told or value.label, origins=origins))


def _words(part: Json) -> str:
    concept = obj(part, "valueCodeableConcept")
    words = text(part, "valueString") or text(concept, "text")
    for coding in items(concept, "coding") if not words else []:
        words = words or text(coding, "display")
    return words.strip().lower().rstrip(".").split(" (")[0]


def _interpretation(part: Json) -> set[str]:
    found: set[str] = set()
    if "interpretation" not in part:
        return found
    for concept in items(part, "interpretation"):
        found |= codes(concept)
        worded = text(concept, "text").strip().lower()
        found |= {"H"} if worded in _HIGH_WORDS else {"L"} if worded in _LOW_WORDS else {"N"} if worded in _NORMAL_WORDS else set()
    return found


def _quantity_results(part: Json, fact: Fact, terms: Terms, origins: tuple[Origin, ...]) -> Iterator[Result]:
    flag = _flag(part) if "interpretation" in part or "valueQuantity" not in part else ""
    worded = "" if "valueQuantity" in part else _words(part)
    try:
        bounds, said, unit = _bounds(part)
        lower, upper = _limits(part, fact, unit, terms)
        scale = terms.scale(fact, unit) if bounds is not None else 1.0
    except UnitError as error:
        yield Result(problem=f"{fact.name}: {error}; the value was not used")
        return
    if bounds is None:
        if flag:
            yield Result(fact.id, Value(truth=TRUE, flag=flag, lower_limit=lower, upper_limit=upper, said=flag, origins=origins))  # type: ignore[arg-type]
        elif worded and not obj(part, "dataAbsentReason"):
            yield Result(problem=f'{fact.name}: the value "{worded[:60]}" is not a number')
        return
    low = None if bounds[0] is None else bounds[0] * scale
    high = None if bounds[1] is None else bounds[1] * scale
    if problem := _implausible(fact, low, high, said):
        yield Result(problem=problem)
        return
    yield Result(fact.id, Value(truth=TRUE, low=low, high=high, open_low=bounds[2], open_high=bounds[3], lower_limit=lower,
                                upper_limit=upper, flag=flag, said=said, origins=origins))  # type: ignore[arg-type]  # fmt: skip


def _flag(part: Json) -> str:
    """Return whether the result is called high, low or normal; empty where it is not, or where it is called several."""
    flags = {_FLAGS[code] for code in _interpretation(part) if code in _FLAGS}
    worded = _words(part)
    if worded in _FLAG_WORDS:
        flags.add(_FLAG_WORDS[worded])
    return flags.pop() if len(flags) == 1 else ""


Bounds = tuple[float | None, float | None, bool, bool]


def _bounds(part: Json) -> tuple[Bounds | None, str, str]:
    """Return the bounds of the number, the value as it was said, and its unit."""
    if quantity := obj(part, "valueQuantity"):
        value = number(quantity, "value")
        unit = text(quantity, "code") or text(quantity, "unit")
        shown = text(quantity, "unit") or unit
        if value is None:
            return None, "", unit
        if not unit:
            raise UnitError("the number has no unit")
        comparator = text(quantity, "comparator")
        return _compared(value, comparator), f"{comparator}{value:g} {shown}".strip(), unit
    if given := obj(part, "valueRange"):
        ends = [obj(given, "low"), obj(given, "high")]
        unit = next((text(end, "code") or text(end, "unit") for end in ends if end), "")
        low, high = (number(end, "value") if end else None for end in ends)
        return (low, high, False, False), f"{low:g} to {high:g} {unit}" if low is not None and high is not None else "a range", unit
    if (match := _NUMBER_TEXT.match(text(part, "valueString"))) is not None and match[3]:
        value = float(match[2].replace(",", "."))
        sign = {"≤": "<=", "≥": ">="}.get(match[1] or "", match[1] or "")
        return _compared(value, sign), text(part, "valueString").strip(), match[3].strip()
    if "valueInteger" in part:
        whole = number(part, "valueInteger")
        if whole is not None:
            raise UnitError("the number has no unit")
    return None, "", ""


def _compared(value: float, comparator: str) -> Bounds:
    if comparator in {"<", "<="}:
        return None, value, False, comparator == "<"
    if comparator in {">", ">="}:
        return value, None, comparator == ">", False
    return value, value, False, False


def _limits(part: Json, fact: Fact, unit: str, terms: Terms) -> tuple[float | None, float | None]:
    """Return the printed limits in the unit of the fact; the first range that is for everybody or says normal."""
    if "referenceRange" not in part:
        return None, None
    for printed in items(part, "referenceRange"):
        kind = codes(obj(printed, "type"))
        if items(printed, "appliesTo") or (kind and not kind & {"normal"}):
            continue
        ends = []
        for key in ("low", "high"):
            end = obj(printed, key)
            value = number(end, "value") if end else None
            scale = terms.scale(fact, text(end, "code") or text(end, "unit") or unit) if value is not None else 1.0
            ends.append(None if value is None else value * scale)
        if ends == [None, None] and unit:
            ends = [None if bound is None else bound * terms.scale(fact, unit) for bound in _range_text(text(printed, "text"))]
        return ends[0], ends[1]
    return None, None


def _range_text(words: str) -> list[float | None]:
    match = _RANGE_TEXT.match(words)
    if match is None:
        return [None, None]
    if match[1]:
        return [float(match[1]), float(match[2])]
    return [None, float(match[4])] if match[4] else [float(match[6]), None]


def _implausible(fact: Fact, low: float | None, high: float | None, said: str) -> str:
    if low is not None and low == high and fact.plausible and fact.plausible[0] <= low <= fact.plausible[1]:
        return ""
    known = [bound for bound in (low, high) if bound is not None]
    if not all(map(math.isfinite, known)):
        return f"{fact.name}: {said} is not a finite number"
    if fact.plausible and any(not fact.plausible[0] <= bound <= fact.plausible[1] for bound in known):
        least, most = fact.plausible
        return f"{fact.name}: {said} is outside what is possible ({least:g} to {most:g} {fact.unit}); the value was not used"
    return ""
