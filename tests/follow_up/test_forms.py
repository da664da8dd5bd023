"""Visit forms, one file a visit: put together as one person over time, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

import calcinosis
from calcinosis.errors import InputError
from calcinosis.person.record import Record
from tests.follow_up.people import NOT_TAKEN, NOW_TAKEN, course, courses, lesion, rounded, score, series, sizes

WHO = "age: 58\nsex: female\ndialysis: yes\n"
FIRST = f"person: A17\ndate: 2025-10-14\n{WHO}phosphate: 2.6 mmol/L\npain score: 7\nwarfarin: yes\n"
SECOND = f"person: A17\ndate: 2026-03-02\n{WHO}phosphate: 1.9 mmol/L\npain score: 4\nwarfarin: no\n"


def form(folder: Path, text: str, name: str) -> Record:
    """Return the record of a form."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return calcinosis.read(path)


def test_two_visits_are_followed(tmp_path: Path) -> None:
    """Each result on the day of its form, whatever the order of the forms."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND, "two.yaml")]
    found, other = calcinosis.follow(*records), calcinosis.follow(*reversed(records))
    assert found == other
    assert [point.date for point in series(found, "phosphate").points] == ["2025-10-14", "2026-03-02"]
    assert rounded(score(found, "pain_score")) == [7, 4]
    assert courses(found, "warfarin") == [("2025-10-14", "2026-03-02", NOT_TAKEN)]
    assert (found.since_last_visit.before, found.since_last_visit.last) == ("2025-10-14", "2026-03-02")


def test_first_visit_alone_as_of_its_day(tmp_path: Path) -> None:
    """What was taken then is taken then."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND, "two.yaml")]
    found = calcinosis.follow(*records, as_of="2025-12-01")
    assert courses(found, "warfarin") == [("2025-10-14", "", NOW_TAKEN)]
    assert rounded(score(found, "pain_score")) == [7]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("A17", "B3"), "another person"),
        (("person: A17\n", ""), "whose it is"),
        (("date: 2026-03-02\n", ""), "without its date"),
    ],
)
def test_forms_that_do_not_belong_together(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    """Another person, no person and no date are errors that name the form and what to do."""
    records = [form(tmp_path, FIRST, "one.yaml"), form(tmp_path, SECOND.replace(*change), "two.yaml")]
    with pytest.raises(InputError) as error:
        calcinosis.follow(*records)
    assert problem in str(error.value)
    assert "record 2" in str(error.value)


COURSE_FIRST = f"""person: B2
date: 2025-10-14
{WHO}sevelamer: yes, since 2025-09-01, 800 mg three times daily
warfarin: yes, since 2019-05-02, 3 mg once daily
deposit right shoulder: 62 mm, by ct
wound left calf: 40 mm, by ruler
deposit left thumb tip: 4 mm
"""
COURSE_SECOND = f"""person: B2
date: 2026-03-02
{WHO}sevelamer: yes, 1.6 g three times daily
warfarin: no, stopped 2025-11-20, because calciphylaxis
deposit right shoulder: not found, by ct
wound left calf: healed, by ruler
deposit left thumb: 6 mm
"""


def test_forms_tell_lesions_and_courses(tmp_path: Path) -> None:
    """Sizes by place and method, a dose that changed, a stop with its day and its reason."""
    records = [form(tmp_path, COURSE_FIRST, "one.yaml"), form(tmp_path, COURSE_SECOND, "two.yaml")]
    found = calcinosis.follow(*records)
    shoulder, calf = lesion(found, "right shoulder"), lesion(found, "left calf")
    assert (sizes(shoulder), shoulder.ended, shoulder.method) == ([62, None], "2026-03-02", "computed tomography")
    assert (sizes(calf), calf.ended, calf.kind) == ([40, None], "2026-03-02", "wound")
    assert sizes(lesion(found, "left thumb tip")) == [4, 6]
    assert courses(found, "warfarin") == [("2019-05-02", "2025-11-20", NOT_TAKEN)]
    stopped = course(found, "warfarin").stopped_because
    assert stopped is not None
    assert (stopped.says, stopped.facts) == ("calciphylaxis", ("calciphylaxis",))
    sevelamer = course(found, "sevelamer")
    assert (sevelamer.start, sevelamer.start_is, sevelamer.ongoing) == ("2025-09-01", "written", NOW_TAKEN)
    assert [dose.says for dose in sevelamer.doses] == ["800 mg three times daily", "1.6 g three times daily"]


def test_a_wrong_day_of_a_medicine_is_named(tmp_path: Path) -> None:
    """The line and the day are told."""
    with pytest.raises(InputError) as error:
        form(tmp_path, "person: B2\ndate: 2025-10-14\nwarfarin: yes, since last spring\n", "one.yaml")
    assert "last spring" in str(error.value)


def test_each_visit_tells_the_same_course_again(tmp_path: Path) -> None:
    """A pause told at a visit lies within the course; a dose is that of the visit which first tells it."""
    told = {
        "2023-02-07": "acetazolamide: yes, since 2023-02-07, 250 mg twice daily",
        "2023-08-08": "acetazolamide: yes, since 2023-02-07, 500 mg twice daily",
        "2024-02-13": "acetazolamide: no, stopped 2024-01-30, because vomiting and fever, held",
        "2024-09-10": "acetazolamide: yes, since 2024-02-20, 500 mg twice daily",
    }
    found = calcinosis.follow(
        *(form(tmp_path, f"person: A17\ndate: {day}\n{WHO}{line}\n", f"{day}.yaml") for day, line in told.items())
    )
    one = course(found, "acetazolamide")
    assert (one.start, one.stop, one.ongoing, one.stopped_because) == ("2023-02-07", "", True, None)
    assert [(dose.start, dose.says) for dose in one.doses] == [
        ("2023-02-07", "250 mg twice daily"),
        ("2023-08-08", "500 mg twice daily"),
    ]
    assert [(pause.start, pause.stop, pause.because) for pause in one.pauses] == [
        ("2024-01-30", "2024-02-20", "vomiting and fever, held")
    ]


def test_a_stop_for_a_reason_is_no_pause(tmp_path: Path) -> None:
    """Begun again after it was stopped for harm it is a course of its own, and its reason is kept whole."""
    told = {
        "2023-02-07": "minocycline: yes, since 2023-02-01, 50 mg once daily",
        "2023-08-08": "minocycline: no, stopped 2023-07-20, because dizziness, blue skin",
        "2023-09-10": "minocycline: yes, since 2023-08-10, 25 mg once daily",
    }
    found = calcinosis.follow(
        *(form(tmp_path, f"person: A17\ndate: {day}\n{WHO}{line}\n", f"{day}.yaml") for day, line in told.items())
    )
    assert courses(found, "minocycline") == [
        ("2023-02-01", "2023-07-20", NOT_TAKEN),
        ("2023-08-10", "", NOW_TAKEN),
    ]
    first = next(one for one in found.courses if one.medicine == "minocycline")
    assert first.stopped_because is not None
    assert first.stopped_because.says == "dizziness, blue skin"


def test_several_things_changed_at_once(tmp_path: Path) -> None:
    """A dose that was raised, and a medicine stopped that brings deposits about, are things that changed too."""
    lines = {
        "2024-01-10": "sevelamer: yes, since 2021-06-10, 800 mg with meals\ncinacalcet: yes, since 2024-01-10\n"
        "deposit right hip: 60 mm, by ct",
        "2024-03-10": "sevelamer: yes, since 2021-06-10, 1.6 g with meals\ncinacalcet: yes, since 2024-01-10",
        "2024-07-10": "sevelamer: yes, since 2021-06-10, 1.6 g with meals\ncinacalcet: yes, since 2024-01-10\n"
        "deposit right hip: 40 mm, by ct",
    }

    def response_with(more: dict[str, str]) -> tuple[str, ...]:
        forms = [
            form(tmp_path, f"person: A17\ndate: {day}\n{WHO}{line}\n{more.get(day, '')}\n", f"{day}.yaml")
            for day, line in lines.items()
        ]
        (one,) = [one for one in calcinosis.follow(*forms).responses if one.medicine == "cinacalcet"]
        assert one.label == "cannot-tell-which"
        return one.also_changed

    assert response_with({}) == ("Sevelamer at another dose since 10 March 2024",)
    warfarin = {
        "2024-01-10": "warfarin: yes, since 2019-05-01",
        "2024-03-10": "warfarin: no, stopped 2024-02-01, because calciphylaxis",
    }
    assert "Warfarin stopped 1 February 2024" in response_with(warfarin)


def test_the_visit_before_is_a_visit(tmp_path: Path) -> None:
    """The day since which a medicine is taken is no visit; what began and ended after the visit before is told."""
    forms = [
        form(tmp_path, f"person: A17\ndate: 2026-03-04\n{WHO}diltiazem: yes, since 2025-12-01\n", "a.yaml"),
        form(tmp_path, f"person: A17\ndate: 2026-09-09\n{WHO}diltiazem: no, stopped 2026-07-20, because oedema\n"
             "minocycline: yes, since 2026-08-01\n", "b.yaml"),
    ]  # fmt: skip
    since = calcinosis.follow(*forms).since_last_visit
    assert (since.before, since.last) == ("2026-03-04", "2026-09-09")
    assert [one.what for one in since.started] == ["minocycline"]
    assert [one.what for one in since.stopped] == ["diltiazem"]


def test_a_deposit_and_a_wound_of_one_place_have_two_names(tmp_path: Path) -> None:
    """A reader sees which of the two is meant; alone, the place is enough."""
    lines = "deposit left thumb: 9 mm\nulcer left thumb: 6 mm\ndeposit right hip: 40 mm\n"
    found = calcinosis.follow(form(tmp_path, f"person: A17\ndate: 2026-03-04\n{WHO}{lines}", "a.yaml"))
    assert {one.name for one in found.lesions} == {"left thumb (deposit)", "left thumb (wound)", "right hip"}
