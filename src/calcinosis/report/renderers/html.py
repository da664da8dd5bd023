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
from calcinosis.report.document import Mark, Report, TreatmentRow
from calcinosis.report.report import report_of
from calcinosis.words.en import documents, drawings
from calcinosis.words.en import report as wording

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
    return {"report": report, "quoted": _quoted(report)}


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


def _quoted(report: Report) -> frozenset[str]:
    """Return the ids of the sources that are only quoted."""
    return frozenset(source.id for source in report.section("sources").sources if source.quoted)


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
    environment.globals.update(w=wording, d=documents, drawn=drawings, icons={"": "", **ICONS}, rest_of=rest_of)
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
