"""Assessments to documents: one or several in a stream, or a file for each in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from calcinosis.errors import InputError, Problem
from calcinosis.words.en import documents as words

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment

STANDARD_INPUT = "-"


class Format(StrEnum):
    """How an assessment is written."""

    text = "text"
    json = "json"
    html = "html"
    markdown = "markdown"


_ENDINGS = {Format.text: "txt", Format.json: "json", Format.html: "html", Format.markdown: "md"}


@dataclass(frozen=True, slots=True)
class Style:
    """How documents are written: the format, how much of it, and whether a terminal shows colours."""

    format: Format
    verbose: bool = False
    colour: bool = False


def together(assessed: Sequence[tuple[str, Assessment]], style: Style, several: bool) -> str:
    """Return the documents of records one after the other; each of several says which file it is of."""
    if style.format is Format.json:
        return "\n".join(_document(assessment, style, compact=several) for _, assessment in assessed)
    documents = ((_heading(name, style.format) if several else "") + _document(one, style) for name, one in assessed)
    return "\n\n".join(documents)


def is_folder(place: str) -> bool:
    """Whether a place for output is a folder: there is one, or it is written with a slash at the end."""
    return bool(place) and (place.endswith("/") or Path(place).is_dir())


def write_each(assessed: Iterable[tuple[str, Assessment]], files: Sequence[str], folder: Path, style: Style) -> None:
    """Write a file for each record into a folder, named after it. Raises InputError."""
    names = document_names(files)
    _make(folder)
    for file, assessment in assessed:
        target = folder / f"{names[file]}.{_ENDINGS[style.format]}"
        write_text(target, _document(assessment, style), files)


def write_text(path: Path, text: str, inputs: Sequence[str] = ()) -> None:
    """Write a text to a file, never over a record that was read. Raises InputError."""
    if any(file != STANDARD_INPUT and path.exists() and path.samefile(file) for file in inputs if Path(file).exists()):
        raise InputError([Problem(str(path), 0, words.THE_RECORD_ITSELF, words.ANOTHER_FILE)])
    try:
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


def _heading(file: str, format: Format) -> str:
    from calcinosis.report.lines import clean
    from calcinosis.report.renderers.markdown import escaped
    from calcinosis.words.en.report import FILE, STANDARD_INPUT_NAME

    name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else clean(file)
    if format is Format.markdown:
        return f"**{escaped(FILE.format(name=name))}**\n\n"
    title = FILE.format(name=name)
    return f"{title}\n{'=' * len(title)}\n\n"


def _document(assessment: Assessment, style: Style, compact: bool = False) -> str:
    if style.format is Format.json:
        from calcinosis.report.renderers.json import as_json

        return as_json(assessment, indent=not compact)
    if style.format is Format.html:
        from calcinosis.report.renderers.html import as_html

        return as_html(assessment)
    if style.format is Format.markdown:
        from calcinosis.report.renderers.markdown import as_markdown

        return as_markdown(assessment)
    from calcinosis.report.renderers.text import as_text

    return as_text(assessment, verbose=style.verbose, colour=style.colour)
