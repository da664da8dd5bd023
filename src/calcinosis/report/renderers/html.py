"""An assessment as one self-contained page, and as a fragment for a notebook or another page."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment, Verdict
from calcinosis.library.entries import Urgency
from calcinosis.report.document import Mark, TreatmentRow
from calcinosis.report.lines import whole
from calcinosis.report.report import report_of
from calcinosis.report.taken_lines import by_word
from calcinosis.words.en import documents, drawings, entered
from calcinosis.words.en import report as wording
from calcinosis.words.en.rules import open_name

_HERE = Path(__file__).parent
STATIC, TEMPLATES = _HERE / "static", _HERE / "templates"

ICONS: dict[Mark | Urgency, str] = {
    "true": "true", "established": "true", "consider": "true", "false": "false", "against": "false",
    "not-supported": "false", "excluded": "false", "unknown": "unknown", "undetermined": "unknown",
    "provisional": "half", "assumed": "half", "check-first": "check", "avoid": "avoid",
    "not-for-this-type": "not", "conflicting": "danger", "danger": "danger", "known": "danger", "unlikely": "unknown",
    "past": "past", "family": "family", "planned": "soon", "asked": "unknown", "not-stated": "unknown", "soon": "soon",
}  # fmt: skip


def as_html(assessment: Assessment) -> str:
    """Return the assessment as a page that needs no other file and runs no script."""
    template = environment().get_template("assessment.html.j2")
    return template.render(**report_values(assessment), style=style())


def report_values(assessment: Assessment) -> dict[str, Any]:
    """Return what the template of the page is filled with, for pages that stand around it."""
    report = report_of(assessment)
    listed = report.section("sources").sources
    return {
        "report": report,
        "numbers": {source.id: source.number for source in listed},
        "titles": {source.id: source.short for source in listed},
        "quoted": frozenset(source.number for source in listed if source.quoted),
    }


def as_fragment(assessment: Assessment) -> str:
    """Return the one-minute view as plain HTML without styles and ids, to stand inside another page."""
    return environment().get_template("fragment.html.j2").render(report=report_of(assessment))


def rest_of(rows: Iterable[TreatmentRow]) -> list[tuple[Verdict, list[TreatmentRow]]]:
    """Return the treatments that are not in the one-minute view, by verdict."""
    found: dict[Verdict, list[TreatmentRow]] = {}
    for row in rows:
        if not row.brief:
            found.setdefault(row.verdict, []).append(row)
    return list(found.items())


def by_verdict(rows: Iterable[TreatmentRow]) -> list[tuple[Verdict, list[TreatmentRow], list[TreatmentRow]]]:
    """Return the treatments by verdict: those of the one-minute view, and the rest."""
    found: dict[Verdict, tuple[list[TreatmentRow], list[TreatmentRow]]] = {}
    for row in rows:
        found.setdefault(row.verdict, ([], []))[not row.brief].append(row)
    return [(verdict, *listed) for verdict, listed in found.items()]


def open_line(says: str) -> str:
    """Return what is not known as it stands in a list of what is open."""
    return whole(open_name(says.rstrip("."))).rstrip(".")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates with what all of them use."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        w=wording,
        d=documents,
        drawn=drawings,
        icons={"": "", **ICONS},
        rest_of=rest_of,
        by_verdict=by_verdict,
        by_word=by_word,
        e=entered,
        open_name=open_line,
    )
    return environment


@lru_cache(maxsize=1)
def style() -> Markup:
    """Return the styles of an assessment."""
    return style_of(("tokens.css", "assessment.css")) + "\n" + printed_foot_style()


def style_of(sheets: Iterable[str]) -> Markup:
    """Return some style sheets with the face in them; they are files of this package, so they need no escaping."""
    face = base64.b64encode((STATIC / "source-sans-3-latin.woff2").read_bytes()).decode()
    font = (
        '@font-face { font-family: "Source Sans 3"; font-weight: 200 900; font-display: swap; '
        f'src: url("data:font/woff2;base64,{face}") format("woff2"); }}\n'
    )
    return Markup(font + "\n".join((STATIC / name).read_text(encoding="utf-8") for name in sheets))


def printed_foot_style() -> Markup:
    """Return the style that prints on every page who has not reviewed it, and which page of how many it is."""
    foot = documents.PRINTED_FOOT.format(version=knowledge().library.version)
    return Markup((STATIC / "printed-foot.css").read_text(encoding="utf-8").replace("FOOT", foot))
