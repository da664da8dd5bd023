"""The page for questions: what is asked comes in the body of a form, so that it stands in no address and no log."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from calcinosis.answers.answer import Audience
from calcinosis.answers.ask import answer_to
from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.made import Made, answer, made_page
from calcinosis.interfaces.web.pages import Asked, asked, page
from calcinosis.interfaces.web.uploads import Posted, posted
from calcinosis.interfaces.web.words import words
from calcinosis.interfaces.web.work import worked
from calcinosis.report.answer_text import by_part, part_title
from calcinosis.words.en import answers as answer_words

router = APIRouter(include_in_schema=False)
LONGEST = 500
"""Letters of a question that are read."""


@router.get("/ask")
def ask(request: Request) -> HTMLResponse:
    """Return the page on which a question is put."""
    return page(request, "ask.html.j2", title=words()["ask"]["title"], answer=None, question="", audience="patient")


@router.post("/ask")
async def answered(request: Request) -> Response:
    """Return the answer to a question."""
    return answer(await worked(answer_page, asked(request), await posted(request)))


def answer_page(about: Asked, form: Posted) -> Made:
    """Return the page of an answer; without a question the page on which one is put."""
    question = " ".join(form.text("question").split())[:LONGEST]
    audience: Audience = "clinician" if form.text("audience") == "clinician" else "patient"
    found = answer_to(question, knowledge(), audience) if question else None
    places = {name: catalogue().source(name).path for name in found.sources} if found else {}
    return made_page(
        about,
        "ask.html.j2",
        title=words()["ask"]["title"],
        answer=found,
        question=question,
        audience=audience,
        places=places,
        parts=tuple(by_part(found)) if found else (),
        part_title=part_title,
        a=answer_words,
    )
