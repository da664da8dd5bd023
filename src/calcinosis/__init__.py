"""The open, cited, computable reference for calcinosis cutis.

``read`` turns a FHIR record or a form into a Record, ``assess`` a Record into an Assessment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from calcinosis.conclusions.assessment import Assessment
    from calcinosis.person.record import Record

__version__ = "0.1.0"
__all__ = ["__version__", "assess", "read"]


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

    show_with(_fragment)
    return assess_record(record, knowledge().library, as_of)


def _fragment(assessment: Assessment) -> str:
    from calcinosis.report.renderers.html import as_fragment

    return as_fragment(assessment)
