"""Published cases: what their authors concluded comes out, dangers are flagged, look-alikes are no calcinosis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.interfaces.evaluate import evaluate_folder, evaluation_lines

HERE = Path(__file__).parent
BLIND = {"published-fourth": (25, 27), "published-fifth": (20, 24), "published-sixth": (36, 43)}
"""Sets that were tried blind: how many of those that can be told are right; the first trial is in docs/accuracy.md."""
FOLDERS = [folder for folder in sorted(HERE.glob("published*")) if folder.is_dir() and folder.name not in BLIND]
CASES = [case.parent for folder in FOLDERS for case in sorted(folder.glob("*/expected.json"))]


def expected(case: Path) -> dict[str, Any]:
    """Return what the authors of a case concluded."""
    found: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found


def assessed(case: Path) -> Assessment:
    """Return the assessment of a case."""
    return calcinosis.assess(calcinosis.read(case / "bundle.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_accuracy_over_cases_that_can_be_told(folder: Path) -> None:
    """At least 95 % of the cases whose type follows from the record lead to the authors' type."""
    evaluation, problems = evaluate_folder(folder, knowledge())
    assert not problems
    score = evaluation["derivable"]
    assert score["scored"] > 20
    assert score["accuracy"] >= 0.95, "\n".join(evaluation_lines(evaluation))


@pytest.mark.parametrize("folder", BLIND)
def test_blind_sets_do_not_get_worse(folder: str) -> None:
    """A set that was tried blind keeps at least what is right of it."""
    right, told = BLIND[folder]
    evaluation, problems = evaluate_folder(HERE / folder, knowledge())
    assert not problems
    score = evaluation["derivable"]
    assert score["scored"] == told
    assert score["correct"] >= right, "\n".join(evaluation_lines(evaluation))


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if expected(case)["type"] == "calciphylaxis" and expected(case).get("derivable", True)],
    ids=lambda case: case.name,
)
def test_calciphylaxis_is_flagged(case: Path) -> None:
    """Every case of calciphylaxis that can be told from its record carries an emergency or urgent red flag."""
    assert {flag.urgency for flag in assessed(case).red_flags} & {"emergency", "urgent"}


@pytest.mark.parametrize(
    "case", [case for case in CASES if expected(case)["type"] == "not-calcinosis"], ids=lambda case: case.name
)
def test_look_alikes_are_not_established(case: Path) -> None:
    """No look-alike is called an established type."""
    assert "established" not in {result.status for result in assessed(case).types}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_reason_is_cited_and_read_somewhere(case: Path) -> None:
    """Every true reason of a type names its source and the place in the record; every source cited is listed."""
    assessment = assessed(case)
    for result in assessment.types:
        for reason in result.because:
            assert reason.cite, reason
            assert set(reason.cite) <= set(assessment.sources)
            if reason.truth == "true" and not reason.says.startswith("no "):
                assert reason.from_, reason


@pytest.mark.parametrize("kind", ["bundle.json", "note.txt"])
def test_no_wrong_type_is_confirmed(kind: str) -> None:
    """In no set, tried blind or not, is a type called confirmed that the authors would not call so."""
    wrong = []
    for case in sorted(path.parent for path in HERE.glob(f"published*/*/{kind}")):
        told = expected(case)
        accepted = {*told.get("acceptable_types", ()), told["type"], "uncertain"}
        found = calcinosis.assess(calcinosis.read(case / kind))
        wrong += [(case.name, one.id) for one in found.types if one.certainty == "confirmed" and one.id not in accepted]
    assert not wrong
