"""Ordinary sentences that hold the words of a danger and tell of none: no danger stands, and none is asked about."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.note.note import note_record

ORDINARY = [
    "Systemic sclerosis, fingers cold in winter, no ulcers, well.",
    "Calcium normal, fingers swollen, takes calcium tablets.",
    "On warfarin for AF, small bruise on the shin after gardening, INR 2.4.",
    "On apixaban, nose bleed last year, none since.",
    "On dialysis, feels tired after each session, no pain, skin intact.",
    "On dialysis, itchy skin, dry feet, phosphate 1.6 mmol/L.",
    "Denosumab in 2019, kidney function normal, hands cramp when writing.",
    "JDM in remission, plays football, grazed her knee last week.",
    "Sodium thiosulfate infusions, mild nausea, otherwise tolerated.",
    "Dermatomyositis, tired, slight cough with a cold, eats well.",
    "Newborn aged 5 days with a birthmark on the back, feeding well.",
    "Scleroderma, headache after wine, BP 128/78.",
    "Takes methotrexate 15 mg once a week, mouth fine.",
    "Lump on the elbow, a little red after bumping it, no fever.",
    "Has a temperature chart, 36.6 every day. Gout.",
    "Kidney transplant in 2015, stable, creatinine 110 umol/L, no lumps.",
    "Hydroxychloroquine and citalopram for years, ECG normal.",
    "Leg ulcer healed in 2021, scar only, dialysis since 2020.",
    "Breathing rate 16, pulse 80, alert, wound on the heel clean.",
    "Purple nail varnish, hands warm, scleroderma.",
    "Systemic sclerosis. She has hand cramps.",
    "Calcinosis cutis of the elbow. She has a temperature of 36.8.",
    "On apixaban, uses coffee grounds as a scrub.",
    "Scleroderma, nodule on the backside of the hand.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_nothing_alarms(text: str) -> None:
    """What a well person tells raises no danger."""
    assessment = assess_record(note_record(text, "note.txt", knowledge().terms), knowledge().library)
    assert [one.id for one in assessment.red_flags] == []
    assert [one.id for one in assessment.asked_dangers] == []


@pytest.mark.parametrize("text", ["Gout. Calcium normal, fingers swollen.", "Gout. Calcium 2.3, finger stiff."])
def test_a_result_beside_a_finger_is_no_deposit(text: str) -> None:
    """The calcium of the blood is not that of the finger named next."""
    assert assess_record(note_record(text, "note.txt", knowledge().terms), knowledge().library).presentation == "none"
