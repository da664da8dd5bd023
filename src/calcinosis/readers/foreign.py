"""Files that are no record: what they are, recognised by how they begin, and what to do with them."""

from __future__ import annotations

import re

_EXPORT = "ask the system that made it for a FHIR export (JSON)"
_FORM = "write what is known as a form, one line a fact: `warfarin: no`"
_JSON = "FHIR is read as JSON: ask for `application/fhir+json`"

_BEGINNINGS = {
    b"PK\x03\x04": ("a ZIP archive, or a file of an office program", "unpack it, and give the files in it"),
    b"\x1f\x8b": ("a gzip file", "unpack it first, for example with `gunzip`"),
    b"%PDF": ("a PDF", _EXPORT),
    b"{\\rtf": ("a word processor file", _FORM),
    b"\xd0\xcf\x11\xe0": ("a word processor file", _FORM),
    b"MSH|": ("an HL7 v2 message", _EXPORT),
    b"FHS|": ("a file of HL7 v2 messages", _EXPORT),
    b"BHS|": ("a file of HL7 v2 messages", _EXPORT),
    b"ISA*": ("an X12 message", _EXPORT),
    b"PAR1": ("a Parquet file", "export the records as FHIR (JSON), one person a file"),
    b"SQLite format 3": ("a database", "export the records as FHIR (JSON), one person a file"),
    b"\x89PNG": ("a picture", _FORM),
    b"\xff\xd8\xff": ("a picture", _FORM),
    b"\xff\xfe": ("UTF-16 text", "save it as UTF-8"),
    b"\xfe\xff": ("UTF-16 text", "save it as UTF-8"),
}
_NAMED = re.compile(rb"<(?:\w+:)?ClinicalDocument\b"), re.compile(rb"xmlns(?::\w+)?=[\"\']http://hl7\.org/fhir[\"\']")
_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 4000


def foreign_file(data: bytes) -> tuple[str, str] | None:
    """Return what a file is and what to do, if it is of a kind that is not read."""
    found = next((about for beginning, about in _BEGINNINGS.items() if data.startswith(beginning)), None)
    if found is not None:
        return found
    if data[128:132] == b"DICM":
        return "a DICOM file", _FORM
    if data.startswith(b"<"):
        return _markup(data[:_LOOKED_AT])
    return None


def foreign_text(text: str) -> tuple[str, str] | None:
    """Return what a text is and what to do, if it is no note: a table, or a form without an answer."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    if all(line.lstrip().startswith("#") for line in lines):
        return "only comments", _FORM
    if len(lines) > 1 and any(_are_columns(lines[:3], sign) for sign in _SEPARATORS):
        return "a table (CSV)", "write one form a person, one line a fact: `warfarin: no`"
    return None


def _are_columns(lines: list[str], sign: str) -> bool:
    """Whether each line has the sign equally often, and never before a space, as a comma of a sentence stands."""
    counts = {line.count(sign) for line in lines}
    return len(counts) == 1 and counts != {0} and not any(f"{sign} " in line for line in lines)


def _markup(data: bytes) -> tuple[str, str]:
    document, fhir = (found.search(data) is not None for found in _NAMED)
    if document:
        return "a C-CDA document (XML)", _EXPORT
    return ("FHIR as XML", _JSON) if fhir else ("XML or HTML", _JSON)
