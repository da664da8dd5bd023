"""A record that was sent to its assessment, and how the next page gets it again: the browser keeps it, nobody else."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.errors import InputError, Problem
from calcinosis.interfaces.web.note_facts import NONE_STRUCK, Strikes, without_struck
from calcinosis.interfaces.web.open_questions import with_answers
from calcinosis.interfaces.web.settings import MEGABYTE, Settings
from calcinosis.interfaces.web.uploads import Upload
from calcinosis.person.record import Record
from calcinosis.readers.recognise import parse_record
from calcinosis.words.en import inputs


class Assessed(Struct, frozen=True):
    """A record with its assessment, the text that it was read from, and the answers that were added to it."""

    name: str
    text: str
    answers: str
    struck: tuple[str, ...]
    record: Record
    assessment: Assessment

    @property
    def is_form(self) -> bool:
        """Whether its answers can be changed on the page of the form."""
        return self.record.source == "form"


def assessed(
    upload: Upload, settings: Settings, as_of: str | None = None, answers: str = "", strikes: Strikes = NONE_STRUCK
) -> Assessed:
    """Return the assessment of a record without what is struck out, and of answers to what it leaves open.

    Raises InputError.
    """
    if len(upload.data) > settings.largest_record:
        found = inputs.more_than_megabytes(settings.largest_record // MEGABYTE)
        raise InputError([Problem(upload.name, 0, found, inputs.OF_ONE_PERSON)])
    known = knowledge()
    left, struck = without_struck(parse_record(upload.data, known.terms, upload.name), strikes, known.terms)
    record = with_answers(left, answers, known)
    return Assessed(upload.name, upload.text, answers, struck, record, assess_record(record, known.library, as_of))
