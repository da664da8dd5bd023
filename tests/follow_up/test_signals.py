"""What changed during a course and speaks against it, what is complete, and what is over."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.follow_up.results import FollowUp, StopSignal
from calcinosis.words.en.follow_page import from_to
from tests.follow_up.invented import condition, finding, followed, order, patient, procedure, result, size, visits
from tests.follow_up.people import everything

ADULT = patient("female", "1970-01-01")
CHILD = patient("male", "2012-05-05")
Json = dict[str, Any]


def signal(found: FollowUp, name: str) -> StopSignal:
    """Return the one stop signal of an id."""
    (one,) = [one for one in found.stop_signals if one.id == name]
    return one


def names(found: FollowUp) -> set[str]:
    """Return the ids of all stop signals."""
    return {one.id for one in found.stop_signals}


def test_creatinine_rises_on_an_infused_bisphosphonate() -> None:
    """A rise by half since the course began is told with both days, whatever the unit in which each was written."""
    known = [
        CHILD,
        order("zoledronate", "2024-02-01", dose="0.05 mg/kg every 6 months"),
        *result("Creatinine", "mg/dL", d2023_06_01=0.4, d2024_01_30=0.42),
        *result("Creatinine", "umol/L", d2024_08_01=65),
    ]
    found = followed(known, "2024-09-01")
    one = signal(found, "change-of-creatinine")
    assert (one.medicine, one.date, one.is_old) == ("zoledronate", "2024-08-01", False)
    assert "0.42 mg/dL on 30 January 2024" in one.because[0]
    assert "pamidronate-label" in one.cite
    later = followed([*known, *result("Creatinine", "mg/dL", d2024_08_20=0.45)], "2024-09-01")
    assert "change-of-creatinine" not in names(later)


@pytest.mark.parametrize(
    ("resources", "why"),
    [
        ([order("zoledronate", "2024-02-01", "2024-05-01")], "the course is over"),
        ([order("diltiazem", "2024-02-01")], "it is not held for it"),
        ([order("zoledronate", "2024-08-01")], "nothing was measured during it"),
    ],
)
def test_no_signal(resources: list[Json], why: str) -> None:
    """A rise is no signal against what is over, is not held for it, or began after it."""
    results = [*result("Creatinine", "mg/dL", d2024_01_30=0.42, d2024_08_01=0.9)]
    assert "change-of-creatinine" not in names(followed([CHILD, *resources, *results], "2024-09-01")), why


def test_a_quarter_is_enough_on_ciclosporin() -> None:
    """Each treatment has its own limit."""
    results = [*result("Creatinine", "mg/dL", d2024_01_30=0.8, d2024_08_01=1.02)]
    on_ciclosporin = followed([ADULT, order("ciclosporin", "2024-02-01"), *results], "2024-09-01")
    on_zoledronate = followed([ADULT, order("zoledronate", "2024-02-01"), *results], "2024-09-01")
    assert "change-of-creatinine" in names(on_ciclosporin)
    assert "change-of-creatinine" not in names(on_zoledronate)


def test_haemoglobin_falls_on_tofacitinib() -> None:
    """More than 2 g/dL is told, 2 is not."""
    for now, is_told in ((10.9, True), (11.0, False)):
        results = [*result("Haemoglobin", "g/dL", d2024_01_30=13.0, d2024_08_01=now)]
        found = followed([ADULT, order("tofacitinib", "2024-02-01"), *results], "2024-09-01")
        assert ("change-of-haemoglobin" in names(found)) is is_told


def test_bicarbonate_on_thiosulfate_and_acetazolamide() -> None:
    """Below 18 it counts as acidosis: by the rule of the one, by the contraindication of the other, in a child too."""
    low = [*result("Bicarbonate", "mmol/L", d2024_01_30=23, d2024_08_01=17)]
    stated = [condition("Calciphylaxis", "2024-01-30"), order("sodium thiosulfate", "2024-02-01", dose="25 g by vein")]
    one = signal(followed([ADULT, *stated, *low], "2024-08-10"), "change-of-bicarbonate")
    assert one.date == "2024-08-01"
    for person in (ADULT, CHILD):
        found = followed([person, order("acetazolamide", "2024-02-01"), *low], "2024-08-10")
        assert signal(found, "taken-acetazolamide").date == "2024-08-01"
        assert "On 1 August 2024; no later value." in " ".join(everything(found).split())
        assert {limit.kind for limit in found.series[0].limits} == {"usual"}


def test_a_signal_tells_the_day_of_the_finding_and_not_of_the_medicine() -> None:
    """The day is that of the blood pressure."""
    found = followed(
        [
            ADULT,
            order("diltiazem", "2023-02-01"),
            *result("Systolic blood pressure", "mmHg", d2024_01_30=120, d2024_08_01=82),
        ],
        "2024-08-10",
    )
    assert signal(found, "taken-diltiazem").date == "2024-08-01"


def leak(*more: Json) -> FollowUp:
    """Return the follow-up of a leak of calcium in a newborn."""
    return followed(
        [
            patient("male", "2025-01-10"),
            *visits("2025-01-14", "2025-02-03", "2025-06-16"),
            condition("Calcinosis cutis", "2025-02-03"),
            finding("Extravasation of calcium gluconate infusion", "2025-01-14", True, "left foot"),
            *size("left foot", "radiograph", d2025_02_03=18),
            *more,
        ],
        "2025-08-01",
    )


def test_a_leak_is_over_once_its_deposit_is_gone() -> None:
    """Where nothing is left the leak is told as over and what was to be watched as complete; else it is not."""
    gone = leak(*size("left foot", "radiograph", d2025_06_16=0))
    text = " ".join(everything(gone).split())
    assert "Over + Calcium leaked into the skin: On 14 January 2025." in text
    assert "Danger" not in text.partition("{")[0]
    assert {one.state for one in gone.due if one.id == "calcium-leak-in-infants"} == {"complete"}
    there = leak(*size("left foot", "radiograph", d2025_06_16=6))
    assert "Over + Calcium" not in " ".join(everything(there).split())
    assert {one.state for one in there.due if one.id == "calcium-leak-in-infants"} == {"no-interval-tested"}


def test_an_infusion_told_as_a_procedure_is_a_course() -> None:
    """What was given from one day to another is told with both."""
    one = procedure("Infusion of calcium gluconate into a vein of the left foot", "2025-01-12", "left foot")
    del one["performedDateTime"]
    found = leak({**one, "performedPeriod": {"start": "2025-01-12", "end": "2025-01-14"}})
    told = [(x.start, x.stop, x.ongoing) for x in found.courses if x.medicine == "calcium_infusion"]
    assert told == [("2025-01-12", "2025-01-14", False)]


def test_a_course_in_conflict_is_not_said_to_go_on() -> None:
    """An order that is open and a statement that it is not taken: neither is told as a fact, here or below."""
    denied = {"resourceType": "MedicationStatement", "status": "not-taken", "effectiveDateTime": "2024-06-01",
              "medicationCodeableConcept": {"text": "cinacalcet"}}  # fmt: skip
    found = followed(
        [ADULT, order("cinacalcet", "2023-02-01"), denied, *size("left hip", "ruler", d2023_01_10=9, d2024_06_01=9)],
        "2024-07-01",
    )
    text = " ".join(everything(found).split()).partition("{")[0]
    assert "says that it is not" in text
    assert "goes on" not in text


def test_a_caution_that_came_up_during_a_course() -> None:
    """A deposit that became infected on methotrexate is told with its day; one that was infected before is not new."""
    known = [CHILD, condition("Juvenile dermatomyositis", "2020-01-01"), order("methotrexate", "2024-01-01")]
    later = followed([*known, finding("Infected calcinosis", "2024-05-10", True, "left elbow")], "2024-05-20")
    one = signal(later, "came-up-methotrexate")
    assert (one.date, one.because) == ("2024-05-10", ("infected calcium deposit",))
    before = followed([*known, finding("Infected calcinosis", "2023-12-10", True, "left elbow")], "2024-05-20")
    assert "came-up-methotrexate" not in names(before)


def test_limits_are_told_as_their_source_writes_them() -> None:
    """The tolerance of the digits decides, and the limit is shown as written: 10.2 and not 10.25."""
    known = [ADULT, *result("Calcium", "mg/dL", d2023_06_01=9.6, d2023_09_01=10.24, d2023_12_01=10.9, d2024_02_01=9.9)]
    found = followed(known, "2024-09-01")
    (one,) = [series for series in found.series if series.test == "calcium"]
    assert [(crossing.date, crossing.limit) for crossing in one.crossings] == [
        ("2023-12-01", 10.2),
        ("2024-02-01", 10.2),
    ]
    assert {limit.upper for limit in one.limits} == {10.2}


def test_what_was_done_on_one_day_is_told_on_it() -> None:
    """One dose is no stretch from a day to the same day."""
    assert from_to("2024-05-02", "2024-05-02", False) == "on 2 May 2024"
