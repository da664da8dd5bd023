"""Every kind of page by keyboard alone and without a script: each control is reached, seen, and its forms are sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from calcinosis.interfaces.web.words import words
from tests.browser.conftest import SIZES

pytestmark = pytest.mark.browser
VISITS = sorted((Path(__file__).parent.parent.parent / "examples" / "visits").glob("*.yaml"))
Filled = dict[str, str]
PAGES: dict[str, tuple[str, Filled, str]] = {
    "start": ("/", {}, ""),
    "form": ("/form", {}, ""),
    "form with what is wrong": ("/form", {"#f-phosphate": "25", "#f-add-condition": "sclerosi"}, "form.show"),
    "result": ("/form", {"#f-add-condition": "CREST", "#f-age": "52"}, "form.show"),
    "urgent result": ("/examples/hd-breast-64f", {}, ""),
    "page for the patient": ("/examples/hd-breast-64f", {}, "result.patient"),
    "open questions": ("/examples/ssc-62f-thumb-tip", {}, "result.open"),
    "note": ("/note", {}, ""),
    "note that was read": ("/note", {"#note": "She has dermatomyositis. Hard lumps on both elbows."}, "note.read"),
    "question": ("/ask", {}, ""),
    "answer": ("/ask", {"#question": "Does calcinosis cutis go away?"}, "ask.button"),
    "leaflets": ("/leaflets", {}, ""),
    "leaflet": ("/leaflets/scleroderma-fingers", {}, ""),
    "quiz": ("/quizzes/patients/1", {}, ""),
    "follow-up": ("/follow", {}, ""),
    "person over time": ("/follow", {"#pasted": "\n---\n".join(one.read_text() for one in VISITS)}, "follow.show"),
    "many records": ("/many", {}, ""),
    "table of many": ("/many/examples", {}, ""),
    "look up": ("/look-up", {}, ""),
    "search": ("/types/metastatic", {"#q": "calcifilaxis"}, "site.search"),
    "types": ("/types", {}, ""),
    "treatment": ("/treatments/diltiazem", {}, ""),
    "claims": ("/claims?verdict=harmful-if-followed", {}, ""),
    "section": ("/follow-up", {}, ""),
    "nothing there": ("/treatments/diltiazen", {}, ""),
}
MOST = 90
"""Stops that are walked on a page; those of /types alone are 400."""
LONG = {"types", "treatment", "form with what is wrong"}
"""Pages that are walked at the width of a phone, where most of them is folded: a page at 300 % is as narrow."""
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
STOPS = """(controls) => {
    const chosen = (one) => [...document.getElementsByName(one.name)].find((other) => other.checked);
    const first = (one) => document.getElementsByName(one.name)[0];
    window.stops = [...document.querySelectorAll(controls)]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
        .filter((one) => one.type !== "radio" || one === (chosen(one) ?? first(one)));
    return window.stops.map((one) => one.outerHTML.slice(0, 120));
}"""
"""All that a keyboard must reach: of buttons of which one is chosen, the chosen one or the first."""
STOP = """() => {
    const here = document.activeElement;
    const shown = [here, ...(here.labels ?? [])];
    const ringed = shown.filter((one) => getComputedStyle(one).outlineStyle !== "none");
    const seen = ringed.some((one) => [...one.getClientRects()].some((box) => {
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top && (one.contains(top) || top.contains(one));
    }));
    return [window.stops.indexOf(here), ringed.length > 0, seen];
}"""
"""Which of them has the focus, whether it has a ring, and whether that is seen where the page stands."""

FORMS = """() => [...document.forms].filter((form) => form.checkVisibility())
    .filter((form) => !form.hasAttribute("action") || ![...form.elements].some(
        (one) => one.type === "submit" && window.stops.includes(one)))
    .map((form) => form.outerHTML.slice(0, 120))"""
"""The forms that no key can send without a script."""


@pytest.fixture(scope="module")
def plain(browser: Browser, base: str) -> Iterator[Page]:
    """A page on which no script runs."""
    with browser.new_context(java_script_enabled=False, base_url=base, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.parametrize("name", PAGES)
def test_by_keyboard_and_without_a_script(plain: Page, name: str) -> None:
    """The first stop leads past the head; tabs reach each control in its order, each with its ring in view."""
    path, filled, pressed = PAGES[name]
    width, height = SIZES["phone" if name in LONG else "desktop"]
    plain.set_viewport_size({"width": width, "height": height})
    plain.goto(path)
    for field, text in filled.items():
        plain.locator(field).fill(text)
    if pressed:
        section, key = pressed.split(".")
        plain.get_by_role("button", name=words()[section][key]).last.press("Enter")
        plain.wait_for_load_state("load")
    stops = plain.evaluate(STOPS, CONTROLS)
    plain.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
    reached = []
    for _ in stops[:MOST]:
        plain.keyboard.press("Tab")
        place, ringed, seen = plain.evaluate(STOP)
        assert ringed, f"no ring: {stops[place]}"
        assert seen, f"out of view or covered: {stops[place]}"
        reached.append(place)
    assert reached == list(range(len(reached)))
    assert 'class="skip"' in stops[0]
    assert plain.evaluate(FORMS) == []
