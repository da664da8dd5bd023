"""A press is never lost, whatever a slow answer puts into the page before, while or after somebody presses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
TIMES = 12
MOMENTS = ("aimed", "down", "up")
"""When the answer comes: after the pointer was aimed, while its button is down, or after the press."""


SLOW = """(() => {
    const real = window.fetch.bind(window);
    window.waiting = [];
    window.fetch = (address, options) => {
        const answer = real(address, options);
        if (!address.endsWith("/progress")) return answer;
        answer.catch(() => {});
        return new Promise((resolve, reject) => {
            options.signal.addEventListener("abort", () => reject(options.signal.reason));
            window.waiting.push(() => answer.then(resolve, reject));
        });
    };
    window.come = async () => {
        await Promise.allSettled(window.waiting.splice(0).map((one) => one()));
        await new Promise((done) => setTimeout(done, 40));
    };
})()"""
"""What holds the answers of the running result until they are let come."""


class SlowServer:
    """A server whose running results come when a test says so."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(SLOW)

    def is_asked(self) -> None:
        """Wait until a request is there."""
        self.page.wait_for_function("window.waiting.length > 0")

    def is_at_rest(self) -> None:
        """Wait until what was typed is sent, and let its answer come."""
        self.page.wait_for_timeout(350)
        self.answers()

    def answers(self) -> None:
        """Let every answer come that is waited for."""
        self.page.evaluate("window.come()")


def press(page: Page, server: SlowServer, found: Locator, moment: str) -> None:
    """Press with the mouse where the eye saw it, the answer coming at one moment."""
    box = found.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if moment == "aimed":
        server.answers()
    page.mouse.down()
    if moment == "down":
        server.answers()
    page.mouse.up()
    if moment == "up":
        server.answers()


def in_the_middle(found: Locator) -> None:
    """Scroll to something."""
    found.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")


def count_submits(page: Page) -> None:
    """Count how often the form is sent, and stay."""
    page.evaluate("""() => { window.sent = 0;
        document.addEventListener("submit", (event) => { event.preventDefault(); window.sent += 1; }); }""")


@pytest.mark.parametrize("place", ["beside", "below"])
def test_show_is_pressed_while_the_page_grows(visit: Visit, place: str) -> None:
    """Ticks change the running result and the questions above the button; each press sends the form."""
    page = visit.page
    server = SlowServer(page)
    visit.go("/form")
    count_submits(page)
    shows = page.get_by_role("button", name="Show the assessment")
    show = shows.last if place == "beside" else shows.first
    ticks = page.locator(".ticks label").all()
    for count in range(TIMES):
        ticks[count % len(ticks)].click()
        server.is_asked()
        in_the_middle(show)
        press(page, server, show, MOMENTS[count % 3])
        assert page.evaluate("window.sent") == count + 1, f"press {count + 1} was lost"


def test_a_unit_is_pressed_while_the_page_grows(visit: Visit) -> None:
    """Whichever unit is pressed is taken, also when the answer to another field comes at that moment."""
    page = visit.page
    server = SlowServer(page)
    for count in range(TIMES // 2):
        visit.go("/form")
        page.locator("label[for=system-own]").click()
        page.locator("#f-calcium").fill(f"2.{30 + count}")
        server.is_at_rest()
        use = page.get_by_role("button", name=f"Use 2.{30 + count} mmol/L")
        in_the_middle(use)
        page.locator(".ticks label").nth(count).evaluate("label => label.control.click()")
        server.is_asked()
        press(page, server, use, MOMENTS[count % 3])
        page.wait_for_timeout(100)
        server.answers()
        expect(page.locator("[name='calcium.unit']")).to_have_value("mmol/L")
        expect(use).to_have_count(0)


def test_what_is_pressed_stays_while_its_answer_is_awaited(visit: Visit) -> None:
    """A unit, a suggestion and a name are pressed and others changed before any answer comes; none is forgotten."""
    page = visit.page
    server = SlowServer(page)
    visit.go("/form")
    page.locator("label[for=system-own]").click()
    page.locator("#f-calcium").fill("2.35")
    server.is_at_rest()
    page.get_by_role("button", name="Use 2.35 mmol/L").click()
    page.locator("#f-add-condition").press_sequentially("sclerosis systemi")
    page.get_by_role("button", name="Systemic sclerosis", exact=True).click()
    page.locator("#f-add-medicine").fill("warfarin")
    page.locator("#f-add-medicine").press("Enter")
    page.locator("#f-add-medicine").fill("lump under")
    page.locator("label[for=f-hard_nodule]").click()
    server.is_asked()
    server.answers()
    expect(page.locator("[name='calcium.unit']")).to_have_value("mmol/L")
    expect(page.locator("#f-systemic_sclerosis")).to_be_checked()
    expect(page.locator("#f-warfarin")).to_be_checked()
    expect(page.locator("#f-add-medicine")).to_have_value("lump under")
    expect(page.locator(".pressed")).to_have_count(0)


def test_the_form_is_sent_with_what_was_pressed(visit: Visit) -> None:
    """The assessment is asked for before the answer to a pressed unit came: it has that unit."""
    page = visit.page
    server = SlowServer(page)
    visit.go("/form")
    page.locator("label[for=system-own]").click()
    page.locator("label[for=f-hard_nodule]").click()
    page.locator("#f-calcium").fill("2.35")
    server.is_at_rest()
    page.get_by_role("button", name="Use 2.35 mmol/L").click()
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator(".entered")).to_contain_text("2.35 mmol/L")
