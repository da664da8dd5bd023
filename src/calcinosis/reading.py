"""A file, a text or a decoded object to a Record. What it is, is recognised by content, not by its name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from calcinosis.errors import InputError, Problem
from calcinosis.patient.fhir import fhir_record
from calcinosis.patient.form import form_record
from calcinosis.patient.questions import looks_like_form
from calcinosis.patient.record import Record
from calcinosis.patient.terms import Terms

LARGEST = 100 * 1024 * 1024
"""Bytes of one record; the longest real ones are a tenth of it."""

_FOREIGN = {
    b"PK\x03\x04": ("a ZIP archive", "unpack it, and give the files in it"),
    b"\x1f\x8b": ("a gzip file", "unpack it first, for example with `gunzip`"),
    b"%PDF": ("a PDF", "ask the system that made it for a FHIR export (JSON)"),
    b"{\\rtf": ("a word processor file", "write what is known as a form, one line a fact: `warfarin: no`"),
    b"MSH|": ("an HL7 v2 message", "ask the system that made it for a FHIR export (JSON)"),
    b"<": ("XML or HTML", "FHIR is read as JSON: ask for `application/fhir+json`"),
    b"\xff\xfe": ("UTF-16 text", "save it as UTF-8"),
    b"\xfe\xff": ("UTF-16 text", "save it as UTF-8"),
}
"""What files that are no record begin with, what they are, and what to do."""


def read_record(source: str | Path | dict[str, Any] | list[Any], terms: Terms) -> Record:
    """Return the record in a file (``-`` is standard input), or in decoded FHIR. Raises InputError."""
    if isinstance(source, dict | list):
        return fhir_record(source, terms, "the record")
    if str(source) == "-":
        return parse_record(sys.stdin.buffer.read(LARGEST + 1), terms, "standard input")
    path = Path(source)
    try:
        if path.is_dir():
            raise InputError([Problem(str(source), 0, "a folder", "a file", "give the files in it")])
        if path.stat().st_size > LARGEST:
            raise _too_large(str(source))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # a pipe or a device has no size to ask for
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or "an unreadable file"
        raise InputError([Problem(str(source)[:200], 0, found, "a file that can be read")]) from error
    return parse_record(data, terms, str(source))


def parse_record(data: bytes, terms: Terms, name: str) -> Record:
    """Return the record that bytes hold: FHIR as JSON or NDJSON, or a form. Raises InputError."""
    if len(data) > LARGEST:
        raise _too_large(name)
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise InputError([Problem(name, 0, "an empty file", "a FHIR record or a YAML form")])
    for beginning, (found, remedy) in _FOREIGN.items():
        if text.startswith(beginning):
            raise InputError([Problem(name, 0, found, "a FHIR record (JSON) or a YAML form", remedy)])
    if b"\x00" in text[:100]:
        raise InputError(
            [Problem(name, 0, "a binary file, or UTF-16 text", "a FHIR record (JSON) or a YAML form, in UTF-8")]
        )
    if text[:1] in {b"{", b"["}:
        return fhir_record(_json(text, name), terms, name)
    return _text_record(text, terms, name)


def _json(data: bytes, name: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith(b"{") for line in lines):
            return _ndjson(lines, name)
        line = data.count(b"\n", 0, error.pos) + 1
        raise InputError([Problem(name, line, f"broken JSON: {error.msg}", "well-formed JSON")]) from error


def _ndjson(lines: list[bytes], name: str) -> list[Any]:
    resources, problems = [], []
    for number, line in enumerate(lines, start=1):
        try:
            resources.append(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            problems.append(Problem(name, number, f"broken JSON: {error.msg}", "one well-formed JSON object a line"))
    if problems:
        raise InputError(problems)
    return resources


def _text_record(data: bytes, terms: Terms, name: str) -> Record:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            [Problem(name, 0, "bytes that are no text", "a FHIR record (JSON) or a YAML form, in UTF-8")]
        ) from error
    if "\x00" in text:
        raise InputError([Problem(name, 0, "a binary file", "a FHIR record (JSON) or a YAML form")])
    if looks_like_form(text, terms):
        return form_record(text, name, terms)
    found = "free text that is neither JSON nor a form"
    remedy = "clinic notes are not read yet; write what is known as a form, one line a fact: `warfarin: no`"
    raise InputError([Problem(name, 1, found, "a FHIR record (JSON) or a YAML form", remedy)])


def _too_large(name: str) -> InputError:
    found = f"more than {LARGEST // 1024 // 1024} MB"
    return InputError([Problem(name, 0, found, "the record of one person", "split it by person")])
