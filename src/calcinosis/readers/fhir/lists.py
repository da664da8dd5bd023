"""Resources that hold others together or say what is wanted: lists, documents, goals, studies; none states a fact."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.history import Plan
from calcinosis.readers.fhir.concepts import read_concept
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import Reader, body_sites, note_missing, words_of_concept
from calcinosis.readers.fhir.narratives import words_of_narrative
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.words.en.remarks import list_says_taken_off, nothing_known

_LONGEST = 120
_NONE = frozenset({"nilknown", "nil-known"})
_AIMS = frozenset({"proposed", "planned", "accepted", "active", "on-hold"})


def read_list(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Name what a list has that the record has not, what was taken off it, and why it is empty."""
    if text(resource, "status") not in {"current", ""}:
        return
    title = text(resource, "title") or read_concept(obj(resource, "code"), reader.terms).label
    _note_empty(reader, resource, title, origin)
    for entry in items(resource, "entry"):
        item = obj(entry, "item")
        if entry.get("deleted") is True:
            shown = text(item, "display") or text(item, "reference")
            reader.remark(origin, list_says_taken_off(title, shown[:_LONGEST]))
        else:
            note_missing(reader, [item], origin)


def _note_empty(reader: Reader, part: Json, title: str, origin: Origin) -> None:
    """Note why a list or a section is empty: nothing is known, by which no single thing is denied, or not told."""
    if not (reason := obj(part, "emptyReason")):
        return
    shown = next(iter(words_of_concept(reason)), next(iter(codes(reason)), ""))
    said = f"{title}: {shown}" if title else shown
    if codes(reason) & _NONE:
        reader.remark(origin, nothing_known(said))
    else:
        reader.not_read.add("not-stated", said[:_LONGEST], origin)


def read_document(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Name the sections of a document that only their text tells, or that hold what the record has not."""
    for section in _sections(resource):
        title = text(section, "title") or read_concept(obj(section, "code"), reader.terms).label
        _note_empty(reader, section, title, origin)
        entries = items(section, "entry")
        note_missing(reader, entries, origin)
        told = words_of_narrative(obj(section, "text"))
        if told and not entries and "emptyReason" not in section:
            reader.not_read.add("words", f"{title}: {told}"[: 2 * _LONGEST], origin)


def _sections(part: Json, depth: int = 0) -> Iterator[Json]:
    for section in items(part, "section") if depth < _DEEPEST else ():
        yield section
        yield from _sections(section, depth + 1)


_DEEPEST = 10


def read_goal(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what is aimed at, as a plan; what an aim names is not there for that."""
    if text(resource, "lifecycleStatus") in _AIMS:
        said = next(iter(words_of_concept(obj(resource, "description"))), "")
        if said:
            reader.plans.append(Plan(says=said[:_LONGEST], facts=(), day=None, origin=origin))


def read_study(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Name a study of images: what it shows, a report tells."""
    named = [words for one in parts_of(resource, "procedureCode") for words in words_of_concept(one)[:1]]
    places = [words for one in items(resource, "series") for words in _places(one)]
    told = "; ".join(dict.fromkeys((*named, *places)))
    reader.not_read.add("words", f"{kind}: {told}"[:_LONGEST] if told else kind, origin)


def _places(series: Json) -> list[str]:
    """Return the places of a series, a coding in the fourth version and a concept in the fifth."""
    site = obj(series, "bodySite")
    if "concept" in site:
        return words_of_concept(obj(site, "concept"))
    return [text(site, "display")] if "display" in site else body_sites(series)


HANDLERS = {
    "List": read_list,
    "Composition": read_document,
    "Goal": read_goal,
    "ImagingStudy": read_study,
}
