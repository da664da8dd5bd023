"""What is over, yet to come, denied by a heading, or another person's, in the short sentences of notes (invented)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge

SENTENCES = [
    # the end of a line of a medicine, or all that a semicolon leaves to be said of it
    ("prednisolone 5 mg tablet, by mouth, daily, stopped 2020", "prednisolone=past"),
    ("minocycline 50 mg daily, course finished in May", "minocycline=past"),
    ("methotrexate 15 mg, subcutaneous, weekly, active", "methotrexate=present"),
    ("Warfarin 5 mg; aspirin stopped 2020.", "warfarin=present aspirin=past"),
    ("Colchicine 0.5 mg bd begun 5/1; stopped 6/1 for diarrhoea.", "colchicine=past"),
    ("Prednisolone 20 mg started 3/2; d/c'd 9/2 2/2 diabetes.", "prednisolone=past diabetes=present"),
    ("Warfarin 5 mg daily; stopped aspirin.", "warfarin=present aspirin=past"),
    ("White nodules, some with chalky d/c.", "white_chalky_discharge=present"),
    # the reason of an end is as long ago as the end
    ("Methotrexate was given up in 2018 because of nausea.", "methotrexate=past nausea=past"),
    ("Warfarin was stopped because of calciphylaxis.", "warfarin=past calciphylaxis=present"),
    # what one medicine was exchanged for
    ("Diltiazem 60 mg. Switched to amlodipine.", "diltiazem=past amlodipine=present"),
    ("On warfarin and prednisolone. Switched to apixaban.", "warfarin=present prednisolone=present apixaban=present"),
    # yet to come
    ("Warfarin 3 mg, to commence on Friday.", "warfarin=hypothetical"),
    ("Methotrexate commenced last week.", "methotrexate=present"),
    ("She is listed for parathyroidectomy in November.", "parathyroidectomy=hypothetical"),
    ("She had a parathyroidectomy in November.", "parathyroidectomy=present"),
    ("Consent signed for debridement of the wound.", "wound_debridement=hypothetical"),
    ("The kidney transplant was deferred.", "kidney_transplant=hypothetical"),
    ("Should the fingers go black, attend at once.", "digital_gangrene=hypothetical"),
    ("The fingers go black.", "digital_gangrene=present"),
    ("If it smells and discharges pus, ring us.", "skin_discharge=hypothetical"),
    ("If it is cold my fingers go white and blue.", "raynaud_phenomenon=present"),
    # denied, or neither denied nor confirmed
    ("Neg hx: lupus, gout, diabetes.", "systemic_lupus_erythematosus=absent gout=absent diabetes=absent"),
    ("Hx: lupus, gout.", "systemic_lupus_erythematosus=present gout=present"),
    ("She never used colchicine or diltiazem.", "colchicine=absent diltiazem=absent"),
    ("He has never stopped warfarin.", "warfarin=present"),
    ("Vasculitis can neither be proven nor ruled out.", "vasculitis=uncertain"),
    ("Neither vasculitis nor gout was confirmed.", "vasculitis=absent gout=absent"),
    # of others
    ("Bro on HD, takes cinacalcet.", "dialysis=family cinacalcet=family"),
    ("My mother has gout and I take colchicine.", "gout=family colchicine=present"),
    ("No I am not diabetic, my sister is, and she takes the aspirin.", "diabetes=absent aspirin=family"),
    ("The patient, whose wife has gout, is on dialysis.", "gout=general dialysis=present"),
    ("He received a kidney from a donor with hepatitis C.", "hepatitis_c=general"),
    ("The other twin had sepsis.", "sepsis=family"),
    ("Twin 2 had sepsis.", "sepsis=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_short_sentence_says_so_only_of_now_and_of_this_person(text: str, expected: str) -> None:
    """Each sentence stands beside one that looks like it and says the other thing."""
    found = {mention.fact: mention.sense for mention in knowledge().terms.matcher.mentions(text)}
    told = dict(one.split("=") for one in expected.split())
    assert {fact: found.get(fact) for fact in told} == told
