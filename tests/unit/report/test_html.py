"""The page: self-contained, safe, complete, two sheets of paper."""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

import calcinosis
from calcinosis.conclusions.assessment import Assessment
from calcinosis.interfaces.cli.main import app
from calcinosis.report.document import Report
from calcinosis.report.lines import clean
from calcinosis.report.renderers.html import as_fragment, as_html
from calcinosis.report.renderers.json import INTENDED_USE, as_object
from calcinosis.report.report import report_of
from calcinosis.rules.vocabulary import RECENT
from calcinosis.words.en.documents import NOT_REVIEWED
from calcinosis.words.en.report import VERDICT
from tests.conftest import CHROMIUM

VOID = {"meta", "link", "input", "br", "path", "circle", "rect", "line", "use"}
PRINTED = (
    "kidney-liver-tx-66f", "pct-75m-scalp-calcification", "ssc-62f-thumb-tip", "warfarin-calf-80f", "hd-breast-64f",
    "dm-55f-lateral-hip-nodules", "esrd-infant-2mo", "jdm-3f-thigh-collection", "warfarin-hypercalcemia-19m",
    "heparin-sle-74m", "nadroparin-ckd-83f", "vulva-35f-yellow-nodules", "limb-nodules-55m-chalky-sinuses",
)  # fmt: skip
"""The published cases that fill most of the paper, and the shortest ones."""
EXAMPLES = sorted((Path(__file__).parent.parent.parent.parent / "examples").glob("*.json"))


_PARTS = {("span", "cap"): "verdict", ("p", "name"): "treatment", ("span", "count"): "count"}
"""What is read of the treatments, by its tag and its class."""


class Page(HTMLParser):
    """Reads a page into tags, ids, links, and the treatments with their verdicts, counts and names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.verdicts: list[tuple[str, str]] = []
        self.names: list[str] = []
        self.counts: list[str] = []
        self._in_treatments = False
        self._part = self._verdict = ""
        self._in_names = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; open a row or a name of the treatments."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section":
            self._in_treatments = found.get("aria-labelledby") == "h-treatments"
        kind = (found.get("class") or "").partition(" ")[0]
        if self._in_treatments and (tag, kind) in _PARTS:
            self._part = _PARTS[tag, kind]
            if self._part == "verdict":
                self._verdict = ""
            if self._part == "treatment":
                self.verdicts.append(("", self._verdict))
            if self._part == "count":
                self.counts.append("")
        elif self._in_treatments and tag == "ul":
            self._in_names = kind == "names"
        elif self._in_treatments and tag == "li" and self._in_names:
            self._part = "name"
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)
        if tag in {"p", "li", "span"}:
            self._part = ""

    def handle_data(self, data: str) -> None:
        """Collect the words of verdicts, names and counts."""
        if self._part == "verdict":
            self._verdict += data
        elif self._part == "treatment":
            name, verdict = self.verdicts[-1]
            self.verdicts[-1] = (name + data, verdict)
        elif self._part == "count":
            self.counts[-1] += data
        elif self._part == "name":
            self.names[-1] += data


def ids(page: Page) -> list[str]:
    """Return the ids of a page."""
    return [found["id"] or "" for _, found in page.tags if "id" in found]


@pytest.fixture(scope="module")
def pages(assessments: dict[str, Assessment]) -> dict[str, str]:
    """The pages of all published cases by name."""
    return {name: as_html(assessment) for name, assessment in assessments.items()}


@pytest.fixture(scope="module")
def read_pages(pages: dict[str, str]) -> dict[str, Page]:
    """What stands on them."""
    return {name: Page(text) for name, text in pages.items()}


def test_tags_are_balanced_and_ids_unique(read_pages: dict[str, Page]) -> None:
    """The page is well formed."""
    for name, page in read_pages.items():
        assert page.unbalanced == [], name
        assert page.open == [], name
        assert [found for found, count in Counter(ids(page)).items() if count > 1] == [], name


def test_every_citation_leads_to_its_source(read_pages: dict[str, Page], reports: dict[str, Report]) -> None:
    """Each link of a citation has a target, and each source listed is cited."""
    for name, page in read_pages.items():
        links = {
            found["href"] or ""
            for tag, found in page.tags
            if tag == "a" and (found.get("class") or "").startswith("cite")
        }
        targets = {f"#{found}" for found in ids(page) if found.startswith("s-")}
        assert links == targets, name
        assert targets == {f"#s-{source.number}" for source in reports[name].section("sources").sources}, name


def test_same_treatments_and_verdicts_as_json(read_pages: dict[str, Page], assessments: dict[str, Assessment]) -> None:
    """The page has the treatments and verdicts of the JSON, no more and no fewer."""
    for name, page in read_pages.items():
        wanted: list[dict[str, Any]] = as_object(assessments[name])["treatments"]
        judged = Counter(
            (f"{one['name']}{' taken now' if one['taken'] else ''}", VERDICT[one["verdict"]])
            for one in wanted
            if one["verdict"] != "not-for-this-type"
        )
        assert Counter((" ".join(found.split()), verdict) for found, verdict in page.verdicts) == judged, name
        assert [found.strip() for found in page.names] == [
            one["name"] for one in wanted if one["verdict"] == "not-for-this-type"
        ], name


def test_nothing_is_fetched_and_nothing_runs(pages: dict[str, str], read_pages: dict[str, Page]) -> None:
    """No script, no file from elsewhere; the policy of the page allows only its own styles and data."""
    for name, page in read_pages.items():
        text = pages[name]
        assert not {tag for tag, _ in page.tags} & {"script", "iframe", "img", "object", "embed", "form", "base"}
        policy = next(
            found["content"] or "" for _, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert not re.search(r"url\((?!\"data:)", text)
        assert not [found for tag, found in page.tags for key in found if key.startswith("on") or key == "style"]
        links = [found.get("href") or "" for tag, found in page.tags if tag == "a"]
        assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_a_record_cannot_write_markup(evil: Assessment) -> None:
    """A text of the record comes out as text, in the page and in the fragment."""
    for text in (as_html(evil), as_fragment(evil)):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<script" not in text
        assert "<b>mg</b>" not in text
        assert "\x1b" not in text


def test_title_names_the_answer_not_the_person(
    pages: dict[str, str], reports: dict[str, Report], assessments: dict[str, Assessment]
) -> None:
    """The title of the page is the heading; the record's id is not in it."""
    for name, assessment in assessments.items():
        title = re.search(r"<title>(.*?)</title>", pages[name], re.DOTALL)
        assert title
        assert reports[name].head.title in title[1].replace("&#39;", "'")
        assert assessment.record.id not in title[1]


def test_emergency_comes_first(pages: dict[str, str], assessments: dict[str, Assessment]) -> None:
    """With an emergency its panel and its numbered steps come before everything else; without one there is no panel."""
    for name, assessment in assessments.items():
        text = pages[name].partition("<main")[2]
        emergencies = [flag for flag in assessment.red_flags if flag.urgency == "emergency"]
        assert ('<section class="emergency"' in text) is bool(emergencies)
        if emergencies:
            assert text.index('<section class="emergency"') < text.index('<header class="head')
            assert text.index('<ol class="steps">') < text.index('<header class="head')


def test_counts_agree(read_pages: dict[str, Page], reports: dict[str, Report]) -> None:
    """Above each group stands how many of how many treatments are shown, and so many stand there."""
    for name, page in read_pages.items():
        rows = [row for row in reports[name].section("treatments").rows if row.verdict != "not-for-this-type"]
        by_verdict: dict[str, list[bool]] = {}
        for row in rows:
            by_verdict.setdefault(row.verdict, []).append(row.brief)
        wanted = [
            str(len(found)) if all(found) else f"{sum(found)} of {len(found)} shown" for found in by_verdict.values()
        ]
        assert page.counts == wanted, name


def test_what_was_entered_stands_on_the_page(
    pages: dict[str, str], reports: dict[str, Report], assessments: dict[str, Assessment], evil: Assessment
) -> None:
    """Everything that was read, with its value, date and place, stands in one box, and what was not read with it."""
    shown = [(assessment, reports[name], pages[name]) for name, assessment in assessments.items()]
    for assessment, report, page in [*shown, (evil, report_of(evil), as_html(evil))]:
        rows = [row for group in report.entered for row in group.rows]
        text = html.unescape(re.sub(r"<[^>]+>", " ", page.partition('class="entered"')[2]))
        box = " ".join(text.partition("The other types")[0].split())
        facts = assessment.account.library.facts
        names = {one.fact for one in assessment.entered}
        said = [one for one in assessment.entered if facts[one.fact].relation is None]
        said = [one for one in said if one.fact.removeprefix(RECENT) not in names - {one.fact}]
        for one in said:
            assert " ".join(clean(one.name).split()) in box
            if one.from_ and one.from_[0].origin.kind == "resource":
                assert any(row.name.startswith(clean(one.name)) and row.place for row in rows)
        for unread in assessment.not_read:
            assert any(unread.origin.name in row.place for row in rows)
        assert len([row for row in rows if row.is_worked_out]) == len([one for one in said if one.parts])


def test_nothing_is_shown_surer_than_the_heading(
    reports: dict[str, Report], assessments: dict[str, Assessment]
) -> None:
    """A heading that confirms nothing stands over nothing that is established or confirmed as its type."""
    for name, report in reports.items():
        words = [line.word for line in report.section("types").lines]
        assert "established" not in words, name
        if not report.head.title.startswith("Confirmed"):
            assert "confirmed" not in words or assessments[name].presentation == "look-alike", name


def test_intended_use(pages: dict[str, str]) -> None:
    """Every page says what it is for."""
    for page in pages.values():
        assert INTENDED_USE in re.sub(r"</?strong>", "", page)
        assert f"<strong>{NOT_REVIEWED}</strong>" in page


def test_fragment_stands_in_any_page(reports: dict[str, Report], assessments: dict[str, Assessment]) -> None:
    """A fragment has no ids, no styles, no page around it and says what it is for; a notebook shows it."""
    for name, assessment in assessments.items():
        text = as_fragment(assessment)
        page = Page(text)
        assert page.unbalanced == []
        assert page.open == []
        assert ids(page) == []
        assert not {tag for tag, _ in page.tags} & {"html", "head", "body", "style", "script", "link"}
        assert reports[name].head.title in text.replace("&#39;", "'")
        assert INTENDED_USE in text


def sizes(path: Path) -> Iterator[float]:
    """Yield the size in points of every piece of text of a PDF."""
    import pypdf

    found: list[float] = []

    def visit(text: str, page: list[float], line: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append(size * math.hypot(line[2], line[3]) * math.hypot(page[2], page[3]))

    for sheet in pypdf.PdfReader(path).pages:
        sheet.extract_text(visitor_text=visit)
    yield from found


def printed(page: str, browser: Browser, folder: Path) -> Path:
    """Return the PDF that Chromium prints of a page, on the paper that the page asks for."""
    file, paper = folder / "page.html", folder / "page.pdf"
    file.write_text(page, encoding="utf-8")
    sheet = browser.new_page()
    sheet.goto(file.as_uri())
    sheet.pdf(path=paper, prefer_css_page_size=True)
    sheet.close()
    return paper


def assert_two_sheets(paper: Path, title: str) -> None:
    """Fail unless a PDF is one or two sheets of A4 with the title, no type smaller than 6.5 points."""
    import pypdf

    sheets = pypdf.PdfReader(paper).pages
    assert 1 <= len(sheets) <= 2
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {(595, 842)}
    assert min(sizes(paper)) >= 6.5 - 0.02
    assert title in " ".join(sheets[0].extract_text().split())


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("name", PRINTED)
def test_prints_on_two_pages(
    name: str, pages: dict[str, str], reports: dict[str, Report], browser: Browser, tmp_path: Path
) -> None:
    """A full assessment prints on two sheets of A4."""
    assert_two_sheets(printed(pages[name], browser, tmp_path), reports[name].head.title)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_prints_on_two_pages(example: Path, browser: Browser, tmp_path: Path) -> None:
    """What the command line writes for each example of the project prints on two sheets of A4."""
    result = CliRunner().invoke(app, ["assess", str(example), "--format", "html"])
    assert result.exit_code == 0
    title = report_of(calcinosis.assess(calcinosis.read(example))).head.title
    assert_two_sheets(printed(result.stdout, browser, tmp_path), title)
