"""An assessment as text for a terminal: one minute without ``verbose``, the basis of each line with it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from calcinosis.report.renderers.text_blocks import blocks
from calcinosis.report.renderers.text_cases import case_blocks
from calcinosis.report.renderers.text_provenance import provenance_blocks
from calcinosis.report.renderers.text_table import lines_of
from calcinosis.report.report import report_of

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment

NARROWEST, WIDEST = 60, 100


def as_text(assessment: Assessment, *, verbose: bool = False, colour: bool = False, cases: bool = False) -> str:
    """Return the assessment as text, as wide as the terminal between 60 and 100 columns; published cases on demand."""
    width = min(max(shutil.get_terminal_size((WIDEST, 24)).columns, NARROWEST), WIDEST)
    report = report_of(assessment)
    cards = case_blocks(report.section("cases")) if cases else ()
    lines: list[str] = []
    for block in (*(provenance_blocks(report) if verbose else blocks(report)), *cards):
        lines += [""] if block.is_apart else []
        lines += lines_of(block, width, colour)
    return "\n".join(lines).strip("\n")
