"""The page for a patient as one self-contained page that prints on one side."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.patient_page import patient_page
from calcinosis.report.renderers.html import environment, style_of
from calcinosis.words.en import patient as wording

SHEETS = ("tokens.css", "drawings.css", "patient.css")


def as_patient_page(assessment: Assessment) -> str:
    """Return the page for the patient, which needs no other file and runs no script."""
    template = environment().get_template("patient.html.j2")
    return template.render(page=patient_page(assessment), w=wording, style=style())


@lru_cache(maxsize=1)
def style() -> Markup:
    """Return the style of a printed side for patients."""
    return style_of(SHEETS)
