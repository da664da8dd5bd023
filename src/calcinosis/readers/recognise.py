"""A file, a text or a decoded object to a Record. What it is, is recognised by content, not by its name."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import parse_date
from calcinosis.person.record import Record
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.readers.foreign import foreign_file, foreign_text
from calcinosis.readers.json_text import JsonError, checked, decoded
from calcinosis.terminology.terms import Terms
from calcinosis.terminology.tokens import forget_texts
from calcinosis.words.en import inputs

LARGEST = 100 * 1024 * 1024
"""Bytes of one record; the longest real ones are a tenth of it."""

_EXPECTED = inputs.RECORD_OR_FORM
_IS_JSON = re.compile(rb"\{|\[(?![ \t]*+[A-Za-z?!*+.(])")
"""How JSON begins; a note may begin with words in brackets."""


def read_record(source: str | Path | dict[str, Any] | list[Any], terms: Terms) -> Record:
    """Return the record in a file (``-`` is standard input), or in decoded FHIR. Raises InputError."""
    if isinstance(source, dict | list):
        return fhir_record(_decoded(source), terms, inputs.THE_RECORD)
    return parse_record(source_bytes(source), terms, source_name(source))


def source_name(source: str | Path) -> str:
    """Return what a file is called in messages."""
    return inputs.STANDARD_INPUT if str(source) == "-" else str(source)


def source_bytes(source: str | Path) -> bytes:
    """Return what a file holds, read once, as a pipe can be. Raises InputError."""
    if not str(source):
        raise InputError([Problem('""', 0, inputs.EMPTY_NAME, inputs.A_FILE)])
    try:
        if str(source) == "-":
            return _standard_input()
        path = Path(source)
        if path.is_dir():
            raise InputError([Problem(str(source), 0, inputs.A_FOLDER, inputs.A_FILE, inputs.GIVE_ITS_FILES)])
        if path.stat().st_size > LARGEST:
            raise _too_large(str(source))
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # a pipe or a device has no size to ask for
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or inputs.UNREADABLE_FILE
        raise InputError([Problem(source_name(source)[:200], 0, found, inputs.READABLE_FILE)]) from error


def _standard_input() -> bytes:
    if sys.stdin is None:  # the program was started with it closed
        raise OSError
    return sys.stdin.buffer.read(LARGEST + 1)


def forget(terms: Terms) -> None:
    """Forget the texts and dates of the records that were read, which are remembered to read the next ones faster."""
    terms.forget()
    forget_texts()
    parse_date.cache_clear()


def parse_record(data: bytes, terms: Terms, name: str) -> Record:
    """Return the record that bytes hold: FHIR as JSON or NDJSON, or a form. Raises InputError."""
    if len(data) > LARGEST:
        raise _too_large(name)
    data = data.removeprefix(b"\xef\xbb\xbf")
    text = data.lstrip()
    if not text:
        raise InputError([Problem(name, 0, inputs.EMPTY_FILE, _EXPECTED)])
    foreign = foreign_file(text) or foreign_file(data)
    if foreign is not None:
        raise InputError([Problem(name, 0, foreign[0], _EXPECTED, foreign[1])])
    if b"\x00" in text[:100]:
        raise InputError([Problem(name, 0, inputs.BINARY_OR_UTF_16, inputs.IN_UTF_8)])
    if _IS_JSON.match(text):
        return fhir_record(_json(data, name), terms, name)
    return _text_record(data, terms, name)


def _decoded(source: dict[str, Any] | list[Any]) -> Any:
    try:
        return checked(source)
    except JsonError as error:
        raise _unreadable(error, inputs.THE_RECORD) from error


def _json(data: bytes, name: str) -> Any:
    try:
        return decoded(data)
    except JsonError as error:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), start=1) if line.strip()]
        if error.place and len(lines) > 1 and all(line.lstrip().startswith(b"{") for _, line in lines):
            return _ndjson(lines, name)
        raise _unreadable(error, name) from error


def _unreadable(error: JsonError, name: str) -> InputError:
    return InputError(Problem(name, line, found, inputs.WELL_FORMED_JSON) for line, found in error.problems)


def _ndjson(lines: list[tuple[int, bytes]], name: str) -> list[Any]:
    resources, problems = [], []
    for number, line in lines:
        try:
            resources.append(decoded(line))
        except JsonError as error:
            problems += [Problem(name, number, found, inputs.WELL_FORMED_LINES) for _, found in error.problems]
    if problems:
        raise InputError(problems)
    return resources


def _text_record(data: bytes, terms: Terms, name: str) -> Record:
    from calcinosis.readers.form.form import form_record
    from calcinosis.readers.form.questions import looks_like_form
    from calcinosis.readers.note.note import note_record

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError([Problem(name, 0, inputs.NO_TEXT, inputs.IN_UTF_8)]) from error
    if "\x00" in text:
        raise InputError([Problem(name, 0, inputs.BINARY_FILE, _EXPECTED)])
    if looks_like_form(text, terms):
        return form_record(text, name, terms)
    foreign = foreign_text(text)
    if foreign is not None:
        raise InputError([Problem(name, 1, foreign[0], _EXPECTED, foreign[1])])
    return note_record(text, name, terms)


def _too_large(name: str) -> InputError:
    found = inputs.more_than_megabytes(LARGEST // 1024 // 1024)
    return InputError([Problem(name, 0, found, inputs.OF_ONE_PERSON, inputs.SPLIT_BY_PERSON)])
