"""Looking up: from a slip in the search to a treatment, its studies, its rules and its sources; types and claims."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from calcinosis.compiled import knowledge
from calcinosis.evidence.pool import wilson
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_treatment_and_its_evidence(visit: Visit) -> None:
    """A misspelt name leads to the treatment; its plot shows the interval; its rules and sources open."""
    page = visit.page
    visit.go("/look-up")
    visit.check()
    page.get_by_role("searchbox").fill("diltiazen")
    page.keyboard.press("Enter")
    expect(page.locator(".note-box")).to_contain_text("Showing results for “diltiazem”")
    visit.check()
    page.get_by_role("link", name="Diltiazem by mouth").click()
    expect(page.locator("h1")).to_have_text("Diltiazem by mouth")
    assert page.url == f"{visit.base}/treatments/diltiazem"
    visit.check("treatment")
    row = page.locator(".forest tbody tr", has_text="Balin 2012")
    expect(row).to_contain_text("9 of 17")
    low, high = drawn(visit, "Balin 2012")
    wanted = wilson(9, 17)
    assert abs(low - wanted.low) < 0.01
    assert abs(high - wanted.high) < 0.01
    opened(visit, "evidence")
    page.get_by_text("with numbers, not counted").click()
    expect(page.locator("#evidence .rest")).to_contain_text(["Not counted: single case"])
    opened(visit, "safety")
    page.locator("#safety .rule-of summary").first.click()
    expect(page.locator("#safety")).to_contain_text("Systolic blood pressure is below 90 mmHg")
    visit.check()
    row.get_by_role("link").first.click()
    source = page.locator(".sources li", has_text="Balin 2012")
    expect(source).to_be_in_viewport()
    source.get_by_role("link").first.click()
    expect(page.locator("#cited-by")).to_contain_text("Surgical removal")
    visit.check()


def opened(visit: Visit, part: str) -> None:
    """Open a part that is closed on a phone."""
    if visit.size == "phone":
        visit.page.locator(f"#{part} > details > summary").click()


def drawn(visit: Visit, study: str) -> tuple[float, float]:
    """Return where the interval of a study begins and ends on the screen, as shares of the width of its plot."""
    row = visit.page.locator(".forest tbody tr", has_text=study)
    plot, line = row.locator("svg.fp").bounding_box(), row.locator("line.ci").bounding_box()
    assert plot is not None
    assert line is not None
    return (line["x"] - plot["x"]) / plot["width"], (line["x"] + line["width"] - plot["x"]) / plot["width"]


def test_words_for_patients(visit: Visit) -> None:
    """The switch shows the words for patients and hides those for clinicians, without a request."""
    page = visit.page
    visit.go("/red-flags/sepsis")
    flag = knowledge().library.red_flags["sepsis"]
    expect(page.locator(".answers")).to_contain_text(flag.says)
    page.locator("label[for=words-patient]").click()
    expect(page.get_by_text(flag.plain).first).to_be_visible()
    expect(page.get_by_text(flag.says).first).to_be_hidden()
    visit.check()


def test_types_side_by_side(visit: Visit) -> None:
    """The types stand side by side at a desk and block by question on a phone; what is left open opens."""
    page = visit.page
    visit.go("/types")
    if visit.size == "phone":
        page.locator("#h-compare").click()
    cells = page.locator(".compare tbody tr").first.locator("td")
    boxes = [cells.nth(place).bounding_box() for place in range(cells.count())]
    tops = {round(box["y"]) for box in boxes if box is not None}
    assert len(tops) == (1 if visit.size == "desktop" else len(boxes))
    visit.check("types")
    more = page.locator(".compare details.more-of").first
    if visit.size == "phone":
        more.locator("xpath=ancestor::details[1]").locator("> summary").click()
    more.locator("summary").click()
    expect(more.get_by_role("link").first).to_be_visible()
    cause = page.locator(".compare a", has_text=re.compile("Systemic sclerosis")).first
    if visit.size == "phone":
        cause.locator("xpath=ancestor::details[1]").locator("> summary").click()
    cause.click()
    expect(page.locator("h1")).to_contain_text("Systemic sclerosis")
    visit.check()


def test_claims_and_what_is_not_there(visit: Visit) -> None:
    """Claims are chosen by verdict; an address that leads nowhere suggests what was meant."""
    page = visit.page
    visit.go("/claims")
    expect(page.locator("h2").first).to_have_text("On which the pages disagree")
    first = page.locator(".fold").first
    if visit.size == "phone":
        assert page.evaluate("document.documentElement.scrollHeight") < 8000
        expect(first.locator("tbody")).to_be_hidden()
        first.locator("summary").click()
    expect(first.locator("tbody")).to_be_visible()
    visit.is_not_wide()  # the same rows are held to all rules below, where they are fewer
    page.get_by_label("Verdict").select_option("harmful-if-followed")
    page.get_by_role("button", name="Show these claims").click()
    count = sum(one.verdict == "harmful-if-followed" for one in knowledge().library.claims.values())
    expect(page.locator(".verdict-of")).to_have_count(count)
    visit.check()
    visit.go("/treatments/diltiazen")
    expect(page.get_by_role("link", name="Diltiazem by mouth")).to_be_visible()
    visit.check()
    assert any("404" in told for told in visit.wrong)
    visit.wrong.clear()  # the browser notes the 404 that this journey asked for


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_no_sideways_scrolling(visit: Visit) -> None:
    """Nothing is wider than a narrow screen or a page at 200 %."""
    for path in ("/treatments/surgery", "/types", "/claims?verdict=contradicted", "/sources/balin-2012", "/medicines",
                 "/facts/phosphate", "/investigations/history-and-medicine-review"):  # fmt: skip
        visit.go(path)
        for width in (320, 640):
            visit.page.set_viewport_size({"width": width, "height": 800})
            visit.is_not_wide()
