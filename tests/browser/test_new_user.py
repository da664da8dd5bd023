"""From the start page to two printed pages of a published case, as somebody who never saw the application would."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import ROOT, Visit
from tests.browser.new_user import NewUser

pytestmark = pytest.mark.browser
NOTE = ROOT / "tests" / "cases" / "published" / "hd-breast-64f" / "note.txt"
TWO_MINUTES = 120
SAID = (
    *("skin_necrosis: yes", "painful_skin_lesion: yes", "vitamin_k_antagonist: yes", "dialysis: yes"),
    *("age: 64 a", "sex: female", "site_thigh: yes", "site_breast: yes", "hard_nodule: yes"),
    *("calcium: 7.8 mg/dL", "phosphate: 7.6 mg/dL", "albumin: 2.5 g/dL", "parathyroid_hormone: 1251 pg/mL"),
)


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_a_case_is_typed_and_printed_in_two_minutes(visit: Visit) -> None:
    """A woman of 64 on dialysis with a black painful breast: everything that the note says is found by its label."""
    page, user = visit.page, NewUser(visit.page)
    page.add_init_script("window.print = () => document.body.append('sent to the printer')")
    visit.go("/")
    user.step("read the start page")
    user.read(page.locator(".hero, .door h2, .door .primary, .drop b"))
    user.press(page.get_by_role("link", name="Answer the short form"))
    user.done()
    user.step("what is there, and where")
    user.read(
        page.locator("section[aria-labelledby=s-first] legend, .ticks label, #s-where, #s-where + p, .sites label")
    )
    user.press(page.locator("label[for=f-hard_nodule]"))
    user.press(page.locator("label[for=f-skin_necrosis]"))
    user.tick("Thigh")
    user.press(page.get_by_text("More places"))
    user.tick("Breast")
    user.answer("Is the skin lesion painful?", "Yes")
    user.done()
    user.step("the person")
    user.read(page.locator("#s-person, section[aria-labelledby=s-person] legend"))
    user.type("Age", "64")
    user.choose("Sex", "female")
    user.answer("Is a vitamin K antagonist being taken or given?", "Yes")
    user.done()
    user.step("blood")
    user.read(page.locator("#s-blood, #s-blood + p, section[aria-labelledby=s-blood] label"))
    user.press(page.locator("label[for=system-own]"))
    for label, value in {
        "Total calcium in serum": "7.8",
        "Phosphate in serum": "7.6",
        "Albumin in serum": "2.5",
    }.items():
        user.type(label, value)
    user.type("Parathyroid hormone, intact", "1251")
    user.done()
    user.step("diseases")
    user.read(page.locator("#s-more, #s-more + p, section[aria-labelledby=s-more] label"))
    user.add("Add a disease or finding", "haemodialysis")
    expect(page.locator("#next-questions")).to_contain_text("Dialysis")
    user.done()
    user.step("what the answers make relevant")
    user.read(page.locator("#s-next, #s-next + p, #next-questions legend"))
    user.done()
    user.step("the result, and onto paper")
    user.press(page.get_by_role("button", name="Show the assessment").last)
    expect(page.locator("header.head")).to_contain_text("alciphylaxis")
    record = page.locator("textarea[name=record]").input_value().splitlines()
    user.read(page.locator("h1, .call:has(h1) .lede"))
    user.press(page.get_by_role("button", name="Print"))
    user.done()
    expect(page.locator("body")).to_contain_text("sent to the printer")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = "".join(sheet.extract_text() for sheet in sheets)
    told = "; ".join(f"{name} {seconds:.0f} s" for name, seconds in user.took.items())
    reading = len(NOTE.read_text(encoding="utf-8").split()) / 4
    print(f"\n{user.seconds:.0f} s ({told}); the program {user.program:.0f} s; {len(sheets)} pages")
    print(f"reading the case before, {reading:.0f} s")
    assert len(sheets) <= 2
    assert "Sources" in text
    assert all(line in record for line in SAID)
    assert user.seconds < TWO_MINUTES
