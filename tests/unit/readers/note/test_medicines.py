"""Medicines in notes: taken, given once, over, planned; doses; and those that the knowledge does not know."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.person.record import Record
from calcinosis.readers.note.note import note_record
from calcinosis.truth import FALSE, TRUE, UNKNOWN


def read(text: str) -> Record:
    """Return the record of a note."""
    return note_record(text, "note.txt", knowledge().terms)


def told(text: str, fact: str) -> object:
    """Return what a note says of a fact: the truth of what it says, or the sense of a mention that settles nothing."""
    record = read(text)
    truths = {said.value.truth for said in record.said if said.fact == fact}
    if len(truths) == 1:
        return truths.pop()
    return next((said.sense for said in record.mentions if said.fact == fact), None)


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("She takes warfarin 5 mg daily.", "warfarin", TRUE),
        ("Methotrexate 15 mg weekly.", "methotrexate", TRUE),
        ("Started on diltiazem 60 mg tds last week.", "diltiazem", TRUE),
        ("Coumadin 5 mg daily.", "warfarin", TRUE),
        ("Warfarin was stopped in 2020.", "warfarin", FALSE),
        ("Methotrexate was held before the operation.", "methotrexate", FALSE),
        ("Warfarin to be started next week.", "warfarin", "planned"),
        ("He never took warfarin.", "warfarin", FALSE),
        ("She was given gentamicin until the cultures proved negative.", "gentamicin", FALSE),
        ("She was given gentamicin as the cultures were not negative.", "gentamicin", UNKNOWN),
        ("Diltiazem was tried without success.", "diltiazem", UNKNOWN),
        ("She had received colchicine for two years.", "colchicine", UNKNOWN),
        ("After a course of prednisolone the plaque softened.", "prednisolone", UNKNOWN),
        ("Her mother takes warfarin. She has gout.", "warfarin", "family"),
        ("Warfarin is not mentioned. She has gout.", "warfarin", "not-stated"),
        ("Warfarin was never given. She has gout.", "warfarin", FALSE),
        ("Allopurinol: stopped.", "allopurinol", FALSE),
        ("Warfarin (stopped 2020), diltiazem 60 mg tds.", "warfarin", FALSE),
        ("Warfarin (stopped 2020), diltiazem 60 mg tds.", "diltiazem", TRUE),
        ("Allergies: penicillin", "allergy_penicillin", TRUE),
        ("She is allergic to penicillin. She takes warfarin.", "warfarin", TRUE),
    ],
)
def test_what_is_said_of_a_medicine(text: str, fact: str, expected: object) -> None:
    """Taken now, over, planned, denied; that it was given does not say that it still is."""
    assert told(text, fact) == expected


def test_what_was_given_is_past_and_stays_an_exposure() -> None:
    """A medicine of the past is told as such; having had it does not end."""
    said = {one.fact: one for one in read("Calcium gluconate was given by vein.").said}
    assert said["calcium_gluconate"].sense == "past"
    assert said["calcium_infusion"].value.truth is TRUE


def test_a_class_by_its_route_is_none_of_its_members() -> None:
    """A steroid on the skin is not each of the steroids that are put on skin."""
    said = {one.fact for one in read("She uses a topical steroid.").said}
    assert "topical_corticosteroid" in said
    assert not {name for name in said if name.endswith("_topical")}


def test_medicines_that_no_fact_knows_are_taken_and_not_judged() -> None:
    """Items of a list of medicines, and words with a dose and how often; words that are no medicine are left out."""
    record = read(
        "Gout.\nMedications: warfarin 5 mg, zorblaxin 10 mg, fooprazole, none other\n- quxamab 40 mg weekly\n"
    )
    assert [one.fact for one in record.other_medicines] == ["zorblaxin", "fooprazole", "quxamab"]
    verdicts = {one.name: one.verdict for one in assess_record(record, knowledge().library).taken}
    assert verdicts["zorblaxin"] == verdicts["fooprazole"] == verdicts["quxamab"] == "not-judged"
    assert [one.fact for one in read("Gout. She takes zorblaxin 10 mg daily.").other_medicines] == ["zorblaxin"]
    assert [one.fact for one in read("Gout. Takes zorblaxin 10 mg and warfarin.").other_medicines] == ["zorblaxin"]


@pytest.mark.parametrize(
    "text",
    ["Medications: nil.", "Medications:\nnone\n", "Medications: as listed before", "Medications: zorblaxin stopped",
     "Current medications: no regular medicines", "Medications:\n\nYours sincerely,\nDr X"],
)  # fmt: skip
def test_what_is_no_medicine(text: str) -> None:
    """An empty list, and what is stopped."""
    assert not read(f"Gout.\n{text}").other_medicines


def test_a_known_medicine_is_no_other_one() -> None:
    """A dose behind a known name makes no second medicine; one of a list in prose is found."""
    assert not read("Gout. On colchicine 0.5 mg bd since 2019.").other_medicines
    record = read("Gout. Her current medications include metoprolol, lisinopril and zorblaxin.")
    assert [one.fact for one in record.other_medicines] == ["zorblaxin"]


@pytest.mark.parametrize("text", ["Methotrexate 15 mg po weekly.", "Diltiazem 60 mg three times a day with food."])
def test_a_dose_is_read(text: str) -> None:
    """Dose, way and times of a medicine are no findings that were not understood."""
    assert not read(text).not_read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She received calcium gluconate through a scalp vein on 2 May 2024.", True),
        ("The baby was given calcium gluconate by drip.", True),
        ("Calcium gluconate via a peripheral line for hypocalcaemia.", True),
        ("She takes calcium gluconate tablets; her varicose veins were stripped.", False),
        ("He takes calcium carbonate and has a spider vein on the nose.", False),
    ],
)
def test_calcium_by_vein_in_ordinary_words(text: str, expected: bool) -> None:
    """Calcium that ran into a vein is an infusion, however the vein is named; a vein elsewhere makes none."""
    record = read(text)
    facts, _ = record.facts(knowledge().library.vocabulary, record.last_day)
    assert facts.is_present("calcium_infusion") is expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("She has dermatomyositis and trouble swallowing.", "dysphagia"),
        ("He has difficulty in swallowing solids.", "dysphagia"),
        ("I have dermatomyositis and I choke on my food.", "dysphagia"),
        ("Her voice has become weak.", "dysphonia"),
    ],
)
def test_swallowing_and_voice_in_ordinary_words(text: str, fact: str) -> None:
    """What patients and their doctors call it is read."""
    assert told(text, fact) is TRUE


def test_a_tablet_that_is_hard_to_swallow() -> None:
    """A large tablet is no trouble with swallowing."""
    assert told("She has gout. The tablets are hard to swallow.", "dysphagia") is None


@pytest.mark.parametrize(
    ("note", "allergic"),
    [
        ("Allergies: PCN, sulfa.", True),
        ("Gout. PCN allergy.", True),
        ("NKDA. Bilateral PCN in situ for obstructed kidneys, gout.", False),
        ("Gout, known to tolerate cephalosporins; PCN exchanged on the left.", False),
    ],
)
def test_the_short_name_of_penicillin_counts_where_allergies_are_told(note: str, allergic: bool) -> None:
    record = note_record(note, "note.txt", knowledge().terms)
    there = {one.fact for one in record.said if one.value.truth is TRUE}
    assert ("allergy_penicillin" in there) == allergic
    assert "penicillin_antibiotic" not in there
