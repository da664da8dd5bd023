"""Leaflets to print and quizzes to check oneself: pages that keep nothing and need no script."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from calcinosis.answers.answer import Said
from calcinosis.answers.quoting import quoted
from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.pages import page
from calcinosis.interfaces.web.uploads import posted
from calcinosis.interfaces.web.words import words
from calcinosis.library.lesson import Quiz
from calcinosis.report.leaflet import leaflet_page
from calcinosis.words.en import leaflet as leaflet_words
from calcinosis.words.en import patient as patient_words
from calcinosis.words.en import quiz as quiz_words

router = APIRouter(include_in_schema=False)


@router.get("/leaflets")
def leaflets(request: Request) -> HTMLResponse:
    """Return the list of leaflets and quizzes."""
    lessons = knowledge().lessons
    return page(
        request,
        "leaflets.html.j2",
        title=words()["learn"]["title"],
        leaflets=lessons.leaflets.values(),
        quizzes=lessons.quizzes.values(),
    )


@router.get("/leaflets/{name}")
def leaflet(request: Request, name: str) -> HTMLResponse:
    """Return one leaflet."""
    found = knowledge().lessons.leaflets.get(name)
    if found is None:
        raise HTTPException(404)
    return page(
        request,
        "leaflet_page.html.j2",
        page=leaflet_page(found, knowledge()),
        title=found.title,
        w=patient_words,
        l=leaflet_words,
        report_words=leaflet_words,
    )


@router.get("/quizzes/{name}/{place}")
def question(request: Request, name: str, place: int) -> HTMLResponse:
    """Return one question of a quiz."""
    return _page(request, _quiz(name, place), place)


@router.post("/quizzes/{name}/{place}")
async def answered(request: Request, name: str, place: int) -> HTMLResponse:
    """Return whether the chosen answer is right, and why; what was chosen is kept nowhere."""
    quiz = _quiz(name, place)
    return _page(request, quiz, place, (await posted(request)).text("answer"), is_posted=True)


def _quiz(name: str, place: int) -> Quiz:
    found = knowledge().lessons.quizzes.get(name)
    if found is None or not 1 <= place <= len(found.questions):
        raise HTTPException(404)
    return found


def _page(request: Request, quiz: Quiz, place: int, chosen: str = "", *, is_posted: bool = False) -> HTMLResponse:
    asked = quiz.questions[place - 1]
    answers = (*asked.answers, quiz_words.NOT_SURE)
    is_chosen = chosen in answers
    because = [quoted(one, quiz.audience, knowledge()) for one in asked.because] if is_chosen else []
    return page(
        request,
        "quiz.html.j2",
        title=quiz.title,
        quiz=quiz,
        asked=asked,
        answers=answers,
        place=place,
        chosen=chosen if is_chosen else "",
        is_missed=is_posted and not is_chosen,
        verdict=_verdict(chosen, asked.right) if is_chosen else "",
        because=because,
        sources=_sources(because),
        q=quiz_words,
    )


def _verdict(chosen: str, right: str) -> str:
    if chosen == quiz_words.NOT_SURE:
        return quiz_words.UNSURE
    return quiz_words.RIGHT if chosen == right else quiz_words.OTHER


def _sources(because: list[Said]) -> dict[str, tuple[str, str]]:
    """Return the path and the citation of each source."""
    library = knowledge().library
    cited = dict.fromkeys(name for one in because for name in one.cite)
    return {name: (catalogue().source(name).path, library.sources[name].citation) for name in cited}
