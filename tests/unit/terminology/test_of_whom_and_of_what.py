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
    # planned, with its dose between; and what has to come first
    ("Pamidronate 60 mg IV for two days is planned when the calcium is normal.", "pamidronate=hypothetical"),
    ("Methotrexate 15 mg once a week by mouth is planned.", "methotrexate=hypothetical"),
    ("Warfarin 3 mg daily, an operation is planned.", "warfarin=present"),
    ("On warfarin 5 mg; a biopsy is planned.", "warfarin=present"),
    ("Once cinacalcet is available, dialysis changes.", "cinacalcet=hypothetical"),
    ("Cinacalcet is available and taken.", "cinacalcet=present"),
    # a side effect is over with the medicine; what else was the reason may not be
    ("Sevelamer was not tolerated owing to vomiting.", "sevelamer=past vomiting=past"),
    ("Lanthanum could not be tolerated due to nausea.", "lanthanum_carbonate=past nausea=past"),
    ("Warfarin was not tolerated because of calciphylaxis.", "warfarin=past calciphylaxis=present"),
    ("Sevelamer not tolerated because of nausea, she is vomiting.", "nausea=past vomiting=present"),
    ("Sevelamer was stopped because of vomiting.", "sevelamer=past vomiting=present"),
    # what came on top of an illness, and ended
    ("AKI on CKD stage 3, resolved.", "acute_kidney_injury=past chronic_kidney_disease_stage_3=present"),
    ("AKI on CKD stage 4, recovered, creatinine 198.", "acute_kidney_injury=past"),
    ("AKI on CKD stage 4, not recovered.", "acute_kidney_injury=present"),
    ("AKI in March, recovered.", "acute_kidney_injury=past"),
    ("Gout on lupus, resolved.", "gout=past systemic_lupus_erythematosus=present"),
    ("Gout on warfarin, stopped 2020.", "warfarin=past"),
    ("Temporary haemodialysis for 9 days, now off.", "dialysis=past"),
    ("Haemodialysis for 9 days, now off prednisolone.", "dialysis=present prednisolone=past"),
    ("Dialysis for 3 years, now off work.", "dialysis=present"),
    # mixed up with another, and what a record holds wrongly
    ("They confused her with another woman who has gout and takes warfarin.", "gout=general warfarin=general"),
    ("I was mixed up with another man who had lupus.", "systemic_lupus_erythematosus=general"),
    ("The file was mixed up with that of another patient who has gout.", "gout=general"),
    ("They got me confused with a lady who is on dialysis.", "dialysis=general"),
    ("They mixed me up with another man, I have gout.", "gout=present"),
    ("I saw another lady who told me I have gout.", "gout=present"),
    ("Her notes carry lupus, which should be removed from the record.", "systemic_lupus_erythematosus=unlikely"),
    ("Her notes list gout, which must be deleted because she has never had it.", "gout=unlikely"),
    ("She carries a diagnosis of lupus and gout.", "systemic_lupus_erythematosus=present gout=present"),
    ("She has a tophus, which should be removed because it hurts.", "tophus=present"),
    ("She has a tophus, which should be removed from the finger.", "tophus=present"),
    # a paste on the skin is not given into a vein, whatever is in it
    ("Calcium chloride paste was left on the skin.", "electrode_paste_exposure=present calcium_chloride=None"),
    ("Paste with calcium chloride on the scalp.", "electrode_paste_exposure=present calcium_chloride=None"),
    ("Electrode gel with calcium chloride on the arm.", "electrode_paste_exposure=present calcium_chloride=None"),
    ("Calcium chloride was infused.", "electrode_paste_exposure=None calcium_chloride=present"),
    # who tells of himself has relatives; who found something on another is a carer
    ("My mum had scleroderma, me I just have dry eyes and a dry mouth.", "systemic_sclerosis=family"),
    ("My sister is on dialysis, but I only get dry mouth and dry eyes.", "dialysis=family sicca_symptoms=present"),
    ("I have noticed lumps on my dad's legs, he is on dialysis.", "skin_nodule=present dialysis=present"),
    ("My dad is on dialysis, I just have a question.", "dialysis=present"),
    ("My mum is on dialysis and I only found the black skin today.", "dialysis=present skin_necrosis=present"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_the_words_are_said_of_the_one_and_not_of_the_other(text: str, expected: str) -> None:
    """Each sentence stands beside one that looks like it and says the other thing."""
    found = {mention.fact: mention.sense for mention in knowledge().terms.matcher.mentions(text)}
    told = dict(one.split("=") for one in expected.split())
    assert {fact: str(found.get(fact)) for fact in told} == told
