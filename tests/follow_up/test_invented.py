"""Six more kinds of people over time; what is right to say of each was written down first."""

from __future__ import annotations

from tests.follow_up.invented import (
    condition,
    finding,
    followed,
    given,
    order,
    patient,
    procedure,
    result,
    size,
    visits,
)
from tests.follow_up.people import (
    NOT_TAKEN,
    NOW_TAKEN,
    course,
    courses,
    lesion,
    news,
    response,
    rounded,
    score,
    series,
    sizes,
)


def test_parathyroidectomy_after_cinacalcet_on_dialysis() -> None:
    """Cinacalcet was stopped for low calcium; after the operation too much changed at once to tell what helped."""
    found = followed(
        [
            patient("female", "1966-05-02"),
            condition("End stage renal disease", "2018-01-01"),
            condition("Dependence on renal dialysis", "2018-02-01"),
            condition("Calcinosis cutis", "2022-11-01"),
            *visits("2023-01-10", "2023-06-20", "2023-09-05", "2024-02-20"),
            order("cinacalcet 30 mg", "2023-01-10", "2023-06-20", "symptomatic hypocalcaemia", "30 mg once daily"),
            procedure("Subtotal parathyroidectomy", "2023-09-05"),
            order("calcium carbonate", "2023-09-06", dose="3 g daily"),
            order("alfacalcidol", "2023-09-06", dose="1 microgram daily"),
            *result("Calcium", "mg/dL", d2023_01_10=10.4, d2023_06_20=7.6, d2023_09_05=10.2, d2024_02_20=8.8),
            *result("Albumin", "g/dL", d2023_01_10=4.0, d2023_06_20=4.0, d2023_09_05=4.0, d2024_02_20=4.0),
            *result("Ionised calcium", "mmol/L", d2023_06_20=0.95),
            *result("Parathyroid hormone", "pg/mL", d2023_01_10=1450, d2023_09_05=1500, d2024_02_20=60),
            *size("right hip", "computed tomography", d2023_01_10=80, d2023_09_05=84, d2024_02_20=40),
        ],
        "2024-03-01",
    )
    assert courses(found, "cinacalcet") == [("2023-01-10", "2023-06-20", NOT_TAKEN)]
    stopped = course(found, "cinacalcet").stopped_because
    assert stopped is not None
    assert {"hypocalcaemia", "severe_hypocalcaemia"} & set(stopped.facts)
    assert courses(found, "parathyroidectomy") == [("2023-09-05", "2023-09-05", NOT_TAKEN)]
    assert sizes(lesion(found, "right hip")) == [80, 84, 40]
    hormone = series(found, "parathyroid_hormone")
    assert [(one.date, one.now) for one in hormone.crossings] == [("2024-02-20", "below")]
    assert {"calcium", "corrected_calcium", "ionised_calcium"} <= {one.test for one in found.series}
    assert len(series(found, "ionised_calcium").points) == 1
    assert response(found, "parathyroidectomy").label == "cannot-tell-which"
    assert lesion(found, "right hip").id in news(found, "better")
    assert "parathyroid_hormone" in news(found, "worse")


def test_infusions_of_immunoglobulin_in_a_child() -> None:
    """Infusions at their usual distance are one course; after five months another begins."""
    first = ("2023-01-09", "2023-02-06", "2023-03-06", "2023-04-03")
    second = ("2023-09-11", "2023-10-09")
    found = followed(
        [
            patient("male", "2015-03-03"),
            condition("Juvenile dermatomyositis", "2022-05-01"),
            condition("Calcinosis cutis", "2022-12-01"),
            *visits("2023-01-09", "2023-06-12", "2023-11-06"),
            *given("Intravenous immunoglobulin", *first, *second),
            *result("Total improvement score", "score", d2023_06_12=48, d2023_11_06=20),
            *result("CHAQ", "score", d2023_01_09=1.5, d2023_06_12=0.75, d2023_11_06=1.0),
            *size("left knee", "palpation", d2023_01_09=10, d2023_06_12=10, d2023_11_06=16),
        ],
        "2023-12-01",
    )
    assert [start for start, _, _ in courses(found, "ivig")] == ["2023-01-09", "2023-09-11"]
    assert [len(one.given) for one in found.courses if one.medicine == "ivig"] == [4, 2]
    labels = [one.label for one in score(found, "myositis_improvement_score").changes if one.label]
    assert labels == ["moderate improvement", "no improvement"]
    assert all(not one.label for one in lesion(found, "left knee").changes)
    assert "childhood_health_assessment" in news(found, "worse")
    assert score(found, "childhood_health_assessment").changes[-1].direction == "better"


def test_acetazolamide_in_tumoral_calcinosis() -> None:
    """Bicarbonate falls below its limit on it; the size by ruler is not held against that by ultrasound."""
    found = followed(
        [
            patient("male", "1990-07-07"),
            condition("Familial tumoral calcinosis", "2015-01-01"),
            *visits("2022-02-01", "2022-08-02", "2023-02-07"),
            order("acetazolamide", "2022-02-01", dose="250 mg three times daily"),
            *result("Bicarbonate", "mmol/L", d2022_02_01=25, d2022_08_02=19, d2023_02_07=14),
            *result("Phosphate", "mmol/L", d2022_02_01=2.1, d2022_08_02=1.7, d2023_02_07=1.6),
            *size("left elbow", "ultrasound", d2022_02_01=55),
            *size("left elbow", "ruler", d2023_02_07=40),
            *size("right hip", "computed tomography", d2022_02_01=90, d2023_02_07=88),
        ],
        "2023-03-01",
    )
    assert series(found, "bicarbonate").crossings[0].now == "below"
    elbow = lesion(found, "left elbow")
    assert (elbow.changes, sizes(elbow)) == ((), [55, 40])
    assert lesion(found, "left elbow").id not in news(found, "better")
    assert series(found, "phosphate").recorded_unit == "mmol/L"
    assert courses(found, "acetazolamide") == [("2022-02-01", "", NOW_TAKEN)]
    assert response(found, "acetazolamide").label == ""


def test_scrotal_nodules_come_back_after_excision() -> None:
    """The excision ends the lesion; what grows there later is a recurrence, and no growth of the old one."""
    found = followed(
        [
            patient("male", "1985-02-02"),
            condition("Scrotal calcinosis", "2021-03-01"),
            *visits("2021-03-01", "2022-01-10", "2022-09-05", "2024-05-06"),
            *size("scrotum", "ruler", d2021_03_01=9, d2022_01_10=11),
            procedure("Excision of scrotal nodules", "2022-02-15", "scrotum"),
            *size("scrotum", "ruler", d2024_05_06=4),
        ],
        "2024-06-01",
    )
    first, second = found.lesions
    assert (sizes(first)[:2], first.ended, first.ended_how) == ([9, 11], "2022-02-15", "procedure")
    assert (sizes(second), second.of, second.how, second.first) == ([4], (first.id,), "recurrence", "2024-05-06")
    assert second.id in news(found, "new")
    assert courses(found, "deposit_removal") == [("2022-02-15", "2022-02-15", NOT_TAKEN)]


def test_calcium_leak_in_a_newborn() -> None:
    """The deposit is gone on the same kind of film; limits are those of the age at each day."""
    found = followed(
        [
            patient("female", "2024-03-01"),
            *visits("2024-03-24", "2024-04-28", "2024-06-20"),
            *given("calcium gluconate 10% intravenous infusion", "2024-03-03"),
            finding("Extravasation of calcium infusion", "2024-03-03", True, "left hand"),
            *size("left hand", "radiograph", d2024_03_24=14, d2024_04_28=6),
            finding(
                "Radiograph of left hand",
                "2024-06-20",
                "Soft tissue calcification of the left hand no longer seen",
                "left hand",
            ),
            *result("Phosphate", "mg/dL", d2024_03_24=6.0, d2024_06_20=6.2),
            *result("Calcium", "mg/dL", d2024_03_24=10.4, d2024_06_20=10.4),
        ],
        "2024-07-01",
    )
    hand = lesion(found, "left hand")
    assert (sizes(hand), hand.ended, hand.method) == ([14, 6, None], "2024-06-20", "radiograph")
    assert hand.id in news(found, "gone")
    assert len(series(found, "phosphate").limits) == 2
    assert series(found, "phosphate").in_range
    assert all(one.kind != "target" for found_series in found.series for one in found_series.limits)


def test_diltiazem_restarted_after_harm_and_a_statin() -> None:
    """A restart after harm is a new course, and two sources that contradict each other are both shown."""
    found = followed(
        [
            patient("female", "1958-08-08"),
            condition("Limited cutaneous systemic sclerosis", "2010-01-01"),
            condition("Calcinosis cutis", "2020-01-01"),
            *visits("2022-03-01", "2022-07-01", "2024-11-04"),
            order("diltiazem 60 mg", "2022-03-01", "2022-06-15", "ankle oedema", "60 mg three times daily"),
            order("diltiazem 60 mg", "2022-07-01", dose="60 mg once daily"),
            order("simvastatin 40 mg", "2021-01-01", "2022-03-20", "muscle pain with diltiazem"),
            order("minocycline", "2023-01-01", dose="50 mg once daily"),
            {"resourceType": "MedicationStatement", "status": "not-taken", "effectiveDateTime": "2024-11-04",
             "medicationCodeableConcept": {"text": "minocycline"}, "reasonCode": [{"text": "dizziness"}]},
            *result("Heart rate", "/min", d2022_03_01=72, d2024_11_04=44),
        ],
        "2025-06-01",
    )  # fmt: skip
    assert courses(found, "diltiazem") == [("2022-03-01", "2022-06-15", NOT_TAKEN), ("2022-07-01", "", NOW_TAKEN)]
    assert courses(found, "simvastatin") == [("2021-01-01", "2022-03-20", NOT_TAKEN)]
    minocycline = course(found, "minocycline")
    assert minocycline.ongoing is not NOW_TAKEN
    assert minocycline.conflicts
    (signal,) = [one for one in found.stop_signals if one.medicine == "diltiazem"]
    assert "44" in " ".join(signal.because)
    assert rounded(series(found, "heart_rate")) == [72, 44]
    assert all(one.label == "cannot-be-judged" for one in found.responses if one.medicine == "diltiazem")


def test_what_is_planned_is_held_against_what_is_taken() -> None:
    """A tooth to be pulled on a bisphosphonate, and warfarin planned after calciphylaxis, are told beforehand."""
    found = followed(
        [
            patient("male", "1957-09-02"),
            condition("Calciphylaxis", "2023-05-15"),
            *visits("2024-05-20", "2024-11-18"),
            order("zoledronic acid", "2024-01-10"),
            {"resourceType": "ServiceRequest", "status": "active", "intent": "order",
             "code": {"text": "Tooth extraction"}, "occurrenceDateTime": "2024-12-20"},
            {"resourceType": "MedicationRequest", "status": "active", "intent": "plan", "authoredOn": "2024-12-10",
             "medicationCodeableConcept": {"text": "warfarin 2 mg"}},
        ],
        "2024-12-01",
    )  # fmt: skip
    planned = {one.id for one in found.stop_signals if one.id.startswith("planned-")}
    assert {"planned-warfarin", "planned-zoledronate"} <= planned
    assert courses(found, "warfarin") == []
    assert len(found.since_last_visit.planned) == 2
