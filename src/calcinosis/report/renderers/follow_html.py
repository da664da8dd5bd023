"""A follow-up as one self-contained page, with its chart."""

from __future__ import annotations

from typing import Any

from calcinosis.follow_up.results import FollowUp
from calcinosis.report.follow_chart import follow_chart
from calcinosis.report.follow_report import follow_report
from calcinosis.report.renderers.html import environment, printed_foot_style, style_of
from calcinosis.words.en import follow_page as page
from calcinosis.words.en.report import KNOWLEDGE, day_words

SHEETS = ("tokens.css", "assessment.css", "follow.css")


def follow_html(found: FollowUp) -> str:
    """Return a follow-up as a page that needs no other file and runs no script."""
    style = style_of(SHEETS) + "\n" + printed_foot_style()
    return environment().get_template("follow.html.j2").render(**follow_values(found), style=style)


def follow_values(found: FollowUp) -> dict[str, Any]:
    """Return what the template of the page is filled with, for pages that stand around it."""
    report = follow_report(found)
    known = found.sources
    cited = dict.fromkeys(id for section in report.sections for line in section.lines for id in line.cites)
    listed = [(id, known[id]) for id in cited if id in known]
    assessment = found.assessment
    shown = KNOWLEDGE.format(version=assessment.knowledge_version, day=day_words(assessment.knowledge_checked))
    return {
        "report": report,
        "chart": follow_chart(found),
        "sources": listed,
        "numbers": {id: number for number, (id, _) in enumerate(listed, start=1)},
        "f": page,
        "knowledge_shown": shown,
    }
