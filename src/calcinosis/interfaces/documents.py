"""Assessments to documents: one or several in a stream, or a file for each in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from calcinosis.errors import InputError, Problem
from calcinosis.report.lines import clean
from calcinosis.report.renderers.formats import OutputFormat, Style
from calcinosis.words.en import documents as words
from calcinosis.words.en.report import STANDARD_INPUT_NAME

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment

STANDARD_INPUT = "-"


def together(assessed: Sequence[tuple[str, Assessment]], form: OutputFormat, style: Style) -> str:
    """Return the documents of records one after the other; each of several says which file it is of."""
    documents = (
        (form.heading(_name(name)) if style.several else "") + form.document(one, style) for name, one in assessed
    )
    return form.between.join(documents)


def is_folder(place: str) -> bool:
    """Whether a place for output is a folder: there is one, or it is written with a slash at the end."""
    return bool(place) and (place.endswith("/") or os.path.isdir(place))  # no name is too long to ask


def write_each(
    assessed: Iterable[tuple[str, Assessment]], files: Sequence[str], folder: Path, form: OutputFormat, style: Style
) -> None:
    """Write a file for each record into a folder, named after it. Raises InputError."""
    names = document_names(files)
    _make(folder)
    for file, assessment in assessed:
        write_text(folder / f"{names[file]}.{form.ending}", form.document(assessment, style), files)


def write_text(path: Path, text: str, inputs: Sequence[str] = ()) -> None:
    """Write a text to a file, never over a record that was read. Raises InputError."""
    try:
        read = (file for file in inputs if file != STANDARD_INPUT and Path(file).exists())
        if path.exists() and any(path.samefile(file) for file in read):
            raise InputError([Problem(str(path), 0, words.THE_RECORD_ITSELF, words.ANOTHER_FILE)])
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error, words.WRITABLE_FILE) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error, words.WRITABLE_FOLDER) from error


def _unwritable(path: Path, error: OSError, expected: str) -> InputError:
    return InputError([Problem(str(path), 0, error.strerror or words.UNWRITABLE, expected)])


def document_names(files: Sequence[str]) -> dict[str, str]:
    """Return a name without ending for the document of each file, with as many of its folders as tell them apart."""
    parts = {file: _parts(file) for file in dict.fromkeys(files)}
    for depth in range(1, max(map(len, parts.values())) + 1):
        names = {file: "-".join(found[-depth:]) for file, found in parts.items()}
        if len(set(names.values())) == len(names):
            return names
    return {file: f"{name}-{place}" for place, (file, name) in enumerate(names.items(), 1)}


def _parts(file: str) -> tuple[str, ...]:
    if file == STANDARD_INPUT:
        return ("standard-input",)
    path = Path(file)
    return (*(part for part in path.parent.parts if part not in {"/", "..", "."}), path.stem)


def _name(file: str) -> str:
    return STANDARD_INPUT_NAME if file == STANDARD_INPUT else clean(file)
