"""Of which name and of which person the words near a name are said (invented sentences)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge

SENTENCES = [
    # put off, or not needed, is only what stands right beside it
    ("?CUA - bx deferred", "calciphylaxis=uncertain"),
    ("?gout - aspiration deferred.", "gout=uncertain"),
    ("?calciphylaxis, biopsy postponed.", "calciphylaxis=uncertain"),
    ("Calciphylaxis - skin biopsy postponed.", "calciphylaxis=present"),
    ("On warfarin, surgery deferred.", "warfarin=present"),
    ("Debridement deferred.", "wound_debridement=hypothetical"),
    ("Parathyroidectomy in May deferred.", "parathyroidectomy=hypothetical"),
    ("Parathyroidectomy under general anaesthetic was deferred.", "parathyroidectomy=hypothetical"),
    ("Methotrexate and rituximab were put off.", "methotrexate=hypothetical rituximab=hypothetical"),
    ("The kidney transplant has again been postponed.", "kidney_transplant=hypothetical"),
    ("Cinacalcet 60 mg; parathyroidectomy not required at present.", "cinacalcet=present parathyroidectomy=absent"),
    ("PTH 900; parathyroidectomy not needed for now.", "parathyroidectomy=absent"),
    ("Wound clean; debridement not necessary.", "wound_debridement=absent"),
    ("On dialysis, insulin not needed.", "dialysis=present insulin=absent"),
    ("Dialysis is not yet needed.", "dialysis=absent"),
    ("Parathyroidectomy was needed in May.", "parathyroidectomy=present"),
    ("On warfarin, bridging not needed.", "warfarin=present"),
    ("Methotrexate is no longer needed.", "methotrexate=past"),
    ("Methotrexate is not needed any more.", "methotrexate=past"),
    # prescribed is not taken
    ("Sevelamer was prescribed but never taken.", "sevelamer=absent"),
    ("Colchicine prescribed but not collected.", "colchicine=absent"),
    ("Lanthanum was issued but she has never started.", "lanthanum_carbonate=absent"),
    ("Probenecid never collected.", "probenecid=absent"),
    ("Warfarin was prescribed and taken.", "warfarin=present"),
    ("Diltiazem was prescribed but the swelling never went.", "diltiazem=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_words_are_said_of_the_one_and_not_of_the_other(text: str, expected: str) -> None:
    """Each sentence stands beside one that looks like it and says the other thing."""
    found = {mention.fact: mention.sense for mention in knowledge().terms.matcher.mentions(text)}
    told = dict(one.split("=") for one in expected.split())
    assert {fact: found.get(fact) for fact in told} == told
