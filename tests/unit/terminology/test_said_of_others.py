"""What is denied in form only, what may come or is aimed at, and what other people have (invented sentences)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record

_NOT_STATED = "gout=not-stated systemic_lupus_erythematosus=not-stated sepsis=not-stated"
SENTENCES = [
    ("Without doubt this is calciphylaxis.", "calciphylaxis=present"),
    ("The biopsy is without gout.", "gout=absent"),
    ("The wound is never free of pus.", "infected_lesion=present"),
    ("The wound is free of pus.", "infected_lesion=absent"),
    ("The knee is not without pain.", "pain=present"),
    ("Non-healing black ulcer.", "necrotic_skin_ulcer=present"),
    ("The black ulcer has not healed.", "necrotic_skin_ulcer=present"),
    ("The black ulcer has healed.", "necrotic_skin_ulcer=past"),
    ("If she develops black skin, come back at once.", "skin_necrosis=hypothetical"),
    ("She has developed black skin.", "skin_necrosis=present"),
    ("Warning signs were explained: black skin, sepsis.", "skin_necrosis=hypothetical sepsis=hypothetical"),
    ("Signs were found: black skin, sepsis.", "skin_necrosis=present sepsis=present"),
    ("She is afraid of calciphylaxis.", "calciphylaxis=hypothetical"),
    ("She is worried about the gangrene.", "gangrene=present"),
    ("She was given a leaflet about calciphylaxis.", "calciphylaxis=general"),
    ("She was treated for calciphylaxis.", "calciphylaxis=present"),
    ("Pyoderma gangrenosum.", "pyoderma_gangrenosum=present"),
    ("Gangrene of the toe.", "digital_gangrene=present"),
    ("Gangrenous cholecystitis in 2003.", ""),
    ("Femoral head necrosis.", ""),
    ("Necrosis over the sacrum.", "skin_necrosis=present"),
    ("Ulcerative colitis.", "inflammatory_bowel_disease=present"),
    ("Drug-induced lupus in 2004.", ""),
    ("Lupus since 2004.", "systemic_lupus_erythematosus=present"),
    ("Her two pregnancies were uneventful.", ""),
    ("In her first pregnancy she had gout.", "gout=present"),
    ("Her pregnancy is uneventful.", "pregnancy=present"),
    ("Warfarin to be started next week.", "warfarin=hypothetical"),
    ("Warfarin was started last week.", "warfarin=present recent_vitamin_k_antagonist_start=present"),
    ("Warfarin: stopped?", "warfarin=uncertain"),
    ("She has run out of warfarin.", "warfarin=past"),
    ("She forgot her warfarin for two months.", "warfarin=past"),
    ("She takes her warfarin.", "warfarin=present"),
    ("? vasculitis ? calciphylaxis", "vasculitis=uncertain calciphylaxis=uncertain"),
    ("gout? calciphylaxis", "gout=uncertain calciphylaxis=present"),
    ("She has not been described as having gout, lupus or sepsis.", _NOT_STATED),
    ("The letter does not record gout, lupus or sepsis.", _NOT_STATED),
    ("Neither child is said to have gout, lupus, or to have had sepsis.", _NOT_STATED),
    ("There is no mention that she had gout, of lupus, of sepsis.", _NOT_STATED),
    ("Neither gout nor sepsis was found.", "gout=absent sepsis=absent"),
    ("The child is said to have gout.", "gout=present"),
    ("INR goal 2-3 for gout.", "inr=present gout=present"),
    ("Her husband is on dialysis and takes warfarin.", "dialysis=general warfarin=general"),
    ("Her husband takes warfarin and she is on dialysis.", "warfarin=general dialysis=present"),
    ("She lives with her husband and has gout.", "gout=present"),
    ("Her husband noticed the gangrene.", "gangrene=present"),
    ("The donor had hepatitis C.", "hepatitis_c=general"),
    ("The donor kidney failed; she had hepatitis C.", "kidney_failure=present hepatitis_c=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_each_sentence_is_of_the_person_only_where_it_says_so(text: str, expected: str) -> None:
    """A denied denial, a fear, an advice, a target and the neighbour's disease are not what they name."""
    found = {mention.fact: mention.sense for mention in knowledge().terms.matcher.mentions(text)}
    assert " ".join(f"{fact}={sense}" for fact, sense in found.items()) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Gout. Target phosphate below 5.5 mg/dL.", None),
        ("Gout. Her husband's phosphate is 5.5 mg/dL.", None),
        ("Gout. Phosphate is above target at 5.5 mg/dL.", None),
        ("Gout. Phosphate 5.5 mg/dL (target below 4.5 mg/dL).", 5.5),
    ],
)
def test_a_target_and_the_result_of_another_are_no_results(text: str, number: float | None) -> None:
    """What phosphate should be, or is in somebody else, is no number of this person."""
    record = parse_record(text.encode(), knowledge().terms, "note")
    numbers = [one.value.low for one in record.said if one.fact == "phosphate" and one.value.low is not None]
    assert numbers == ([] if number is None else [pytest.approx(number, rel=1e-3)])


@pytest.mark.parametrize(("text", "site"), [("the back of the right hand", "site_hand"), ("on her back", "site_back")])
def test_the_back_of_a_hand_is_not_the_back(text: str, site: str) -> None:
    """What the back is of, is the site."""
    assert {mention.fact for mention in knowledge().terms.sites.mentions(text)} == {site}


@pytest.mark.parametrize(
    ("text", "fact", "number"),
    [
        ("Gout. K+ 7.1 mmol/L.", "potassium", 7.1),
        ("Gout. Na 138, K 7.1, creatinine 5.2 mg/dL.", "potassium", 7.1),
        ("Gout. Vitamin K 7 days ago.", "potassium", None),
        ("Gout. Calcium 9.3 mg/dL on 1 March, 14.6 mg/dL today.", "calcium", 14.6),
        ("Gout. Neutrophils 200/µL.", "neutrophils", 0.2),
        ("Gout. Neutrophils 200 per mm3.", "neutrophils", 0.2),
        ("Gout. Neutrophils 2.1 x10^3/uL.", "neutrophils", 2.1),
        ("Gout. Calcium 9.3 mg/dL on 1 March, 14 days later she was well.", "calcium", 9.3),
    ],
)
def test_a_letter_and_the_number_of_today(text: str, fact: str, number: float | None) -> None:
    """One letter names a result in a list or with its unit; of two numbers, the one of today counts."""
    record = parse_record(text.encode(), knowledge().terms, "note")
    numbers = [one.value.low for one in record.said if one.fact == fact and one.value.low is not None]
    assert numbers == ([] if number is None else [pytest.approx(number, rel=1e-3)])
