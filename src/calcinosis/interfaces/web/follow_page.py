"""The pages of one person over time: records are sent or pasted, followed, and sent again; nothing of them is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError, Problem
from calcinosis.follow_up.follow_record import follow_record
from calcinosis.follow_up.one_person import one_person
from calcinosis.follow_up.results import FollowUp
from calcinosis.interfaces.web.made import Made, answer, made_page
from calcinosis.interfaces.web.pages import Asked, asked, page
from calcinosis.interfaces.web.settings import MEGABYTE
from calcinosis.interfaces.web.uploads import Posted, Upload, posted
from calcinosis.interfaces.web.words import words
from calcinosis.interfaces.web.work import worked
from calcinosis.person.dates import DateError, parse_date
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.follow_html import follow_html, follow_values
from calcinosis.report.renderers.follow_json import follow_json
from calcinosis.words.en import inputs

router = APIRouter(include_in_schema=False)
_BETWEEN = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
"""A line that parts one pasted visit from the next; browsers end lines with two signs."""


@router.get("/follow")
def follow(request: Request) -> HTMLResponse:
    """Ask for the records of one person."""
    return page(request, "follow_ask.html.j2", title=words()["follow"]["title"], text="", as_of="", problems=())


@router.post("/follow")
async def followed(request: Request) -> Response:
    """Show the course of one person."""
    return await _made(follow_page, request)


@router.post("/follow/json")
async def json(request: Request) -> Response:
    """Give the course of one person as JSON."""
    return await _made(json_file, request)


@router.post("/follow/html")
async def html(request: Request) -> Response:
    """Give the course of one person as a page that needs no other file."""
    return await _made(html_file, request)


async def _made(make: Callable[[Asked, Posted], Made], request: Request) -> Response:
    return answer(await worked(make, asked(request), await posted(request)))


def follow_page(about: Asked, form: Posted) -> Made:
    """Return the page of the course of one person; the question again, with what is wrong, where it cannot be read."""
    try:
        uploads, found = _followed(about, form)
    except InputError as error:
        shown = tuple(str(problem) for problem in error.problems)
        pasted, title = form.text("pasted"), words()["follow"]["title"]
        day = form.text("as_of")
        return made_page(about, "follow_ask.html.j2", 422, title=title, text=pasted, as_of=day, problems=shown)
    values = follow_values(found)
    return made_page(about, "followed.html.j2", uploads=uploads, as_of=form.text("as_of"), **values)


def json_file(about: Asked, form: Posted) -> Made:
    """Return the course of one person as JSON to save."""
    _, found = _followed(about, form)
    return Made(follow_json(found).encode(), "application/json", name="calcinosis-follow-up.json")


def html_file(about: Asked, form: Posted) -> Made:
    """Return the course of one person as a page to save."""
    _, found = _followed(about, form)
    return Made(follow_html(found).encode(), "text/html; charset=utf-8", name="calcinosis-follow-up.html")


def _followed(about: Asked, form: Posted) -> tuple[list[Upload], FollowUp]:
    """Return what was sent, and the course that it tells. Raises InputError."""
    uploads, known = _uploads(form), knowledge()
    largest = about.settings.largest_record
    if sum(len(one.data) for one in uploads) > largest:
        found = inputs.more_than_megabytes(largest // MEGABYTE)
        raise InputError([Problem(uploads[0].name, 0, found, inputs.OF_ONE_PERSON)])
    if not uploads:
        raise InputError([Problem(words()["follow"]["pasted"], 0, inputs.NO_RECORD, inputs.OF_ONE_PERSON)])
    problems: list[Problem] = []
    records = []
    for one in uploads:
        try:
            records.append(parse_record(one.data, known.terms, one.name))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    record = one_person(records, [one.name for one in uploads])
    return uploads, follow_record(record, known.library, known.terms, _day(form.text("as_of")))


def _uploads(form: Posted) -> list[Upload]:
    """Return the records that were chosen, sent again, and pasted; visits that were pasted are parted by a line."""
    sent = [text for text in form.texts("record") if text.strip()]
    names = [name for name in form.texts("name") if name]
    again = [Upload(name, text.encode()) for name, text in zip(names, sent, strict=False)]
    pasted = form.text("pasted")
    visits = [pasted] if pasted.lstrip()[:1] in {"{", "["} else _BETWEEN.split(pasted)
    told = [one for one in visits if one.strip()]
    shape = words()["follow"]["visit"]
    return [
        *form.uploads("record"),
        *again,
        *(Upload(shape.format(number=number), one.encode()) for number, one in enumerate(told, start=1)),
    ]


def _day(written: str) -> str | None:
    if not written.strip():
        return None
    try:
        return parse_date(written.strip()).latest
    except DateError as error:
        raise InputError([Problem(words()["follow"]["as_of"], 0, str(error), inputs.A_DAY)]) from error
