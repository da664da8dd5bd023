"""The pages that assess many records at once. The browser keeps the records and sends them again; nobody else does."""

from __future__ import annotations

from fastapi import APIRouter, Request
from msgspec import Struct, field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from calcinosis.interfaces.web.assessing import result_page
from calcinosis.interfaces.web.choosing import Choice, chosen_rows
from calcinosis.interfaces.web.examples import examples
from calcinosis.interfaces.web.made import Made, answer, made_page
from calcinosis.interfaces.web.pages import Asked, asked
from calcinosis.interfaces.web.people import FIRST_SORT, SORTS, People, read_people, sorted_people
from calcinosis.interfaces.web.uploads import Posted, Upload, posted
from calcinosis.interfaces.web.words import words
from calcinosis.interfaces.web.work import worked
from calcinosis.report.row import as_csv, as_parquet, has_parquet

router = APIRouter(include_in_schema=False)


class Table(Struct, frozen=True):
    """How a table is asked for: its order, and which rows."""

    sort: str = FIRST_SORT
    choice: Choice = field(default_factory=Choice)


@router.get("/many")
async def ask(request: Request) -> Response:
    """Ask for records."""
    return answer(_page(asked(request), People((), ()), Table()))


@router.get("/many/examples")
async def published(request: Request) -> Response:
    """Show the table of the published cases that the package carries."""
    uploads = [Upload(f"{one.id}.json", one.data) for one in examples()]
    return answer(await worked(table_page, asked(request), uploads, Table()))


@router.post("/many")
async def table(request: Request) -> Response:
    """Show the rows that are asked for, in the order that is asked for."""
    form = await posted(request)
    return answer(await worked(table_page, asked(request), _uploads(request, form), _table(form)))


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
    """Give the rows that are asked for as CSV."""
    form = await posted(request)
    return answer(await worked(csv_file, asked(request), _uploads(request, form), _table(form)))


@router.post("/many/parquet")
async def parquet(request: Request) -> Response:
    """Give the rows that are asked for as Parquet."""
    if not has_parquet():
        raise HTTPException(501)
    form = await posted(request)
    return answer(await worked(parquet_file, asked(request), _uploads(request, form), _table(form)))


def _table(form: Posted) -> Table:
    """Return how a table is asked for: by a heading that was pressed, or as it stood before."""
    sort = form.text("sort") or form.text("sorted") or FIRST_SORT
    if sort.lstrip("-") not in SORTS:
        raise HTTPException(422)
    return Table(sort, Choice(form.text("type"), form.text("danger")))


def _uploads(request: Request, form: Posted) -> list[Upload]:
    """Return the records that were sent before, and the files that were added."""
    kept = zip(form.texts("name"), form.texts("record"), strict=False)
    found = [*(Upload(name, text.encode()) for name, text in kept), *form.uploads("record")]
    if len(found) > request.app.state.settings.most_records:
        raise HTTPException(413)
    return found


def table_page(about: Asked, uploads: list[Upload], wanted: Table) -> Made:
    """Return the page with a row a person."""
    return _page(about, read_people(uploads, about.settings), wanted)


def csv_file(about: Asked, uploads: list[Upload], wanted: Table) -> Made:
    """Return the rows that are asked for as CSV."""
    text = as_csv(_rows(read_people(uploads, about.settings), wanted))
    return Made(text.encode(), "text/csv; charset=utf-8", name="calcinosis-assessments.csv")


def parquet_file(about: Asked, uploads: list[Upload], wanted: Table) -> Made:
    """Return the rows that are asked for as Parquet."""
    data = as_parquet(_rows(read_people(uploads, about.settings), wanted))
    return Made(data, "application/vnd.apache.parquet", name="calcinosis-assessments.parquet")


def _rows(people: People, wanted: Table) -> list[dict[str, object]]:
    chosen = chosen_rows(sorted_people(people, wanted.sort), wanted.choice)
    return people.rows(person.place for person in chosen.rows)


def _page(about: Asked, people: People, wanted: Table) -> Made:
    chosen = chosen_rows(sorted_people(people, wanted.sort), wanted.choice)
    title, can = words()["many"]["title"], has_parquet()
    return made_page(
        about, "many.html.j2", title=title, people=people, chosen=chosen, sort=wanted.sort, has_parquet=can
    )
