"""What a Condition says beside its code: its stage, how severe it is, and what it was told by."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import (
    Reader,
    is_of_skin,
    note_missing,
    note_reading,
    say,
    say_sites,
    words_of_concept,
)
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, obj
from calcinosis.terminology.terms import Terms
from calcinosis.truth import Truth

_ILLNESS = frozenset({"condition", "finding"})
_TOLD_BY = _ILLNESS | {"procedure", "exposure", "result"}
"""Kinds of facts that a diagnosis can be told by; medicines and allergies have resources of their own."""
_BARE = 4
"""Letters up to which a stage is told by its number alone: "4", "IV", "G3b"."""
_LONGEST = 120


def with_its_degree(reader: Reader, resource: Json, reading: Reading, origin: Origin) -> Reading:
    """Return the reading of a diagnosis with what its stage and severity make of it. Raises ShapeError.

    They are read beside the name of what has them: stage 4 of chronic kidney disease is a disease of its own.
    """
    known = [one.fact for one in reading.meant if one.sense == "present"]
    found: dict[str, Meant] = {}
    for degree, is_stage in _degrees(resource):
        own = read_concept(degree, reader.terms)
        closer = [one for one in own.meant if one.sense == "present" and _is_of(one.fact, known, reader.terms)]
        for words in words_of_concept(degree):
            closer += _named_with(words, reading, known, is_stage, reader.terms)
        found |= {one.fact: one for one in closer}
        if is_stage and not closer and own.label:
            reader.not_read.add("words", f"{reading.label[:60]}: {own.label}"[:_LONGEST], origin)
    more = tuple(one for name, one in found.items() if name not in {known.fact for known in reading.meant})
    return replace(reading, meant=(*reading.meant, *more)) if more else reading


def _degrees(resource: Json) -> Iterator[tuple[Json, bool]]:
    """Yield each stage and the severity of a Condition, and whether it is a stage."""
    for stage in parts_of(resource, "stage") if "stage" in resource else ():
        yield obj(stage, "summary"), True
    if "severity" in resource:
        yield obj(resource, "severity"), False


def _is_of(fact: str, known: list[str], terms: Terms) -> bool:
    return terms.facts[fact].kind in _ILLNESS and any(terms.is_related(fact, one) for one in known)


def _named_with(words: str, reading: Reading, known: list[str], is_stage: bool, terms: Terms) -> Iterator[Meant]:
    """Yield what the words of a degree and a name of the diagnosis mean together, as one name."""
    degree = words.partition(" (")[0].strip()
    degrees = (degree, f"stage {degree}") if is_stage and len(degree) <= _BARE else (degree,)
    names = (reading.label, *(name for fact in known for name in terms.facts[fact].names))
    for name in dict.fromkeys(filter(None, names)):
        for both in (phrase for one in degrees for phrase in (f"{name} {one}", f"{one} {name}")):
            whole = terms.matcher.covers(both)
            is_new = whole is not None and whole.fact not in known and whole.sense == "present"
            if whole is not None and is_new and terms.facts[whole.fact].kind in _ILLNESS:
                yield Meant(whole.fact, whole.word)


def read_evidence(reader: Reader, resource: Json, truth: Truth, day: Day | None, origin: Origin) -> None:
    """Add what a diagnosis was told by, which was seen, whether or not the diagnosis is right. Raises ShapeError.

    What a reference names has a resource of its own; one that is not in the record is named.
    """
    for evidence in parts_of(resource, "evidence"):
        for concept in (one for key in ("code", "concept") for one in parts_of(evidence, key) if key in evidence):
            reading = read_concept(concept, reader.terms)
            note_reading(reader, reading, origin, relevant=True)
            for meant in reading.meant:
                if reader.terms.facts[meant.fact].kind in _TOLD_BY:
                    say(reader, meant, truth, day, origin, said=reading.label)
            if is_of_skin(reader, [one for one in reading.meant if one.sense == "present"]):
                say_sites(reader, [reading.label], day, origin)
        references = [*parts_of(evidence, "detail")] if "detail" in evidence else []
        references += [obj(evidence, "reference")] if "reference" in evidence else []
        note_missing(reader, references, origin)
