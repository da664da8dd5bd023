"""A leaflet as one self-contained page that prints on one side."""

from __future__ import annotations

from calcinosis.compiled import Knowledge
from calcinosis.library.lesson import Leaflet
from calcinosis.report.leaflet import leaflet_page
from calcinosis.report.renderers.html import environment
from calcinosis.report.renderers.patient import style
from calcinosis.words.en import leaflet as words
from calcinosis.words.en import patient


def as_leaflet(leaflet: Leaflet, known: Knowledge) -> str:
    """Return a leaflet as a page which needs no other file and runs no script."""
    template = environment().get_template("leaflet.html.j2")
    return template.render(page=leaflet_page(leaflet, known), w=patient, l=words, style=style())
