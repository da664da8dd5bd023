"""The sites that a note tells of belong to what stands before them, a lesion or something else (invented sentences)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.note.note import note_record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the scalp and both ears there are hard lumps, while the elbows are stiff.", {"scalp", "ear"}),
        ("She has a sore on the left breast and strong pain in both thighs.", {"breast"}),
        ("Haemodialysis through a fistula in the left arm; a nodule on the heel.", {"heel"}),
        ("She broke her wrist; a nodule on the heel has grown.", {"heel"}),
        ("Necrotic ulcers on the lower and back parts of both legs.", {"leg"}),
        ("Ulcers over the shin that come back.", {"leg"}),
        ("Hard plaques on the back and buttocks.", {"back", "buttock"}),
        ("CT shows active lymph nodes in the neck; a nodule on the scalp.", {"scalp"}),
        ("He had a thrombosis of the left leg. There is a nodule on the heel.", {"heel"}),
        ("A hard plaque lies over the vein at the right elbow.", {"elbow"}),
        ("Painful skin lesions on the left thigh and the left hand.", {"thigh", "hand"}),
        ("Hard plaques were found. They lie on the trunk and the thighs.", {"trunk", "thigh"}),
        ("Gout was found. It hurts in the knee.", set()),
        ("No ulcers on the legs, but a nodule on the arm.", {"arm"}),
        ("Weakness of the thighs and a nodule.", set()),
        ("A sore place on the neck.", {"neck"}),
        ("A sore throat. Her neck is thin.", set()),
        ("There were calcified lumps. The first one, on the left sole, was cut out.", {"foot"}),
        ("There were calcified lumps. She has one knee replaced.", set()),
        ("Calcium was given through a vein of the forearm. A plaque formed at the place of the infusion.", {"arm"}),
        ("Calcium was given through a vein of the forearm. A plaque formed on the back.", {"back"}),
    ],
)
def test_sites_of_lesions(text: str, expected: set[str]) -> None:
    """A site of pain, of weakness, of an organ or of a vessel is no site of the skin finding beside it."""
    said = note_record("Obesity. " + text, "note.txt", knowledge().terms).said
    assert {one.fact.removeprefix("site_") for one in said if one.fact.startswith("site_")} == expected
