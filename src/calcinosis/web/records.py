"""A record that was sent to its assessment, and how the next page gets it again: the browser keeps it, nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError, Problem
from calcinosis.patient.record import Record
from calcinosis.reading import parse_record
from calcinosis.reasoning.assess import assess_record
from calcinosis.reasoning.assessment import Assessment
from calcinosis.web.settings import MEGABYTE, Settings
from calcinosis.web.uploads import Upload


@dataclass(frozen=True, slots=True)
class Assessed:
    """A record with its assessment and the text that it was read from."""

    name: str
    text: str
    record: Record
    assessment: Assessment

    @property
    def is_form(self) -> bool:
        """Whether its answers can be changed on the page of the form."""
        return self.record.source == "form"


def assessed(upload: Upload, settings: Settings, as_of: str | None = None) -> Assessed:
    """Return the assessment of a record. Raises InputError for one that cannot be read."""
    if len(upload.data) > settings.largest_record:
        found = f"more than {settings.largest_record // MEGABYTE} MB"
        raise InputError([Problem(upload.name, 0, found, "the record of one person")])
    known = knowledge()
    record = parse_record(upload.data, known.terms, upload.name)
    text = upload.data.decode("utf-8", errors="replace")
    return Assessed(upload.name, text, record, assess_record(record, known.library, as_of))
