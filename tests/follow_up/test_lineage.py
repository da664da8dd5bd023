"""Lesions that split, merge or come back, the names that keep two apart, and the side that may be a slip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import calcinosis
from calcinosis.follow_up.results import FollowUp
from tests.follow_up.invented import condition, finding, followed, patient, procedure, size
from tests.follow_up.people import everything, lesion, news, response, sizes

ADULT = patient("female", "1970-01-01")


def forms(folder: Path, **visits: str) -> FollowUp:
    """Return the follow-up of forms, written as d2024_01_10="deposit left knee: 10 mm"."""
    records = []
    for day, lines in visits.items():
        path = folder / f"{day}.yaml"
        path.write_text(f"person: K1\ndate: {day[1:].replace('_', '-')}\n{lines}\n", encoding="utf-8")
        records.append(calcinosis.read(path))
    found = calcinosis.follow(*records)
    assert found == calcinosis.follow(*reversed(records))
    return found


def structure(name: str, place: str, description: str = "") -> dict[str, Any]:
    """Return a lesion that the record names."""
    return {"resourceType": "BodyStructure", "id": name, "location": {"text": place}, "description": description}


def of(name: str, *sized: dict[str, Any]) -> list[dict[str, Any]]:
    """Return sizes of a lesion that the record names."""
    return [{**one, "focus": [{"reference": f"BodyStructure/{name}"}]} for one in sized]


def test_named_deposit_splits_in_two() -> None:
    """The series of the whole ends where it split, and no part is compared with it."""
    found = followed(
        [
            ADULT,
            condition("Calcinosis cutis", "2022-01-01"),
            structure("whole", "right upper arm"),
            structure("a", "right upper arm", "Inner part, split from whole"),
            structure("b", "right upper arm", "Outer part, split from whole"),
            *of("whole", *size("right upper arm", "radiograph", d2023_01_10=60, d2023_07_11=64)),
            *of("a", *size("right upper arm", "radiograph", d2024_01_09=30, d2024_07_09=12)),
            *of("b", *size("right upper arm", "radiograph", d2024_01_09=28, d2024_07_09=28)),
        ],
        "2024-08-01",
    )
    whole = lesion(found, "right upper arm")
    inner, outer = lesion(found, "right upper arm (Inner part)"), lesion(found, "right upper arm (Outer part)")
    assert (sizes(whole), whole.ended, whole.ended_how) == ([60, 64], "2024-01-09", "split")
    assert (sizes(inner), inner.of, inner.how) == ([30, 12], (whole.id,), "split")
    assert (sizes(outer), outer.of, outer.how) == ([28, 28], (whole.id,), "split")
    assert [one.to_value for one in whole.changes] == [64]
    assert whole.id not in news(found, "gone")


def test_one_part_keeps_the_place(tmp_path: Path) -> None:
    """Where a part keeps the name of the whole, its series is cut on that day all the same."""
    found = forms(
        tmp_path,
        d2024_01_10="deposit left thigh: 52 mm, by ct",
        d2024_07_10="deposit left thigh: 27 mm, by ct\ndeposit lower left thigh: 20 mm, by ct, split from left thigh",
        d2025_01_08="deposit left thigh: 25 mm, by ct\ndeposit lower left thigh: 11 mm, by ct",
    )
    whole, part = (one for one in found.lesions if one.name == "left thigh")
    lower = lesion(found, "lower left thigh")
    assert (sizes(whole), whole.ended_how, whole.changes) == ([52], "split", ())
    assert (sizes(part), part.how, part.of) == ([27, 25], "split", (whole.id,))
    assert (sizes(lower), lower.how, lower.of) == ([20, 11], "split", (whole.id,))
    assert "A part of one that split." in everything(found)


def test_two_deposits_merge(tmp_path: Path) -> None:
    """Both series end where they merged; the new one is no growth of either."""
    found = forms(
        tmp_path,
        d2024_01_10="deposit inner left knee: 20 mm, by ct\ndeposit outer left knee: 14 mm, by ct",
        d2024_07_10="deposit inner left knee: 24 mm, by ct\ndeposit outer left knee: 18 mm, by ct",
        d2025_01_08="deposit left knee: 50 mm, by ct, merged from inner left knee and outer left knee",
    )
    inner, outer = lesion(found, "inner left knee"), lesion(found, "outer left knee")
    both = lesion(found, "left knee")
    assert [one.ended_how for one in (inner, outer)] == ["merged", "merged"]
    assert (sizes(both), both.how, both.of) == ([50], "merged", (inner.id, outer.id))
    assert both.changes == ()
    assert {one.to_value for one in (*inner.changes, *outer.changes)} == {24, 18}


def test_words_of_an_examination_tell_it() -> None:
    """A sentence of a report says that two have merged; that they have not is no merger."""
    told = "The two nodules have merged into one plaque"
    for words, how in ((told, "merged"), ("The two nodules have not merged", "")):
        found = followed(
            [
                ADULT,
                *size("right upper thigh", "radiograph", d2023_01_10=10, d2023_07_11=12),
                *size("right lower thigh", "radiograph", d2023_01_10=8, d2023_07_11=9),
                finding("Radiograph of right thigh", "2024-01-09", words, "right thigh"),
                *size("right thigh", "radiograph", d2024_01_09=26),
            ],
            "2024-02-01",
        )
        assert lesion(found, "right thigh").how == how
        assert lesion(found, "right upper thigh").ended_how == how


def test_parts_are_no_new_lesions_of_a_treatment(tmp_path: Path) -> None:
    """What a deposit split into did not appear anew during a treatment."""
    found = forms(
        tmp_path,
        d2024_01_10="deposit left thigh: 50 mm, by ct\ndeposit right hip: 20 mm, by ct\n"
        "diltiazem: yes, since 2024-01-10",
        d2024_07_10="deposit left thigh: has split into two\ndeposit right hip: 20 mm, by ct\n"
        "deposit upper left thigh: 22 mm, by ct\ndeposit lower left thigh: 20 mm, by ct\n"
        "diltiazem: yes, since 2024-01-10",
    )
    assert lesion(found, "upper left thigh").how == "split"
    assert response(found, "diltiazem").new_lesions == ()


def test_two_names_within_one_site_are_two_lesions(tmp_path: Path) -> None:
    """Shin and calf are both the lower leg, and no one lesion."""
    found = forms(
        tmp_path,
        d2024_01_10="wound right shin: 60 mm, by ruler\nwound right calf: 35 mm, by ruler",
        d2024_03_10="wound right shin: 40 mm, by ruler\nwound right calf: healed",
        d2024_05_10="wound right shin: healed",
    )
    assert sizes(lesion(found, "right shin")) == [60, 40, None]
    assert sizes(lesion(found, "right calf")) == [35, None]
    assert {one.ended for one in found.lesions} == {"2024-03-10", "2024-05-10"}


def test_names_that_were_measured_together_stay_apart() -> None:
    """Two names of one site that no table parts are two lesions where both were measured on one day."""
    found = followed(
        [
            ADULT,
            *size("right hamstring", "ultrasound", d2023_01_10=10, d2023_07_11=12),
            *size("right femoral region", "ultrasound", d2023_01_10=30, d2023_07_11=24),
        ],
        "2024-02-01",
    )
    assert sizes(lesion(found, "right hamstring")) == [10, 12]
    assert sizes(lesion(found, "right femoral region")) == [30, 24]


def test_another_side_in_the_gap_of_a_series_is_a_question(tmp_path: Path) -> None:
    """The other side is another lesion, and whether it is meant is asked; two sides of one day are none."""
    found = forms(
        tmp_path,
        d2024_01_10="deposit right elbow: 20 mm, by ruler\ndeposit left knee: 9 mm, by ruler",
        d2024_03_10="deposit left elbow: 18 mm, by ruler\ndeposit right knee: 5 mm, by ruler\n"
        "deposit left knee: 8 mm, by ruler",
        d2024_05_10="deposit right elbow: 15 mm, by ruler\ndeposit right knee: 5 mm, by ruler",
    )
    assert sizes(lesion(found, "right elbow")) == [20, 15]
    assert any("ask whether" in said for said in lesion(found, "left elbow").says)
    assert any("ask whether" in said for said in lesion(found, "right elbow").says)
    assert not any("ask whether" in said for said in lesion(found, "right knee").says)


def test_nothing_seen_before_the_first_size_is_no_end() -> None:
    """A first radiograph without calcium is no healed deposit, and what is then found no recurrence."""
    found = followed(
        [
            patient("male", "2025-01-01"),
            finding("Soft tissue calcification", "2025-01-20", False, "left foot") | {"method": {"text": "radiograph"}},
            *size("left foot", "radiograph", d2025_02_03=18, d2025_03_17=9),
        ],
        "2025-04-01",
    )
    (one,) = found.lesions
    assert (sizes(one), one.first, one.ended, one.how) == ([None, 18, 9], "2025-02-03", "", "")
    assert [(change.from_value, change.to_value) for change in one.changes] == [(18, 9)]


def test_what_was_taken_out_did_not_shrink() -> None:
    """The size before an operation is compared with none after it, and findings are of the lesion of their day."""
    found = followed(
        [
            ADULT,
            *size("right thumb", "radiograph", d2022_11_08=7, d2023_04_18=9),
            procedure("Excision of calcinosis of right thumb", "2023-05-09", "right thumb"),
            *size("right thumb", "radiograph", d2024_11_12=4),
            finding("Skin ulcer", "2024-11-12", True, "right thumb"),
        ],
        "2025-01-01",
    )
    first, second = found.lesions
    assert [(one.from_value, one.to_value) for one in first.changes] == [(7, 9)]
    assert (first.ended_how, second.how) == ("procedure", "recurrence")
    assert ([one.name for one in first.signs], len(second.signs)) == ([], 1)
    assert "removed (9 May 2023)" in " ".join(everything(found).split())
    assert "A recurrence: found again on 12 November 2024" in " ".join(everything(found).split())


def test_a_wound_that_closed_by_another_method_has_ended_and_is_not_compared() -> None:
    """Closed is closed; its size by one method is not held against none by another."""
    found = followed(
        [
            ADULT,
            *size("left calf", "ruler", "Wound length", d2023_01_10=30, d2023_04_10=20),
            *size("left calf", "photograph", "Wound length", d2023_07_10=0),
        ],
        "2023-08-01",
    )
    (one,) = found.lesions
    assert (one.ended, one.ended_how) == ("2023-07-10", "healed")
    assert [(change.from_value, change.to_value) for change in one.changes] == [(30, 20)]
