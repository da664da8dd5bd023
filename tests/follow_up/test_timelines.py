"""What is right to say of four invented people over time, and what must not be said."""

from __future__ import annotations

from tests.follow_up.people import (
    NOT_TAKEN,
    NOW_TAKEN,
    course,
    courses,
    due,
    everything,
    followed,
    lesion,
    news,
    response,
    rounded,
    score,
    series,
    sizes,
)

CALCIPHYLAXIS, JUVENILE = followed("calciphylaxis-healing"), followed("jdm-tofacitinib")
HANDS, TUMORAL = followed("ssc-hands-three-years"), followed("tumoral-phosphate")


def test_hand_score_is_labelled_by_the_year_alone() -> None:
    """+15% and +30% of one year have their labels, +50% of two years has none."""
    changes = score(HANDS, "hand_calcinosis_score").changes
    assert [(one.percent, one.label) for one in changes] == [(15.0, "stable"), (30.4, "progression"), (50.0, "")]
    assert [one.days for one in changes[:2]] == [371, 371]
    assert changes[2].not_applied
    assert all(one.cite == ("valenzuela-2022-score",) for one in changes[:2])


def test_lesions_of_hands_by_method() -> None:
    """Two are compared on films, in one unit; the elbow, by ultrasound and palpation, is not."""
    assert sizes(lesion(HANDS, "left thumb tip")) == [6, 8, 11]
    index = lesion(HANDS, "right index finger, proximal interphalangeal joint")
    assert sizes(index) == [4, 4, 5]
    elbow = lesion(HANDS, "right elbow")
    assert (elbow.first, elbow.methods, elbow.changes) == ("2023-09-12", ("ultrasound", "palpation"), ())
    assert elbow.says


def test_thumb_opened_and_drains() -> None:
    """What is found at a lesion stands with it, with its day."""
    signs = {(one.fact, one.date) for one in lesion(HANDS, "left thumb tip").signs if one.present}
    assert {("white_chalky_discharge", "2025-02-11"), ("infected_lesion", "2025-02-11")} <= signs


def test_infection_of_an_earlier_day_is_no_danger_of_today() -> None:
    """It is told with its day, and that nothing later is known."""
    assert "infected-deposit" not in {one.id for one in HANDS.assessment.red_flags}
    earlier = {one.id: one.date for one in HANDS.assessment.earlier_dangers}
    assert earlier["infected-deposit"] == "2025-02-11"


def test_courses_of_hands() -> None:
    """Each with why it was stopped, where that is said."""
    assert courses(HANDS, "diltiazem") == [("2023-03-14", "2023-09-12", NOT_TAKEN)]
    stopped = course(HANDS, "diltiazem").stopped_because
    assert stopped is not None
    assert {"hypotension", "swelling"} <= set(stopped.facts)
    assert courses(HANDS, "minocycline") == [("2024-03-19", "", NOW_TAKEN)]
    assert courses(HANDS, "flucloxacillin") == [("2025-02-11", "2025-02-18", NOT_TAKEN)]
    assert courses(HANDS, "omeprazole") == [("2011-05-10", "", NOW_TAKEN)]


def test_neither_diltiazem_nor_minocycline_can_be_judged() -> None:
    """No film and no score at their ends; pain and ulcers are shown as numbers."""
    for medicine in ("diltiazem", "minocycline"):
        found = response(HANDS, medicine)
        assert (found.label, found.course) == ("cannot-be-judged", "not-measured")
    numbers = {one.measure: (one.before.value, one.after.value) for one in response(HANDS, "minocycline").during}
    assert numbers["pain-score"] == (4, 8)
    assert numbers["digital-ulcer-count"] == (0, 2)


def test_new_in_the_hands_since_the_visit_before() -> None:
    """Drainage, redness, fever and infection are new; pain and ulcers are worse."""
    since = HANDS.since_last_visit
    assert (since.before, since.last) == ("2024-09-24", "2025-02-11")
    assert {"white_chalky_discharge", "erythema", "fever", "infected_lesion"} <= news(HANDS, "new")
    assert {"pain_score", "digital_ulcer_count"} <= news(HANDS, "worse")
    assert "pain" not in news(HANDS, "new")


def test_due_for_hands() -> None:
    """The film is overdue, the review is not; the score is not overdue for want of item details."""
    found = due(HANDS)
    assert found["Hand radiograph"] == ("overdue", "2024-03-19", 468)
    assert found["Clinic review"] == ("not-due", "2025-02-11", 139)
    (radiograph,) = [one for one in HANDS.due if one.what == "Hand radiograph"]
    assert radiograph.due == "2025-03-19"


def test_minerals_of_hands_are_in_range() -> None:
    """At every yearly test, without a crossing."""
    for test in ("calcium", "phosphate", "creatinine"):
        found = series(HANDS, test)
        assert (found.in_range, found.crossings, len(found.points)) == (True, (), 4)


def test_warfarin_again_after_calciphylaxis() -> None:
    """It is the stop signal; three courses, not one; the wounds are closed and no emergency."""
    (signal,) = [one for one in CALCIPHYLAXIS.stop_signals if one.medicine == "warfarin"]
    assert signal.id == "vitamin-k-antagonist-after-calciphylaxis"
    assert courses(CALCIPHYLAXIS, "warfarin") == [
        ("2021-02-01", "2023-05-15", NOT_TAKEN),
        ("2024-11-01", "", NOW_TAKEN),
    ]
    assert courses(CALCIPHYLAXIS, "apixaban") == [("2023-05-17", "2024-10-30", NOT_TAKEN)]
    assert "emergency" not in {one.urgency for one in CALCIPHYLAXIS.assessment.red_flags}


def test_wounds_heal() -> None:
    """Each with its own sizes and the day on which it was closed."""
    thigh, calf = lesion(CALCIPHYLAXIS, "right thigh"), lesion(CALCIPHYLAXIS, "left calf")
    assert sizes(thigh) == [85, 85, 70, 52, 38, 30, 12, None]
    assert sizes(calf) == [40, 38, 25, 10, 6, None]
    assert (thigh.kind, thigh.ended, calf.ended) == ("wound", "2024-01-22", "2023-09-25")


def test_scores_of_wounds() -> None:
    """Totals as they were entered; without a definition no label."""
    wounds = score(CALCIPHYLAXIS, "wound_score")
    assert (rounded(wounds), wounds.best) == ([31, 27, 22, 17, 14, 8], 8)
    assert all(not change.label for change in wounds.changes)
    pain = score(CALCIPHYLAXIS, "pain_score")
    assert (rounded(pain)[0], rounded(pain)[-2:]) == (9, [0, 0])
    assert all(not change.label for change in pain.changes)


def test_what_healed_the_wounds_cannot_be_told() -> None:
    """Several things changed at once."""
    found = response(CALCIPHYLAXIS, "sodium_thiosulfate")
    assert found.label == "cannot-tell-which"
    assert courses(CALCIPHYLAXIS, "sodium_thiosulfate") == [("2023-05-22", "2023-10-23", NOT_TAKEN)]
    assert len(found.also_changed) >= 2
    assert courses(CALCIPHYLAXIS, "calcium_acetate") == [("2020-06-10", "2023-05-15", NOT_TAKEN)]
    assert courses(CALCIPHYLAXIS, "sevelamer") == [("2023-05-15", "", NOW_TAKEN)]


def test_minerals_of_calciphylaxis() -> None:
    """Phosphate is up again; total and corrected calcium stand side by side, and so do both products."""
    assert rounded(series(CALCIPHYLAXIS, "phosphate")) == [7.1, 5.9, 5.2, 4.8, 4.9, 5.0, 5.6]
    assert series(CALCIPHYLAXIS, "phosphate").crossings[-1].now == "above"
    assert rounded(series(CALCIPHYLAXIS, "albumin"))[-1] == 3.8
    total, corrected = series(CALCIPHYLAXIS, "calcium"), series(CALCIPHYLAXIS, "corrected_calcium")
    assert (rounded(total)[0], rounded(total)[-1]) == (9.6, 8.9)
    assert (rounded(corrected)[0], rounded(corrected)[-1]) == (10.6, 9.1)
    assert corrected.parts == ("albumin", "calcium")
    assert any("15 May 2023" in says for says in corrected.says)
    assert any("Ionised calcium" in says for says in corrected.says)
    assert "ionised_calcium" not in {one.test for one in CALCIPHYLAXIS.series}
    assert rounded(series(CALCIPHYLAXIS, "calcium_phosphate_product"), 0)[0] == 68
    assert rounded(series(CALCIPHYLAXIS, "corrected_calcium_phosphate_product"), 0)[0] == 75
    assert rounded(series(CALCIPHYLAXIS, "parathyroid_hormone"))[-1] == 410


def test_due_for_calciphylaxis() -> None:
    """Parathyroid hormone is overdue; calcium is not, but for the gap before; weekly bloods ended with the course."""
    found = due(CALCIPHYLAXIS)
    assert found["Parathyroid hormone"] == ("overdue", "2024-05-20", 195)
    assert found["Calcium and phosphate"][:2] == ("not-due", "2024-11-18")
    (minerals,) = [one for one in CALCIPHYLAXIS.due if one.what == "Calcium and phosphate"]
    assert "20 May 2024 to 18 November 2024" in minerals.says
    assert found["Electrolytes, calcium and phosphate"][0] == "complete"


def test_valve_and_antiphospholipid_syndrome_are_not_claimed() -> None:
    """Neither is mentioned in the record."""
    for fact in ("prosthetic_heart_valve", "antiphospholipid_syndrome"):
        assert fact not in CALCIPHYLAXIS.assessment.account.facts.stated


def test_lymphocytes_stop_tofacitinib_however_old() -> None:
    """Five months later it is still the last value, and the prescriber is to know."""
    (signal,) = JUVENILE.stop_signals
    assert (signal.id, signal.medicine) == ("few-lymphocytes-on-jak-inhibitor", "tofacitinib")
    assert (signal.date, signal.is_old) == ("2025-01-14", True)
    assert signal.steps


def test_deposits_of_the_child() -> None:
    """Two shrink, one is new."""
    assert sizes(lesion(JUVENILE, "right elbow")) == [14, 18, 22, 24, 20, 15, 12, 11, 9]
    assert sizes(lesion(JUVENILE, "left buttock")) == [30, 34, 30, 24, 21, 20]
    knee = lesion(JUVENILE, "left knee")
    assert (sizes(knee), knee.first) == ([5], "2025-01-14")
    assert knee.id in news(JUVENILE, "new")


def test_response_to_tofacitinib_is_mixed() -> None:
    """Old ones shrink and a new one appears: no label, and by the series' definition it would be none."""
    found = response(JUVENILE, "tofacitinib")
    assert (found.course, found.label) == ("mixed", "")
    assert found.new_lesions == (lesion(JUVENILE, "left knee").id,)
    numbers = {one.what: (one.before.value, one.after.value) for one in found.during}
    assert numbers["right elbow"] == (24, 9)
    assert numbers["left buttock"] == (34, 20)
    assert any("no response" in says for says in found.definitions)


def test_immunoglobulin_was_stopped_while_deposits_grew() -> None:
    """With its reason in the words of the record."""
    stopped = course(JUVENILE, "ivig").stopped_because
    assert stopped is not None
    assert stopped.says == "deposits growing; headache"
    found = response(JUVENILE, "ivig")
    (elbow,) = [one for one in found.during if one.what == "right elbow"]
    assert (elbow.before.value, elbow.after.value, found.course) == (14, 24, "larger")


def test_tofacitinib_is_one_course_with_a_pause() -> None:
    """And with a change of dose."""
    one = course(JUVENILE, "tofacitinib")
    assert (one.start, one.ongoing) == ("2023-12-05", NOW_TAKEN)
    assert [(pause.start, pause.stop) for pause in one.pauses] == [("2024-09-10", "2024-10-08")]
    assert [dose.start for dose in one.doses] == ["2023-12-05", "2024-06-04"]
    assert courses(JUVENILE, "prednisolone") == [("2021-11-08", "2022-12-20", NOT_TAKEN)]
    assert courses(JUVENILE, "methotrexate") == [("2021-11-08", "", NOW_TAKEN)]


def test_function_of_the_child() -> None:
    """Totals, better at both ends; which way is better is known of each."""
    scale, questionnaire = score(JUVENILE, "myositis_assessment_scale"), score(JUVENILE, "childhood_health_assessment")
    assert (rounded(scale)[0], rounded(scale)[-1], scale.worst, scale.best) == (38, 50, 0, 52)
    assert (rounded(questionnaire, 3)[0], rounded(questionnaire, 3)[-1]) == (1.25, 0.25)
    assert scale.changes[-1].direction == questionnaire.changes[-1].direction == "better"


def test_due_for_the_child() -> None:
    """Core measures, damage and lipids."""
    found = due(JUVENILE)
    assert found["Core measures of the disease"] == ("overdue", "2025-01-14", 152)
    assert found["Damage"] == ("overdue", "2023-12-05", 558)
    assert found["Blood lipids"] == ("overdue", "", None)


def test_no_limits_of_adults_for_a_child() -> None:
    """A limit is for the age of the day, or there is none."""
    for test in ("lymphocytes", "creatine_kinase", "alanine_aminotransferase"):
        found = series(JUVENILE, test)
        assert (found.limits, found.crossings, found.in_range) == ((), (), None)


def test_masses_on_one_method() -> None:
    """One shrinks, the other is found no more by the same method."""
    shoulder, hip = lesion(TUMORAL, "right shoulder"), lesion(TUMORAL, "left hip")
    assert sizes(shoulder) == [118, 110, 70, 42]
    assert shoulder.changes[-1].percent == -64.4
    assert sizes(hip) == [64, 60, 31, None]
    assert (hip.ended, hip.ended_how) == ("2025-06-10", "not found by the same method")
    assert {one.method for one in shoulder.points} == {"computed tomography"}


def test_minerals_in_the_unit_of_the_record() -> None:
    """Phosphate in mmol/L as recorded, with the other unit beside."""
    phosphate = series(TUMORAL, "phosphate")
    assert (phosphate.recorded_unit, rounded(phosphate)) == ("mmol/L", [7.6, 6.3, 5.6, 5.0, 5.3, 4.8, 5.9])
    assert [point.says for point in phosphate.points][-2:] == ["1.55 mmol/L", "1.9 mmol/L"]
    assert phosphate.crossings[-1].now == "above"
    assert rounded(series(TUMORAL, "corrected_calcium"))[2] == 11.0
    product = series(TUMORAL, "calcium_phosphate_product")
    assert (rounded(product)[0], rounded(product)[-2:]) == (78.5, [45.8, 55.7])
    assert rounded(series(TUMORAL, "parathyroid_hormone"), 0) == [584, 518, 452, 377, 339, 311]


def test_courses_of_the_dialysed_man() -> None:
    """One course of sevelamer with a doubled dose; its supply has run out, which is no stop."""
    sevelamer = course(TUMORAL, "sevelamer")
    assert (sevelamer.start, sevelamer.ongoing, sevelamer.supplied_until) == ("2022-10-04", NOW_TAKEN, "2025-04-10")
    assert [dose.start for dose in sevelamer.doses] == ["2022-10-04", "2023-02-07"]
    assert sevelamer.says
    assert courses(TUMORAL, "calcium_carbonate") == [("2020-05-01", "2022-10-04", NOT_TAKEN)]
    assert courses(TUMORAL, "alfacalcidol") == [("2021-03-01", "2022-10-04", NOT_TAKEN)]
    stopped = course(TUMORAL, "cinacalcet").stopped_because
    assert stopped is not None
    assert stopped.says == "nausea and vomiting"
    assert courses(TUMORAL, "cinacalcet") == [("2023-06-06", "2024-02-13", NOT_TAKEN)]


def test_new_in_the_dialysed_man() -> None:
    """Phosphate is worse, the hip gone, the shoulder better."""
    assert "phosphate" in news(TUMORAL, "worse")
    assert lesion(TUMORAL, "left hip").id in news(TUMORAL, "gone")
    assert lesion(TUMORAL, "right shoulder").id in news(TUMORAL, "better")
    (phosphate,) = [one for one in TUMORAL.since_last_visit.worse if one.what == "phosphate"]
    assert "+23%" in phosphate.says


def test_due_for_the_dialysed_man() -> None:
    """Parathyroid hormone is due and not overdue."""
    found = due(TUMORAL)
    assert found["Parathyroid hormone"] == ("due", "2025-02-11", 140)
    assert found["Calcium and phosphate"][:2] == ("not-due", "2025-06-10")


def test_no_effect_of_a_treatment_is_claimed() -> None:
    """Nowhere is a treatment said to have worked or failed, or a person to be cured."""
    for found in (CALCIPHYLAXIS, JUVENILE, HANDS, TUMORAL):
        told = everything(found).lower()
        for word in ("responder", "worked", "works", "failed", "cured", "effective"):
            assert word not in told.replace("worked out", ""), word
        assert all(not one.label.startswith("response") for one in found.responses)
