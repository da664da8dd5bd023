"""No sentence of reassurance that was not earned: what was looked at is said, and what was not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.text import as_text
from calcinosis.words.en.account import ALL_READ
from calcinosis.words.en.report import NO_DANGER, TITLE_NONE

ROOT = Path(__file__).parent.parent
PATIENTS = [
    path for path in sorted((ROOT / "judgement" / "patients").iterdir()) if not path.name.endswith(".expected.json")
]
RECORDS = sorted((ROOT / "cases").glob("*/*/bundle.json"))[::4]
NOTHING_LEFT = ALL_READ.rpartition("}")[2].partition(". ")[2]
REASSURING = re.compile(r"Nothing in this record points|is among what to avoid|[Nn]one of the danger signs")


def assessed(path: Path) -> Assessment:
    """Return the assessment of a file."""
    known = knowledge()
    return assess_record(parse_record(path.read_bytes(), known.terms, path.name), known.library)


@pytest.mark.parametrize("path", [*PATIENTS, *RECORDS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_is_reassured_beside_what_contradicts_it(path: Path) -> None:
    """Neither beside a danger, a suspicion, an unread part nor an unjudged medicine stands a word that calms."""
    assessment = assessed(path)
    text = " ".join(as_text(assessment).split())
    assert not REASSURING.search(text)
    assert not (assessment.red_flags and NO_DANGER[0] in text)
    assert not (
        (assessment.not_read or assessment.not_understood) and ALL_READ.rpartition("}")[2].partition(". ")[2] in text
    )
    pointed = [kind.id for kind in assessment.types if kind.certainty in {"confirmed", "probable"}]
    assert not (pointed and TITLE_NONE in text)
    for result in assessment.taken:
        assert result.verdict != "no-objection-found" or not (result.unknown or result.because or result.why)
    for kind in assessment.types:
        suspected = {fact for fact in kind.assumes_absent if assessment.names.get(fact, "").startswith("Suspicion of")}
        assert not suspected
