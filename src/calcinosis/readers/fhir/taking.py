"""Whether a medicine that is ordered is taken: what its own texts say, and what other resources say of it."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.history import Prescription
from calcinosis.readers.fhir.courses import REASONS
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import Reader, words_of_concept
from calcinosis.rules.words import short_name
from calcinosis.shapes import Json, text
from calcinosis.terminology.terms import Terms
from calcinosis.words.en.remarks import ordered_and_not_taken


def not_taken_by(resource: Json, terms: Terms) -> str:
    """Return the words of a medication resource that say that the person does not take it. Raises ShapeError."""
    for key, words in _told(resource):
        if terms.uses.is_not_taken(words) or (key == "reasonNotTaken" and "taken" not in resource):
            return words
    return ""


def _told(resource: Json) -> Iterator[tuple[str, str]]:
    for note in parts_of(resource, "note") if isinstance(resource.get("note"), dict | list) else ():
        yield "note", text(note, "text")
    for key in REASONS:
        for concept in parts_of(resource, key) if key in resource else ():
            yield from ((key, words) for words in words_of_concept(concept))


def remark_what_is_not_taken(reader: Reader) -> None:
    """Remark on medicines that one resource orders and another says are not taken, whichever is newer."""
    orders = [one for one in reader.prescriptions if one.kind == "order" and one.state == "active"]
    denials = [one for one in reader.prescriptions if one.kind == "statement" and one.state == "not-taken"]
    for denial in denials:
        for order in orders:
            for name in _shared(order, denial, reader.terms):
                reader.remark(denial.origin, ordered_and_not_taken(name, order.origin.name))


def _shared(order: Prescription, denial: Prescription, terms: Terms) -> Iterator[str]:
    """Yield the medicines of both, by their facts, or by their names where no fact knows them."""
    for one in order.medicines:
        if any(terms.is_related(one, other) for other in denial.medicines):
            yield short_name(terms.facts[one])
    if not order.medicines and not denial.medicines and order.name.casefold() == denial.name.casefold():
        yield order.name
