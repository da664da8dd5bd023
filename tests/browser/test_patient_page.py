"""The page for a patient in Chromium: one printed side, no barrier, light and dark, at a desk and on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

import calcinosis
from calcinosis.interfaces.web.words import words as web_words
from calcinosis.report.patient_page import patient_page
from calcinosis.report.renderers.patient import as_patient_page
from calcinosis.words.en import patient as words
from tests.browser.conftest import ROOT, RULES, SIZES, Visit

CASES = sorted((ROOT / "tests" / "cases").glob("published*/*/bundle.json"))
LONGEST = 12


def length(path: Path) -> tuple[int, str]:
    """Return how many words the page of a record has, and the page."""
    assessment = calcinosis.assess(calcinosis.read(path))
    count = sum(len(says.split()) for says in patient_page(assessment).sentences)
    return count, as_patient_page(assessment)


def test_the_longest_print_on_one_side(browser: Browser) -> None:
    """The twelve published cases with most words each fit one side of A4, so all do."""
    longest = sorted(map(length, CASES), reverse=True)[:LONGEST]
    with browser.new_page() as page:
        for count, html in longest:
            page.set_content(html)
            printed = page.pdf(prefer_css_page_size=True, print_background=False)
            assert len(PdfReader(io.BytesIO(printed)).pages) == 1, f"{count} words"


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("example", ["scleroderma-thumb", "dialysis-breast"])
def test_no_barrier(browser: Browser, example: str, scheme: str, size: str) -> None:
    """Nothing that axe finds, and no sideways scrolling."""
    width, height = SIZES[size]
    with browser.new_page(viewport={"width": width, "height": height}) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_content(length(ROOT / "examples" / f"{example}.json")[1])
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(one["id"], node["html"][:160]) for one in found for node in one["nodes"]][:4]
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_from_a_result_to_one_printed_side(visit: Visit) -> None:
    """A reader of a result opens the page for the patient, prints it on one side, and goes back to the result."""
    page = visit.page
    visit.go("/examples/hd-breast-64f")
    page.get_by_role("button", name=web_words()["result"]["patient"]).click()
    page.wait_for_url("**/assess/patient")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.EMERGENCY_TITLE)
    visit.check("patient")
    if visit.size == "desktop":
        printed = page.pdf(prefer_css_page_size=True, print_background=False)
        sheets = PdfReader(io.BytesIO(printed)).pages
        assert len(sheets) == 1
        assert words.REVIEW.split(". ")[1] in " ".join(sheets[0].extract_text().split())
    page.get_by_role("button", name=web_words()["result"]["clinician"]).click()
    page.wait_for_url("**/assess")
    expect(page.locator("#h-why")).to_be_visible()
