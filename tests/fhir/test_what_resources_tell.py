"""What resources tell beside their main code: conclusions, relatives, statuses in words, ends of courses."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, Known, coded, concept, condition, known, medicine, observation, quantity, resource


def report(conclusion: str, title: str = "Skin biopsy", **elements: object) -> Json:
    """Return a DiagnosticReport of 2024-05-01 with a conclusion."""
    more = {"conclusion": conclusion, "effectiveDateTime": "2024-05-01", **elements}
    return resource("DiagnosticReport", status="final", code=concept(title), **more)


def family(said: str, relative: str = "brother") -> Json:
    """Return a FamilyMemberHistory with one condition."""
    return resource(
        "FamilyMemberHistory", status="completed", relationship=concept(relative), condition=[{"code": concept(said)}]
    )


def not_read(found: Known) -> list[str]:
    """Return the words that were not read."""
    return [one.says for one in found.record.not_read]


CONCLUSIONS = [
    ("Skin of the left thigh: calcium deposits in the dermis.", "site_thigh", TRUE),
    ("Skin of the left thigh: no calcium deposits.", "site_thigh", None),
    ("Phosphate 7.2 mg/dL.", "phosphate", TRUE),
]


@pytest.mark.parametrize(("conclusion", "fact", "truth"), CONCLUSIONS)
def test_conclusion_is_read_sentence_by_sentence(conclusion: str, fact: str, truth: Truth | None) -> None:
    """A conclusion tells places of what it finds, and numbers."""
    assert known(report(conclusion)).truth(fact) is truth


def test_sentences_of_a_conclusion_that_are_not_read_are_named() -> None:
    """Also where another sentence was read, or another language is written."""
    found = known(report("Calcium deposits in the dermis. Frobnicated zibbles abound."))
    assert not_read(found) == ["Skin biopsy: Frobnicated zibbles abound"]
    assert known(report("Kalkablagerungen in der Dermis.")).record.not_read[0].kind == "language"


def test_report_without_anything_to_read_is_named() -> None:
    """A report whose pictures alone are described says by its title that it was there."""
    bare = resource("DiagnosticReport", status="final", code=concept("X-ray hand"), media=[{"comment": "fingertips"}])
    assert not_read(known(bare)) == ["X-ray hand; fingertips"]


def test_what_relatives_have_is_theirs() -> None:
    """It is told as of the family, is not the person's own, and counts for the facts about the family."""
    found = known(family("Hyperphosphataemic familial tumoral calcinosis"))
    assert found.truth("family_history_of_tumoral_calcinosis") is TRUE
    assert found.truth("familial_tumoral_calcinosis") is None
    told = known(family("Haemodialysis", "grandfather"))
    assert told.truth("dialysis") is None
    assert ("dialysis", "family") in [(one.fact, one.sense) for one in told.record.mentions]
    assert dict(known(family("Frobnication")).record.unused) == {"Frobnication": 1}


STATUSES = [
    ({"verificationStatus": concept("Refuted")}, FALSE),
    ({"verificationStatus": concept("Provisional")}, UNKNOWN),
    ({"clinicalStatus": concept("Resolved")}, UNKNOWN),
    ({"clinicalStatus": concept("Active")}, TRUE),
]


@pytest.mark.parametrize(("elements", "truth"), STATUSES)
def test_status_in_words(elements: Json, truth: Truth) -> None:
    """A status that is written out counts as its code does."""
    assert known(condition(concept("Calciphylaxis"), **elements)).truth("calciphylaxis") is truth


def test_use_in_words() -> None:
    """So does what a statement of the fifth version says of the use."""
    said = {"medication": {"concept": concept("Warfarin")}, "medicationCodeableConcept": None}
    found = known(medicine("MedicationStatement", "recorded", **said, adherence={"code": concept("Not taking")}))
    assert found.truth("warfarin") is FALSE


COURSES = [
    ({"performedPeriod": {"start": "2017-01-10", "end": "2021-09-13"}}, "completed", UNKNOWN),
    ({"performedPeriod": {"start": "2017-01-10"}}, "in-progress", TRUE),
    ({"performedPeriod": {"start": "2024-04-30T20:00:00Z", "end": "2024-05-01T04:00:00Z"}}, "completed", TRUE),
]


@pytest.mark.parametrize(("elements", "status", "truth"), COURSES)
def test_course_of_dialysis_ends(elements: Json, status: str, truth: Truth) -> None:
    """Dialysis from one year to another is over; one session of it is not its end."""
    given = resource("Procedure", status=status, code=concept("Haemodialysis"), **elements)
    found = known(given, observation(concept("Phosphate"), valueQuantity=quantity(5, "mg/dL")))
    assert found.truth("dialysis") is truth


INTERPRETATIONS = [concept("H"), [concept("H")], [{"coding": [{"code": "H>"}]}]]


@pytest.mark.parametrize("interpretation", INTERPRETATIONS)
def test_interpretation_as_one_object_or_in_letters(interpretation: object) -> None:
    """The second version had one interpretation, and some write its code as a text."""
    found = known(observation(concept("Phosphate"), interpretation=interpretation))
    assert found.value("phosphate").flag == "high"
    assert not found.record.remarks


FLAGS = [("On warfarin", "warfarin"), ("Allergic to sulfonamides", "allergy_sulfonamide"), ("Dialysis", "dialysis")]


@pytest.mark.parametrize(("said", "fact"), FLAGS)
def test_flag_names_a_medicine_or_an_allergy(said: str, fact: str) -> None:
    """A warning on a record is read as a diagnosis is."""
    assert known(resource("Flag", status="active", code=concept(said))).truth(fact) is TRUE


def answers(*asked: tuple[str, Json], status: str = "completed") -> Known:
    """Return what is known from a form with these questions and answers."""
    items = [{"linkId": str(place), "text": text, "answer": [answer]} for place, (text, answer) in enumerate(asked)]
    return known(resource("QuestionnaireResponse", status=status, authored="2024-05-01", item=items))


YES, NO = {"valueBoolean": True}, {"valueCoding": {"code": "N", "display": "No"}}
ANSWERS = [
    ("Do you take warfarin?", YES, "warfarin", TRUE),
    ("Do you take warfarin or another blood thinner?", NO, "warfarin", FALSE),
    ("Do you take warfarin or another blood thinner?", YES, "warfarin", None),
    ("Have you ever taken warfarin?", YES, "warfarin", None),
    ("Are you allergic to penicillin?", YES, "allergy_penicillin", TRUE),
    ("Was there an injury at the site of the lumps?", NO, "local_trauma", FALSE),
    ("Was there an injury at the site of the lumps?", NO, "skin_nodule", None),
    ("Are the lumps painful?", NO, "skin_nodule", None),
    ("Are the lumps painful?", NO, "pain", FALSE),
    ("Do you have lumps?", NO, "skin_nodule", FALSE),
    ("Where are the lumps?", {"valueString": "Skin of the scrotum"}, "site_scrotum", TRUE),
    ("How bad is your pain now (0-10)?", {"valueInteger": 7}, "pain_score", TRUE),
]


@pytest.mark.parametrize(("question", "answer", "fact", "truth"), ANSWERS)
def test_answer_of_a_form(question: str, answer: Json, fact: str, truth: Truth | None) -> None:
    """An answer settles what its question asks, and not what the question takes for granted."""
    assert answers((question, answer)).truth(fact) is truth


def test_form_of_the_second_version_and_one_that_is_not_finished() -> None:
    """Groups and questions are read as items are; a form that is still being filled in is named."""
    asked = {"text": "Are you on dialysis?", "answer": [{"valueBoolean": True}]}
    form = resource("QuestionnaireResponse", status="completed", group={"question": [asked]})
    assert known(form).truth("dialysis") is TRUE
    assert not_read(answers(("Are you on dialysis?", YES), status="in-progress")) == ["QuestionnaireResponse"]


LIMITS = [{"low": quantity(2.5, "mg/dL"), "high": quantity(4.5, "mg/dL")}]
WRITTEN = [
    ("INR", {"valueString": "3.4"}, "inr", 3.4),
    ("Phosphate", {"valueString": "7.2 mg/dL (H)"}, "phosphate", 7.2),
    ("Phosphate", {"valueString": "7.2", "referenceRange": LIMITS}, "phosphate", 7.2),
    ("Phosphate", {"valueQuantity": {"value": 7.2}, "referenceRange": LIMITS}, "phosphate", 7.2),
    ("Phosphate", {"valueQuantity": {"value": 7.2}, "referenceRange": [{"text": "2.5-4.5 mg/dL"}]}, "phosphate", 7.2),
]


@pytest.mark.parametrize(("code", "elements", "fact", "number"), WRITTEN)
def test_number_without_a_unit_of_its_own(code: str, elements: Json, fact: str, number: float) -> None:
    """A number has the unit of its printed limits, or the one that nobody writes; without either it is not used."""
    assert known(observation(concept(code), **elements)).number(fact) == number
    assert known(observation(concept("Phosphate"), valueString="7.2")).truth("phosphate") is None


WORDED = [
    ("Yes, since 2019, three times a week", TRUE),
    ("No, transplanted in 2019", FALSE),
    ("Y", TRUE),
    ("N", FALSE),
    ("Notified", None),
]


@pytest.mark.parametrize(("value", "truth"), WORDED)
def test_value_that_begins_with_an_answer(value: str, truth: Truth | None) -> None:
    """A value in words may go on behind its answer; a question mark in the code asks what the value answers."""
    assert known(observation(concept("On dialysis?"), valueString=value)).truth("dialysis") is truth


def test_examination_in_words_tells_places() -> None:
    """The places of what is there, and not those of sentences that deny."""
    found = known(
        observation(concept("Examination of skin"), valueString="Hard nodules of the elbow. No ulcer of the leg.")
    )
    assert found.truth("site_elbow") is TRUE
    assert found.truth("site_leg") is None
    swollen = known(observation(concept("Examination of skin"), valueString="Oedema of the lids, rash of the hands."))
    assert swollen.truth("site_eyelid") is None


def test_observation_without_a_value_that_is_read_is_named() -> None:
    """A code alone says nothing, and a date is not read."""
    assert not_read(known(observation(concept("Skin necrosis")))) == ["Skin necrosis"]
    assert not_read(known(observation(concept("Kidney transplant"), valueDateTime="2019"))) == ["Kidney transplant"]


GERMAN = [("N18.5", "chronic_kidney_disease_stage_5"), ("L94.2", "calcinosis_cutis"), ("Z99.2+", "dialysis")]


@pytest.mark.parametrize(("code", "fact"), GERMAN)
def test_german_codes_up_to_the_first_digit_behind_the_dot(code: str, fact: str) -> None:
    """There they are those of the WHO; a second digit is named and not read."""
    system = "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
    assert known(condition(coded(system, code))).truth(fact) is TRUE
    assert not_read(known(condition(coded(system, "E83.59")))) == ["ICD-10-GM E83.59"]


def test_suspicion_in_a_code_beside_words_of_another_language() -> None:
    """What a German text names and a status doubts is suspected."""
    found = known(condition(concept("V. a. Kalziphylaxie der Haut am Oberschenkel"), verification="unconfirmed"))
    assert found.truth("calciphylaxis") is UNKNOWN
    assert found.truth("suspected_calciphylaxis") is TRUE


def test_medicine_that_is_proposed_forbidden_or_ended() -> None:
    """A proposal is planned, an order not to give is named, and one of the second version ended on a day."""
    said: Any = {"medicationCodeableConcept": concept("Warfarin")}
    assert [one.sense for one in known(medicine(intent="proposal", **said)).record.mentions] == ["planned"]
    assert not_read(known(medicine(doNotPerform=True, **said))) == ["not to be given: Warfarin"]
    ended = medicine(**said, dateEnded="2024-05-01", reasonEnded=concept("Skin necrosis"))
    assert known({**ended, "resourceType": "MedicationOrder"}).truth("warfarin") is FALSE


DOUBTED = [("Possible injury of the elbow", "local_trauma"), ("?kidney transplant", "kidney_transplant")]


@pytest.mark.parametrize(("said", "fact"), [*DOUBTED, ("Kein Trauma, keine Injektionen", "local_trauma")])
def test_what_once_happened_is_not_there_where_it_is_doubted(said: str, fact: str) -> None:
    """A suspected injury or operation, or one of a text in another language, is unknown."""
    assert known(condition(concept("Gout"), note=[{"text": said}])).truth(fact) is UNKNOWN


def test_title_of_a_report_places_what_names_no_place_itself() -> None:
    """The calcium in a biopsy of the hand is there; what a report places elsewhere is not."""
    assert known(report("Calcium deposits in the dermis.", "Skin biopsy, back of hand")).truth("site_hand") is TRUE
    assert known(report("Calcium deposits in the skin of the thigh.", "Biopsy, hand")).truth("site_hand") is None


def test_note_beside_an_infusion_of_the_fifth_version() -> None:
    """The medicine and the day, which the fifth version names otherwise, belong to the note."""
    elements = {"occurenceDateTime": "2024-05-01", "medication": {"concept": concept("Calcium chloride 10%")}}
    given = resource("MedicationAdministration", status="completed", note=[{"text": "Extravasated."}], **elements)
    value = known(given).value("calcium_extravasation")
    assert (value.truth, value.date) == (TRUE, "2024-05-01")


def test_dialysis_is_read_beside_kidney_failure() -> None:
    """A name that holds both means both."""
    assert known(condition(concept("End stage renal disease on hemodialysis"))).truth("dialysis") is TRUE
