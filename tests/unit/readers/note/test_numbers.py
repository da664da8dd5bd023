"""Numbers in notes: several of one name, in time; lists with one word; tests; blood pressure; what is no result."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.readers.note.note import note_record
from calcinosis.truth import FALSE, TRUE


def numbers(text: str) -> dict[str, object]:
    """Return what a note says of each quantity at its end: a number, two bounds, or a flag."""
    library = knowledge().library
    record = note_record(f"She has gout.\n\n{text}", "note.txt", knowledge().terms)
    facts, _ = record.facts(library.vocabulary, record.last_day)
    found: dict[str, object] = {}
    for name, value in facts.stated.items():
        if library.facts[name].kind == "quantity":
            bounds = tuple(None if one is None else round(one, 2) for one in (value.low, value.high))
            found[name] = value.flag if bounds == (None, None) else bounds[0] if len(set(bounds)) == 1 else bounds
    return found


def called(text: str) -> dict[str, object]:
    """Return the tests that a note tells, each with whether it is positive."""
    record = note_record(text, "note.txt", knowledge().terms)
    kinds = knowledge().library.facts
    return {said.fact: said.value.truth for said in record.said if kinds[said.fact].kind == "result"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ca 9.3 on 1 March, 14.6 today.", {"calcium": 14.6}),
        # what is reached is no bound; the limits of a result are
        ("Creatinine 58 umol/L, up to 190 umol/L on repeat.", {"creatinine": 2.15}),
        ("CRP up to 190 mg/L.", {"c_reactive_protein": 19}),
        ("Creatinine below 190 umol/L.", {"creatinine": (None, 2.15)}),
        # what is given is no result: a vitamin, a salt with how it is taken; a bare mass is shorthand of a result
        ("Na 140, vit K 10 mg iv, phosphate 500 mg tds, Hb 12 g.", {"sodium": 140, "haemoglobin": 12}),
        ("Na 140, K 5.1, calcium 9.4 mg on Monday.", {"sodium": 140, "potassium": 5.1, "calcium": 9.4}),
        # an earlier number in brackets behind the one of now, and a word in brackets that is of the number before it
        ("Creatinine 2.4 mg/dL (baseline 0.9 in May).", {"creatinine": 2.4}),
        ("Creatinine 0.9 mg/dL (baseline), 2.4 mg/dL now.", {"creatinine": 2.4}),
        ("Her phosphate has hovered between 6.1 and 7.3 mg/dL.", {"phosphate": (6.1, 7.3)}),
        # thousands parted by a space; two numbers of one size are two results
        ("Ferritin 1 850 ug/L, CRP 12 mg/L.", {"ferritin": 1850, "c_reactive_protein": 1.2}),
        ("PTH >1 650 pg/mL, platelets 212 000 /uL.", {"parathyroid_hormone": (1650, None), "platelets": 212}),
        ("ALP 98 132 U/L.", {"alkaline_phosphatase": (98, 132)}),
        # a series of arrows, a row with the limits at its end, a score of ten
        ("Phosphate 2.4 -> 2.1 -> 1.7 mmol/L, Ca stable at 2.31.", {"phosphate": 5.27, "calcium": 9.26}),
        ("| Adj Ca | 2.55 | 2.88 | 2.20-2.60 |", {"corrected_calcium": (10.22, 11.54)}),
        ("Ca 9.1  PO4 8.3 H  PTH 1,240 H", {"calcium": 9.1, "phosphate": 8.3, "parathyroid_hormone": 1240}),
        ("Pain 8/10 from the ulcer.", {"pain_score": 8}),
        ("Creatinine 540 (umol/L), phosphate on the high side at 2.0 mmol/L.", {"creatinine": 6.11, "phosphate": 6.19}),
        ("Vit D 18 nmol/L.", {"vitamin_d_25_hydroxy": 7.21}),
        # a unit behind the limits, or in brackets behind the name
        ("Adj Ca 2.71 (2.20-2.60) mmol/L H.", {"corrected_calcium": 10.86}),
        ("Calcium (mmol/L): 2.44", {"calcium": 9.78}),
        # a fall, and a number called borderline
        ("Phosphate has come down from 7.9 to 5.1 mg/dL.", {"phosphate": 5.1}),
        ("PTH borderline at 71 pg/mL.", {"parathyroid_hormone": 71}),
        # columns whose heads are months
        ("LABS  Mar  Jun  Aug  ref\nCa (mmol/L)  2.44  2.49  2.51  2.20-2.60", {"calcium": 10.06}),
        # a list with one word, and behind it something else
        (
            "Calcium, phosphate and creatinine unremarkable; PTH high.",
            {"calcium": "normal", "phosphate": "normal", "creatinine": "normal", "parathyroid_hormone": "high"},
        ),
        ("Phosphate 7.1 mg/dL on 2 May 2023 and 4.4 mg/dL on 9 August 2023.", {"phosphate": 4.4}),
        ("Potassium 6.9 mmol/L on 12.01.2024, 4.1 mmol/L on 05.01.2024.", {"potassium": 6.9}),
        ("PTH 300 pg/mL in March 2022, then 88 pg/mL in June 2023.", {"parathyroid_hormone": 88}),
        ("Her creatinine rose from 1.1 to 3.4 mg/dL.", {"creatinine": 3.4}),
        ("CRP 120 -> 12 mg/L.", {"c_reactive_protein": 1.2}),
        ("Albumin 3.9 g/dL, later 2.1 g/dL.", {"albumin": 2.1}),
        ("Calcium today 2.9 mmol/L, previously 2.3 mmol/L.", {"calcium": 11.62}),
        ("Previously phosphate 4.0 mg/dL. Phosphate 6.6 mg/dL.", {"phosphate": 6.6}),
        ("Calcium 9.3 mg/dL (1 March), 12.1 mg/dL (4 May).", {"calcium": 12.1}),
        ("On 1 March calcium 9.3 mg/dL, on 4 May 12.1 mg/dL.", {"calcium": 12.1}),
        ("Calcium 9.3 mg/dL and 12.1 mg/dL.", {"calcium": (9.3, 12.1)}),
        ("Phosphate 4.0 mg/dL. Repeat bloods showed phosphate 6.0 mg/dL.", {"phosphate": (4.0, 6.0)}),
        (
            "        1 Mar 2024   1 Apr 2024\nPhosphate  4.5   6.2 mg/dL\nAlbumin  40  38 g/L",
            {"phosphate": 6.2, "albumin": 3.8},
        ),
        ("1 Apr 2024 | 1 Mar 2024\nPotassium | 4.1 | 6.9 | mmol/L", {"potassium": 4.1}),
        ("12 March 2024: Ca 9.3 mg/dL\n14 April 2024: Ca 14.6 mg/dL", {"calcium": 14.6}),
    ],
)
def test_several_numbers_of_one_name(text: str, expected: dict[str, object]) -> None:
    """The one of now by dates or by words; where neither tells, a range."""
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PTH is suppressed at 4 pg/mL.", {"parathyroid_hormone": 4}),
        ("Her calcium is clearly raised at 12.9 mg/dL.", {"calcium": 12.9}),
        ("Potassium was found to be high (measured as 6.6 mmol/L).", {"potassium": 6.6}),
        ("Calcium fell to 7.1 mg/dL after the operation.", {"calcium": 7.1}),
        ("Magnesium stood at 1.1 mg/dL.", {"magnesium": 1.1}),
        ("K+ 7.1", {"potassium": 7.1}),
        ("Na+ 131, K+ 5.9", {"sodium": 131, "potassium": 5.9}),
        ("Phosphate 7,4 mg/dl", {"phosphate": 7.4}),
        ("BP 210/120, pulse 98.", {"systolic_blood_pressure": 210, "diastolic_blood_pressure": 120, "heart_rate": 98}),
        ("Blood pressure was 85/50 mmHg.", {"systolic_blood_pressure": 85, "diastolic_blood_pressure": 50}),
        ("Vitamin D 28 ng/mL.", {"vitamin_d_25_hydroxy": 28}),
        ("Calcium, phosphate and vitamin D were all in the normal range.",
         dict.fromkeys(("calcium", "phosphate", "vitamin_d_25_hydroxy"), "normal")),
        ("Phosphate 7.4 mg/dL (target 3.5-5.5).", {"phosphate": 7.4}),
        ("Calcium and phosphate were 2.4 and 2.1 mmol/L.", {"calcium": 9.62, "phosphate": 6.5}),
        ("Calcium, albumin and phosphate were 2.4 mmol/L, 38 g/L and 2.1 mmol/L.",
         {"calcium": 9.62, "albumin": 3.8, "phosphate": 6.5}),
        ("Serum calcium (corrected) 2.45 mmol/L.", {"corrected_calcium": 9.82}),
        ("Phosphate;2.1;mmol/L;0.8-1.5", {"phosphate": 6.5}),
    ],
)  # fmt: skip
def test_the_way_to_a_number(text: str, expected: dict[str, object]) -> None:
    """Words, flags and brackets may stand between a name and its number."""
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Target phosphate 3.5-5.5 mg/dL.",
        "Aim for a PTH of 150-300 pg/mL.",
        "The phosphate should stay below 5.5 mg/dL.",
        "Vitamin D 1000 units daily.",
        "Calcium tablets 500 mg.",
        "No figure for phosphate, calcium, vitamin D metabolites or FGF23 is given.",
        "The BP goal is not stated.",
        "PTH 9 times the upper limit.",
    ],
)
def test_what_is_no_result(text: str) -> None:
    """Targets, doses, and what is not told."""
    assert numbers(text) == {}


@pytest.mark.parametrize(
    "text",
    ["Calcium was normal on 3 occasions.", "Calcium normal in 3 of 4 tests.", "Calcium is normal 3 months later."],
)
def test_a_count_is_no_result(text: str) -> None:
    """A number behind a word that tells the result counts something else."""
    assert numbers(text) == {"calcium": "normal"}


@pytest.mark.parametrize(
    "text", ["Phosphate | 7.1 | mg/dL | 2.5-4.5 | H", "Phosphate 7.1 mg/dL H (2.5-4.5)", "PTH 900 pg/mL HH"]
)
def test_letters_of_the_laboratory(text: str) -> None:
    """A row of a table, with limits or a printed letter, is above its limit."""
    record = note_record(f"Gout.\n{text}", "note.txt", knowledge().terms)
    (value,) = [said.value for said in record.said if said.fact in {"phosphate", "parathyroid_hormone"}]
    assert value.flag == "high" or (value.low or 0) > (value.upper_limit or 1e9)


def test_numbers_without_a_known_name_are_told() -> None:
    """Each with the words before it; what is known, planned or a dose is not among them."""
    text = (
        "Gout. Ferritin 300 ng/mL, zonulin 9.1 ng/mL, copper 12 µmol/L. Target phosphate 5 mg/dL. Warfarin 5 mg daily."
    )
    record = note_record(text, "note.txt", knowledge().terms)
    assert [one.says for one in record.not_read if one.kind == "number"] == [
        "copper (12 µmol/L)",
        "zonulin (9.1 ng/mL)",
    ]


def test_two_numbers_without_an_order_are_asked_about() -> None:
    """The value lies between them, and the question is which is the later."""
    record = note_record("She has gout. Calcium 9.3 mg/dL and 12.1 mg/dL.", "note.txt", knowledge().terms)
    (remark,) = [one for one in assess_record(record, knowledge().library).not_understood if "alcium" in one.says]
    assert remark.ask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anti-Jo-1, anti-Mi-2 and rheumatoid factor are negative.", {"anti_jo1": FALSE, "rheumatoid_factor": FALSE}),
        ("Antibodies to Ro, La and centromere were positive.",
         {"anti_ssa": TRUE, "anti_ssb": TRUE, "anti_centromere": TRUE}),
        ("An antibody against RNA polymerase III was not detected.", {"anti_rna_polymerase_iii": FALSE}),
        ("ANA is positive at 1:640, with anti-dsDNA 210 U/mL.",
         {"antinuclear_antibody": TRUE, "anti_dsdna": TRUE}),
        ("Liver and kidney function are normal.",
         {"liver_function_abnormal": FALSE, "kidney_function_abnormal": FALSE}),
        ("Blood tests show nothing abnormal.", {"routine_laboratory_abnormal": FALSE}),
        ("Blood tests show a raised phosphate.", {}),
        ("The laboratory tests that were ordered last week are unremarkable.", {"routine_laboratory_abnormal": FALSE}),
        ("Rheumatoid factor is not raised.", {"rheumatoid_factor": FALSE}),
        ("ANCA and cryoglobulin all neg.", {"anca": FALSE, "cryoglobulin": FALSE}),
        ("The culture grew nothing.", {"positive_culture": FALSE}),
        ("Cryoglobulin negative, lupus anticoagulant detected.", {"cryoglobulin": FALSE, "lupus_anticoagulant": TRUE}),
        ("Rheumatoid factor and ANCA are not mentioned. She has gout.", {}),
    ],
)  # fmt: skip
def test_tests(text: str, expected: dict[str, object]) -> None:
    """A list of tests that one word calls positive or negative; never by the name alone."""
    found = called(text)
    assert {name: found.get(name) for name in expected} == expected
    assert expected or not found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A hard plaque of 12 by 60 mm lies on the arm.", {"lesion_size": 60}),
        ("Nodules of three to five centimetres are seen.", {"lesion_size": 50}),
        ("The lump is about one and a half centimetres wide.", {"lesion_size": 15}),
        ("There is a papule half a centimetre across, and a mass of 3 x 2 x 1 cm.", {"lesion_size": 30}),
        ("There are nodules on both hips. They are 3 to 15 cm in size and do not hurt.", {"lesion_size": 150}),
        ("X-ray shows a calcification of 4mm next to the joint.", {"lesion_size": 4}),
        ("At the calf there is an ulcer of 7 by 7 cm.", {}),
        ("The nodule lies 4 cm below the knee.", {}),
        ("A punch biopsy of 4 mm was taken from the plaque.", {}),
        ("The plaque was removed with a margin of 5 mm.", {}),
    ],
)
def test_sizes(text: str, expected: dict[str, object]) -> None:
    """The largest length of a thing that is a deposit can be; no ulcer, no distance, no sample."""
    assert {name: value for name, value in numbers(text).items() if name == "lesion_size"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A newborn girl weighing 3120 g was seen.", {"birth_weight": 3120}),
        ("She weighs 54 kg.", {"body_weight": 54}),
        ("He was born at 34 weeks.", {"gestational_age": 34}),
        ("Fasting sugar 128.", {"glucose": 128}),
        ("There is a raised serum calcium of 12.9 mg/dL.", {"calcium": 12.9}),
    ],
)
def test_weights_and_weeks(text: str, expected: dict[str, object]) -> None:
    """Weight, weight at birth, weeks at birth, a sugar without its unit."""
    assert numbers(text) == expected


def test_a_denied_flag_denies_the_condition() -> None:
    """No high calcium is no hypercalcaemia, and says nothing of the number."""
    record = note_record("Neither gout, high calcium nor diabetes was found.", "note.txt", knowledge().terms)
    said = {one.fact: one.value.truth for one in record.said}
    assert said["hypercalcaemia"] is FALSE
    assert "calcium" not in said


def test_a_number_without_a_unit_that_could_be_two_is_asked_about() -> None:
    """The question names the quantity and the number."""
    record = note_record("Gout. Phosphate 2.9.", "note.txt", knowledge().terms)
    assert ["2.9" in one.ask for one in record.remarks] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the printed limits tell the unit
        ("PO4 1.02 (0.80-1.50).", {"phosphate": 3.16}),
        ("Phosphate 3.1 (2.5-4.5).", {"phosphate": 3.1}),
        # one result tells the system of units of the next
        ("Calcium 2.49, phosphate 2.02, creatinine 88.", {"calcium": 9.98, "phosphate": 6.26, "creatinine": 1.0}),
        ("Calcium 9.4, phosphate 3.4, albumin 41.", {"calcium": 9.4, "phosphate": 3.4, "albumin": 4.1}),
        # alone it is read in the only unit that fits
        ("Calcium 2.4.", {"calcium": 9.62}),
        # the number of another name is no unit
        ("Creatinine 0.9, 25-OH vitamin D 33 ng/mL.", {"creatinine": 0.9, "vitamin_d_25_hydroxy": 33}),
    ],
)
def test_a_number_without_a_unit(text: str, expected: dict[str, object]) -> None:
    """Its limits or the other results tell the unit, with a remark that asks; what can mean two things lies between."""
    assert numbers(text) == pytest.approx(expected, abs=0.02)
    assert numbers("Calcium 3.6.") == {"calcium": (3.6, 14.43)}
    remarks = note_record(f"She has gout.\n\n{text}", "note.txt", knowledge().terms).remarks
    assert all(one.ask for one in remarks)
    assert remarks


@pytest.mark.parametrize("text", ["Calcium 500 mg", "She takes calcium 500 mg", "Vitamin D 20 ug"])
def test_a_dose_may_end_a_note(text: str) -> None:
    """Behind the unit of a dose there may be nothing more."""
    assert "calcium" not in numbers(text)
