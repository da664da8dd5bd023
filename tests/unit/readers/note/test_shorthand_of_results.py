"""Tests told by the short name of an antibody or a gene, with a number that a letter marks; wounds (invented)."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import FALSE, TRUE, Truth

_GOUT = "Gout. "


@pytest.mark.parametrize(
    ("text", "fact", "truth"),
    [
        ("NXP2 positive.", "anti_nxp2", TRUE),
        ("Scl-70 5.6 (H), centromere neg.", "anti_scl70", TRUE),
        ("Scl-70 5.6 (H), centromere neg.", "anti_centromere", FALSE),
        ("ANA 1:160, dsDNA neg.", "antinuclear_antibody", None),
        ("ANA 1:40 (N).", "antinuclear_antibody", FALSE),
        ("RNP 7.9 H.", "anti_u1rnp", TRUE),
        ("GALNT3 homozygous.", "tumoral_calcinosis_gene_variants", TRUE),
        ("FGF23 210 pg/mL, high.", "tumoral_calcinosis_gene_variants", None),
        ("She has lost 2 stone since Easter.", "weight_loss", TRUE),
        ("He lost 10 pounds on a diet.", "weight_loss", None),
        ("The skin is clean, no signs of infection.", "infection_at_skin", FALSE),
        ("No chest infection.", "infection_at_skin", None),
        ("Biopsy: no amyloid, no calcium, no bone.", "skin_calcification_on_histology", FALSE),
        ("Biopsy: no amyloid, no calcium, no bone.", "bone_on_histology", FALSE),
        ("Weak hip flexors.", "muscle_weakness", TRUE),
        ("Facial weakness was not seen.", "muscle_weakness", None),
    ],
)
def test_what_a_short_result_says(text: str, fact: str, truth: Truth | None) -> None:
    """A letter marks its own number only; what is too wide to affirm is denied where it is denied."""
    record = parse_record((_GOUT + text).encode(), knowledge().terms, "note")
    assert {one.value.truth for one in record.said if one.fact == fact} == ({truth} if truth is not None else set())


@pytest.mark.parametrize(
    ("text", "fact", "other"),
    [("Heel ulcer 6.5 x 4 cm.", "wound_size", "lesion_size"), ("Nodule 6.5 x 4 cm.", "lesion_size", "wound_size")],
)
def test_a_length_is_of_a_wound_or_of_a_lesion(text: str, fact: str, other: str) -> None:
    """The largest of the lengths, of the thing that stands beside them."""
    record = parse_record((_GOUT + text).encode(), knowledge().terms, "note")
    numbers = {one.fact: one.value.low for one in record.said if one.fact in {fact, other}}
    assert numbers == {fact: pytest.approx(65)}
