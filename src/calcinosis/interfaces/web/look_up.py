"""The pages of the look-up: sections, entries, the comparison of types, claims, the bibliography and search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from calcinosis.interfaces.web.catalogue import SECTIONS, Place, catalogue
from calcinosis.interfaces.web.citing import mentions
from calcinosis.interfaces.web.claims_page import chosen_claims
from calcinosis.interfaces.web.comparison import comparison
from calcinosis.interfaces.web.entry_page import entry_page
from calcinosis.interfaces.web.forest import forest_of
from calcinosis.interfaces.web.index import index
from calcinosis.interfaces.web.pages import page
from calcinosis.interfaces.web.search import near, search
from calcinosis.interfaces.web.section_page import blocks_of
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Source
from calcinosis.report.bibliography import bibtex, csl

router = APIRouter(include_in_schema=False)
_KEPT = {"cache-control": "no-cache"}
_BIBTEX, _CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
_OWN_PAGES = frozenset({"types", "claims"})


def shown(
    request: Request, template: str, status: int = 200, sources: Sequence[Place] = (), **values: object
) -> HTMLResponse:
    """Return a page of the look-up; it holds nothing of a person, so the browser may go back to it.

    ``sources`` are those that it lists, by whose numbers it cites them.
    """
    cited = {
        "numbers": {source.id: number for number, source in enumerate(sources, start=1)},
        "quoted": frozenset(number for number, source in enumerate(sources, start=1) if source.is_quoted),
    }
    answer = page(request, f"look_up/{template}.html.j2", status, places=catalogue(), **cited, **values)
    answer.headers.update(_KEPT)
    return answer


def warm() -> None:
    """Prepare what the first reader would otherwise wait for: the index, the links and the statistics."""
    index()
    mentions()
    for treatment in catalogue().library.treatments.values():
        forest_of(treatment)


@router.get("/look-up")
def start(request: Request) -> HTMLResponse:
    """Return the page that leads to every section."""
    return shown(request, "start", title=words()["look_up"]["title"], asked="")


@router.get("/search")
def find(request: Request, q: str = "") -> HTMLResponse:
    """Return what is found of a text."""
    texts = words()["look_up"]["search"]
    found = search(q)
    title = texts["title_of"].format(asked=found.asked) if found.asked else texts["title"]
    return shown(request, "search", title=title, found=found, asked=found.asked)


@router.get("/types")
def types(request: Request) -> HTMLResponse:
    """Return the types side by side."""
    found = comparison()
    texts = words()["look_up"]["comparison"]
    return shown(request, "types", sources=found.sources, title=texts["title"], comparison=found)


@router.get("/claims")
def claims(request: Request, verdict: str = "", source: str = "") -> HTMLResponse:
    """Return the claims of popular pages, those on which the pages disagree first."""
    chosen = chosen_claims(verdict, source)
    return shown(request, "claims", title=words()["look_up"]["claims"]["title"], chosen=chosen)


@router.get("/sources.bib")
def all_bibtex() -> Response:
    """Return the bibliography for a reference manager."""
    return _file("\n".join(bibtex(_sources())), _BIBTEX, "calcinosis.bib")


@router.get("/sources.json")
def all_csl() -> Response:
    """Return the bibliography as CSL-JSON."""
    return _file(orjson.dumps(csl(_sources()), option=orjson.OPT_INDENT_2).decode(), _CSL, "calcinosis.json")


@router.get("/sources/{name}.bib")
def one_bibtex(request: Request, name: str) -> Response:
    """Return one source for a reference manager."""
    place = catalogue().sections["sources"].get(name)
    if place is None or not isinstance(place.entry, Source):
        return not_found(request, name)
    return _file("\n".join(bibtex([place.entry])), _BIBTEX, f"{name}.bib")


def _sources() -> list[Source]:
    return list(catalogue().library.sources.values())


def _file(text: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', **_KEPT}
    return PlainTextResponse(text, media_type=media_type, headers=headers)


def not_found(request: Request, asked: str) -> HTMLResponse:
    """Return the page for an address that leads nowhere, with entries that may have been meant."""
    title = words()["look_up"]["not_found"]["title"]
    return shown(request, "not_found", 404, title=title, near=near(asked), asked=asked)


def _section(name: str) -> Callable[[Request], Response]:
    def section(request: Request) -> Response:
        title = words()["look_up"]["sections"][name]
        return shown(request, "section", title=title, section=name, blocks=blocks_of(name))

    return section


def _entry(section: str) -> Callable[[Request, str], Response]:
    def entry(request: Request, name: str) -> Response:
        place = catalogue().sections[section].get(name)
        if place is not None:
            found = entry_page(place)
            return shown(request, "entry", sources=found.sources, title=place.name, entry=found)
        elsewhere = catalogue().named(name)
        if elsewhere is not None:
            return RedirectResponse(quote(elsewhere.path), 308, _KEPT)
        return not_found(request, name)

    return entry


for _name in SECTIONS:
    if _name not in _OWN_PAGES:
        router.add_api_route(f"/{_name}", _section(_name), methods=["GET"], name=_name)
    router.add_api_route(f"/{_name}/{{name}}", _entry(_name), methods=["GET"], name=f"{_name}-entry")
