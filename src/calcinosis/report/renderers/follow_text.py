"""A follow-up as text for a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from textwrap import wrap

from calcinosis.follow_up.results import FollowUp
from calcinosis.report.follow_report import FollowLine, FollowMark, follow_report

NARROWEST, WIDEST = 60, 100
SIGNS: dict[FollowMark, str] = {
    "danger": "!", "soon": "!", "known": "!", "better": "+", "worse": "-", "not-known": "?", "": " ",
}  # fmt: skip


def follow_text(found: FollowUp) -> str:
    """Return a follow-up as text, as wide as the terminal between 60 and 100 columns."""
    width = min(max(shutil.get_terminal_size((WIDEST, 24)).columns, NARROWEST), WIDEST)
    report = follow_report(found)
    lines = [*wrap(report.title, width), *wrap(report.who, width), *wrap(report.lede, width)]
    for section in report.sections:
        lines += ["", section.title, *wrap(section.note, width)]
        for line in section.lines:
            lines += _wrapped(line, width)
    return "\n".join(lines)


def _wrapped(line: FollowLine, width: int) -> Iterator[str]:
    cites = f" [{', '.join(line.cites)}]" if line.cites else ""
    says = f"{line.label}: {line.says}" if line.label else line.says
    yield from wrap(says + cites, width, initial_indent=f"{SIGNS[line.mark]} ", subsequent_indent="  ")
    for aside in line.aside:
        yield from wrap(aside, width, initial_indent="    ", subsequent_indent="    ")
