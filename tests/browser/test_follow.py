"""One person over time in Chromium: visits are pasted, the chart is read by its words, and it prints."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import expect

from calcinosis.interfaces.web.words import words
from tests.browser.conftest import Visit

VISITS = sorted((Path(__file__).parent.parent.parent / "examples" / "visits").glob("*.yaml"))


def test_pasted_visits_to_a_chart(visit: Visit) -> None:
    """Two visits are pasted by keyboard; the chart has words for who cannot see it, and a table."""
    page = visit.page
    visit.go("/follow")
    visit.check()
    page.locator("#pasted").fill("\n---\n".join(one.read_text(encoding="utf-8") for one in VISITS))
    page.get_by_role("button", name=words()["follow"]["show"], exact=True).click()
    expect(page.locator("#h-chart")).to_be_visible()
    assert page.url.endswith("/follow")
    expect(page.get_by_role("img", name="Right shoulder: 62 on 12 January 2026")).to_be_visible()
    page.locator("#h-table").scroll_into_view_if_needed()
    page.locator("details summary").last.click()
    expect(page.locator("table.t")).to_be_visible()
    visit.check("follow")
    months = page.locator("svg text", has_text=re.compile(r"^[A-Z][a-z]{2} \d{4}$"))
    labels = [box for one in months.all() if (box := one.bounding_box())]
    assert len(labels) == 4
    assert all(left["x"] + left["width"] < right["x"] for left, right in pairwise(labels)), "months overlap"


def test_what_cannot_be_read_is_told(visit: Visit) -> None:
    """Another person in the second visit is named, and what was pasted stays."""
    page = visit.page
    visit.go("/follow")
    texts = [one.read_text(encoding="utf-8") for one in VISITS]
    page.locator("#pasted").fill("\n---\n".join([texts[0], texts[1].replace("A17", "B3")]))
    page.get_by_role("button", name=words()["follow"]["show"], exact=True).click()
    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator("#pasted")).to_have_value("\n---\n".join([texts[0], texts[1].replace("A17", "B3")]))
    visit.wrong = [text for text in visit.wrong if "status of 422" not in text]
