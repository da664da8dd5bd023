"""Medicines that are dangerous for this person reach the dangers, the next step and what to stop."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record
from calcinosis.report.report import report_of

SSC = "age: 34\nsex: female\ncalcinosis_cutis: yes\nsystemic_sclerosis: yes\n"
METHOTREXATE = {"coding": [{"system": "http://www.whocc.no/atc", "code": "L04AX03", "display": "methotrexate"}]}


def assessed(text: str) -> Assessment:
    """Return the assessment of a form, a note or a bundle."""
    known = knowledge()
    return assess_record(parse_record(text.encode(), known.terms, "record"), known.library)


def bundle(*resources: dict[str, Any]) -> str:
    """Return a bundle of a woman born in 1970, on 1 May 2024, as text."""
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01", "gender": "female"}
    subject = {"reference": "Patient/p"}
    own = [{"id": f"r{place}", "subject": subject, **one} for place, one in enumerate(resources)]
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (patient, *own)]}
    )


def taken(name: str, **elements: Any) -> dict[str, Any]:
    """Return a statement that a medicine is taken."""
    concept = METHOTREXATE if name == "methotrexate" else {"text": name}
    given = {"resourceType": "MedicationStatement", "status": "active", "effectiveDateTime": "2024-05-01"}
    return {**given, "medicationCodeableConcept": concept, **elements}


def measured(code: str, value: float, unit: str) -> dict[str, Any]:
    """Return a result by its LOINC code and UCUM unit."""
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    coding = {"coding": [{"system": "http://loinc.org", "code": code}]}
    given = {"resourceType": "Observation", "status": "final", "effectiveDateTime": "2024-05-01"}
    return {**given, "code": coding, "valueQuantity": quantity}


def dangers(assessment: Assessment) -> set[str]:
    """Return the ids of the dangers."""
    return {flag.id for flag in assessment.red_flags}


@pytest.mark.parametrize(
    ("form", "danger", "stop"),
    [
        ("pregnancy: yes\nmethotrexate: yes\n", "medicine-that-harms-the-unborn-child", "methotrexate"),
        ("pregnancy: yes\nbosentan: yes\n", "medicine-that-harms-the-unborn-child", "bosentan"),
        ("pregnancy: yes\nlisinopril: yes\n", "medicine-that-harms-the-unborn-child", "lisinopril"),
        ("methotrexate: yes\nlive_vaccine: yes\n", "live-vaccine-under-immunosuppression", "live_vaccine"),
        ("sildenafil: yes\nnitrate: yes\n", "nitrate-with-vasodilator", "nitrate"),
        ("tadalafil: yes\nriociguat: yes\n", "nitrate-with-vasodilator", "tadalafil"),
        ("methotrexate_daily: yes\n", "methotrexate-taken-daily", "methotrexate"),
        ("spironolactone: yes\npotassium: 5.7 mmol/L\n", "raised-potassium-on-a-medicine", "spironolactone"),
    ],
)
def test_danger_next_and_stop(form: str, danger: str, stop: str) -> None:
    """What must not be taken is a danger, comes first and stands among what to stop, whatever it treats."""
    assessment = assessed(SSC + form)
    assert danger in dangers(assessment)
    assert any(stop in one.id for one in assessment.stop)
    assert report_of(assessment).head.next.mark in {"danger", "avoid"}


def test_a_planned_live_vaccine_waits_and_the_medicine_goes_on() -> None:
    """A planned live vaccine is the danger; the medicine that is needed is neither stopped nor to be avoided."""
    planned = assessed(SSC + "methotrexate: yes\nlive_vaccine_planned: yes\n")
    given = assessed(SSC + "methotrexate: yes\nlive_vaccine_given_lately: yes\n")
    danger = "live-vaccine-under-immunosuppression"
    assert danger in dangers(planned)
    assert danger in dangers(given)
    assert not any("methotrexate" in one.id for one in planned.stop)
    assert any("methotrexate" in one.id for one in given.stop)
    verdicts = {one.id: one.verdict for one in planned.treatments}
    assert verdicts["immunosuppression"] == "check-first"
    assert danger not in dangers(assessed(SSC + "live_vaccine_planned: yes\n"))


def test_warfarin_in_calciphylaxis_is_to_be_stopped() -> None:
    """The first steps of an emergency name what is taken and drives it, and only what is taken."""
    form = "age: 61\nsex: female\ndialysis: yes\nskin_necrosis: yes\npainful_skin_lesion: yes\n"
    on_it, without = assessed(f"{form}warfarin: yes\n"), assessed(form)
    assert {"warfarin", "vitamin-k-antagonists"} & {one.id for one in on_it.stop}

    def steps(assessment: Assessment) -> str:
        return " ".join(step.says for flag in assessment.red_flags for step in flag.steps)

    assert "Stop the vitamin K antagonist" in steps(on_it)
    assert "Stop the vitamin K antagonist" not in steps(without)


@pytest.mark.parametrize(("medicine", "named"), [("spironolactone", True), ("amlodipine", False)])
def test_steps_name_what_is_taken(medicine: str, named: bool) -> None:
    """A step about some medicines is told where one of them is taken."""
    (flag,) = [
        one for one in assessed(f"{SSC}potassium: 6.9 mmol/L\n{medicine}: yes\n").red_flags if "potassium" in one.id
    ]
    assert any("spironolactone" in step.says for step in flag.steps) is named


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("digoxin: yes\npotassium: 5.3 mmol/L\n", True),
        ("digoxin: yes\npotassium: 4.6 mmol/L\n", False),
        ("lisinopril: yes\npotassium: 5.6 mmol/L\n", True),
        ("amlodipine: yes\npotassium: 5.6 mmol/L\n", False),
    ],
)
def test_potassium_by_medicine(form: str, told: bool) -> None:
    """A potassium that is harmless for others is a danger on digoxin, an ACE inhibitor or spironolactone."""
    assert ("raised-potassium-on-a-medicine" in dangers(assessed(SSC + form))) is told


@pytest.mark.parametrize(
    ("code", "value", "unit", "medicine", "danger"),
    [
        ("751-8", 410, "/uL", "methotrexate", "few-neutrophils"),
        ("751-8", 0.41, "10*9/L", "methotrexate", "few-neutrophils"),
        ("751-8", 0.41, "10*3/uL", "azathioprine", "few-neutrophils"),
        ("731-0", 450, "/uL", "tofacitinib", "few-lymphocytes-on-jak-inhibitor"),
        ("731-0", 0.45, "10*9/L", "baricitinib", "few-lymphocytes-on-jak-inhibitor"),
        ("8636-3", 520, "ms", "hydroxychloroquine", "very-long-qt"),
        ("8634-8", 520, "ms", "hydroxychloroquine", "long-qt-not-corrected"),
        ("6298-4", 5.8, "mmol/L", "spironolactone", "raised-potassium-on-a-medicine"),
    ],
)
def test_results_of_records(code: str, value: float, unit: str, medicine: str, danger: str) -> None:
    """Counts per microlitre and per litre are the same counts; a QT interval counts corrected or not."""
    assessment = assessed(bundle(measured(code, value, unit), taken(medicine)))
    assert danger in dangers(assessment)
    assert dangers(assessed(bundle(measured(code, value, unit)))).isdisjoint(
        {danger} - {"few-neutrophils", "very-long-qt"}
    )


def test_a_qt_interval_is_corrected_for_the_heart_rate() -> None:
    """With a heart rate the corrected interval is worked out: long at 90 a minute, not so at 40."""
    fast, slow = (
        assessed(
            bundle(
                measured("8634-8", 470 if rate > 60 else 510, "ms"),
                measured("8867-4", rate, "/min"),
                taken("hydroxychloroquine"),
            )
        )
        for rate in (90, 40)
    )
    assert "very-long-qt" in dangers(fast)
    assert "very-long-qt" not in dangers(slow)


@pytest.mark.parametrize(
    ("dosage", "told"),
    [
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}, True),
        ({"timing": {"repeat": {"frequency": 2, "period": 24, "periodUnit": "h"}}}, True),
        ({"timing": {"code": {"coding": [{"code": "QD"}]}}}, True),
        ({"text": "10 mg by mouth daily"}, True),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}}, False),
        ({"timing": {"repeat": {"frequency": 1, "period": 7, "periodUnit": "d"}}}, False),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]}}}, False),
        ({"text": "15 mg once a week, on the same day"}, False),
        ({"text": "15 mg once daily on Mondays"}, False),
    ],
)
def test_methotrexate_every_day(dosage: dict[str, Any], told: bool) -> None:
    """A schedule of every day, in elements, by code or in words, is an emergency; one of every week is not."""
    assessment = assessed(bundle(taken("methotrexate", dosage=[dosage])))
    assert ("methotrexate-taken-daily" in dangers(assessment)) is told
    assert ("methotrexate_daily" in {result.medicine for result in assessment.taken}) is told


@pytest.mark.parametrize(
    ("note", "danger"),
    [
        ("A woman of 61 with systemic sclerosis takes methotrexate 10 mg daily.", "methotrexate-taken-daily"),
        (
            "A woman of 61 with systemic sclerosis and calcinosis: new weakness of both legs, cannot pass urine.",
            "cord-compression-with-deposits",
        ),
        ("A woman of 60 with scleroderma cannot move her legs since this morning.", "cord-compression-with-deposits"),
        ("A man of 45 with dermatomyositis: food goes down the wrong way.", "dermatomyositis-swallowing-or-breathing"),
        ("A man of 45 with dermatomyositis cannot breathe lying flat.", "dermatomyositis-swallowing-or-breathing"),
        (
            "A woman of 60 with scleroderma: the tip of the ring finger is dusky and does not warm up.",
            "digital-ischaemia",
        ),
    ],
)
def test_dangers_in_words(note: str, danger: str) -> None:
    """The same dangers in ordinary words."""
    assert danger in dangers(assessed(note))


@pytest.mark.parametrize(
    "note",
    [
        "A woman of 61 with systemic sclerosis takes methotrexate 15 mg weekly and folic acid 5 mg daily.",
        "A woman of 60 with scleroderma: the fingers turn white, then bluish in the cold.",
        "A woman of 60 with scleroderma and calcinosis: weakness of the thumb, continent, no numbness.",
    ],
)
def test_no_danger_where_there_is_none(note: str) -> None:
    """A weekly dose, Raynaud phenomenon and a weak thumb are none of them."""
    assert dangers(assessed(note)) == set()
