"""Clinic notes of several days, followed: each deposit whose place is said, and medicines that ended."""

from __future__ import annotations

from pathlib import Path

import pytest

import calcinosis
from calcinosis.follow_up.results import FollowUp
from tests.follow_up.people import NOT_TAKEN, NOW_TAKEN, courses, everything, lesion, series, sizes

FIRST = """Clinic letter, 3 March 2025. 58-year-old woman with limited systemic sclerosis. The deposit of the right
elbow measured 24 mm by ultrasound. She takes diltiazem 120 mg daily. Calcium 9.4 mg/dL.
"""
SECOND = """Clinic letter, 9 September 2025. 58-year-old woman with limited systemic sclerosis. On ultrasound the
deposit of the right elbow is 18 mm. Diltiazem was stopped because of ankle oedema. Calcium 9.2 mg/dL.
"""


def notes(folder: Path, *texts: str) -> FollowUp:
    """Return the follow-up of notes."""
    paths = [folder / f"{number}.txt" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    found = calcinosis.follow(*map(calcinosis.read, paths))
    assert found == calcinosis.follow(*map(calcinosis.read, reversed(paths)))
    return found


def test_two_letters_tell_a_size_at_its_place(tmp_path: Path) -> None:
    """The same place by the same method is one lesion, and is compared."""
    found = notes(tmp_path, FIRST, SECOND)
    one = lesion(found, "right elbow")
    assert (sizes(one), one.methods) == ([24, 18], ("ultrasound",))
    assert [change.percent for change in one.changes] == [-25.0]
    assert series(found, "calcium").recorded_unit == "mg/dL"


def test_two_places_in_a_sentence_are_no_place(tmp_path: Path) -> None:
    """Of which of two places a size is, is not guessed."""
    found = notes(tmp_path, FIRST, SECOND.replace("of the right elbow", "of the right elbow and the left knee"))
    assert all(not one.changes for one in found.lesions)


def test_each_deposit_of_a_letter_is_a_lesion(tmp_path: Path) -> None:
    """Each place has its own sizes, in one sentence or in several, and the assessment has the largest of the day."""
    more = "That of the left thigh measured 12 mm by ultrasound. "
    later = "On ultrasound the deposit of the right elbow is 18 mm, that of the left thigh 16 mm and a new one"
    found = notes(
        tmp_path,
        FIRST.replace("She takes", f"{more}She takes"),
        SECOND.replace("On ultrasound the\ndeposit of the right elbow is 18 mm", f"{later} of the left ear 4 mm"),
    )
    assert sizes(lesion(found, "right elbow")) == [24, 18]
    assert sizes(lesion(found, "left thigh")) == [12, 16]
    assert sizes(lesion(found, "left ear")) == [4]
    assert [change.percent for change in lesion(found, "left thigh").changes] == [33.3]
    value = found.assessment.account.facts.value("lesion_size")
    assert value is not None
    assert (value.low, value.is_disputed) == (18, False)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Calcinosis of the right elbow (24 mm) and left thigh (12 mm).", {"right elbow": 24, "left thigh": 12}),
        (
            "A 24 mm deposit on the right elbow and a 12 mm one on the left thigh.",
            {"right elbow": 24, "left thigh": 12},
        ),
        ("The deposit of the right elbow was 24 mm and is now 18 mm.", {"right elbow": 18}),
        ("The deposit of the right elbow has shrunk from 24 mm to 18 mm.", {"right elbow": 18}),
        ("Nodules from 3 to 15 mm on the left thigh.", {"left thigh": 15}),
        ("Right elbow: deposit 24 mm (previously 30 mm).", {"right elbow": 24}),
        ("The right elbow deposit measures 24 mm. The largest deposit is 24 mm.", {"right elbow": 24}),
        ("On the right arm a 24 mm deposit at the elbow and 12 mm at the wrist.", {"": 24}),
    ],
)
def test_sizes_of_now_at_their_places(tmp_path: Path, written: str, told: dict[str, float]) -> None:
    """What was earlier is no size of now; a place that is not clear is not guessed."""
    path = tmp_path / "note.txt"
    path.write_text(f"Clinic letter, 3 March 2025. 58-year-old woman. {written}\n", encoding="utf-8")
    record = calcinosis.read(path)
    assert {one.site: one.value.low for one in record.said if one.fact == "lesion_size"} == told


def test_a_later_letter_ends_a_medicine(tmp_path: Path) -> None:
    """What a later letter tells to be stopped is not taken any more, in the assessment as in the follow-up."""
    found = notes(tmp_path, FIRST, SECOND)
    assert courses(found, "diltiazem") == [("2025-03-03", "2025-09-09", NOT_TAKEN)]
    assert "diltiazem" not in {one.medicine for one in found.assessment.taken}
    again = notes(tmp_path, FIRST, SECOND, FIRST.replace("3 March 2025", "2 February 2026"))
    assert courses(again, "diltiazem")[-1][1:] == ("", NOW_TAKEN)


def test_what_the_first_letter_names_was_not_begun_that_day(tmp_path: Path) -> None:
    """A medicine that the first letter names may have been taken for years; what a later one names first is new."""
    found = notes(tmp_path, FIRST.replace("daily.", "daily, and omeprazole."), SECOND)
    (during,) = [one for one in found.responses if one.medicine == "diltiazem"]
    assert during.also_changed == ()
    later = SECOND.replace("Diltiazem was stopped because of ankle oedema", "Started minocycline 50 mg daily")
    found = notes(tmp_path, FIRST, later, FIRST.replace("3 March 2025", "2 February 2026"))
    (during,) = [one for one in found.responses if one.medicine == "diltiazem"]
    assert [one for one in during.also_changed if one.startswith("Minocycline begun")]


def test_a_note_is_named_as_one(tmp_path: Path) -> None:
    """A reader sees that the note says it, and no number of a line."""
    text = everything(notes(tmp_path, SECOND, FIRST.replace("3 March 2025", "9 September 2025")))
    assert " 1 ended on" not in text
    assert "1 says that" not in text
