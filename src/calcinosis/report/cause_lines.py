"""The causes of an assessment as lines: what explains the deposit, and what only raises the risk of it."""

from __future__ import annotations

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Assessment, CauseResult
from calcinosis.report.brief import limits
from calcinosis.report.document import Line, Section
from calcinosis.report.lines import cited_line, cites_of, clean, joined, merged, reason_line, whole
from calcinosis.report.marks import CAUSE
from calcinosis.report.sections import section
from calcinosis.words.en.report import (
    ASSOCIATED,
    ASSOCIATED_ELSEWHERE,
    ASSOCIATION,
    LEADS_TO,
    NO_CAUSES,
    RECORDED,
    TREAT_FIRST,
)


def causes(assessment: Assessment) -> Section:
    """Return the causes: confirmed and suspected ones first, excluded ones and risks of other types on demand."""
    lines = (_cause_line(cause, assessment) for cause in assessment.causes)
    ordered = sorted(lines, key=lambda line: not line.brief)
    shown = (
        replace(line, brief=line.brief and place < limits(assessment).causes) for place, line in enumerate(ordered)
    )
    return section("causes", shown, NO_CAUSES)


def _cause_line(cause: CauseResult, assessment: Assessment) -> Line:
    mark, word = CAUSE[cause.status]
    if cause.status == "confirmed":
        word = _word_of_confirmed(cause, assessment, word)
    because = merged(cause.because)
    leads = LEADS_TO if cause.strength == "cause" else ASSOCIATION
    parts = tuple(reason_line(reason, against=reason.truth == "false") for reason in because)
    return Line(
        says=whole(joined(because)),
        label=clean(cause.name),
        mark=mark,
        word=word,
        cites=cites_of(because)[:3],
        aside=leads.format(types=", ".join(cause.leads_to)),
        parts=(*(cited_line(one, TREAT_FIRST) for one in cause.treat_first), *parts),
        brief=cause.status != "excluded" and _matters(cause, assessment),
        entry=cause.id,
    )


def _word_of_confirmed(cause: CauseResult, assessment: Assessment, word: str) -> str:
    if assessment.presentation == "none":
        return RECORDED
    if cause.strength == "cause":
        return word
    return ASSOCIATED if _matters(cause, assessment) else ASSOCIATED_ELSEWHERE


def _matters(cause: CauseResult, assessment: Assessment) -> bool:
    """Whether it stands in the one-minute view: a risk only of another type than the leading one does not."""
    return cause.strength == "cause" or assessment.leading_type in {None, *cause.leads_to}
