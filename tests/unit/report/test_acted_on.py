"""The types for which treatments are judged are those that the report names above them."""

from __future__ import annotations

from msgspec.structs import replace

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.report.report import report_of
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import TRUE


def note_of(assessment: Assessment) -> str:
    """Return what stands above the treatments of a report."""
    return next(section.note for section in report_of(assessment).sections if section.id == "treatments").lower()


def test_a_danger_that_is_acted_on_is_named() -> None:
    """Who has deposits of dermatomyositis and may have calciphylaxis sees treatments of both, and that it is so."""
    found = ("skin_calcification", "dermatomyositis", "small_vessel_calcification", "suspected_calciphylaxis")
    said = tuple(Said(name, Value(truth=TRUE, origins=(Origin("question", name),))) for name in found)
    assessment = assess_record(Record(id="p", source="form", said=said), knowledge().library)
    assert assessment.leading_type == "dystrophic"
    assert assessment.active == ("dystrophic", "calciphylaxis")
    assert "dystrophic" in note_of(assessment)
    assert "calciphylaxis" in note_of(assessment)
    alone = replace(assessment, active=("dystrophic",))
    assert "calciphylaxis" not in note_of(alone)
