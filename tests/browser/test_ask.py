"""Questions in Chromium: by keyboard, at a desk and on a phone, dangers first, nothing in the address."""

from __future__ import annotations

from playwright.sync_api import expect

from calcinosis.interfaces.web.words import words
from calcinosis.words.en import answers
from tests.browser.conftest import Visit


def test_a_question_by_keyboard(visit: Visit) -> None:
    """A question is typed and sent with Enter; what it tells of a danger stands first; its words are in no address."""
    page = visit.page
    visit.go("/ask")
    visit.check()
    page.keyboard.type("I am on dialysis and my thigh is black and hurts. Should I stop warfarin?")
    page.keyboard.press("Enter")
    expect(page.locator("#h-urgent")).to_be_visible()
    assert page.url.endswith("/ask")
    expect(page.locator(".emergency .flag")).to_have_text(answers.URGENCY["emergency"])
    expect(page.get_by_text(answers.NOT_DECIDED)).to_be_visible()
    visit.check("ask")
    page.locator("sup.c a").first.click()
    assert page.evaluate("location.hash").startswith("#s")


def test_from_the_start_page(visit: Visit) -> None:
    """The door of questions answers; an example of the page is one click away."""
    page = visit.page
    visit.go("/")
    page.locator("#question").fill("Does calcinosis cutis go away?")
    page.locator("#question").press("Enter")
    expect(page.locator("#h-answer")).to_be_visible()
    page.get_by_role("button", name=words()["ask"]["button"], exact=True).click()
    expect(page.locator("#h-answer")).to_be_visible()
