"""A file, a text or a decoded object to a Record. What it is, is recognised by content, not by its name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import parse_date
from calcinosis.person.record import Record
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.readers.foreign import foreign_file, foreign_text
from calcinosis.readers.form.form import form_record
from calcinosis.readers.form.questions import looks_like_form
from calcinosis.terminology.names import normal, tokens_of
from calcinosis.terminology.terms import Terms

LARGEST = 100 * 1024 * 1024
"""Bytes of one record; the longest real ones are a tenth of it."""

_EXPECTED = "a FHIR record (JSON) or a YAML form"


def read_record(source: str | Path | dict[str, Any] | list[Any], terms: Terms) -> Record:
    """Return the record in a file (``-`` is standard input), or in decoded FHIR. Raises InputError."""
    if isinstance(source, dict | list):
        return fhir_record(source, terms, "the record")
    if str(source) == "-":
        return parse_record(sys.stdin.buffer.read(LARGEST + 1), terms, "standard input")
    if not str(source):
        raise InputError([Problem('""', 0, "an empty name", "a file")])
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


def forget(terms: Terms) -> None:
    """Forget the texts and dates of the records that were read, which are remembered to read the next ones faster."""
    terms.forget()
    tokens_of.cache_clear()
    normal.cache_clear()
    parse_date.cache_clear()


def parse_record(data: bytes, terms: Terms, name: str) -> Record:
    """Return the record that bytes hold: FHIR as JSON or NDJSON, or a form. Raises InputError."""
    if len(data) > LARGEST:
        raise _too_large(name)
    data = data.removeprefix(b"\xef\xbb\xbf")
    text = data.lstrip()
    if not text:
        raise InputError([Problem(name, 0, "an empty file", _EXPECTED)])
    foreign = foreign_file(text) or foreign_file(data)
    if foreign is not None:
        raise InputError([Problem(name, 0, foreign[0], _EXPECTED, foreign[1])])
    if b"\x00" in text[:100]:
        raise InputError([Problem(name, 0, "a binary file, or UTF-16 text", f"{_EXPECTED}, in UTF-8")])
    if text[:1] in {b"{", b"["}:
        return fhir_record(_json(data, name), terms, name)
    return _text_record(data, terms, name)


def _json(data: bytes, name: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), start=1) if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith(b"{") for _, line in lines):
            return _ndjson(lines, name)
        line = data.count(b"\n", 0, error.pos) + 1
        raise InputError([Problem(name, line, f"broken JSON: {error.msg}", "well-formed JSON")]) from error


def _ndjson(lines: list[tuple[int, bytes]], name: str) -> list[Any]:
    resources, problems = [], []
    for number, line in lines:
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
        raise InputError([Problem(name, 0, "bytes that are no text", f"{_EXPECTED}, in UTF-8")]) from error
    if "\x00" in text:
        raise InputError([Problem(name, 0, "a binary file", _EXPECTED)])
    if looks_like_form(text, terms):
        return form_record(text, name, terms)
    foreign = foreign_text(text)
    if foreign is not None:
        raise InputError([Problem(name, 1, foreign[0], _EXPECTED, foreign[1])])
    found = "free text that is neither JSON nor a form"
    remedy = "clinic notes are not read yet; write what is known as a form, one line a fact: `warfarin: no`"
    raise InputError([Problem(name, 1, found, _EXPECTED, remedy)])


def _too_large(name: str) -> InputError:
    found = f"more than {LARGEST // 1024 // 1024} MB"
    return InputError([Problem(name, 0, found, "the record of one person", "split it by person")])
