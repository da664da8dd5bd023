"""Leaflets and quizzes in Chromium: one printed side, by keyboard, without scripts, no barrier, nothing kept."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.words import words
from calcinosis.report.leaflet import leaflet_page
from calcinosis.report.renderers.html import environment
from calcinosis.report.renderers.patient import style
from calcinosis.words.en import leaflet as leaflet_words
from calcinosis.words.en import patient as patient_words
from calcinosis.words.en import quiz as quiz_words
from tests.browser.conftest import Visit

LEAFLETS = knowledge().lessons.leaflets


@pytest.mark.parametrize("name", sorted(LEAFLETS))
def test_a_leaflet_prints_on_one_side(browser: Browser, name: str) -> None:
    """Each leaflet fits one side of A4."""
    with browser.new_page() as page:
        page.set_content(
            environment()
            .get_template("leaflet.html.j2")
            .render(page=leaflet_page(LEAFLETS[name], knowledge()), w=patient_words, l=leaflet_words, style=style())
        )
        printed = page.pdf(prefer_css_page_size=True, print_background=False)
        assert len(PdfReader(io.BytesIO(printed)).pages) == 1


def test_from_a_question_to_a_printed_leaflet(visit: Visit) -> None:
    """The page of questions leads to the list, the list to a leaflet, and that to one printed side without controls."""
    page = visit.page
    visit.go("/ask")
    page.get_by_role("link", name=words()["learn"]["link"]).click()
    visit.check()
    page.get_by_role("link", name=LEAFLETS["scleroderma-fingers"].title).click()
    visit.check("leaflet")
    printed = page.pdf(prefer_css_page_size=True, print_background=False)
    sheets = PdfReader(io.BytesIO(printed)).pages
    assert len(sheets) == 1
    assert words()["learn"]["title"] not in sheets[0].extract_text()


def test_a_quiz_by_keyboard(visit: Visit) -> None:
    """An answer is chosen with the arrows and sent with Enter; the reason follows; not being sure is never wrong."""
    page = visit.page
    visit.go("/quizzes/patients/1")
    visit.check()
    page.get_by_role("button", name=quiz_words.CHECK).click()
    expect(page.get_by_role("alert")).to_have_text(quiz_words.NONE_CHOSEN)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#h-verdict")).to_have_text(quiz_words.RIGHT)
    visit.check("quiz")
    page.get_by_role("link", name=quiz_words.NEXT).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(quiz_words.PLACE.format(place=2, count=12))).to_be_visible()
    page.get_by_label(quiz_words.NOT_SURE).check()
    page.get_by_role("button", name=quiz_words.CHECK).click()
    expect(page.locator("#h-verdict")).to_have_text(quiz_words.UNSURE)
    assert page.context.cookies() == []
    assert page.url.endswith("/quizzes/patients/2")


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_a_quiz_without_scripts(visit: Visit, browser: Browser) -> None:
    """The whole of a question works where no script runs."""
    with browser.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(f"{visit.base}/quizzes/clinicians/5")
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name=quiz_words.CHECK).click()
        expect(page.locator("#h-verdict")).to_have_text(quiz_words.RIGHT)
