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
    # said of nothing
    ("No injury, injection or operation there is recorded.", "local_trauma", "not-stated"),
    ("Neither acne nor treatment with vitamin D is mentioned.", "acne", "not-stated"),
    ("No gout and no lupus is documented.", "gout", "not-stated"),
    ("He has no signs of lupus on record.", "systemic_lupus_erythematosus", "not-stated"),
    ("Gout is not mentioned, nor is lupus.", "systemic_lupus_erythematosus", "not-stated"),
    ("Neither gout nor lupus was found.", "gout", "absent"),
    ("There is no gout; warfarin is recorded.", "gout", "absent"),
    ("The extract does not show the results of vitamin D or autoantibodies.", "vitamin_d_supplement", "not-stated"),
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
    ("Should the nodules with calcium be removed?", "skin_nodule", "present"),
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
