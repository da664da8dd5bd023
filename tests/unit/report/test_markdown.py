"""The Markdown: valid tables, everything in it, nothing of a record understood as markup."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.document import Report
from calcinosis.report.renderers.json import INTENDED_USE
from calcinosis.report.renderers.markdown import as_markdown, escaped
from calcinosis.words.en.report import COLUMNS, VERDICT

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(token: Token) -> str:
    """Return the words of an inline token."""
    return "".join(" " if child.type == "html_inline" else child.content for child in token.children or [])


def tables(tokens: list[Token]) -> list[list[list[str]]]:
    """Return the tables of a Markdown text as rows of cells."""
    found: list[list[list[str]]] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"td_open", "th_open"}:
            found[-1][-1].append(plain(tokens[place + 1]))
    return found


@pytest.fixture(scope="module")
def texts(assessments: dict[str, Assessment]) -> dict[str, str]:
    """The Markdown of all published cases by name."""
    return {name: as_markdown(assessment) for name, assessment in assessments.items()}


@pytest.fixture(scope="module")
def parsed(texts: dict[str, str]) -> dict[str, list[Token]]:
    """What a reader of Markdown makes of them."""
    return {name: READER.parse(text) for name, text in texts.items()}


def test_first_line_is_the_heading(parsed: dict[str, list[Token]], reports: dict[str, Report]) -> None:
    """The heading of the report is the title of the text."""
    for name, tokens in parsed.items():
        assert tokens[0].tag == "h1"
        assert plain(tokens[1]) == reports[name].head.title


def test_same_treatments_and_verdicts(
    parsed: dict[str, list[Token]], texts: dict[str, str], assessments: dict[str, Assessment]
) -> None:
    """The table of treatments has every treatment that is judged; the others are named."""
    for name, assessment in assessments.items():
        judged = [
            (report_name(one.name, one.taken), VERDICT[one.verdict])
            for one in assessment.treatments
            if one.verdict != "not-for-this-type"
        ]
        found = [table for table in tables(parsed[name]) if table[0][0] == COLUMNS["treatment"]]
        assert [(row[0], row[1]) for table in found for row in table[1:]] == judged, name
        rest = [one.name for one in assessment.treatments if one.verdict == "not-for-this-type"]
        assert not rest or f"{len(rest)} not for this type: {escaped('; '.join(rest))}." in texts[name]


def report_name(name: str, taken: bool) -> str:
    """Return the name of a treatment as it stands in the table."""
    return f"{name} (taken now)" if taken else name


def test_tables_are_regular(parsed: dict[str, list[Token]], texts: dict[str, str]) -> None:
    """Every row has as many cells as its table has columns."""
    for name, text in texts.items():
        for line in text.splitlines():
            if line.startswith("|"):
                cells = len(re.findall(r"(?<!\\)\|", line)) - 1
                assert cells in {3, 6}, line[:80]
        for table in tables(parsed[name]):
            assert len({len(row) for row in table}) == 1


def test_sources_are_listed_with_their_address(parsed: dict[str, list[Token]], reports: dict[str, Report]) -> None:
    """Every source of the report is listed, as a link where it has an address."""
    links = {
        child.attrGet("href")
        for token in parsed["ssc-62f-thumb-tip"]
        for child in token.children or []
        if child.type == "link_open"
    }
    wanted = [source.url for source in reports["ssc-62f-thumb-tip"].section("sources").sources if source.url]
    assert wanted
    assert len(links) == len(set(wanted))


def test_a_record_cannot_write_markup(evil: Assessment) -> None:
    """No tag, link or emphasis of a record works."""
    tokens = READER.parse(as_markdown(evil))
    children = [child for token in tokens for child in token.children or []]
    assert not [token for token in tokens if token.type == "html_block"]
    assert {child.content for child in children if child.type == "html_inline"} <= {"<br>"}
    assert "http://evil.example" not in {child.attrGet("href") for child in children if child.type == "link_open"}
    assert any("<script>alert(1)</script>" in plain(token) for token in tokens if token.type == "inline")


@pytest.mark.parametrize(
    "text",
    [
        "a | b", "*x* _y_ `z`", "<b>", "[a](b)", "1. one", "12) two", "- three", "# four", "~~five~~", "a \\ b", "&lt;",
        "www.example.org", "http://example.org", "me@example.org", "+ six", "$x$",
    ],
)  # fmt: skip
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Whatever stands in a text comes out as that text."""
    tokens = READER.parse(escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert plain(tokens[1]) == text


@pytest.mark.parametrize("text", ["http://example.org", "https://example.org", "www.example.org", "me@example.org"])
def test_bare_addresses_are_no_links(text: str) -> None:
    """GitHub links bare addresses; those of a record are written so that it does not."""
    assert not re.search(r"://|www\.|@", escaped(text))


def test_intended_use(texts: dict[str, str]) -> None:
    """Every text says what it is for."""
    for text in texts.values():
        assert escaped(INTENDED_USE) in text
