"""The page of a note that was read: its words with their marks, the facts to strike out, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from calcinosis.compiled import Knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.interfaces.web.answers import Answers
from calcinosis.interfaces.web.note_facts import Strikes, keys_of, sense_of
from calcinosis.interfaces.web.open_questions import open_page
from calcinosis.interfaces.web.words import words
from calcinosis.person.sayings import Said
from calcinosis.readers.note.note import note_reading
from calcinosis.readers.note.passages import NoteReading
from calcinosis.report.account import not_read_words
from calcinosis.report.lines import clean
from calcinosis.report.marks import SENSE_MARKS
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en.report import day_words

_MISSING = 5
"""So many of the questions that the note leaves open are named."""


class NoteFact(Struct, frozen=True, kw_only=True):
    """One fact that was read, how it is said, and where; ``number`` names its box and its marks on the page."""

    key: str
    number: int
    name: str
    sense: str
    detail: str
    is_kept: bool
    is_used: bool


class Piece(Struct, frozen=True):
    """Letters of the note: marked with how what they say is said, or not read."""

    text: str
    sense: str = ""
    facts: tuple[NoteFact, ...] = ()

    @property
    def first(self) -> str:
        """The first word, which stands beside the mark and is not parted from it."""
        return self.text.partition(" ")[0]

    @property
    def rest(self) -> str:
        """What follows the first word."""
        return self.text.removeprefix(self.first)


class NotePage(Struct, frozen=True, kw_only=True):
    """Everything that the page shows."""

    text: str
    pieces: tuple[Piece, ...]
    groups: tuple[tuple[str, tuple[NoteFact, ...]], ...]
    not_read: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many facts were read."""
        return sum(len(facts) for _, facts in self.groups)

    @property
    def not_used(self) -> tuple[NoteFact, ...]:
        """The facts that no rule uses."""
        return tuple(fact for _, facts in self.groups for fact in facts if not fact.is_used)


def note_page(text: str, name: str, strikes: Strikes, knowledge: Knowledge) -> NotePage:
    """Return the page of a note. Raises InputError for a text of which nothing can be read."""
    reading = note_reading(text, name, knowledge.terms)
    record = reading.record
    keys = keys_of(record)
    struck = strikes.of(frozenset(keys.values()))
    facts: dict[str, NoteFact] = {}
    for one in (*record.said, *record.mentions):
        if keys[id(one)] not in facts and keys[id(one)].startswith(f"{one.fact}."):
            facts[keys[id(one)]] = _fact(one, keys[id(one)], len(facts) + 1, struck, knowledge)
    assessment = assess_record(record, knowledge.library)
    asked = open_page(record, assessment, Answers(), knowledge).asked[:_MISSING]
    return NotePage(
        text=reading.text,
        pieces=tuple(_pieces(reading, {name: facts[key] for name, key in keys.items() if key in facts})),
        groups=tuple(
            (sense, found)
            for sense in SENSE_MARKS
            if (found := tuple(fact for fact in facts.values() if fact.sense == sense))
        ),
        not_read=(
            *(_in_line(one.origin, clean(one.says)) for one in assessment.not_understood),
            *(_in_line(one.origin, not_read_words(one)) for one in assessment.not_read),
        ),
        missing=tuple(field.label for field in asked),
    )


def _in_line(origin: Origin, says: str) -> str:
    return str(words()["note"]["in_line"].format(line=origin.name, says=says))


def _fact(said: Said, key: str, number: int, struck: frozenset[str], knowledge: Knowledge) -> NoteFact:
    fact = knowledge.library.facts[said.fact]
    texts, value = words()["note"], said.value
    detail = (
        clean(value.said).rstrip(".,;") if value.is_number else value.word.replace("_", " "),
        day_words(said.day.earliest) if said.day else "",
        "" if said.fact in knowledge.library.used_facts else texts["unused"],
    )
    return NoteFact(
        key=key,
        number=number,
        name=fact.name,
        sense=sense_of(said),
        detail="; ".join(filter(None, detail)),
        is_kept=key not in struck,
        is_used=said.fact in knowledge.library.used_facts,
    )


def _pieces(reading: NoteReading, facts: dict[int, NoteFact]) -> Iterator[Piece]:
    """Yield the letters of the note in order; marks that overlap become one, which stands for all of their facts."""
    marks: list[tuple[int, int, list[NoteFact]]] = []
    placed = ((one.start, one.end, facts[id(one.said)]) for one in reading.passages if id(one.said) in facts)
    for start, end, fact in sorted(placed, key=lambda mark: (mark[0], mark[1], mark[2].number)):
        if marks and start < marks[-1][1]:
            first, last, found = marks[-1]
            marks[-1] = (first, max(last, end), found if fact in found else [*found, fact])
        else:
            marks.append((start, end, [fact]))
    here = 0
    for start, end, found in marks:
        if here < start:
            yield Piece(reading.text[here:start])
        bare = reading.text[start:end].rstrip(".,;")
        senses = {fact.sense for fact in found}
        yield Piece(bare, next(sense for sense in SENSE_MARKS if sense in senses), tuple(found))
        here = start + len(bare)
    if here < len(reading.text):
        yield Piece(reading.text[here:])
