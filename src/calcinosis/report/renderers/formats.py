"""The formats in which an assessment is written: a new one is a renderer and its line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from calcinosis.report.renderers.harmless import harmless
from calcinosis.words.en.report import FILE

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment


class Style(Struct, frozen=True):
    """How much of an assessment is written, whether a terminal shows colours, whether it is one of several.

    ``cases`` asks a text for the published cases, which the other formats show anyway.
    """

    verbose: bool = False
    colour: bool = False
    several: bool = False
    cases: bool = False


class OutputFormat(Struct, frozen=True, kw_only=True):
    """A format: the ending of its files, its renderer, and how several documents follow one another.

    ``heading`` writes above each of several documents which file it is of; ``one_record`` says that a document of this
    format holds one record only. A renderer loads its library when it is called, so that the others start fast.
    """

    ending: str
    render: Callable[[Assessment, Style], str]
    heading: Callable[[str], str] = lambda name: ""
    between: str = "\n\n"
    one_record: bool = False

    def document(self, assessment: Assessment, style: Style) -> str:
        """Return the document of one record, with no sign that a terminal obeys but those of its colours."""
        return harmless(self.render(assessment, style), style.colour)


def _text(assessment: Assessment, style: Style) -> str:
    from calcinosis.report.renderers.text import as_text

    return as_text(assessment, verbose=style.verbose, colour=style.colour, cases=style.cases)


def _text_heading(name: str) -> str:
    title = FILE.format(name=name)
    return f"{title}\n{'=' * len(title)}\n\n"


def _json(assessment: Assessment, style: Style) -> str:
    from calcinosis.report.renderers.json import as_json

    return as_json(assessment, indent=not style.several)


def _html(assessment: Assessment, style: Style) -> str:
    from calcinosis.report.renderers.html import as_html

    return as_html(assessment)


def _patient(assessment: Assessment, style: Style) -> str:
    from calcinosis.report.renderers.patient import as_patient_page

    return as_patient_page(assessment)


def _markdown(assessment: Assessment, style: Style) -> str:
    from calcinosis.report.renderers.markdown import as_markdown

    return as_markdown(assessment)


def _markdown_heading(name: str) -> str:
    from calcinosis.report.renderers.markdown import escaped

    return f"**{escaped(FILE.format(name=name))}**\n\n"


FORMATS: dict[str, OutputFormat] = {
    "text": OutputFormat(ending="txt", render=_text, heading=_text_heading),
    "json": OutputFormat(ending="json", render=_json, between="\n"),
    "html": OutputFormat(ending="html", render=_html, one_record=True),
    "patient": OutputFormat(ending="patient.html", render=_patient, one_record=True),
    "markdown": OutputFormat(ending="md", render=_markdown, heading=_markdown_heading),
}
"""By the name that the command line knows; the first is used where none is named."""
