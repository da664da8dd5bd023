"""The formats in which a follow-up is written."""

from __future__ import annotations

from calcinosis.follow_up.results import FollowUp
from calcinosis.report.renderers.harmless import harmless


def follow_document(found: FollowUp, form: str) -> str:
    """Return the document of a follow-up in a format: text, json or html."""
    if form == "json":
        from calcinosis.report.renderers.follow_json import follow_json

        return follow_json(found)
    if form == "html":
        from calcinosis.report.renderers.follow_html import follow_html

        return harmless(follow_html(found), False)
    from calcinosis.report.renderers.follow_text import follow_text

    return harmless(follow_text(found), False)
