"""The open, cited, computable reference for calcinosis cutis.

``read`` turns a FHIR record, a form or a note into a Record, ``assess`` a Record into an Assessment, ``follow`` the
records of one person into what changed and what is due, ``ask`` answers a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from calcinosis.answers.answer import Answer, Audience
    from calcinosis.conclusions.assessment import Assessment
    from calcinosis.follow_up.results import FollowUp
    from calcinosis.person.record import Record

__version__ = "0.1.0"
__all__ = ["__version__", "ask", "assess", "follow", "read"]


def read(source: str | Path | dict[str, Any] | list[Any]) -> Record:
    """Return the record in a file, or in decoded FHIR resources of one person.

    Raises calcinosis.errors.InputError, whose ``problems`` name everything that is wrong.
    """
    from calcinosis.compiled import knowledge
    from calcinosis.readers.recognise import read_record

    return read_record(source, knowledge().terms)


def assess(record: Record, as_of: str | None = None) -> Assessment:
    """Return the assessment of a record at the day ``as_of`` (ISO), by default the record's last day."""
    from calcinosis.compiled import knowledge
    from calcinosis.conclusions.assess import assess_record
    from calcinosis.conclusions.assessment import show_with

    show_with(_fragment, _text)
    return assess_record(record, knowledge().library, as_of)


def follow(*records: Record, as_of: str | None = None) -> FollowUp:
    """Return the course of one person over one or more records, up to the day ``as_of`` (ISO), by default the last day.

    Several forms have each a date and the same person. Raises calcinosis.errors.InputError.
    """
    from calcinosis.compiled import knowledge
    from calcinosis.follow_up.follow_record import follow_record
    from calcinosis.follow_up.one_person import one_person

    known = knowledge()
    return follow_record(one_person(records), known.library, known.terms, as_of)


def ask(question: str, audience: Audience = "patient", record: Record | None = None) -> Answer:
    """Return the answer to a question, from the knowledge alone; what it does not cover is declined with a reason.

    With a record, what the rules say of that person stands first.
    """
    from calcinosis.answers.ask import answer_to
    from calcinosis.compiled import knowledge

    return answer_to(question, knowledge(), audience, assess(record) if record is not None else None)


def _fragment(assessment: Assessment) -> str:
    from calcinosis.report.renderers.html import as_fragment

    return as_fragment(assessment)


def _text(assessment: Assessment) -> str:
    from calcinosis.report.renderers.text import as_text

    return as_text(assessment)
