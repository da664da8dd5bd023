"""What is denied, over or to come, said apart from the name that it speaks of (invented sentences)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge

SENTENCES = [
    # a second verb, or what somebody knows, stands between "not" and what it denies
    ("He is not, nor was he ever, on warfarin.", "warfarin=absent"),
    ("He was not, and is not now, on warfarin.", "warfarin=absent"),
    ("She has never been, and is not, on dialysis or colchicine.", "dialysis=absent colchicine=absent"),
    ("She is not, as far as we know, on colchicine.", "colchicine=absent"),
    ("He has not, to our knowledge, taken warfarin.", "warfarin=absent"),
    ("He has never, so far, had gout.", "gout=absent"),
    ("He is not pale, and has been on dialysis for years.", "dialysis=present"),
    ("She is not ill, and is on warfarin.", "warfarin=present"),
    ("She is not well, and has always been on dialysis.", "dialysis=present"),
    ("He is not diabetic, on dialysis since 2019.", "diabetes=absent dialysis=present"),
    ("He is not, so far, better, and takes warfarin.", "warfarin=present"),
    # all that is said of a name, with when
    ("Colchicine: none ever.", "colchicine=absent"),
    ("Bisphosphonates: none to date.", "bisphosphonate=absent"),
    ("Warfarin: none so far", "warfarin=absent"),
    ("Steroids: none other than prednisolone.", "prednisolone=present"),
    ("Gout: never better.", "gout=present"),
    # an operation that was not done
    ("Parathyroidectomy NOT performed.", "parathyroidectomy=not-stated"),
    ("Parathyroidectomy not carried out despite advice.", "parathyroidectomy=not-stated"),
    ("Kidney transplant not undertaken.", "kidney_transplant=not-stated"),
    ("Parathyroidectomy not performed here but in Leeds.", "parathyroidectomy=present"),
    ("Parathyroidectomy was carried out.", "parathyroidectomy=present"),
    ("Parathyroidectomy performed.", "parathyroidectomy=present"),
    ("Parathyroidectomy was not only performed but repeated.", "parathyroidectomy=present"),
    # off since when, and how many times it was given
    ("Colchicine (off since May 2022), diltiazem.", "colchicine=past diltiazem=present"),
    ("Warfarin, off for a year.", "warfarin=past"),
    ("Gout, warfarin off label.", "warfarin=present"),
    ("Infliximab monthly x4 completed in May, colchicine.", "infliximab=past colchicine=present"),
    ("IVIG x6, completed in March.", "ivig=past"),
    ("Infliximab monthly x4.", "infliximab=present"),
    # a medicine that was stopped for what it did
    ("Drugs: cinacalcet 30 mg - severe vomiting, discontinued March; sevelamer.", "cinacalcet=past vomiting=past"),
    ("Drugs: cinacalcet 30 mg - severe vomiting, discontinued March; sevelamer.", "sevelamer=present"),
    ("Diltiazem 60 mg: ankle swelling, stopped.", "diltiazem=past swelling=past"),
    ("Warfarin 3 mg (bleeding; stopped May); colchicine.", "warfarin=past bleeding=past colchicine=present"),
    ("Warfarin 3 mg - bleeding, so ceased last year.", "warfarin=past bleeding=past"),
    ("Warfarin 3 mg, nausea, stopped in May.", "warfarin=present"),
    ("She takes warfarin and has nausea, stopped in May.", "warfarin=present"),
    ("Warfarin for gout, stopped.", "warfarin=present"),
    ("Warfarin - nausea, stopped smoking.", "warfarin=present nausea=present"),
    ("Warfarin - nausea, diltiazem stopped.", "warfarin=present nausea=present diltiazem=past"),
    ("Warfarin - nausea, resolved.", "warfarin=present nausea=past"),
    # what was decided on, and what a first reading said
    ("Outcome: for rituximab.", "rituximab=hypothetical"),
    ("Board decision: for parathyroidectomy.", "parathyroidectomy=hypothetical"),
    ("Infliximab, first infusion booked for 3 May.", "infliximab=hypothetical"),
    ("Outcome: well on rituximab.", "rituximab=present"),
    ("On infliximab, next infusion booked for 3 May.", "infliximab=present"),
    ("Warfarin for gout.", "warfarin=present"),
    ("The biopsy was reported elsewhere as morphoea.", "morphea=uncertain"),
    ("The lesion was initially reported as morphoea, on review lupus panniculitis.", "morphea=uncertain"),
    ("The lesion was initially reported as morphoea, on review lupus panniculitis.", "lupus_panniculitis=present"),
    ("The biopsy was reported as morphoea.", "morphea=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_stands_apart_from_a_name_is_said_of_it(text: str, expected: str) -> None:
    """Each sentence stands beside one that looks like it and says the other thing."""
    found = {mention.fact: mention.sense for mention in knowledge().terms.matcher.mentions(text)}
    told = dict(one.split("=") for one in expected.split())
    assert {fact: found.get(fact) for fact in told} == told
