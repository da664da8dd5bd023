"""The pages that assess one record: the form, its running result, the result, and what can be saved of it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from calcinosis.compiled import knowledge
from calcinosis.report.html import as_html, report_values
from calcinosis.report.json import as_json
from calcinosis.web.answers import Answers, answers_from_fields, answers_from_form, form_text, read_answers
from calcinosis.web.examples import Example, example, examples
from calcinosis.web.form_page import form_page
from calcinosis.web.names import GROUPS, Group, names_of
from calcinosis.web.pages import page
from calcinosis.web.records import Assessed, assessed
from calcinosis.web.uploads import Posted, Upload, posted
from calcinosis.web.words import words
from calcinosis.web.work import worked

router = APIRouter(include_in_schema=False)


@router.get("/")
async def start(request: Request) -> Response:
    """Show the empty form."""
    return await _form(request, Answers())


@router.post("/")
async def again(request: Request) -> Response:
    """Show the form with the answers that were sent: its own fields, or a saved form."""
    form = await posted(request)
    saved = form.text("record")
    if saved:
        return await _form(request, await worked(answers_from_form, saved, form.text("name") or "form", knowledge()))
    return await _form(request, _answers(form))


@router.get("/assess")
async def to_start(request: Request) -> Response:
    """Lead back to the form: a result has no address, because a record has none."""
    return RedirectResponse("/", 303)


@router.post("/assess")
async def assess(request: Request) -> Response:
    """Show the assessment of a record or of the answers of the form."""
    form = await posted(request)
    if not form.uploads("record") and not form.text("record"):
        answers = _answers(form)
        await worked(read_answers, answers, knowledge())
        wrong = answers.errors or answers.typed
        if wrong or not answers.given:
            return await _form(request, answers, 422 if wrong else 200)
    return await result(request, await worked(_record, form))


@router.post("/assess/progress")
async def progress(request: Request) -> Response:
    """Show what the answers lead to so far, and which questions they make relevant."""
    answers = _answers(await posted(request))
    return page(request, "progress.html.j2", form=await worked(form_page, answers))


@router.post("/assess/names/{group}")
async def names(request: Request, group: Group) -> Response:
    """Offer the diseases or medicines whose names hold what is typed."""
    typed = (await posted(request)).text(f"add_{group}")
    return page(request, "names.html.j2", suggestions=names_of(group).like(typed))


@router.post("/assess/save")
async def save(request: Request) -> Response:
    """Give the answers as a file that can be loaded again."""
    answers = _answers(await posted(request))
    await worked(read_answers, answers, knowledge())
    if answers.errors or answers.typed:
        return await _form(request, answers, 422)
    return _file(form_text(answers, knowledge().library.facts), "application/yaml", "calcinosis-form.yaml")


@router.post("/assess/html")
async def html(request: Request) -> Response:
    """Give the assessment as a page that needs no other file."""
    found = await _assessed(request, await worked(_record, await posted(request)))
    return _file(as_html(found.assessment), "text/html; charset=utf-8", "calcinosis-assessment.html")


@router.post("/assess/json")
async def json(request: Request) -> Response:
    """Give the assessment as JSON."""
    found = await _assessed(request, await worked(_record, await posted(request)))
    return _file(as_json(found.assessment), "application/json", "calcinosis-assessment.json")


@router.post("/assess/yaml")
async def yaml(request: Request) -> Response:
    """Give a record that was a form as the file that it was."""
    record = await worked(_record, await posted(request))
    return _file(record.data.decode(), "application/yaml", "calcinosis-form.yaml")


@router.get("/examples/{name}")
async def published(request: Request, name: str) -> Response:
    """Show the assessment of a published case."""
    found = example(name)
    if found is None:
        raise HTTPException(404)
    return await result(request, Upload(f"{name}.json", found.data), found)


def _answers(form: Posted) -> Answers:
    """Return the answers of a form, with the diseases and medicines that were added by name."""
    answers = answers_from_fields(form.fields, knowledge().library.facts)
    answers.kept.setdefault("as_of", date.today().isoformat())
    for group in GROUPS:
        typed = form.text(f"add_{group}").strip()
        fact = names_of(group).exact(typed)
        if fact:
            answers.added.append(fact)
            answers.values[fact] = "yes"
            answers.matched.append(group)
        elif typed:
            answers.typed[group] = typed
    return answers


def _record(form: Posted) -> Upload:
    """Return the record that a form carries: a file, a record sent again, or the answers themselves."""
    files = form.uploads("record")
    if files:
        return files[0]
    text = form.text("record")
    if text:
        return Upload(form.text("name") or "record", text.encode())
    answers = _answers(form)
    read_answers(answers, knowledge())
    return Upload("form", form_text(answers, knowledge().library.facts).encode())


async def _assessed(request: Request, upload: Upload) -> Assessed:
    return await worked(assessed, upload, request.app.state.settings)


async def result(request: Request, upload: Upload, shown: Example | None = None) -> Response:
    """Show the assessment of a record."""
    found = await _assessed(request, upload)
    return page(request, "result.html.j2", found=found, example=shown, **report_values(found.assessment))


async def _form(request: Request, answers: Answers, status: int = 200) -> Response:
    title, form = words()["form"]["title"], await worked(form_page, answers)
    return page(request, "form.html.j2", status, title=title, form=form, examples=examples())


def _file(text: str, kind: str, name: str) -> Response:
    """Return a text as a file to save; its name says nothing of the person."""
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
