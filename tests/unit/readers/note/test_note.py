"""Clinic notes: results, ages, what is said in which section, and what was not read."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.person.record import Record
from calcinosis.readers.note.note import note_record
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import FALSE, TRUE, UNKNOWN


def read(text: str) -> Record:
    """Return the record of a note."""
    return note_record(text, "note.txt", knowledge().terms)


def numbers(text: str) -> dict[str, object]:
    """Return each result of a note: its number in the unit of the fact, or its flag."""
    found: dict[str, object] = {}
    for said in read(text).said:
        if knowledge().library.facts[said.fact].kind == "quantity" and said.fact != "age":
            found[said.fact] = said.value.flag if said.value.low is None else round(said.value.low, 2)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Serum calcium 9.0 mg/dL. Nodule 2.5 cm, hard.", {"calcium": 9.0, "lesion_size": 25}),
        ("Ca 2.62 mmol/L (2.20-2.60), albumin and ALP normal.",
         {"calcium": 10.5, "albumin": "normal", "alkaline_phosphatase": "normal"}),
        ("PTH 1,245 pg/mL, high.", {"parathyroid_hormone": 1245}),
        ("Corrected calcium normal.", {"corrected_calcium": "normal"}),
        ("Calcium, phosphate, and PTH were all within normal limits, as was creatinine.",
         dict.fromkeys(("calcium", "phosphate", "parathyroid_hormone", "creatinine"), "normal")),
        ("Calcium is high; so is the phosphate.", {"calcium": "high", "phosphate": "high"}),
        ("Raised phosphate and PTH, low calcium.",
         {"phosphate": "high", "parathyroid_hormone": "high", "calcium": "low"}),
        ("Calcium tablets 500 mg twice a day; calcium deposits on both elbows.", {}),
        ("Neither gout, high calcium nor lupus was found.", {}),
        ("Calcium and phosphate are not mentioned.", {}),
    ],
)  # fmt: skip
def test_results(text: str, expected: dict[str, object]) -> None:
    """Numbers with units and limits, and words for lists of results."""
    assert numbers(text) == expected


def test_limits_and_flags_go_with_the_number() -> None:
    """Printed limits are read in the unit of the number."""
    (calcium,) = [one.value for one in read("Ca 2.62 mmol/L (2.20-2.60).").said if one.fact == "calcium"]
    assert calcium.upper_limit == pytest.approx(10.42, abs=0.01)
    assert calcium.low is not None
    assert calcium.upper_limit is not None
    assert calcium.low > calcium.upper_limit


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("A 62-year-old woman with gout.", 62),
        ("A girl six days old with gout.", 0.0164),
        ("A three-year-old boy with gout.", 3),
        ("Woman, aged 54, with gout.", 54),
        ("A 54 y/o man with gout.", 54),
        ("A 7-week-old girl, corrected age 2 weeks, no gout.", 0.134),
        ("Gout. Her 5-year-old son is well.", None),
        ("Gout for 20 years.", None),
        ("Man of 50, in good health, with gout.", 50),
        ("In-patient, male, 72. Gout.", 72),
        ("A truck driver of 51 years is admitted with gout.", 51),
        ("A boy of three and a half years with gout.", 3.5),
        ("72M with gout.", 72),
        ("A fifty-eight-year-old man with gout.", 58),
        ("Gout. From six months of age lumps appeared.", None),
        ("A man with gout of 5 years.", None),
        ("A woman with gout and 20 nodules.", None),
        ("Hi doctor, I'm 34 and have gout.", 34),
        ("I am 34 weeks pregnant and have gout.", None),
        ("She is 54 and has gout.", 54),
        ("Gout. Her mother is 71 and well.", None),
        ("Gout. Her urea is 54 and high.", None),
        ("My mum is 71 and has gout.", 71),
    ],
)
def test_ages(text: str, years: float | None) -> None:
    """An age in every form; not that of a relative, nor the length of a disease."""
    found = [said.value.low for said in read(text).said if said.fact == "age"]
    assert found == ([] if years is None else [pytest.approx(years, abs=0.002)])


def test_an_age_told_by_its_decade() -> None:
    """ "In her sixties" is ten years wide."""
    for text in (
        "A woman in her sixties with gout.",
        "A man in his 60s with gout.",
        "Gout in a woman in her late sixties.",
    ):
        (age,) = [said.value for said in read(text).said if said.fact == "age"]
        assert (age.low, age.high, age.open_high) == (60, 70, True)


LUPUS = "systemic_lupus_erythematosus"


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("My husband has gout. His calcium is 11.9.", {"gout", "calcium"}, set()),
        ("Our little girl has juvenile dermatomyositis, my sister has lupus.", {"juvenile_dermatomyositis"}, {LUPUS}),
        ("I noticed that my dad has gout. My daughter has lupus.", {"gout"}, {LUPUS}),
        ("My mother has lupus and I have gout.", {"gout"}, {LUPUS}),
        ("I have gout. My mother has lupus.", {"gout"}, {LUPUS}),
        ("My mum has gout. Her sister has lupus.", {"gout"}, {LUPUS}),
        ("She has gout. Her mother has lupus.", {"gout"}, {LUPUS}),
    ],
)
def test_a_carer_writes_of_another(text: str, there: set[str], not_there: set[str]) -> None:
    """Where nobody speaks of himself, "my mum" is the person; who does is the person, and she a relative."""
    found = {one.fact for one in read(text).said if one.value.truth is TRUE}
    assert there <= found
    assert not not_there & found


def test_sections_say_whose_and_when() -> None:
    """What stands below a heading of the family, of a plan or of allergies is not the person's present."""
    record = read("Diagnoses:\n- gout\nFamily history:\n- lupus\nAllergies: penicillin\nPlan:\nskin biopsy, warfarin\n")
    said = {one.fact: one.value.truth for one in record.said}
    assert said["gout"] is TRUE
    assert said["allergy_penicillin"] is TRUE
    assert not {"systemic_lupus_erythematosus", "warfarin"} & set(said)
    senses = {one.fact: one.sense for one in record.mentions}
    assert senses["systemic_lupus_erythematosus"] == "family"
    assert senses["warfarin"] == "planned"


def test_what_is_asked_or_not_stated_settles_nothing() -> None:
    """Both are mentions, with their words, and neither is absent or present."""
    record = read("Gout and dialysis are not mentioned. Please tell us whether it is lupus.")
    assert not record.said
    assert {one.fact: one.sense for one in record.mentions} == {
        "gout": "not-stated", "dialysis": "not-stated", "systemic_lupus_erythematosus": "asked",
    }  # fmt: skip
    assert {one.kind for one in record.not_read} == {"not-stated", "asked"}


def test_a_diagnosis_that_the_writer_queries_is_suspected() -> None:
    """It is never present, and says that it is suspected."""
    (said,) = [one for one in read("Could this be calciphylaxis?").said if one.fact == "calciphylaxis"]
    assert said.value.truth is UNKNOWN
    assert said.sense == "suspected"


def test_another_language_is_told_and_never_affirmed() -> None:
    """A name in a German sentence leaves its fact open."""
    record = read("Kein Hinweis auf Gangrene. Die Patientin hat Dialyse und dialysis.")
    assert {one.value.truth for one in record.said if one.fact not in {"age", "sex"}} == {UNKNOWN}
    assert any(one.kind == "language" for one in record.not_read)


def test_each_saying_has_its_line_and_words() -> None:
    """The line and the sentence that say it."""
    (said,) = [one for one in read("Seen today.\n\nShe has no gout.\n").said if one.fact == "gout"]
    assert said.value.truth is FALSE
    assert said.value.said == "She has no gout"
    assert [origin.name for origin in said.value.origins] == ["3"]


def test_what_was_seen_and_not_understood_is_told() -> None:
    """A finding that no fact covers is named with its words."""
    record = read("She has gout. There is a malformation on the palm of the hand.")
    assert any("not understood" in one.says for one in record.not_read if one.kind == "words")


def test_a_text_of_which_nothing_is_read() -> None:
    """It is refused, with what is expected."""
    with pytest.raises(InputError, match="nothing could be read"):
        read("The quick brown fox.")


@pytest.mark.parametrize(
    ("text", "fact", "truth"),
    [
        ("Histology:\nCalcium lies in the media of a small vessel of the fat; no thrombus is seen.",
         "vessel_thrombosis_on_histology", FALSE),
        ("Calcium gluconate 10 %, by vein, left hand; leaked on the second day.", "calcium_extravasation", TRUE),
        ("Calcium deposits on both elbows.", "skin_calcification", TRUE),
        ("The lump grew where pentazocine had been injected for years.", "injection_site_lesion", TRUE),
        ("Pain in the nodule: no.", "skin_nodule", TRUE),
        ("Pain, an injury beforehand, sores and gout are all denied.", "local_trauma", FALSE),
        ("Lupus was excluded in 2019, dermatomyositis was confirmed in 2021.", "systemic_lupus_erythematosus", FALSE),
    ],
)  # fmt: skip
def test_sentences(text: str, fact: str, truth: object) -> None:
    """Each says of the fact what a clinician reads."""
    assert truth in [said.value.truth for said in read(text).said if said.fact == fact]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She has pain in her knees. There is a brown plaque on the back.", "painful_skin_lesion"),
        ("Dense calcium in the fat next to the femur on CT; the bone itself is intact.", "bone_on_histology"),
        ("The papules resemble milia; on biopsy each holds calcium in the upper dermis.", "milium"),
        ("The nodule looks like a tophus but urate is normal.", "tophus"),
        ("Drugs, dialysis and autoimmune disease are likewise not mentioned. No gout.", "dialysis"),
        ("Nothing is noted about drips with calcium or kidney disease. No gout.", "calcium_infusion"),
        ("Vasculitis, sepsis and cholesterol emboli were considered.", "vasculitis"),
        ("Her mother has scleroderma and takes penicillamine.", "systemic_sclerosis"),
        ("The scar over the deposit is from its excision two years ago.", "surgical_scar"),
    ],
)
def test_what_is_not_said(text: str, fact: str) -> None:
    """Each names something that the person does not have."""
    assert not [said for said in read(text).said if said.fact == fact and said.value.truth is TRUE]


def test_courtesies_of_a_letter_are_no_sentences_that_were_not_read() -> None:
    """Greetings and signatures say nothing of the person; another sentence of which nothing is read is counted."""
    record = read("Dear colleague,\n\nThe wobblefish is grumbling. She has gout.\n\nYours sincerely,\nDr X\n")
    assert sum(one.count for one in record.not_read if one.kind == "words") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Calciphylaxis is a rare disease in which calcium settles in small vessels. Painful ulcers develop.",
        "What is calcinosis? Calcinosis means hard lumps of calcium under the skin. Dialysis can lead to it.",
    ],
)
def test_a_leaflet_tells_of_nobody(text: str) -> None:
    """A text about a disease in general is refused; the same beside a person is read."""
    with pytest.raises(InputError, match="names no person"):
        read(text)
    assert read(f"A woman of 54 on dialysis. {text}").said


def test_a_heading_with_medicines_is_no_form() -> None:
    """A word that is no fact and a colon before a medicine: a heading of a note, here in another language."""
    record = parse_record(b"Traitement: diltiazem.", knowledge().terms, "note")
    assert [(one.fact, one.value.truth.name) for one in record.said] == [("diltiazem", "UNKNOWN")]
    with pytest.raises(InputError, match="the question"):
        parse_record(b"warfarine: yes", knowledge().terms, "note")


@pytest.mark.parametrize("text", ["Gout. An ANA was sent.", "Gout. Zorb 12."])
def test_what_a_test_showed_or_a_short_sentence_is_told_as_not_read(text: str) -> None:
    """A test that is named without an outcome, and a number behind an unknown name, do not go in silence."""
    assert [one.kind for one in read(text).not_read] == ["words"]


def test_words_are_quoted_as_they_were_written() -> None:
    """Boxes and signs stand in what is quoted as the note has them, not as the reader reads them."""
    signs = {one.value.said for one in read("She has gout.\nPus -, fever (-), warmth +\n").said}
    boxes = {one.value.said for one in read("She has gout.\n[x] warfarin [ ] dialysis [ ] lupus\n").mentions}
    assert "Pus -, fever (-), warmth" in signs
    assert "[ ] dialysis" in boxes
    assert not {"☐", "⊖"} & set("".join(signs | boxes))
