"""Ages counted in days of life, relatives who have nothing, and tests that found nothing (invented sentences)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.person.record import Record
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import FALSE, TRUE, Truth


def record_of(text: str) -> Record:
    """Return the record of a note."""
    return parse_record(f"{text}\nThe skin is examined: gout.".encode(), knowledge().terms, "note")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Term newborn, day 5, hard lumps on the scalp.", (5, 5)),
        ("Baby girl, DOL 12, with nodules.", (12, 12)),
        ("Day 8 of life: lumps.", (8, 8)),
        ("A neonate, on day 1 of life cooled for asphyxia.", (1, 28)),
        ("A boy of 3 weeks; on day 2 of life the drip leaked.", (21, 21)),
        ("The ulcer was dressed on day 5.", None),
        ("He was 8 days of life when the drip leaked.", (8, 8)),
        ("Seen at 3 weeks; lump since 9 days.", (21, 21)),
    ],
)
def test_days_of_life(text: str, days: tuple[int, int] | None) -> None:
    """A day of life is the age, or the least of it where something happened then; a day of treatment is none."""
    ages = [one.value for one in record_of(text).said if one.fact == "age"]
    if days is None:
        assert not ages
        return
    (age,) = ages
    assert age.low is not None
    assert age.high is not None
    assert (round(age.low * 365.25), round(age.high * 365.25)) == days


@pytest.mark.parametrize(
    ("text", "weeks", "grams", "kilograms"),
    [
        ("Ex-prem girl (31+4/40, BW 1.48 kg), now well.", 31.57, 1480, None),
        ("Boy born at 31/40, weighing 1500 g, potassium 4.5 mmol/L.", 31, 1500, None),
        ("Born at 27 weeks weighing 890 g. Now weighs 8.1 kg.", 27, 890, 8.1),
        ("Infant, ex 28-weeker, 1.02 kg.", 28, 1020, None),
        ("Delivered at 29 weeks and 3 days, 1100 g at birth.", 29.43, 1100, None),
        ("Preterm twin, 29+1, 1.2 kg.", 29.14, 1200, None),
        ("Boy born at 31 weeks, now weighing 6 kg.", 31, None, 6),
        ("Woman born in 1980, ulcer for 12 weeks, weight 80 kg.", None, None, 80),
        ("She is pregnant at 31+4/40.", None, None, None),
        ("A man with a blood pressure of 131/40.", None, None, None),
    ],
)
def test_births(text: str, weeks: float | None, grams: float | None, kilograms: float | None) -> None:
    """How early and how heavy somebody was born is neither the weight of now nor a pregnancy that goes on."""
    told = {one.fact: one.value.low for one in record_of(text).said}
    found = [told.get(fact) for fact in ("gestational_age", "birth_weight", "body_weight")]
    assert [one and round(one, 2) for one in found] == [weeks, grams, kilograms]


@pytest.mark.parametrize(
    ("text", "fact", "truth"),
    [
        ("No family history of calcinosis.", "family_history_of_calcinosis_cutis", FALSE),
        ("There is no one in the family with calcinosis.", "family_history_of_calcinosis_cutis", FALSE),
        ("Her mother has calcinosis.", "family_history_of_calcinosis_cutis", TRUE),
        ("Her mother has no gout; her sister has calcinosis.", "family_history_of_calcinosis_cutis", TRUE),
        ("Her sister has had the same lumps.", "skin_nodule", None),
        ("No relative has similar lumps.", "skin_nodule", None),
        ("A wide range of blood tests found nothing wrong.", "routine_laboratory_abnormal", FALSE),
        ("Blood tests found something: anaemia.", "routine_laboratory_abnormal", TRUE),
        ("The nurses, asked about drugs, say that warfarin is given.", "warfarin", TRUE),
        ("We asked about drugs, warfarin above all.", "warfarin", None),
        ("The cause of the necrosis of the skin is unclear.", "skin_necrosis", TRUE),
        ("Whether there is necrosis of the skin is unclear.", "skin_necrosis", None),
    ],
)
def test_relatives_and_results(text: str, fact: str, truth: Truth | None) -> None:
    """What relatives have is not the person's, and what none of them has is denied of them."""
    truths = {one.value.truth for one in record_of(text).said if one.fact == fact}
    assert truths == (set() if truth is None else {truth})
