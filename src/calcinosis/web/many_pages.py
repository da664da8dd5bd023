"""The pages that assess many records at once. The browser keeps the records and sends them again; nobody else does."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from calcinosis.report.row import as_csv, as_parquet, has_parquet
from calcinosis.web.assess_pages import result
from calcinosis.web.examples import examples
from calcinosis.web.pages import page
from calcinosis.web.people import FIRST_SORT, SORTS, People, read_people, sorted_people
from calcinosis.web.uploads import Posted, Upload, posted
from calcinosis.web.words import words
from calcinosis.web.work import worked

router = APIRouter(include_in_schema=False)


@router.get("/many")
async def ask(request: Request) -> Response:
    """Ask for records."""
    return _page(request, People((), ()), FIRST_SORT)


@router.get("/many/examples")
async def published(request: Request) -> Response:
    """Show the table of the published cases that the package carries."""
    uploads = [Upload(f"{one.id}.json", one.data) for one in examples()]
    return _page(request, await _people(request, uploads), FIRST_SORT)


@router.post("/many")
async def table(request: Request) -> Response:
    """Show one row a person, in the order that is asked for."""
    form = await posted(request)
    sort = form.text("sort") or FIRST_SORT
    if sort.lstrip("-") not in SORTS:
        raise HTTPException(422)
    return _page(request, await _people(request, _uploads(form)), sort)


@router.post("/many/open")
async def opened(request: Request) -> Response:
    """Show the assessment of one of the records."""
    form = await posted(request)
    uploads, place = _uploads(form), form.text("open")
    if not place.isdecimal() or int(place) >= len(uploads):
        raise HTTPException(422)
    return await result(request, uploads[int(place)])


@router.post("/many/csv")
async def csv(request: Request) -> Response:
    """Give the rows as CSV."""
    people = await _people(request, _uploads(await posted(request)))
    return _file(as_csv(people.rows).encode(), "text/csv; charset=utf-8", "csv")


@router.post("/many/parquet")
async def parquet(request: Request) -> Response:
    """Give the rows as Parquet."""
    if not has_parquet():
        raise HTTPException(501)
    people = await _people(request, _uploads(await posted(request)))
    return _file(as_parquet(people.rows), "application/vnd.apache.parquet", "parquet")


def _uploads(form: Posted) -> list[Upload]:
    """Return the records that were sent before, and the files that were added."""
    kept = zip(form.texts("name"), form.texts("record"), strict=False)
    return [*(Upload(name, text.encode()) for name, text in kept), *form.uploads("record")]


async def _people(request: Request, uploads: list[Upload]) -> People:
    if len(uploads) > request.app.state.settings.most_records:
        raise HTTPException(413)
    return await worked(read_people, uploads, request.app.state.settings)


def _page(request: Request, people: People, sort: str) -> Response:
    rows = sorted_people(people, sort)
    title = words()["many"]["title"]
    return page(request, "many.html.j2", title=title, people=people, rows=rows, sort=sort, has_parquet=has_parquet())


def _file(data: bytes, kind: str, suffix: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="calcinosis-assessments.{suffix}"'}
    return Response(data, media_type=kind, headers=headers)
