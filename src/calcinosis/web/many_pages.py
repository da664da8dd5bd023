"""The pages that assess many records at once. The browser keeps the records and sends them again; nobody else does."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from calcinosis.report.row import as_csv, as_parquet, has_parquet
from calcinosis.web.assessing import result_page
from calcinosis.web.examples import examples
from calcinosis.web.made import Made, answer, made_page
from calcinosis.web.pages import Asked, asked
from calcinosis.web.people import FIRST_SORT, SORTS, People, read_people, sorted_people
from calcinosis.web.uploads import Posted, Upload, posted
from calcinosis.web.words import words
from calcinosis.web.work import worked

router = APIRouter(include_in_schema=False)


@router.get("/many")
async def ask(request: Request) -> Response:
    """Ask for records."""
    return answer(_page(asked(request), People((), ()), FIRST_SORT))


@router.get("/many/examples")
async def published(request: Request) -> Response:
    """Show the table of the published cases that the package carries."""
    uploads = [Upload(f"{one.id}.json", one.data) for one in examples()]
    return answer(await worked(table_page, asked(request), uploads, FIRST_SORT))


@router.post("/many")
async def table(request: Request) -> Response:
    """Show one row a person, in the order that is asked for."""
    form = await posted(request)
    sort = form.text("sort") or FIRST_SORT
    if sort.lstrip("-") not in SORTS:
        raise HTTPException(422)
    return answer(await worked(table_page, asked(request), _uploads(request, form), sort))


@router.post("/many/open")
async def opened(request: Request) -> Response:
    """Show the assessment of one of the records."""
    form = await posted(request)
    uploads, place = _uploads(request, form), form.text("open")
    if not place.isdecimal() or int(place) >= len(uploads):
        raise HTTPException(422)
    return answer(await worked(result_page, asked(request), uploads[int(place)]))


@router.post("/many/csv")
async def csv(request: Request) -> Response:
    """Give the rows as CSV."""
    return answer(await worked(csv_file, asked(request), _uploads(request, await posted(request))))


@router.post("/many/parquet")
async def parquet(request: Request) -> Response:
    """Give the rows as Parquet."""
    if not has_parquet():
        raise HTTPException(501)
    return answer(await worked(parquet_file, asked(request), _uploads(request, await posted(request))))


def _uploads(request: Request, form: Posted) -> list[Upload]:
    """Return the records that were sent before, and the files that were added."""
    kept = zip(form.texts("name"), form.texts("record"), strict=False)
    found = [*(Upload(name, text.encode()) for name, text in kept), *form.uploads("record")]
    if len(found) > request.app.state.settings.most_records:
        raise HTTPException(413)
    return found


def table_page(about: Asked, uploads: list[Upload], sort: str) -> Made:
    """Return the page with a row a person."""
    return _page(about, read_people(uploads, about.settings), sort)


def csv_file(about: Asked, uploads: list[Upload]) -> Made:
    """Return the rows as CSV."""
    text = as_csv(read_people(uploads, about.settings).rows)
    return Made(text.encode(), "text/csv; charset=utf-8", name="calcinosis-assessments.csv")


def parquet_file(about: Asked, uploads: list[Upload]) -> Made:
    """Return the rows as Parquet."""
    data = as_parquet(read_people(uploads, about.settings).rows)
    return Made(data, "application/vnd.apache.parquet", name="calcinosis-assessments.parquet")


def _page(about: Asked, people: People, sort: str) -> Made:
    rows = sorted_people(people, sort)
    title, parquet = words()["many"]["title"], has_parquet()
    return made_page(about, "many.html.j2", title=title, people=people, rows=rows, sort=sort, has_parquet=parquet)
