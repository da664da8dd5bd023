"""Texts beside the codes of a resource, its notes, comments, reasons and outcomes: read, or named as not read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.person.sayings import EVER
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.diagnoses import diagnosed, is_at_issue
from calcinosis.readers.fhir.gate import parts_of
from calcinosis.readers.fhir.gathering import Reader, day_of, is_of_skin, note_reading, say, say_sites
from calcinosis.readers.fhir.plans import HANDLERS as PLANS
from calcinosis.readers.fhir.told_numbers import say_numbers
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, obj, text
from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.names import Mention
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE, UNKNOWN

_NOTES = ("comment", "comments", "description", "note", "notes")
"""Elements that hold a text, as it stands or in an Annotation; the second and third versions had other names."""
_REASONS = ("reason", "reasonCode", "reasonCodeableConcept", "reasonForUseCodeableConcept")
_OUTCOMES = ("complication", "followUp", "outcome")
_DOSAGES = ("dosage", "dosageInstruction")
_INSTRUCTIONS = ("additionalInstructions", "patientInstruction", "text")
ANNOTATED = frozenset((*_NOTES, *_REASONS, *_OUTCOMES))
"""Elements of every kind of resource in which such texts stand."""
_TEXTS = ANNOTATED.union(_DOSAGES)
_DESCRIBED = frozenset({"DocumentReference", "Goal"})
"""Kinds whose description is the title of something else, or read with their code."""
_TITLES = dict.fromkeys(("AllergyIntolerance", "Condition", "DiagnosticReport", "Observation", "Procedure"), "code")
"""Kinds by the element that says what their texts are about."""
_UNREAD_KINDS = frozenset({"quantity", "site"})
_OUTCOME_READ = frozenset({"AdverseEvent"})
"""Kinds whose outcome is read with what they tell of."""
_OF_OTHERS = frozenset({"FamilyMemberHistory"})
_DOUBTFUL = frozenset({"Procedure"})
"""Kinds whose reason may be what is only looked for, as that of a biopsy is."""
_PLACED_BY_TITLE = frozenset({"DiagnosticReport"})
"""Kinds whose title says where what they tell was found, unless they say it themselves: "X-ray of the left hand"."""
_LONGEST = 200
_NOT_NOW = frozenset(
    {"planned", "cancelled", "not-done", "not-taken", "draft", "on-hold", "stopped", "ended", "unknown", "intended"}
)
"""Statuses with which a text does not speak of what is."""


def read_annotations(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what the texts and reasons of a resource say; what is not understood is named. Raises ShapeError, DateError.

    A text of something that is over, refuted, planned or not done is named as not read.
    """
    if _TEXTS.isdisjoint(resource):
        return
    key = _TITLES.get(kind, "medicationCodeableConcept" if kind.startswith("Medication") else "")
    titled = obj(resource, key) if key and key in resource else {}
    if kind.startswith("Medication") and not titled:
        titled = obj(obj(resource, "medication"), "concept")
    title = read_concept(titled, reader.terms).label if titled else ""
    is_now = (
        kind not in _OF_OTHERS
        and kind not in PLANS
        and text(resource, "status") not in _NOT_NOW
        and (kind != "Condition" or is_at_issue(resource))
    )
    for said in _notes(kind, resource):
        if kind.startswith("Medication") and reader.terms.uses.is_not_taken(said):
            continue  # the reader of medicines has read it
        if is_now:
            read_text(reader, kind, resource, said, title, origin)
        else:
            _not_read(reader, said, title, origin)
    reasons = [(one, False) for one in _concepts(resource, _REASONS)]
    if kind not in _OUTCOME_READ:
        reasons += [(one, True) for one in _concepts(resource, _OUTCOMES)]
    for reason, is_outcome in reasons:
        if is_now:
            _read_reason(reader, kind, resource, reason, is_outcome, origin)
        elif said := read_concept(reason, reader.terms).label:
            _not_read(reader, said, title, origin)
    for key in _DOSAGES:
        for dosage in parts_of(resource, key) if isinstance(resource.get(key), dict | list) else ():
            for written in (dosage.get(name) for name in _INSTRUCTIONS):
                if isinstance(written, str) and not reader.terms.route(written):
                    _not_read(reader, written, title, origin)


def read_text(reader: Reader, kind: str, resource: Json, told: str, title: str, origin: Origin) -> None:
    """Add what a text says of the person, sentence by sentence; a sentence of which nothing is read is named."""
    day, time = day_of(resource, kind)
    reading = reader.terms.matcher.read(told, title)
    numbers = say_numbers(reader, reading, day, time, origin)
    for sentence in reading.sentences:
        if sentence.end <= sentence.start:
            continue
        start, end = reading.words.span(sentence.start, sentence.end)
        said = " ".join(reading.text[start:end].split())
        mine = [one for one in reading.mentions if sentence.start <= one.start < sentence.end]
        meant = [Meant(reader.terms.by_method(one.fact, title), one.word, one.sense) for one in mine]
        read = list(_stated(reader, meant, said))
        for one in read:
            say(reader, one, TRUE, day, origin, time=time, said=said)
        if sentence.language != ENGLISH:
            reader.not_read.add("language", said[:_LONGEST], origin)
        elif _is_left(reader, mine, len(read), any(sentence.start <= place < sentence.end for place in numbers)):
            _not_read(reader, said, title, origin)
        there = [one for one in read if one.sense == "present"]
        if is_of_skin(reader, there):
            by_title = kind in _PLACED_BY_TITLE and not reader.terms.sites.mentions(said)
            if not by_title or any(_places_deposit(one.fact, reader.terms) for one in there):
                say_sites(reader, [title if by_title else said], day, origin)


def say_told_sites(reader: Reader, told: str, title: str, day: Day | None, origin: Origin) -> None:
    """Add the places of those sentences of a text that tell of calcium, or of what may hold it."""
    reading = reader.terms.matcher.read(told, title)
    for sentence in reading.sentences:
        mine = [one for one in reading.mentions if sentence.start <= one.start < sentence.end]
        if any(one.sense == "present" and _places_deposit(one.fact, reader.terms) for one in mine):
            start, end = reading.words.span(sentence.start, sentence.end)
            say_sites(reader, [" ".join(reading.text[start:end].split())], day, origin)


def _places_deposit(fact: str, terms: Terms) -> bool:
    """Whether the place of a finding is that of calcium in the skin, or of what may hold it."""
    placed = [one for one in terms.facts.values() if one.placed_by]
    return any(fact in one.placed_by or terms.is_related(one.id, fact) for one in placed)


def _is_left(reader: Reader, mine: list[Mention], read: int, has_result: bool) -> bool:
    """Whether something of a sentence was not read: the name of a result is, where its number was."""
    names = [one for one in mine if not (has_result and reader.terms.facts[one.fact].kind in _UNREAD_KINDS)]
    return read < len(names) or not (mine or has_result)


def _stated(reader: Reader, meant: list[Meant], said: str) -> Iterator[Meant]:
    """Yield what a text states of the person; a medicine that it only names has a resource of its own."""
    kept = tuple(one for one in meant if is_stated(one, said, reader.terms))
    for one, _ in diagnosed(reader, Reading(kept, label=said), TRUE, Origin("resource", "")):
        yield one


def is_stated(meant: Meant, said: str, terms: Terms) -> bool:
    """Whether a mention settles something: no question, no number by its name alone, no medicine that is only named."""
    kind = terms.facts[meant.fact].kind
    if meant.sense in SAYS_NOTHING or kind in _UNREAD_KINDS:
        return False
    return kind != "medicine" or (
        meant.sense == "present" and terms.uses.said_of(meant.fact, said, terms.matcher) != "named"
    )


def _not_read(reader: Reader, said: str, title: str, origin: Origin) -> None:
    words = " ".join(said.split())
    if words:
        reader.not_read.add("words", f"{title[:60]}: {words}"[:_LONGEST] if title else words[:_LONGEST], origin)


def _read_reason(reader: Reader, kind: str, resource: Json, reason: Json, is_outcome: bool, origin: Origin) -> None:
    """Read why something was done, or what came of it: both were there; what a procedure looks for may not be."""
    day, time = day_of(resource, kind)
    reading = read_concept(reason, reader.terms)
    note_reading(reader, reading, origin, relevant=True)
    is_over = text(resource, "status") == "completed" and kind.startswith("Medication")
    for meant in reading.meant:
        if not is_stated(meant, reading.label, reader.terms):
            continue
        fact = reader.terms.facts[meant.fact]
        may_be_over = is_over and meant.sense == "present" and fact.kind not in EVER
        truth = UNKNOWN if may_be_over else TRUE
        is_sought = kind in _DOUBTFUL and not is_outcome and fact.kind == "condition"
        if meant.sense == "present" and not is_over and is_sought:
            meant = replace(meant, sense="uncertain")
        say(reader, meant, truth, day, origin, time=time, said=reading.label)
    if is_of_skin(reader, [one for one in reading.meant if one.sense == "present"]):
        say_sites(reader, [reading.label], day, origin)


def _notes(kind: str, resource: Json) -> Iterator[str]:
    for key in _NOTES:
        if key not in resource or (key == "description" and kind in _DESCRIBED):
            continue
        written = resource[key]
        for one in written if isinstance(written, list) else (written,):
            said = one.get("text") if isinstance(one, dict) else one
            if isinstance(said, str) and said.strip():
                yield said


def _concepts(resource: Json, keys: tuple[str, ...]) -> Iterator[Json]:
    """Yield the concepts under these keys, alone, in a list, beside a reference, or as the value of a reason."""
    for key in keys:
        if not isinstance(resource.get(key), dict | list):
            continue
        for part in parts_of(resource, key):
            inner = (
                [one for value in parts_of(part, "value") for one in (obj(value, "concept"),)]
                if "value" in part
                else []
            )
            for one in (*inner, obj(part, "concept") if "concept" in part else part):
                if one.get("coding") or one.get("text"):
                    yield one
