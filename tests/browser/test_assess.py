"""Assessing: from the form, from a file, down to the source of a line, and onto paper."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import ROOT, Visit

pytestmark = pytest.mark.browser
LETTER = (
    "Dear colleague, this 52-year-old woman has had limited cutaneous systemic sclerosis since 2009. She has hard "
    "white lumps on the right thumb. There is no black skin.\n\nShe takes warfarin and aspirin 75 mg. Calcium was 2.32 "
    "mmol/L, albumin 41 g/L. Her mother had rheumatoid arthritis. Nailfold capillaroscopy is awaited."
)
"""An invented letter."""
CASES = ROOT / "tests" / "cases" / "published"


def test_form_to_result(visit: Visit) -> None:
    """Answers change the running result and the questions; the result says so, and leads back to the answers."""
    page = visit.page
    visit.go("/")
    visit.check("start")
    page.get_by_role("link", name="Answer the short form").click()
    visit.check()
    page.locator("label[for=f-skin_calcification]").click()
    expect(page.locator("#so-far")).to_contain_text("Calcinosis cutis, type open")
    page.locator("#f-age").fill("62")
    page.locator("#f-sex").select_option("female")
    page.locator("label.hit[for=f-site_finger]").first.click()
    expect(page.locator("#f-site_finger")).to_be_checked()
    expect(page.locator("#system-other")).to_be_checked()
    page.locator("label[for=system-own]").click()
    page.locator("#f-calcium").fill("2.35")
    expect(page.locator("#hint-calcium")).to_contain_text("Which is meant?")
    expect(page.locator("#so-far")).not_to_contain_text("mergency")
    page.get_by_role("button", name="Use 2.35 mmol/L").click()
    expect(page.locator("#hint-calcium")).to_contain_text("= 9.42 mg/dL")
    page.locator("#f-albumin").fill("3")
    expect(page.locator("#hint-calcium")).to_contain_text("Calcium corrected for albumin 10.2 mg/dL")
    page.locator("#f-phosphate").fill("9O")
    expect(page.locator("#hint-phosphate")).to_contain_text("Did you mean 90?")
    page.locator("#f-phosphate").fill("3.6")
    expect(page.locator("#hint-phosphate")).to_contain_text("= 1.16 mmol/L")
    page.locator("#f-add-condition").press_sequentially("sclerosis systemi")
    page.get_by_role("button", name="Systemic sclerosis", exact=True).click()
    expect(page.locator("#f-systemic_sclerosis")).to_be_checked()
    expect(page.locator("#f-add-condition")).to_have_value("")
    expect(page.locator("#so-far")).to_contain_text("dystrophic")
    shows = page.get_by_role("button", name=re.compile("^Show")).last.bounding_box()
    assert shows is not None
    assert shows["height"] < 50, "the button beside the running result is no taller than its word"
    visit.check("form-answered")
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator("h1")).to_contain_text("dystrophic calcinosis cutis")
    assert page.url == f"{visit.base}/assess"
    visit.check("result")
    page.get_by_role("button", name="Change answers").click()
    expect(page.locator("#f-calcium")).to_have_value("2.35")
    expect(page.locator("#f-systemic_sclerosis")).to_be_checked()


def test_what_is_wrong_takes_the_focus(visit: Visit) -> None:
    """An empty form, and one with an unreadable number, say so on top; each line leads to its field."""
    page = visit.page
    visit.go("/form")
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator("#problems")).to_contain_text("No question is answered yet")
    expect(page.locator("#problems")).to_be_focused()
    visit.check("form-problems")
    page.locator("#f-calcium").fill("9O")
    page.locator("#f-calcium").press("Tab")
    page.get_by_role("button", name="Show the assessment").last.click()
    page.locator("#problems a", has_text="Did you mean 90?").click()
    expect(page.locator("#f-calcium")).to_be_focused()
    visit.wrong = [text for text in visit.wrong if "status of 422" not in text]


def test_back_and_enter_lose_nothing(visit: Visit) -> None:
    """Enter in a number sends nothing; back from the result brings every answer again, none is in the address."""
    page = visit.page
    visit.go("/form")
    page.locator("label[for=f-skin_ulcer]").click()
    page.locator("#f-age").fill("33")
    page.keyboard.press("Enter")
    page.locator("#f-add-condition").fill("haemodialysis")
    page.keyboard.press("Enter")
    expect(page.locator("#f-dialysis")).to_be_checked()
    assert page.url == f"{visit.base}/form"
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator(".entered")).to_contain_text("Dialysis")
    page.go_back()
    expect(page.locator("#f-dialysis")).to_be_checked()
    expect(page.locator("#f-skin_ulcer")).to_be_checked()
    expect(page.locator("#f-age")).to_have_value("33")
    page.locator("label[for=f-skin_plaque]").click()
    expect(page.locator("#so-far")).to_contain_text("Decides next")
    assert page.url == f"{visit.base}/form"


def test_a_name_is_sent_once(visit: Visit) -> None:
    """Enter adds a name with one request, the field keeps the focus, and what is typed next stays."""
    page, sent = visit.page, list[str]()
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/progress") else None)
    visit.go("/form")
    page.get_by_label("Add a disease or finding").click()
    page.keyboard.type("haemodialysis")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Add a disease or finding")).to_have_value("")
    expect(page.get_by_label("Add a disease or finding")).to_be_focused()
    page.keyboard.type("lump under", delay=40)
    expect(page.locator("#names-condition li").first).to_be_visible()
    expect(page.get_by_label("Add a disease or finding")).to_have_value("lump under")
    assert len(sent) == 1


def test_file_to_result(visit: Visit) -> None:
    """A FHIR file that is chosen is answered at once; a danger comes first, and what was entered stands beside it."""
    page = visit.page
    visit.go("/")
    page.locator("#record-file").set_input_files(CASES / "hd-breast-64f" / "bundle.json")
    expect(page.locator("h1")).to_contain_text("calciphylaxis until shown otherwise")
    expect(page.locator(".entered")).to_contain_text("Dead skin (necrosis)")
    visit.check("emergency")
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON").click()
    assert '"leading_type": "calciphylaxis"' in Path(saved.value.path()).read_text(encoding="utf-8")
    visit.wrong = [text for text in visit.wrong if "net::ERR_ABORTED" not in text]


def test_note_to_result_with_a_wrong_fact_struck_out(visit: Visit) -> None:
    """A note is pasted, its words are marked, a wrong fact is struck out; the result tells it and uses the others."""
    page = visit.page
    visit.go("/")
    page.get_by_label("Paste a clinic note").fill(LETTER)
    page.get_by_role("button", name="Read the note").click()
    expect(page.locator("h1")).to_contain_text("Check what was read")
    wrong = page.locator(".letter .f", has_text="warfarin")
    expect(wrong).to_have_class("f is-present")
    expect(page.locator(".letter .f", has_text="black skin")).to_have_class("f is-absent")
    visit.check("note")
    page.get_by_role("checkbox", name="Warfarin").uncheck()
    expect(wrong).to_have_class("f is-present struck")
    visit.check()
    page.get_by_role("button", name="Show the page").click()
    expect(page.locator("main")).to_contain_text("truck out by the reader: warfarin")
    expect(page.locator("section[aria-labelledby=h-stop]")).not_to_contain_text("Warfarin")
    page.get_by_role("button", name="What was read").click()
    expect(page.get_by_role("checkbox", name="Warfarin")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Dead skin")).to_be_checked()


def test_an_empty_note_is_told(visit: Visit) -> None:
    """Reading nothing says so, with the focus on it."""
    visit.go("/")
    visit.page.get_by_role("button", name="Read the note").click()
    expect(visit.page.locator("#problems")).to_be_focused()
    visit.check()
    visit.wrong = [text for text in visit.wrong if "status of 422" not in text]


def test_answering_what_a_record_leaves_open(visit: Visit) -> None:
    """From the result of a file to its open questions, and to a result of both that can be changed again."""
    page = visit.page
    visit.go("/")
    page.locator("#record-file").set_input_files(CASES / "eyelid-3m-verrucous-nodule" / "bundle.json")
    page.get_by_role("button", name="Answer open questions").filter(visible=True).first.click()
    expect(page.locator("h1")).to_contain_text("Answer what is open")
    visit.check("open-questions")
    first = page.locator("fieldset.tri").first
    asked = first.locator("legend").inner_text()
    first.get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator("#h-why")).to_be_visible()
    page.get_by_role("button", name="Change answers").click()
    expect(page.locator("#s-1")).to_contain_text("You answered")
    expect(page.locator("fieldset.tri").first.locator("legend")).to_contain_text(asked)
    expect(page.locator("fieldset.tri").first.get_by_label("No", exact=True)).to_be_checked()


def test_a_wrong_file_is_told(visit: Visit) -> None:
    """A file that is no record is named with what to do, and the way back is there."""
    visit.go("/")
    visit.page.locator("#record-file").set_input_files({"name": "scan.pdf", "mimeType": "", "buffer": b"%PDF-1.4"})
    expect(visit.page.locator(".note-box.error")).to_contain_text("scan.pdf")
    visit.check()
    visit.page.get_by_role("link", name="Back to the start").click()
    expect(visit.page.locator("h1")).to_contain_text("Calcinosis cutis, calcium in the skin")
    visit.wrong = [text for text in visit.wrong if "status of 422" not in text]


def test_explain_a_line(visit: Visit) -> None:
    """A line of why opens to where it was read and its source, and the source to its publication; keys are enough."""
    page = visit.page
    visit.go("/examples/ssc-62f-thumb-tip")
    line = page.locator(".lines > li").first
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    basis = line.locator(".basis")
    expect(basis).to_be_visible()
    expect(basis).to_contain_text(re.compile(r"(Condition|Observation|DiagnosticReport)/"))
    visit.check("explained")
    cite = basis.locator("a").first
    cite.click()
    source = page.locator(f"[id='{(cite.get_attribute('href') or '').strip('#')}']")
    expect(source).to_be_in_viewport()
    assert (source.locator("a").get_attribute("href") or "").startswith("https://")


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_cases_print_on_two_pages(visit: Visit) -> None:
    """A published case takes two sheets at most from a result page too; the fullest are printed in test_html."""
    page, sheets = visit.page, Counter[int]()
    for path in sorted(CASES.glob("*/bundle.json"))[::9]:
        visit.go("/")
        page.locator("#record-file").set_input_files(path)
        page.wait_for_url("**/assess")
        expect(page.locator("#h-why")).to_be_visible()
        count = len(PdfReader(io.BytesIO(page.pdf(format="A4", print_background=False))).pages)
        assert count <= 2, path
        sheets[count] += 1
    print(f"cases by sheets: {dict(sheets)}")
    assert sheets.total() > 6


@pytest.mark.parametrize("case", ["hd-breast-64f", "ssc-62f-thumb-tip", "esrd-hip-shoulder-45m"])
def test_print_view(visit: Visit, case: str) -> None:
    """A result prints on two pages, without controls, with its sources."""
    page = visit.page
    visit.go(f"/examples/{case}")
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    if visit.size == "desktop":
        pages = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=False))).pages
        assert len(pages) <= 2
        text = "".join(sheet.extract_text() for sheet in pages)
        assert all(word in text for word in ("Sources", "Entered", "No clinician has reviewed"))
        assert "No clinician has reviewed" in pages[0].extract_text()
        assert "Choose" not in text


def test_a_long_result_is_short_on_a_phone(visit: Visit) -> None:
    """On a phone the long parts are closed and open on demand, one by one, or to the source that a number leads to."""
    page = visit.page
    visit.go("/examples/ssc-62f-thumb-tip")
    tests = page.locator("#h-tests")
    body = page.locator("section[aria-labelledby=h-tests] .body")
    tall = page.evaluate("document.documentElement.scrollHeight")
    if visit.size == "phone":
        assert tall < 5000
        expect(body).to_be_hidden()
        tests.click()
        page.locator("section[aria-labelledby=h-why] a.cite").first.click()
        expect(page.locator("#s-3")).to_be_in_viewport()
    expect(body).to_be_visible()
    expect(page.locator(".entered")).to_be_visible()


def test_many_records(visit: Visit) -> None:
    """Several files make a table, which sorts, and opens each of them."""
    page = visit.page
    visit.go("/many")
    visit.check()
    files = [CASES / name / "bundle.json" for name in ("ssc-62f-thumb-tip", "heelprick-14mo-f")]
    page.locator("#records").set_input_files(files)
    page.get_by_role("button", name="Show the table").last.click()
    expect(page.locator("tbody tr")).to_have_count(2)
    visit.go("/many/examples")
    visit.check("many")
    page.get_by_label("Danger sign").focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).not_to_have_count(6)
    page.get_by_role("button", name="Age").click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Age")
    expect(page.locator("tbody tr")).not_to_have_count(6)
    visit.check()
    page.get_by_label("Danger sign").select_option("")
    page.get_by_role("button", name="Filter the table").click()
    expect(page.locator("tbody tr")).to_have_count(6)
    expect(page.locator("th[aria-sort]")).to_contain_text("Age")
    expect(page.locator("th[aria-sort]")).to_contain_text("Age")
    page.locator("tbody th button").first.click()
    expect(page.locator("h1")).to_contain_text("iatrogenic calcinosis cutis")


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_narrow_pages_do_not_scroll_sideways(visit: Visit) -> None:
    """Nothing is cut at 320 px, which is also 1280 px at 400 percent."""
    for path in ("/", "/form", "/many/examples", "/examples/hd-breast-64f", "/api", "/nothing"):
        visit.go(path)
        for width in (320, 640):
            visit.page.set_viewport_size({"width": width, "height": 800})
            visit.is_not_wide()
    visit.wrong = [text for text in visit.wrong if "status of 404" not in text]


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_dropping_files(visit: Visit) -> None:
    """One file that is dropped anywhere is assessed, several make a table."""
    page = visit.page
    names = ("ssc-62f-thumb-tip", "heelprick-14mo-f")
    texts = [(CASES / name / "bundle.json").read_text(encoding="utf-8") for name in names]
    for count, title in ((1, "dystrophic calcinosis cutis"), (2, "Many records")):
        visit.go("/")
        files = page.evaluate_handle(
            """texts => { const found = new DataTransfer();
            texts.forEach((text, place) => found.items.add(new File([text], `record-${place}.json`)));
            return found; }""",
            texts[:count],
        )
        page.dispatch_event("h1", "drop", {"dataTransfer": files})
        expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("tbody tr")).to_have_count(2)


def test_without_script(visit: Visit) -> None:
    """The form works by full post: questions are updated, names added, a result shown."""
    context = visit.page.context.browser
    assert context is not None
    plain = context.new_context(java_script_enabled=False, viewport=visit.page.viewport_size)
    page = plain.new_page()
    page.goto(f"{visit.base}/form")
    page.locator("label[for=f-skin_calcification]").click()
    page.locator("#f-add-condition").fill("CREST")
    page.locator("#b-add-condition").click()
    expect(page.locator("#f-crest_syndrome")).to_be_checked()
    expect(page.locator("#f-skin_calcification")).to_be_checked()
    page.get_by_role("button", name="Show the assessment").last.click()
    expect(page.locator("h1")).to_contain_text("dystrophic")
    plain.close()
