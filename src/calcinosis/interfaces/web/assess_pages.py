"""The pages that assess one record: the form, its running result, the result, and what can be saved of it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from calcinosis.interfaces.web import assessing
from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.examples import example, examples
from calcinosis.interfaces.web.form_design import OTHER, OWN
from calcinosis.interfaces.web.made import Made, answer
from calcinosis.interfaces.web.names import Group, names_of
from calcinosis.interfaces.web.pages import PRINTED_FOOT, SYSTEM, Asked, asked, page
from calcinosis.interfaces.web.uploads import NOTHING_POSTED, Posted, Upload, posted
from calcinosis.interfaces.web.words import words
from calcinosis.interfaces.web.work import worked
from calcinosis.report.renderers.html import printed_foot_style

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(request: Request) -> Response:
    """Show the doors: a patient, and what can be looked up."""
    return page(request, "start.html.j2", title=words()["start"]["title"], places=catalogue(), examples=examples())


@router.get(PRINTED_FOOT)
def printed_foot() -> Response:
    """Give the foot of every printed page, whose words stand with all others."""
    return Response(printed_foot_style(), media_type="text/css")


@router.get("/form")
async def form(request: Request) -> Response:
    """Show the empty form."""
    return answer(await worked(assessing.empty_form, asked(request)))


@router.post("/form")
async def again(request: Request) -> Response:
    """Show the form with the answers that were sent: its own fields, or a saved form."""
    return await _made(assessing.form_again, request)


@router.get("/note")
async def note(request: Request) -> Response:
    """Ask for a clinic note."""
    return answer(await worked(assessing.note_to_paste, asked(request), NOTHING_POSTED))


@router.post("/note")
async def note_read(request: Request) -> Response:
    """Show what was read of a clinic note."""
    return await _made(assessing.note_read, request)


@router.post("/note/edit")
async def note_again(request: Request) -> Response:
    """Show a clinic note to be changed."""
    return await _made(assessing.note_to_paste, request)


@router.get("/note/edit")
@router.get("/assess")
async def to_start(request: Request) -> Response:
    """Lead back to the form: a result has no address, because a record has none."""
    return RedirectResponse("/form", 303)


@router.post("/assess")
async def assess(request: Request) -> Response:
    """Show the assessment of a record or of the answers of the form."""
    return await _made(assessing.assessment_page, request)


@router.post("/assess/open")
async def open_questions(request: Request) -> Response:
    """Ask what a record leaves open."""
    return await _made(assessing.open_questions, request)


@router.get("/assess/open")
async def open_to_start(request: Request) -> Response:
    """Lead back to the form: the questions of a record have no address."""
    return RedirectResponse("/form", 303)


@router.post("/assess/progress")
async def progress(request: Request) -> Response:
    """Show what the answers lead to so far, and which questions they make relevant."""
    return await _made(assessing.progress_parts, request)


@router.post("/assess/names/{group}")
async def names(request: Request, group: Group) -> Response:
    """Offer the diseases or medicines whose names hold what is typed."""
    typed = (await posted(request)).text(f"add_{group}")
    return page(request, "names.html.j2", group=group, suggestions=names_of(group).like(typed), typed=typed)


@router.post("/assess/save")
async def save(request: Request) -> Response:
    """Give the answers as a file that can be loaded again."""
    return await _made(assessing.saved_form, request)


@router.post("/assess/html")
async def html(request: Request) -> Response:
    """Give the assessment as a page that needs no other file."""
    return await _made(assessing.html_file, request)


@router.post("/assess/patient")
async def patient(request: Request) -> Response:
    """Show the page for the patient, which prints on one side."""
    return await _made(assessing.patient_sheet, request)


@router.post("/assess/json")
async def json(request: Request) -> Response:
    """Give the assessment as JSON."""
    return await _made(assessing.json_file, request)


@router.post("/assess/yaml")
async def yaml(request: Request) -> Response:
    """Give a record that was a form as the file that it was."""
    return await _made(assessing.yaml_file, request)


@router.get("/examples/{name}")
async def published(request: Request, name: str) -> Response:
    """Show the assessment of a published case."""
    found = example(name)
    if found is None:
        raise HTTPException(404)
    return answer(await worked(assessing.result_page, asked(request), Upload(f"{name}.json", found.data), found))


async def _made(make: Callable[[Asked, Posted], Made], request: Request) -> Response:
    """Return what is made of a posted form."""
    form = await posted(request)
    found = answer(await worked(make, asked(request), form))
    if form.text("system") in {OWN, OTHER}:
        found.set_cookie(SYSTEM, form.text("system"), httponly=True, samesite="strict")
    return found
