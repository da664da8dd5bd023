"""Where in a note each thing is said that was read from it."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.person.record import Record
from calcinosis.person.sayings import Said


class Passage(Struct, frozen=True):
    """The letters of a note, from where to where, that say something."""

    said: Said
    start: int
    end: int


class NoteReading(Struct, frozen=True):
    """A note with the record that it describes, and where each saying stands in it."""

    text: str
    record: Record
    passages: tuple[Passage, ...]
