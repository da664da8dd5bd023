"""A clinic note to a Record: what it says of the person, with the words and the line, and what was not read of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import Day
from calcinosis.person.not_read import Unread
from calcinosis.person.record import Record
from calcinosis.person.sayings import EVER, SENSE_SAID, Remark, Said
from calcinosis.readers.note.dates import day_of_birth, day_of_note
from calcinosis.readers.note.general_texts import is_general, names_a_patient, senses_told
from calcinosis.readers.note.measurements import Heard, Measurements
from calcinosis.readers.note.medicines import (
    dose_end,
    dosed_names,
    is_reaction,
    listed_names,
    medicine_sayings,
    other_names,
)
from calcinosis.readers.note.not_understood import not_understood
from calcinosis.readers.note.passages import NoteReading, Passage
from calcinosis.readers.note.persons import age_and_sex
from calcinosis.readers.note.places import Places
from calcinosis.readers.note.relative_days import counts_of, day_of_event
from calcinosis.readers.note.sections import COPIED, Part, parts, with_items_ended
from calcinosis.readers.note.signs import with_signs_read
from calcinosis.readers.note.tick_boxes import with_boxes_read
from calcinosis.readers.places import placed
from calcinosis.rules.vocabulary import PAST, PLANNED, RECENT, SUSPECTED, Fact, LearnedBy, Origin, Value
from calcinosis.rules.words import short_name
from calcinosis.terminology.context import SAYS_NOTHING, Sense, leaves_open
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import FAMILY_HISTORY, SentenceRead
from calcinosis.terminology.terms import Terms
from calcinosis.terminology.tokens import words_of_text
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en import notes as words

_LONGEST_WORDS = 120
_NO_RELATIVE = frozenset({"no", "none", "nobody", "neither"})
_LINE_END = re.compile("\n")
_SEEN_BY: dict[str, LearnedBy] = {"imaging": "imaging", "histology": "histology"}
"""Methods of which what is seen by them has a fact of its own."""
_OF_A_PERSON = frozenset({"age", "sex"})
_OF_SECTION: dict[str, Sense] = {"family": "family", "plan": "hypothetical", "question": "asked", COPIED: "past"}
"""What a section makes of what stands in it as present."""


def note_record(text: str, name: str, terms: Terms) -> Record:
    """Return the record that a clinic note describes. Raises InputError for a text of which nothing can be read."""
    return note_reading(text, name, terms).record


def note_reading(text: str, name: str, terms: Terms) -> NoteReading:
    """Return a note with the record that it describes. Raises InputError for a text of which nothing can be read."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    reader = _NoteReader(terms, text, Measurements(terms), day_of_note(text, terms.notes))
    for part in parts(text, terms.notes):
        reader.read(part)
    reader.add_numbers()
    if reader.tells_of_nobody():
        raise InputError([Problem(name, 1, words.OF_NOBODY, words.NOTE_OF_A_PERSON, words.SAY_OF_WHOM)])
    if not reader.said and not reader.mentions and all(kind != "language" for kind, _ in reader.unread.found):
        raise InputError([Problem(name, 1, words.NO_NOTE, words.NOTE_EXPECTED, words.NOTE_REMEDY)])
    record = Record(
        id="",
        source="note",
        said=tuple(reader.said),
        other_medicines=tuple(reader.other_medicines),
        remarks=tuple(sorted(set(reader.remarks))),
        mentions=tuple(reader.mentions),
        not_read=reader.unread.listed(),
        birth=day_of_birth(text, terms.notes),
        birth_origin=Origin("line", "1") if day_of_birth(text, terms.notes) else None,
        last_day=max((one.day.latest for one in reader.said if one.day is not None), default=""),
    )
    return NoteReading(text, record, tuple(reader.passages))


class _NoteReader(Struct):
    """What a note says, gathered part by part."""

    terms: Terms
    text: str
    measured: Measurements
    day: Day | None = None
    """The day on which the note was written."""
    said: list[Said] = field(default_factory=list)
    mentions: list[Said] = field(default_factory=list)
    other_medicines: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: Unread = field(default_factory=lambda: Unread({}))
    passages: list[Passage] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _day: Day | None = None
    _senses: list[Sense] = field(default_factory=list)
    """What the mentions of the note make of their facts, in their order."""
    _has_patient: bool = False
    _counts: dict[str, int] = field(default_factory=dict)
    """The greatest day of each count of days of the note."""

    def __post_init__(self) -> None:
        self._counts = counts_of(words_of_text(self.text).tokens, self.terms.notes)
        self._lines = [found.start() for found in _LINE_END.finditer(self.text)]

    def read(self, part: Part) -> None:
        """Add what a part of the note says."""
        self._day = part.day or self.day
        title = f"{part.heading} {part.kind}" if part.kind in _SEEN_BY else part.heading  # "Path", "USS"
        reading = self.terms.matcher.read(with_signs_read(with_boxes_read(with_items_ended(part.text))), title)
        origins = {
            number: self._origin(part.start + reading.words.starts[sentence.start])
            for number, sentence in enumerate(reading.sentences)
            if sentence.start < len(reading.words.starts)
        }
        self._senses += senses_told(reading)
        self._has_patient = self._has_patient or names_a_patient(reading, self.terms.notes)
        if part.kind != "family":
            for fact, value, span in age_and_sex(reading, self.terms, self._origin(part.start)):
                if fact not in self._known:
                    self._known.add(fact)
                    self._add(Said(fact, value))
                    self._passage(part, span, self.said[-1:])
        heard = self.measured.read(part, reading, origins, self._day, is_told=part.kind not in _OF_SECTION)
        self.remarks += heard.problems
        self._others(heard)
        places = Places.of(reading, self.terms)
        for number, sentence in enumerate(reading.sentences):
            self._sentence(heard, sentence, origins.get(number, self._origin(part.start)), places)

    def tells_of_nobody(self) -> bool:
        """Whether a text begins with what is so in general, and names no person: a leaflet, or a page of a book."""
        return is_general(self._senses) and self._known.isdisjoint(_OF_A_PERSON) and not self._has_patient

    def _add(self, said: Said) -> None:
        """Add what is said; without a date of its own it holds on the day of its entry, or of the note."""
        self.said.append(said if said.day is not None or self._day is None else replace(said, day=self._day))

    def add_numbers(self) -> None:
        """Add the numbers of the whole note; of those that words tell to be earlier, that they were."""
        for said, place in self.measured.sayings(self.day):
            (self.mentions if said.sense == "past" else self.said).append(said)
            self.passages.append(Passage(said, *place))

    def _passage(self, part: Part, span: tuple[int, int], found: Iterable[Said]) -> None:
        """Note the letters of a part that say something."""
        self.passages.extend(Passage(said, part.start + span[0], part.start + span[1]) for said in found)

    def _origin(self, place: int) -> Origin:
        return Origin("line", str(bisect_right(self._lines, place - 1) + 1))

    def _others(self, heard: Heard) -> None:
        """Add the medicines that no fact knows: of a list of medicines, and words with a dose and how often."""
        part, reading = heard.part, heard.reading
        if part.kind == "medicines":
            for name, place in other_names(part.text, self.terms):
                heard.told.update(range(reading.words.at_letter(place), reading.words.at_letter(place) + 1))
                self._other(name, self._origin(part.start + place))
        elif part.kind not in _OF_SECTION and part.kind != "allergy":
            for sentence in reading.sentences:
                for name, place in listed_names(reading, sentence, self.terms):
                    heard.told.add(place)
                    self._other(name, self._origin(part.start + reading.words.starts[place]))
                for name, start, end in dosed_names(reading, sentence, heard.told, self.terms):
                    heard.told.update(range(start, end))
                    self._other(name, self._origin(part.start + reading.words.starts[start]))

    def _other(self, name: str, origin: Origin) -> None:
        value = Value(truth=TRUE, said=name, origins=(origin,))
        self.other_medicines.append(Said(name, value, day=self.day))

    def _sentence(self, heard: Heard, sentence: SentenceRead, origin: Origin, places: Places) -> None:
        reading, told = heard.reading, heard.told
        mine = [one for one in sentence.mentions if one.start not in heard.levels]
        start, end = reading.words.span(sentence.start, sentence.end) if sentence.end > sentence.start else (0, 0)
        said = " ".join(heard.part.text[start:end].split())  # as it was written, with its boxes and signs
        if sentence.language != ENGLISH:
            self._foreign(mine, sentence.language, origin, said)
            return
        seen: list[Mention] = []
        for mention in mine:
            kept = self._by_method(mention, sentence)
            if kept is None:
                continue
            before = len(self.said), len(self.mentions)
            if self._mention(kept, heard, sentence, origin, said):
                seen.append(kept)
            self.said[before[0] :] = list(placed(self.said[before[0] :], self.terms, words=said, began="unknown"))
            found = (*self.said[before[0] :], *self.mentions[before[1] :])
            self._passage(heard.part, reading.words.span(mention.start, mention.end), found)
            if self.terms.facts[kept.fact].kind == "medicine":
                told.update(range(kept.end, dose_end(reading.words.tokens, kept.end, sentence.end, self.terms)))
        for test in heard.tests.get(sentence.start, ()):
            if test.value is not None:
                self._add(Said(test.fact, replace(test.value, said=said[:_LONGEST_WORDS])))
                self._passage(heard.part, reading.words.span(test.start, test.end), self.said[-1:])
        for site in places.in_sentence(sentence, seen):
            self._add(Said(site.fact, Value(truth=TRUE, said=said[:_LONGEST_WORDS], origins=(origin,))))
            self._passage(heard.part, reading.words.span(site.start, site.end), self.said[-1:])
        for kind, says in not_understood(reading, sentence, mine, told, self.terms):
            self.unread.add(kind, says, origin)

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
            self._add(Said(mention.fact, value))
            self.remarks.append(Remark(origin, words.NOT_ENGLISH.format(name=short_name(fact), language=spoken)))

    def _by_method(self, mention: Mention, sentence: SentenceRead) -> Mention | None:
        """Return what a mention means by the method of its sentence: what only the microscope shows is on no film."""
        fact = self.terms.facts[mention.fact]
        method = _SEEN_BY.get(sentence.methods.at(mention.start), "history")
        twin = fact.by_method.get(method)
        if twin:
            return Mention(twin, mention.word, mention.start, mention.end, mention.sense)
        if fact.learned_by == "histology" and "imaging" in sentence.spots and "histology" not in sentence.spots:
            return None
        return mention

    def _mention(self, mention: Mention, heard: Heard, sentence: SentenceRead, origin: Origin, said: str) -> bool:
        """Add what a mention says; return whether it is a finding that is there."""
        part = heard.part
        fact = self.terms.facts[mention.fact]
        if fact.kind == "site" or fact.learned_by == "demographics" or mention.sense in {"general", "like"}:
            return False
        if fact.kind == "quantity" and mention.sense not in SAYS_NOTHING:
            return False
        if (
            part.kind == "allergy"
            and fact.kind in {"finding", "condition"}
            and is_reaction(mention, sentence, self.terms)
        ):
            return False
        sense = mention.sense
        if sense == "present" and part.kind in _OF_SECTION and fact.kind not in {"result"}:
            sense = (
                "planned" if part.kind == "plan" and PLANNED + fact.id in self.terms.facts else _OF_SECTION[part.kind]
            )
        if fact.kind == "result":
            truth = FALSE if mention.sense == "absent" else None
            is_told = any(one.fact == mention.fact for one in heard.tests.get(sentence.start, ()))
            if truth is None or is_told:
                if sense not in SAYS_NOTHING and not is_told:
                    self.unread.add("words", words.OUTCOME_UNREAD.format(name=short_name(fact)), origin)
                return False
            sense = sense if sense in SAYS_NOTHING else "absent" if truth is FALSE else "present"
        if sense in SAYS_NOTHING:
            value = Value(truth=UNKNOWN, said=said[:_LONGEST_WORDS], origins=(origin,))
            if sense == "family" and self._is_denied(mention, heard, sentence):
                self._of_the_family(mention.fact, FALSE, origin, said)
                return False
            self.mentions.append(Said(mention.fact, value, sense=SENSE_SAID[sense]))
            if sense == "planned" and PLANNED + mention.fact in self.terms.facts:
                self._add(Said(PLANNED + mention.fact, replace(value, truth=TRUE)))
            if sense == "family":
                self._of_the_family(mention.fact, TRUE, origin, said)
            if sense in {"asked", "not-stated"}:
                self.unread.add("asked" if sense == "asked" else "not-stated", short_name(fact), origin)
            return False
        if fact.kind == "medicine":
            told = replace(mention, sense=sense)
            for one in medicine_sayings(told, part.kind, heard.reading, sentence, origin, said, self.terms):
                self._add(one)
            return False
        truth = self._truth(sense, fact)
        value = Value(
            truth=truth, word=mention.word if truth is TRUE else "", said=said[:_LONGEST_WORDS], origins=(origin,)
        )
        day, is_over = None, sense == "past"
        if fact.kind in EVER and truth is TRUE:
            bounds = sentence.start, sentence.end
            tokens, place = heard.reading.words.tokens, (mention.start, mention.end)
            recent = self.terms.facts.get(RECENT + mention.fact)
            day, is_old = day_of_event(tokens, place, bounds, self._day, self._counts, self.terms.notes, recent)
            is_over = is_over if is_old is None else is_old
        self._add(Said(mention.fact, value, day=day, weak=is_over, sense=SENSE_SAID.get(sense, "")))
        if sense == "past" and PAST + mention.fact in self.terms.facts:
            self._add(Said(PAST + mention.fact, Value(truth=TRUE, said=said[:120], origins=(origin,))))
        suspected = FALSE if truth is FALSE else TRUE if sense == "uncertain" else UNKNOWN
        if suspected is not UNKNOWN and SUSPECTED + mention.fact in self.terms.facts:
            self._add(Said(SUSPECTED + mention.fact, Value(truth=suspected, said=said[:120], origins=(origin,))))
        return truth is TRUE and fact.kind in {"finding", "condition"}

    def _truth(self, sense: Sense, fact: Fact) -> Truth:
        if sense == "absent":
            return FALSE
        return UNKNOWN if leaves_open(sense, fact.kind) else TRUE

    def _is_denied(self, mention: Mention, heard: Heard, sentence: SentenceRead) -> bool:
        """Whether a clause denies what it says of relatives: "no family history of gout"."""
        tokens = heard.reading.words.tokens
        ends = (at + 1 for at in range(mention.start - 1, sentence.start - 1, -1) if tokens[at] in {";", ":", "but"})
        before = tokens[next(ends, sentence.start) : mention.start]
        return not _NO_RELATIVE.isdisjoint(before) or self.terms.matcher.reader.denies(before)

    def _of_the_family(self, fact: str, truth: Truth, origin: Origin, said: str) -> None:
        name = f"{FAMILY_HISTORY}{fact}"
        if name in self.terms.facts:
            self._add(Said(name, Value(truth=truth, said=said[:_LONGEST_WORDS], origins=(origin,))))
