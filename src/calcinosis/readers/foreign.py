"""Files that are no record: what they are, recognised by how they begin, and what to do with them."""

from __future__ import annotations

import re

from calcinosis.words.en import inputs

_BEGINNINGS = {
    b"PK\x03\x04": (inputs.ARCHIVE, inputs.UNPACK_ARCHIVE),
    b"\x1f\x8b": (inputs.GZIP, inputs.UNPACK_GZIP),
    b"%PDF": (inputs.PDF, inputs.ASK_FOR_FHIR),
    b"{\\rtf": (inputs.WORD_PROCESSOR, inputs.WRITE_A_FORM),
    b"\xd0\xcf\x11\xe0": (inputs.WORD_PROCESSOR, inputs.WRITE_A_FORM),
    b"MSH|": (inputs.HL7_MESSAGE, inputs.ASK_FOR_FHIR),
    b"FHS|": (inputs.HL7_MESSAGES, inputs.ASK_FOR_FHIR),
    b"BHS|": (inputs.HL7_MESSAGES, inputs.ASK_FOR_FHIR),
    b"ISA*": (inputs.X12_MESSAGE, inputs.ASK_FOR_FHIR),
    b"PAR1": (inputs.PARQUET, inputs.EXPORT_AS_FHIR),
    b"SQLite format 3": (inputs.DATABASE, inputs.EXPORT_AS_FHIR),
    b"\x89PNG": (inputs.PICTURE, inputs.WRITE_A_FORM),
    b"\xff\xd8\xff": (inputs.PICTURE, inputs.WRITE_A_FORM),
    b"\xff\xfe": (inputs.UTF_16, inputs.SAVE_AS_UTF_8),
    b"\xfe\xff": (inputs.UTF_16, inputs.SAVE_AS_UTF_8),
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
        return inputs.DICOM, inputs.WRITE_A_FORM
    if data.startswith(b"<"):
        return _markup(data[:_LOOKED_AT])
    return None


def foreign_text(text: str) -> tuple[str, str] | None:
    """Return what a text is and what to do, if it is no note: a table, or a form without an answer."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    if all(line.lstrip().startswith("#") for line in lines):
        return inputs.ONLY_COMMENTS, inputs.WRITE_A_FORM
    if len(lines) > 1 and any(_are_columns(lines[:3], sign) for sign in _SEPARATORS):
        return inputs.A_TABLE, inputs.WRITE_FORMS
    return None


def _are_columns(lines: list[str], sign: str) -> bool:
    """Whether each line has the sign equally often, and never before a space, as a comma of a sentence stands."""
    counts = {line.count(sign) for line in lines}
    return len(counts) == 1 and counts != {0} and not any(f"{sign} " in line for line in lines)


def _markup(data: bytes) -> tuple[str, str]:
    document, fhir = (found.search(data) is not None for found in _NAMED)
    if document:
        return inputs.C_CDA, inputs.ASK_FOR_FHIR
    return (inputs.FHIR_XML if fhir else inputs.OTHER_MARKUP), inputs.ASK_FOR_JSON
