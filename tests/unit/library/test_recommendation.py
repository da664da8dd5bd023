"""One rule turns level, directness, kind and numbers into what may be considered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calcinosis.compiled import knowledge
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.library.entries import Indication, Treatment
from calcinosis.library.library import Library
from calcinosis.library.recommendation import level_of
from calcinosis.rules.syntax import Citation

KINDS = ("medicine", "procedure", "device", "self-care", "cause-directed", "supportive")
LEVELS = ("I", "IB", "II", "IIB", "III", "IV", "V")


def library() -> Library:
    """Return the library as the program uses it."""
    return knowledge().library


def indication(level: str, directness: Any) -> Indication:
    """Return an indication with this evidence."""
    cite = (Citation("traineau-2020", "abstract"),)
    return Indication(type="dystrophic", directness=directness, level=level, says="", cite=cite)


def treatment(kind: Any) -> Treatment:
    """Return a treatment of this kind, without more."""
    return replace(library().treatments["diltiazem"], kind=kind)


@pytest.mark.parametrize(
    ("level", "directness", "grade"),
    [
        ("I", 1, "A"),
        ("IB", 1, "A"),
        ("I", 2, "B"),
        ("II", 1, "B"),
        ("III", 1, "B"),
        ("III", 3, "C"),
        ("IV", 1, "C"),
        ("IV", 2, "D"),
        ("V", 1, "D"),
    ],
)
def test_grade_of_level_and_directness(level: str, directness: int, grade: str) -> None:
    """As the Oxford table gives it; studied elsewhere is one grade down."""
    assert library().recommendation.grade(indication(level, directness)) == grade


def test_analogy_and_opinion_carry_no_medicine() -> None:
    """What rests on opinion by analogy is no statement on a medicine; care that nobody withholds may rest on it."""
    rule = library().recommendation
    found = {kind: rule.recommendation(treatment(kind), indication("V", 3), 0, 0).consider for kind in KINDS}
    assert {kind for kind, considered in found.items() if considered} == {"self-care", "cause-directed", "supportive"}


@pytest.mark.parametrize(
    ("patients", "improved", "considered"), [(9, 0, True), (10, 3, False), (12, 4, True), (30, 9, False)]
)
def test_many_treated_and_few_improved_is_no_statement(patients: int, improved: int, considered: bool) -> None:
    """Ten or more patients of whom fewer than a third improved speak for nothing, at any level."""
    for level in LEVELS:
        found = library().recommendation.recommendation(treatment("medicine"), indication(level, 1), patients, improved)
        assert found.consider is considered
        assert found.inconclusive is not considered
        assert found.few is (patients < 10)


@given(st.sampled_from(LEVELS), st.integers(1, 3), st.sampled_from(KINDS), st.integers(0, 60), st.data())
def test_better_evidence_never_loses_a_recommendation(
    level: str, directness: int, kind: str, patients: int, data: st.DataObject
) -> None:
    """A higher level, more direct evidence or more improved patients never turn an option into none."""
    improved = data.draw(st.integers(0, patients))
    rule = library().recommendation
    before = rule.recommendation(treatment(kind), indication(level, directness), patients, improved)
    better = data.draw(st.sampled_from(LEVELS[: LEVELS.index(level) + 1]))
    nearer, more = data.draw(st.integers(1, directness)), data.draw(st.integers(improved, patients))
    after = rule.recommendation(treatment(kind), indication(better, nearer), patients, more)
    assert after.consider or not before.consider
    assert after.grade <= before.grade


def test_every_indication_is_judged_by_the_rule() -> None:
    """No entry of the knowledge is left out, and none but what the docs name is without a statement."""
    known: Library = library()
    none = []
    for entry in known.treatments.values():
        found = recommendations_of(entry, known)
        assert len(found) == len(entry.for_)
        none += [entry.id for one in found if not one.consider]
    assert none == ["extravasation-antidote"]


def test_level_of() -> None:
    """A letter behind the level refines it; anything else is no level."""
    assert [level_of(text) for text in ("I", "IB", "IIb", "V", "VI", "", "case report")] == [
        "I", "I", "II", "V", None, None, None,
    ]  # fmt: skip
