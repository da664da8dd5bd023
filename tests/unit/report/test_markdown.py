"""The Markdown: valid tables, everything in it, nothing of a record understood as markup."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.renderers.json import INTENDED_USE
from calcinosis.report.renderers.markdown import as_markdown, escaped
from calcinosis.report.report import report_of
from calcinosis.words.en.report import COLUMNS, VERDICT

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(token: Token) -> str:
    """Return the words of an inline token."""
    return "".join(" " if child.type == "html_inline" else child.content for child in token.children or [])


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a Markdown text as rows of cells."""
    found: list[list[list[str]]] = []
    tokens = READER.parse(text)
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"td_open", "th_open"}:
            found[-1][-1].append(plain(tokens[place + 1]))
    return found


def test_first_line_is_the_heading(assessments: dict[str, Assessment]) -> None:
    """The heading of the report is the title of the text."""
    for assessment in assessments.values():
        tokens = READER.parse(as_markdown(assessment))
        assert tokens[0].tag == "h1"
        assert plain(tokens[1]) == report_of(assessment).head.title


def test_same_treatments_and_verdicts(assessments: dict[str, Assessment]) -> None:
    """The table of treatments has every treatment that is judged; the others are named."""
    for name, assessment in assessments.items():
        text = as_markdown(assessment)
        judged = [
            (report_name(one.name, one.taken), VERDICT[one.verdict])
            for one in assessment.treatments
            if one.verdict != "not-for-this-type"
        ]
        found = [table for table in tables(text) if table[0][0] == COLUMNS["treatment"]]
        assert [(row[0], row[1]) for table in found for row in table[1:]] == judged, name
        rest = [one.name for one in assessment.treatments if one.verdict == "not-for-this-type"]
        assert not rest or f"{len(rest)} not for this type: {escaped('; '.join(rest))}." in text


def report_name(name: str, taken: bool) -> str:
    """Return the name of a treatment as it stands in the table."""
    return f"{name} (taken now)" if taken else name


def test_tables_are_regular(assessments: dict[str, Assessment]) -> None:
    """Every row has as many cells as its table has columns."""
    for assessment in assessments.values():
        for line in as_markdown(assessment).splitlines():
            if line.startswith("|"):
                cells = len(re.findall(r"(?<!\\)\|", line)) - 1
                assert cells in {3, 6}, line[:80]
        for table in tables(as_markdown(assessment)):
            assert len({len(row) for row in table}) == 1


def test_sources_are_listed_with_their_address(assessments: dict[str, Assessment]) -> None:
    """Every source of the report is listed, as a link where it has an address."""
    assessment = assessments["ssc-62f-thumb-tip"]
    links = {
        child.attrGet("href")
        for token in READER.parse(as_markdown(assessment))
        for child in token.children or []
        if child.type == "link_open"
    }
    wanted = [source.url for source in report_of(assessment).section("sources").sources if source.url]
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


def test_intended_use(assessments: dict[str, Assessment]) -> None:
    """Every text says what it is for."""
    for assessment in assessments.values():
        assert escaped(INTENDED_USE) in as_markdown(assessment)
