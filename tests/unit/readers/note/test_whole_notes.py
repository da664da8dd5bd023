"""What stands around findings in whole notes: whose they are, in which chart, ages beside names, sizes of wounds."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.person.record import Record
from calcinosis.readers.note.note import note_record
from calcinosis.truth import FALSE, TRUE


def read(text: str) -> Record:
    """Return the record of a note."""
    return note_record(text, "note.txt", knowledge().terms)


def present(text: str) -> set[str]:
    """Return the facts that a note says to be there."""
    return {one.fact for one in read(text).said if one.value.truth is TRUE}


def number(text: str, fact: str) -> float | None:
    """Return the number of a fact, if a note tells one."""
    return next((one.value.low for one in read(text).said if one.fact == fact), None)


@pytest.mark.parametrize(("text", "is_hers"), [
    ("Gout. Husband at the bedside; he takes warfarin too.", False),
    ("Gout. Her father is diabetic; he is on dialysis; he takes warfarin.", False),
    ("Gout. Her father is diabetic; she takes warfarin.", True),
    ("Gout. Her husband brought her; she takes warfarin.", True),
    ("Gout. Her sister says she is well; she takes warfarin.", True),
])  # fmt: skip
def test_a_pronoun_goes_on_with_the_one_who_was_named(text: str, *, is_hers: bool) -> None:
    """Of another person, whose pronoun it is, and who did not only tell or bring."""
    assert ("warfarin" in present(text)) is is_hers


@pytest.mark.parametrize(("text", "is_there"), [
    ('Gout. The list holds "dialysis" - belongs to another chart.', False),
    ("Gout. Dialysis (merged in error, removed).", False),
    ("Gout. Dialysis is on the wrong chart.", False),
    ("Gout. Dialysis; the chart is at the ward.", True),
    ("Gout. On dialysis. Another patient was moved.", True),
])  # fmt: skip
def test_what_stands_in_another_chart_is_not_so(text: str, *, is_there: bool) -> None:
    """An error of the record is said of the entry that it is about."""
    assert ("dialysis" in present(text)) is is_there


@pytest.mark.parametrize(("text", "age", "sex"), [
    ("Pt ID 881   F, 73   District nurse: K. Abara. Gout.", 73, "female"),
    ("Alder, Jan (M, 58). Gout.", 58, "male"),
    ("ALDER Jan F 44\nGout.", 44, "female"),
    ("Hello, it's Anna (66). I have gout.", 66, None),
    ("Mr Alder (71) has gout.", 71, "male"),
    ("Ward (12). He has gout.", None, "male"),
    ("Calcium tablets (60). She has gout.", None, "female"),
    ("Her mother is Mrs Alder (66). Gout.", None, "female"),
    ("Gout. Vitamin F, 40 mg.", None, None),
    ("Gout. Rooms F, 40 m away.", None, None),
])  # fmt: skip
def test_an_age_beside_a_letter_or_a_name(text: str, age: int | None, sex: str | None) -> None:
    """Only of the person, where the number is all that is said."""
    words = {one.fact: one.value.word for one in read(text).said}
    assert (number(text, "age"), words.get("sex")) == (age, sex)


@pytest.mark.parametrize(("text", "fact", "size"), [
    ("Wound 1: left gaiter. Present 2 years. Size 7.2 x 5.0 cm. Gout.", "wound_size", 72),
    ("The ulcer of the left shin measures 4 x 3 cm. Gout.", "wound_size", 40),
    ("A plaque of 4 cm with an ulcer of 2 cm on the left shin. Gout.", "lesion_size", 40),
    ("A plaque of 4 cm with an ulcer of 2 cm on the left shin. Gout.", "wound_size", 20),
    ("A surgical wound of 9 cm on the left shin. Gout.", "wound_size", None),
    ("A lump of 8 cm lateral to the left hip. Gout.", "lesion_size", 80),
    ("A lump 8 cm lateral to the left hip. Gout.", "lesion_size", None),
    ("Wound 1: left gaiter. The dressing was changed by the nurse. Size 7.2 x 5.0 cm. Gout.", "wound_size", None),
])  # fmt: skip
def test_sizes_are_of_the_thing_that_was_named(text: str, fact: str, size: float | None) -> None:
    """A wound has a size of its own; a length before a direction is one only behind "of"."""
    assert number(text, fact) == size


@pytest.mark.parametrize(("text", "fact"), [
    ("Gout. Biopsy: small vessel vasculitis.", "vasculitis_on_histology"),
    ("Gout. Biopsy: fat necrosis, no vasculitis.", "vasculitis_on_histology"),
    ("Gout.\nMicroscopic: Epidermis normal. No vasculitis.", "vasculitis_on_histology"),
    ("Gout. She has had vasculitis since 2019.", "vasculitis"),
    ("Gout. On examination no vasculitis of the legs.", "vasculitis"),
])  # fmt: skip
def test_vasculitis_under_the_microscope_is_a_finding_of_its_own(text: str, fact: str) -> None:
    """What a biopsy shows or does not show is told of the biopsy, and not of the disease."""
    said = {one.fact: one.value.truth for one in read(text).said if one.fact.startswith("vasculitis")}
    assert said == {fact: FALSE if "no vasculitis" in text.lower() else TRUE}
