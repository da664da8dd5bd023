"""Scores of forms, and how a lesion went until it was gone."""

from __future__ import annotations

from pathlib import Path

import calcinosis
from calcinosis.follow_up.results import FollowUp
from tests.follow_up.invented import condition, followed, patient, size
from tests.follow_up.people import everything, lesion, score


def forms(folder: Path, **visits: str) -> FollowUp:
    """Return the follow-up of forms of a person with systemic sclerosis."""
    paths = [folder / f"{day[1:]}.yaml" for day in visits]
    for (day, lines), path in zip(visits.items(), paths, strict=True):
        head = f"person: S1\ndate: {day[1:].replace('_', '-')}\nlimited_systemic_sclerosis: yes\n"
        path.write_text(f"{head}{lines}\n", encoding="utf-8")
    return calcinosis.follow(*map(calcinosis.read, paths))


def test_a_radiographic_score_of_a_form_needs_no_method(tmp_path: Path) -> None:
    """The score is made from radiographs: a form that gives its total gets the label of its definition."""
    found = forms(tmp_path, d2024_01_10="hand calcinosis score: 40", d2025_01_14="hand calcinosis score: 52")
    assert [one.label for one in score(found, "hand_calcinosis_score").changes] == ["progression"]


def test_a_new_lesion_is_called_new_once(tmp_path: Path) -> None:
    """The heading says it, the line does not again."""
    lines = "deposit left thumb: 5 mm, by radiograph"
    found = forms(tmp_path, d2024_01_10=lines, d2025_01_14=f"{lines}\ndeposit right thumb: 3 mm, by radiograph")
    assert "! New: right thumb, 3 mm" in everything(found)


def test_how_a_lesion_went_until_it_was_gone() -> None:
    """The change shown is that from the first to the last size, not the last step, and not that to nothing."""
    found = followed(
        [
            patient("female", "1960-01-01"),
            condition("Calcinosis cutis", "2022-01-01"),
            *size("left elbow", "radiograph", d2023_01_10=60, d2023_06_10=44, d2023_12_10=12, d2024_06_10=0),
        ],
        "2024-07-01",
    )
    assert (12, -80.0) in [(one.to_value, one.percent) for one in lesion(found, "left elbow").changes]
    assert "60 to 12 (−80%), 10 January 2023 to 10 December 2023" in " ".join(everything(found).split())
