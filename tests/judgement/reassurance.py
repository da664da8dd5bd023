"""What no report may say: a word that calms beside what contradicts it, or a test that a danger forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis.conclusions.assessment import Assessment
from calcinosis.library.library import Library
from calcinosis.report.renderers.text import as_text
from calcinosis.words.en.account import ALL_READ
from calcinosis.words.en.report import NO_DANGER, TITLE_NONE

_NOTHING_LEFT = ALL_READ.rpartition("}")[2].partition(". ")[2]
_REASSURING = re.compile(r"Nothing in this record points|is among what to avoid|[Nn]one of the danger signs")


def contradictions(assessment: Assessment, library: Library) -> Iterator[str]:
    """Yield every sentence of reassurance that was not earned, and every test that is asked for against a danger."""
    text = " ".join(as_text(assessment).split())
    if found := _REASSURING.search(text):
        yield found[0]
    if assessment.red_flags and NO_DANGER[0] in text:
        yield NO_DANGER[0]
    if (assessment.not_read or assessment.not_understood) and _NOTHING_LEFT in text:
        yield _NOTHING_LEFT
    if TITLE_NONE in text and any(kind.certainty in {"confirmed", "probable"} for kind in assessment.types):
        yield TITLE_NONE
    for result in assessment.taken:
        if result.verdict == "no-objection-found" and (result.unknown or result.because or result.why):
            yield f"no objection to {result.medicine}"
    for kind in assessment.types:
        yield from (
            f"{fact} taken as absent"
            for fact in kind.assumes_absent
            if assessment.names.get(fact, "").startswith("Suspicion of")
        )
    forbidden = {test for flag in assessment.red_flags for test in library.red_flags[flag.id].forbids}
    yield from (f"{test.id} asked for" for test in assessment.workup if test.id in forbidden)
