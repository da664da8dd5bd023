"""What sentences of notes say of findings: asked, told of others, denied in lists, and how lesions look (invented)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge

SENSES = [
    # taken for something once: suspected, not there; needs "taken for", must not trigger "taken"
    ("At first sight it was taken for a milium.", "milium", "uncertain"),
    ("The optician took it for a xanthoma.", "xanthoma", "uncertain"),
    ("The tophus was at first regarded as a wart.", "wart", "uncertain"),
    ("Warfarin is taken for gout.", "gout", "present"),
    # looked out for
    ("They keep watching for features of systemic sclerosis.", "systemic_sclerosis", "hypothetical"),
    ("We remain on the lookout for sepsis.", "sepsis", "hypothetical"),
    ("The dressing keeps the nodule from becoming infected.", "infected_lesion", "hypothetical"),
    ("The nodule has become infected.", "infected_lesion", "present"),
    ("While she is examined for chest pain, a nodule is seen on the knee.", "skin_nodule", "present"),
    ("While tested for gout, sepsis and lupus, he fell.", "systemic_lupus_erythematosus", "hypothetical"),
    ("A man without any known illness has had gout for a year.", "gout", "present"),
    ("He is without gout.", "gout", "absent"),
    ("She is watched for Raynaud attacks and gout, none of which has been recorded.", "gout", "not-stated"),
    ("She was tested for gout, lupus.", "systemic_lupus_erythematosus", "hypothetical"),
    # said of nothing
    ("No injury, injection or operation there is recorded.", "local_trauma", "not-stated"),
    ("Neither acne nor treatment with vitamin D is mentioned.", "acne", "not-stated"),
    ("No gout and no lupus is documented.", "gout", "not-stated"),
    ("He has no signs of lupus on record.", "systemic_lupus_erythematosus", "not-stated"),
    ("Gout is not mentioned, nor is lupus.", "systemic_lupus_erythematosus", "not-stated"),
    ("Neither gout nor lupus was found.", "gout", "absent"),
    ("There is no gout; warfarin is recorded.", "gout", "absent"),
    ("The extract does not show the results of vitamin D or autoantibodies.", "vitamin_d_supplement", "not-stated"),
    ("The skin is not described as necrotic.", "skin_necrosis", "not-stated"),
    ("The skin is described as necrotic.", "skin_necrosis", "present"),
    ("Nothing in the papers about ulcers, necrosis, or gout.", "skin_necrosis", "not-stated"),
    ("The summary says nothing about dialysis or gout.", "dialysis", "not-stated"),
    ("Nothing on Raynaud, tight skin or muscle weakness.", "muscle_weakness", "not-stated"),
    ("Nothing was found on the thigh but necrosis.", "skin_necrosis", "present"),
    ("No warfarin in the letter.", "warfarin", "not-stated"),
    ("No history of gout in the letter.", "gout", "absent"),
    ("Drugs and doses are missing from my copy, as is any word on warfarin.", "warfarin", "not-stated"),
    ("The letter gives neither gout nor lupus.", "gout", "not-stated"),
    ("A calcified mass on the hip, not part of the skeleton.", "calcified_skin_lesion", "present"),
    # no denial, or a denial in other words
    ("Kidney disease is not among her problems.", "kidney_disease", "absent"),
    ("Kidney disease is among her problems.", "kidney_disease", "present"),
    ("The thighs cannot be touched without severe pain.", "severe_pain", "present"),
    ("The thighs are without severe pain.", "severe_pain", "absent"),
    ("No diagnosis of the muscle weakness has been made.", "muscle_weakness", "present"),
    ("No muscle weakness has been found.", "muscle_weakness", "absent"),
    # thought of
    ("Less likely: tophi (usually several places), xanthomas (lipids are normal).", "xanthoma", "uncertain"),
    ("Names were put forward by those who looked: warts, xanthomas.", "xanthoma", "uncertain"),
    ("A carcinoma in the scar had to be considered.", "malignancy", "uncertain"),
    ("Gout was considered in the scar.", "scar", "present"),
    ("One would think of gout.", "gout", "uncertain"),
    ("The surgeon has cellulitis or bone infection on the list.", "cellulitis", "uncertain"),
    ("We feared septic arthritis or osteomyelitis.", "osteomyelitis", "uncertain"),
    ("Muscles may calcify.", "muscle_calcification", "uncertain"),
    ("Vasculitis or something else?", "vasculitis", "uncertain"),
    ("Is the chalky material calcium in the skin?", "skin_calcification", "asked"),
    ("The colleague asks about a bone infection.", "osteomyelitis", "asked"),
    ("Redness as in cellulitis.", "cellulitis", "like"),
    ("As most of these masses are due to gout, we asked.", "gout", "general"),
    # of the family, and only told by it
    ("The mother felt a lump on the foot.", "skin_nodule", "present"),
    ("The mother had a lump on the foot.", "skin_nodule", "family"),
    ("No relative has the like and no injury took place.", "local_trauma", "absent"),
    ("Pregnancy, birth and development were normal; gout.", "gout", "present"),
    ("Dialysis: unknown.", "dialysis", "not-stated"),
    ("Dialysis: three times a week.", "dialysis", "present"),
    ("Skin necrosis of unknown cause.", "skin_necrosis", "present"),
    ("No data exist on dialysis or diabetes.", "dialysis", "not-stated"),
    ("I could not find out if he has gout.", "gout", "not-stated"),
    # what was only tested for, feared, advised against or refused
    ("She was tested for lupus.", "systemic_lupus_erythematosus", "hypothetical"),
    ("She tested positive for lupus.", "systemic_lupus_erythematosus", "present"),
    ("Sepsis was looked for.", "sepsis", "hypothetical"),
    ("Sepsis was looked for and found.", "sepsis", "present"),
    ("He worries that he has a cancer.", "malignancy", "hypothetical"),
    ("She should avoid warfarin.", "warfarin", "hypothetical"),
    ("Dialysis was refused.", "dialysis", "hypothetical"),
    ("The working diagnosis was cellulitis.", "cellulitis", "uncertain"),
    ("The diagnosis was cellulitis.", "cellulitis", "present"),
    # not seen
    ("Ulcers and fever were not noticed.", "skin_ulcer", "absent"),
    ("Ulcers and fever were noticed.", "skin_ulcer", "present"),
    ("Scars could not be seen.", "scar", "absent"),
    # over
    ("As a child he had acne.", "acne", "past"),
    ("The ulcers have since closed.", "skin_ulcer", "past"),
    ("The skin has gone black.", "skin_necrosis", "present"),
    ("The pain has gone.", "pain", "past"),
    ("Acne in adolescence.", "acne", "past"),
    ("Acne on the back.", "acne", "present"),
    # denied in other words, doubted, or another thing
    ("Nothing suggests gout or lupus.", "systemic_lupus_erythematosus", "absent"),
    ("There is nothing to suggest lupus.", "systemic_lupus_erythematosus", "absent"),
    ("This suggests lupus.", "systemic_lupus_erythematosus", "present"),
    ("Warfarin and heparin were never given.", "warfarin", "absent"),
    ("The diagnosis of lupus could not be confirmed.", "systemic_lupus_erythematosus", "uncertain"),
    ("The diagnosis of lupus could be confirmed.", "systemic_lupus_erythematosus", "present"),
    ("The chart lists gout by mistake.", "gout", "unlikely"),
    ("Unlike xanthoma, it is hard.", "xanthoma", "like"),
    ("This must be distinguished from gout.", "gout", "like"),
    ("He is being prepared for dialysis.", "dialysis", "hypothetical"),
    ("Would dialysis at home help?", "dialysis", "asked"),
    # so in others
    ("In dialysis patients, calciphylaxis must be feared.", "calciphylaxis", "general"),
    ("People with this often have ulcers.", "skin_ulcer", "general"),
    ("Gout can cause such lumps.", "gout", "general"),
    ("Her gout can cause such lumps.", "gout", "present"),
    # a noun that a list shares, and a list that shares none
    ("He knows of no metabolic, autoimmune or malignant illness.", "autoimmune_disease", "absent"),
    ("No metabolic or general illness is known to him.", "metabolic_disorder", "absent"),
    ("Renal, hepatic or rheumatic disease is denied.", "kidney_disease", "absent"),
    ("There is no gout, and the ulcer is red.", "skin_ulcer", "present"),
    # denied outright by a word
    ("Painless lumps under the skin.", "painful_skin_nodule", "absent"),
    ("The left elbow moves freely.", "limited_joint_mobility", "absent"),
    ("Muscle strength is normal.", "muscle_weakness", "absent"),
    ("The search for a cause led to primary hyperparathyroidism.", "primary_hyperparathyroidism", "present"),
    # denied as others were
    ("Gout, lupus and sepsis were all ruled out, as have been sarcoidosis and amyloidosis.", "sarcoidosis", "absent"),
    ("Warts and tophi are absent, as are milia.", "milium", "absent"),
    ("Warts are absent; milia are present.", "milium", "present"),
    # a second verb ends what was denied
    ("The ulcer does not drain and is extremely tender.", "painful_skin_ulcer", "present"),
    ("She has no gout and she is on dialysis.", "dialysis", "present"),
    ("He was given gentamicin until the cultures proved negative.", "gentamicin", "past"),
    # past
    ("She takes bisoprolol after an earlier pulmonary embolism.", "venous_thromboembolism", "past"),
    ("She takes bisoprolol after an earlier pulmonary embolism.", "bisoprolol", "present"),
    ("An episode of atrial fibrillation two months ago.", "atrial_fibrillation", "past"),
    ("She has episodes of severe pain.", "severe_pain", "present"),
    # questions: what "the" presupposes ends at a verb and at a place
    ("Are the dense plates in the skin calcium salt deposits, or something else?", "skin_calcification", "asked"),
    ("Do these papules represent deposits of calcium in the dermis?", "skin_calcification_on_histology", "asked"),
    ("Should the nodules on the elbows be removed?", "skin_nodule", "present"),
    ("Please classify the calcified skin lesions.", "calcified_skin_lesion", "present"),
    # of the person or the family
    ("Nobody in the family has had the same.", "family_history_of_calcification", "absent"),
    ("Three generations are said to have the same.", "family_history_of_calcification", "present"),
    # injury in the verb
    ("She has not injured herself.", "local_trauma", "absent"),
    ("He had not injured it and felt well.", "local_trauma", "absent"),
    ("He injured himself at work.", "local_trauma", "present"),
]

READ = [
    ("Firm whitish papules on both hands.", {"white_papule"}, {"yellow_papule", "hard_nodule"}),
    ("A whitish plaque of 3 cm on the shin.", {"skin_plaque"}, {"white_papule"}),
    ("White-yellow papules along the vein.", {"white_papule"}, {"yellow_papule"}),
    ("A 60-year-old white woman has papules on both ears.", {"skin_papule"}, {"white_papule"}),
    ("A hard plaque on the thigh.", {"indurated_plaque"}, {"hard_nodule"}),
    ("Stony lumps on both elbows.", {"hard_nodule"}, {"indurated_plaque"}),
    ("Net-like purpura of both thighs.", {"retiform_purpura"}, {"livedo"}),
    ("A net-like violet pattern of the skin of the thighs.", {"livedo"}, {"retiform_purpura"}),
    ("The tip of the thumb is swollen and sore.", {"swelling"}, {"digital_ulcer", "skin_ulcer"}),
    ("Sore purple patches on both thighs.", {"painful_violaceous_skin"}, {"skin_ulcer"}),
    ("There is a sore on the thumb.", {"digital_ulcer"}, {"painful_skin_lesion"}),
    ("The hips have become more and more stiff.", {"joint_stiffness"}, {"limited_joint_mobility"}),
    ("She cannot bend her left elbow.", {"limited_joint_mobility"}, {"joint_stiffness"}),
    ("He can no longer climb stairs.", {"muscle_weakness"}, {"limited_joint_mobility"}),
    ("Giant cells of foreign-body type border on the deposits.", {"foreign_body_reaction"}, {"foreign_body"}),
    ("A hard plaque lies over the vein at the elbow.", {"indurated_plaque"}, set()),
    ("A hard plaque in the vein.", set(), {"indurated_plaque"}),
    ("CT shows a calcified pocket within the muscles of the thigh.", {"muscle_calcification"}, set()),
    ("Tiny, dot-like white papules on the fingers.", {"white_papule"}, set()),
    ("Milia-like papules on the fingers.", {"skin_papule"}, {"milium"}),
    ("Small white bumps on the ear.", {"white_papule"}, {"skin_nodule"}),
    ("A renal, hard stone; her other illness is gout.", {"gout"}, {"kidney_disease"}),
    ("These regions are stone-hard.", {"indurated_plaque"}, {"hard_nodule", "skin_nodule"}),
    ("He has ulcerative colitis. It hurts.", set(), {"painful_skin_ulcer", "skin_ulcer"}),
    ("Small white, dot-like nodules on the fingers.", {"white_papule"}, set()),
    ("Hard places on the belly.", {"indurated_plaque"}, {"hard_nodule"}),
    ("There are whitish lumps on the back. They ooze.", {"skin_discharge"}, set()),
    (
        "There are many nodules. They were filmed: X-rays show calcium in them.",
        {"skin_calcification_on_imaging"},
        set(),
    ),
    ("Results for calcium and muscle enzymes.", set(), {"muscle_calcification"}),
    ("Painful, hard, lumpy areas on the thigh.", {"painful_skin_lesion"}, {"skin_nodule"}),
    ("A lump, soft to firm, on the arm.", {"skin_nodule"}, {"hard_nodule"}),
    ("He has joint pains and a rash of the face.", {"arthralgia"}, {"painful_skin_lesion"}),
    ("The hand is swollen.", {"swelling"}, {"oedema"}),
    ("Both feet are puffy.", {"oedema"}, set()),
    ("She has two lumps. Both are hard.", {"hard_nodule"}, set()),
    ("The film shows calcified lumps in the thigh.", {"skin_calcification_on_imaging"}, {"skin_nodule"}),
    (
        "X-rays show calcium in the soft tissue, and a biopsy shows calcium in the dermis.",
        {"skin_calcification_on_imaging", "skin_calcification_on_histology"},
        set(),
    ),
    (
        "The biopsy was normal. He came again. A year went by. Calcium lies in the skin of the thigh.",
        {"skin_calcification"},
        {"skin_calcification_on_histology"},
    ),
    ("The nodules itch, and there is some discharge.", {"skin_discharge"}, set()),
    ("After discharge from hospital the nodule grew.", {"skin_nodule"}, {"skin_discharge"}),
]


def senses(text: str) -> dict[str, str]:
    """Return what a text makes of each fact; of several the first."""
    found: dict[str, str] = {}
    for mention in knowledge().terms.matcher.mentions(text):
        found.setdefault(mention.fact, mention.sense)
    return found


@pytest.mark.parametrize(("text", "fact", "sense"), SENSES)
def test_what_a_sentence_makes_of_a_fact(text: str, fact: str, sense: str) -> None:
    """A word of context that a sentence needs, and one that it must not have, both stand here."""
    found = senses(text)
    kinds = {fact, *knowledge().terms.related.get(fact, ())}
    assert {found[kind] for kind in kinds if kind in found} == {sense}


@pytest.mark.parametrize(("text", "present", "absent"), READ)
def test_how_a_lesion_looks(text: str, present: set[str], absent: set[str]) -> None:
    """Colour, hardness and pain make the fact that they say, and no other."""
    found = {fact for fact, sense in senses(text).items() if sense == "present"}
    assert present <= found
    assert found.isdisjoint(absent)
