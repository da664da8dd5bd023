"""A template and its values to a page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse

from calcinosis import __version__
from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.catalogue import SECTIONS
from calcinosis.interfaces.web.form_design import OTHER, OWN, system_of
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.words import words
from calcinosis.report.lines import by_line, short_title
from calcinosis.report.marks import SENSE_MARKS
from calcinosis.report.renderers.html import ICONS, TEMPLATES, by_verdict, open_line, rest_of
from calcinosis.report.taken_lines import by_word
from calcinosis.words.en import documents, drawings, entered
from calcinosis.words.en import report as wording
from calcinosis.words.en.report import KNOWLEDGE, day_words

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
SYSTEM = "calcinosis-units"
"""The cookie that remembers for a session in which units values are typed; it says nothing of a person."""
PRINTED_FOOT = "/static/printed-foot.css"


class Link(Struct, frozen=True):
    """A place of the main navigation: its word, its page, and the paths that belong to it."""

    name: str
    path: str
    below: tuple[str, ...] = ()

    def is_here(self, path: str) -> bool:
        """Whether a page belongs to this place."""
        return path == self.path or path.startswith(self.below or "//")


NAVIGATION = (
    Link("start", "/"),
    Link("patient", "/form", ("/form", "/note", "/assess", "/examples")),
    Link("look_up", "/look-up", ("/search", *(f"/{section}" for section in SECTIONS))),
    Link("follow", "/follow", ("/follow/",)),
    Link("ask", "/ask", ("/ask", "/leaflets", "/quizzes")),
    Link("many", "/many", ("/many/",)),
)
"""The places of the main navigation, in their order."""


class Asked(Struct, frozen=True):
    """What a page says of the request that asks for it."""

    path: str
    settings: Settings
    system: str = OWN


def asked(request: Request) -> Asked:
    """Return what a page says of a request."""
    chosen = request.cookies.get(SYSTEM, "")
    system = chosen if chosen in {OWN, OTHER} else system_of(request.headers.get("accept-language", ""))
    return Asked(request.scope["path"], request.app.state.settings, system)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page made from a template of this application."""
    return HTMLResponse(rendered(asked(request), template, **values), status)


def rendered(about: Asked, template: str, **values: object) -> str:
    """Return the text of a template with the values that every page has."""
    return _environment().get_template(template).render(path=about.path, settings=about.settings, **values)


class _Templates(Environment):
    """Templates in which a name of the words is that word, never a method of the dict that holds it."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a name after a point means."""
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = _Templates(
        loader=FileSystemLoader([_HERE / "templates", TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    library = knowledge().library
    environment.globals.update(
        t=words(),
        w=wording,
        icons={"": "", **ICONS},
        rest_of=rest_of,
        by_verdict=by_verdict,
        by_word=by_word,
        open_name=open_line,
        e=entered,
        sense_marks=SENSE_MARKS,
        navigation=NAVIGATION,
        version=__version__,
        printed_foot=PRINTED_FOOT,
        d=documents,
        drawn=drawings,
        by_line=by_line,
        short_title=short_title,
        knowledge_line=KNOWLEDGE.format(version=library.version, day=day_words(library.checked)),
    )
    return environment
