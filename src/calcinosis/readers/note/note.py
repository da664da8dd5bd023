"""A clinic note to a Record: what it says of the person, with the words and the line, and what was not read of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from calcinosis.errors import InputError, Problem
from calcinosis.person.not_read import Unread
from calcinosis.person.record import Record
from calcinosis.person.sayings import EVER, Remark, Said, SaidSense
from calcinosis.readers.fhir.concepts import Meant, Reading
from calcinosis.readers.fhir.diagnoses import allergy_facts
from calcinosis.readers.fhir.medicines import Use, medicine_said
from calcinosis.readers.note.passages import NoteReading, Passage
from calcinosis.readers.note.persons import age_and_sex
from calcinosis.readers.note.places import Places
from calcinosis.readers.note.results import ResultReader
from calcinosis.readers.note.sections import Part, parts, with_items_ended
from calcinosis.rules.vocabulary import PAST, SUSPECTED, Fact, Origin, Value
from calcinosis.rules.words import short_name
from calcinosis.terminology.context import LEAVES_OPEN, SAYS_NOTHING, Sense
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en import notes as words

_LONGEST_WORDS = 120
_RESULT_AHEAD, _RESULT_BEFORE = 6, 2
_SAID: dict[Sense, SaidSense] = {
    "uncertain": "suspected",
    "unlikely": "unlikely",
    "past": "past",
    "family": "family",
    "asked": "asked",
    "not-stated": "not-stated",
    "hypothetical": "planned",
}
_OF_SECTION: dict[str, Sense] = {"family": "family", "plan": "hypothetical", "question": "asked"}
"""What a section makes of what stands in it as present."""
_TELLING_SLOTS = frozenset({"finding", "deposit", "event"})
_GENERAL = frozenset(
    {"lesion", "before_word", "around", "without", "level", "deposit_word", "cold", "fall", "swelling", "surgery"}
)
"""Concepts that say too little alone to be missed."""


def note_record(text: str, name: str, terms: Terms) -> Record:
    """Return the record that a clinic note describes. Raises InputError for a text of which nothing can be read."""
    return note_reading(text, name, terms).record


def note_reading(text: str, name: str, terms: Terms) -> NoteReading:
    """Return a note with the record that it describes. Raises InputError for a text of which nothing can be read."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    reader = _NoteReader(terms, text)
    for part in parts(text, terms.notes):
        reader.read(part)
    if not reader.said and not reader.mentions and all(kind != "language" for kind, _ in reader.unread.found):
        raise InputError([Problem(name, 1, words.NO_NOTE, words.NOTE_EXPECTED, words.NOTE_REMEDY)])
    record = Record(
        id="",
        source="note",
        said=tuple(reader.said),
        remarks=tuple(sorted(set(reader.remarks))),
        mentions=tuple(reader.mentions),
        not_read=reader.unread.listed(),
    )
    return NoteReading(text, record, tuple(reader.passages))


@dataclass(slots=True)
class _NoteReader:
    """What a note says, gathered part by part."""

    terms: Terms
    text: str
    said: list[Said] = field(default_factory=list)
    mentions: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: Unread = field(default_factory=lambda: Unread({}))
    passages: list[Passage] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._lines = [place for place, sign in enumerate(self.text) if sign == "\n"]

    def read(self, part: Part) -> None:
        """Add what a part of the note says."""
        reading = self.terms.matcher.read(with_items_ended(part.text), part.heading)
        origins = {
            number: self._origin(part.start + reading.words.starts[sentence.start])
            for number, sentence in enumerate(reading.sentences)
            if sentence.start < len(reading.words.starts)
        }
        if part.kind != "family":
            for fact, value, span in age_and_sex(reading, self.terms, self._origin(part.start)):
                if fact not in self._known:
                    self._known.add(fact)
                    self.said.append(Said(fact, value))
                    self._passage(part, span, self.said[-1:])
        told: set[int] = set()
        if part.kind not in _OF_SECTION:
            for result in ResultReader(reading, self.terms).results(origins):
                told.update(range(result.start, result.end))
                if result.value is not None:
                    self.said.append(Said(result.fact, result.value))
                    self._passage(part, reading.words.span(result.start, result.end), self.said[-1:])
                else:
                    self.remarks.append(Remark(origins[_number_of(reading, result.start)], result.problem))
        places = Places.of(reading, self.terms)
        for number, sentence in enumerate(reading.sentences):
            self._sentence(part, reading, sentence, origins.get(number, self._origin(part.start)), told, places)

    def _passage(self, part: Part, span: tuple[int, int], found: Iterable[Said]) -> None:
        """Note the letters of a part that say something."""
        self.passages.extend(Passage(said, part.start + span[0], part.start + span[1]) for said in found)

    def _origin(self, place: int) -> Origin:
        return Origin("line", str(bisect_right(self._lines, place - 1) + 1))

    def _sentence(
        self,
        part: Part,
        reading: TextReading,
        sentence: SentenceRead,
        origin: Origin,
        told: set[int],
        places: Places,
    ) -> None:
        mine = list(sentence.mentions)
        start, end = reading.words.span(sentence.start, sentence.end) if sentence.end > sentence.start else (0, 0)
        said = " ".join(reading.text[start:end].split())
        if sentence.language != ENGLISH:
            self._foreign(mine, sentence.language, origin, said)
            return
        seen: list[Mention] = []
        for mention in mine:
            kept = self._by_method(mention, sentence)
            if kept is not None:
                before = len(self.said), len(self.mentions)
                if self._mention(kept, part, reading, sentence, origin, said):
                    seen.append(kept)
                found = (*self.said[before[0] :], *self.mentions[before[1] :])
                self._passage(part, reading.words.span(mention.start, mention.end), found)
        for site in places.in_sentence(sentence, seen):
            self.said.append(Said(site.fact, Value(truth=TRUE, said=said[:_LONGEST_WORDS], origins=(origin,))))
            self._passage(part, reading.words.span(site.start, site.end), self.said[-1:])
        self._not_understood(reading, sentence, mine, told, origin)

    def _foreign(self, mentions: list[Mention], language: str, origin: Origin, said: str) -> None:
        """A name in a language that is not read leaves its fact open, and is told."""
        assert self.terms.matcher.reader.languages is not None
        spoken = self.terms.matcher.reader.languages.names[language]
        self.unread.add("language", words.LANGUAGE.format(language=spoken), origin)
        for mention in mentions:
            fact = self.terms.facts[mention.fact]
            if fact.kind in {"quantity", "site"}:
                continue
            value = Value(truth=UNKNOWN, said=said[:_LONGEST_WORDS], origins=(origin,))
            self.said.append(Said(mention.fact, value))
            self.remarks.append(Remark(origin, words.NOT_ENGLISH.format(name=short_name(fact), language=spoken)))

    def _by_method(self, mention: Mention, sentence: SentenceRead) -> Mention | None:
        """Return what a mention means by the method of its sentence: what only the microscope shows is on no film."""
        fact = self.terms.facts[mention.fact]
        named = sentence.methods.at(mention.start)
        method = named if named in {"imaging", "histology"} else "history"
        twin = fact.by_method.get(method)  # type: ignore[call-overload]
        if twin:
            return Mention(twin, mention.word, mention.start, mention.end, mention.sense)
        if fact.learned_by == "histology" and "imaging" in sentence.spots and "histology" not in sentence.spots:
            return None
        return mention

    def _mention(
        self, mention: Mention, part: Part, reading: TextReading, sentence: SentenceRead, origin: Origin, said: str
    ) -> bool:
        """Add what a mention says; return whether it is a finding that is there."""
        fact = self.terms.facts[mention.fact]
        if fact.kind == "site" or fact.learned_by == "demographics" or mention.sense in {"general", "like"}:
            return False
        if fact.kind == "quantity" and mention.sense not in SAYS_NOTHING:
            return False
        sense = mention.sense
        if sense == "present" and part.kind in _OF_SECTION and fact.kind not in {"result"}:
            sense = _OF_SECTION[part.kind]
        if fact.kind == "result":
            truth = self._result(mention, reading, sentence)
            if truth is None:
                return False
            sense = sense if sense in SAYS_NOTHING else "absent" if truth is FALSE else "present"
        if sense in SAYS_NOTHING:
            value = Value(truth=UNKNOWN, said=said[:_LONGEST_WORDS], origins=(origin,))
            self.mentions.append(Said(mention.fact, value, sense=_SAID[sense]))
            self._of_the_family(mention.fact, sense, origin, said)
            if sense in {"asked", "not-stated"}:
                self.unread.add("asked" if sense == "asked" else "not-stated", short_name(fact), origin)
            return False
        if fact.kind == "medicine":
            self.said.extend(self._medicine(mention, part, reading, origin, said, sense))
            return False
        truth = self._truth(sense, fact)
        value = Value(
            truth=truth, word=mention.word if truth is TRUE else "", said=said[:_LONGEST_WORDS], origins=(origin,)
        )
        self.said.append(Said(mention.fact, value, weak=sense == "past", sense=_SAID.get(sense, "")))
        if sense == "past" and PAST + mention.fact in self.terms.facts:
            self.said.append(Said(PAST + mention.fact, Value(truth=TRUE, said=said[:120], origins=(origin,))))
        suspected = FALSE if truth is FALSE else TRUE if sense == "uncertain" else UNKNOWN
        if suspected is not UNKNOWN and SUSPECTED + mention.fact in self.terms.facts:
            self.said.append(Said(SUSPECTED + mention.fact, Value(truth=suspected, said=said[:120], origins=(origin,))))
        return truth is TRUE and fact.kind in {"finding", "condition"}

    def _truth(self, sense: Sense, fact: Fact) -> Truth:
        if sense == "absent":
            return FALSE
        return UNKNOWN if sense in LEAVES_OPEN and fact.kind not in EVER else TRUE

    def _of_the_family(self, fact: str, sense: Sense, origin: Origin, said: str) -> None:
        name = f"family_history_of_{fact}"
        if sense == "family" and name in self.terms.facts:
            self.said.append(Said(name, Value(truth=TRUE, said=said[:_LONGEST_WORDS], origins=(origin,))))

    def _medicine(
        self, mention: Mention, part: Part, reading: TextReading, origin: Origin, said: str, sense: Sense
    ) -> Iterator[Said]:
        """Yield what follows of a medicine: taken, taken once, not taken, or an allergy to it."""
        start, end = reading.words.span(max(0, mention.start - 6), min(len(reading.words.tokens), mention.end + 8))
        around = reading.text[start:end]
        use = self.terms.uses.said_of(mention.fact, around, self.terms.matcher)
        meant = Meant(mention.fact, mention.word, sense)
        if part.kind == "allergy" or use == "allergy":
            truth = FALSE if sense == "absent" else TRUE if sense == "present" else UNKNOWN
            for fact in allergy_facts(mention.fact, self.terms):
                yield Said(fact, Value(truth=truth, said=said[:_LONGEST_WORDS], origins=(origin,)))
            return
        taken = UNKNOWN if self.terms.uses.speaks_otherwise(around) and sense == "present" else TRUE
        heard = Reading(meant=(meant,), label=said, route=self.terms.route(around))
        yield from medicine_said(heard, Use(taken, taken, False, None, None), {}, origin, self.terms)

    def _result(self, mention: Mention, reading: TextReading, sentence: SentenceRead) -> Truth | None:
        """Return whether a result is positive by a word beside its name; None where no such word stands there."""
        results, tokens = self.terms.results, reading.words.tokens
        near = (
            *range(mention.start, min(mention.end + _RESULT_AHEAD, sentence.end)),
            *range(mention.start - 1, max(mention.start - 1 - _RESULT_BEFORE, sentence.start - 1), -1),
        )
        for place in near:
            token = tokens[place]
            if token in {";", "but"}:
                break
            if token in results.no_words or token in {"normal", "negative", "unremarkable"}:
                return FALSE
            if token in results.yes_words or token in {"raised", "elevated"}:
                return FALSE if mention.sense == "absent" else TRUE
        if mention.sense == "absent":
            return FALSE
        return None

    def _not_understood(
        self, reading: TextReading, sentence: SentenceRead, mine: list[Mention], told: set[int], origin: Origin
    ) -> None:
        """Note findings that were seen and belong to no fact, and sentences of which nothing was read."""
        read = {place for one in mine for place in range(one.start, one.end)} | told
        definitions = self.terms.matcher.reader.definitions
        slots = definitions.concepts.slots if definitions is not None else {}
        spans = sorted(
            {
                span
                for concept, found in sentence.spots.items()
                if slots.get(concept) in _TELLING_SLOTS and concept not in _GENERAL
                for span in found
            }
        )
        findings = [one for one in mine if self.terms.facts[one.fact].kind not in {"quantity", "medicine"}]
        if spans and not findings and read.isdisjoint(place for span in spans for place in range(*span)):
            places = [span for concept in ("any_site",) for span in sentence.spots.get(concept, ())]
            seen = [reading.text[slice(*reading.words.span(*span))] for span in sorted({*spans[:3], *places[:1]})]
            self.unread.add("words", words.SEEN.format(words=" … ".join(" ".join(one.split()) for one in seen)), origin)
        elif not mine and not told & set(range(sentence.start, sentence.end)) and sentence.end - sentence.start > 2:
            self.unread.add("words", words.NOTHING_READ, origin)


def _number_of(reading: TextReading, place: int) -> int:
    return next(number for number, one in enumerate(reading.sentences) if one.start <= place < one.end)
