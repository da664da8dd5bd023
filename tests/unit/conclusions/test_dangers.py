"""Dangers by the weakest sign that suffices, each step by its own condition, one danger told once."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.assessment import Assessment
from tests.unit.conclusions.forms import assessed


def urgencies(assessment: Assessment) -> dict[str, str]:
    """Return the dangers of an assessment with their urgency."""
    return {flag.id: flag.urgency for flag in assessment.red_flags}


@pytest.mark.parametrize(
    ("answers", "flag", "urgency"),
    [
        ({"ionised_calcium": "0.78 mmol/L"}, "severe-hypocalcaemia", "emergency"),
        ({"ionised_calcium": "0.95 mmol/L"}, "low-calcium-to-measure-today", "urgent"),
        ({"ionised_calcium": "1.9 mmol/L"}, "severe-hypercalcaemia", "emergency"),
        ({"calcium": "7.2 mg/dL"}, "low-calcium-to-measure-today", "urgent"),
        ({"symptoms_of_low_calcium": "yes"}, "severe-hypocalcaemia", "emergency"),
        ({"hypercalcaemic_crisis": "yes"}, "severe-hypercalcaemia", "emergency"),
        ({"potassium": "6.6 mmol/L"}, "dangerous-potassium", "emergency"),
        ({"potassium": "6.1 mmol/L"}, "high-potassium", "urgent"),
        ({"end_stage_kidney_disease": "yes", "calciphylaxis": "suspected"}, "calciphylaxis-suspected", "emergency"),
        ({"dialysis": "yes", "pain": "yes", "livedo": "yes"}, "painful-skin-necrosis", "emergency"),
        ({"egfr": "22 mL/min/1.73m2", "indurated_plaque": "yes"}, "new-lesion-in-kidney-disease", "urgent"),
        ({"febrile_neutropenia": "yes"}, "fever-with-too-few-neutrophils", "emergency"),
        ({"systemic_sclerosis": "yes", "breathlessness": "yes"}, "breathless-in-systemic-sclerosis", "urgent"),
        ({"skin_calcification": "yes", "rigors": "yes"}, "fever-with-deposits", "urgent"),
        ({"periarticular_mass": "yes", "loss_of_nerve_function": "yes"}, "nerve-loss-with-deposit", "urgent"),
        ({"scleroderma_renal_crisis": "yes"}, "scleroderma-renal-crisis", "emergency"),
        (
            {"systemic_sclerosis": "yes", "systolic_blood_pressure": "212 mmHg", "creatinine": "3.4 mg/dL"},
            "scleroderma-renal-crisis",
            "emergency",
        ),
        ({"systemic_sclerosis": "yes", "systolic_blood_pressure": "190 mmHg"}, "scleroderma-renal-crisis", "emergency"),
        (
            {"systemic_sclerosis": "yes", "diastolic_blood_pressure": "124 mmHg"},
            "scleroderma-renal-crisis",
            "emergency",
        ),
        ({"dermatomyositis": "yes", "oxygen_saturation": "84 %"}, "lung-in-myositis", "emergency"),
        ({"anti_mda5": "yes", "breathless_at_rest": "yes"}, "lung-in-myositis", "emergency"),
        ({"potassium": "2.4 mmol/L"}, "low-potassium-on-digoxin", "urgent"),
        ({"potassium": "3.1 mmol/L", "digoxin": "yes"}, "low-potassium-on-digoxin", "urgent"),
        ({"corrected_qt_interval": "530 ms", "hydroxychloroquine": "yes"}, "very-long-qt", "urgent"),
        ({"calciphylaxis": "yes", "rigors": "yes", "systolic_blood_pressure": "78 mmHg"}, "sepsis", "emergency"),
        ({"active_vitamin_d": "yes", "vomiting": "yes"}, "signs-of-high-calcium", "urgent"),
        ({"vitamin_d_supplement": "yes", "excessive_thirst": "yes"}, "signs-of-high-calcium", "urgent"),
        ({"thiazide": "yes", "confusion": "yes"}, "signs-of-high-calcium", "urgent"),
        ({"malignancy": "yes", "polyuria": "yes"}, "signs-of-high-calcium", "urgent"),
        ({"sarcoidosis": "yes", "constipation": "yes", "general_weakness": "yes"}, "signs-of-high-calcium", "urgent"),
        ({"fibrodysplasia_ossificans_progressiva": "yes"}, "never-biopsy-in-fibrodysplasia", "urgent"),
        ({"infected_lesion": "yes", "confusion": "yes"}, "sepsis", "emergency"),
        ({"skin_infection": "yes", "mottled_or_ashen": "yes"}, "sepsis", "emergency"),
        ({"osteomyelitis": "yes", "respiratory_rate": "26 /min"}, "sepsis", "emergency"),
        ({"fever": "yes", "heart_rate": "134 /min"}, "sepsis", "emergency"),
        (
            {"infected_lesion": "yes", "respiratory_rate": "23 /min", "systolic_blood_pressure": "98 mmHg"},
            "sepsis",
            "emergency",
        ),
        (
            {"sodium_thiosulfate_intravenous": "yes", "infusion_reaction": "yes"},
            "reaction-to-thiosulfate",
            "emergency",
        ),
        ({"apixaban": "yes", "gastrointestinal_bleeding": "yes"}, "bleeding-on-anticoagulant", "emergency"),
        ({"warfarin": "yes", "serious_bleeding": "yes"}, "bleeding-on-anticoagulant", "emergency"),
        (
            {"dialysis": "yes", "denosumab": "yes", "calcium": "7.9 mg/dL", "albumin": "4 g/dL"},
            "low-calcium-after-denosumab",
            "emergency",
        ),
        ({"hydroxychloroquine": "yes", "fainting": "yes"}, "fainting-on-qt-medicine", "emergency"),
        ({"long_qt": "yes", "fainting": "yes"}, "fainting-on-qt-medicine", "emergency"),
        ({"steroid_stopped_suddenly": "yes", "vomiting": "yes"}, "adrenal-crisis", "emergency"),
        ({"steroid_stopped_suddenly": "yes", "systolic_blood_pressure": "84 mmHg"}, "adrenal-crisis", "emergency"),
        ({"adrenal_insufficiency": "yes", "vomiting": "yes"}, "adrenal-crisis", "emergency"),
        ({"adrenal_crisis": "yes"}, "adrenal-crisis", "emergency"),
        (
            {"colchicine": "yes", "clarithromycin": "yes", "diarrhoea": "yes"},
            "colchicine-poisoning",
            "emergency",
        ),
        ({"colchicine": "yes", "dialysis": "yes", "muscle_weakness": "yes"}, "colchicine-poisoning", "emergency"),
        ({"colchicine_toxicity": "yes"}, "colchicine-poisoning", "emergency"),
        ({"enoxaparin": "yes", "skin_necrosis": "yes"}, "heparin-reaction", "emergency"),
        ({"heparin": "yes", "platelets": "80 10*9/L"}, "heparin-reaction", "emergency"),
        ({"rituximab": "yes", "infusion_reaction": "yes"}, "reaction-to-infused-medicine", "emergency"),
        ({"ivig": "yes", "infusion_reaction": "yes"}, "reaction-to-infused-medicine", "emergency"),
        ({"tofacitinib": "yes", "herpes_zoster": "yes"}, "infection-on-jak-or-biologic", "urgent"),
        ({"adalimumab": "yes", "fever": "yes"}, "infection-on-jak-or-biologic", "urgent"),
        ({"diltiazem": "yes", "heart_rate": "36 /min"}, "slow-heart-on-medicines", "emergency"),
        ({"diltiazem": "yes", "bisoprolol": "yes", "fainting": "yes"}, "slow-heart-on-medicines", "emergency"),
        ({"diltiazem": "yes", "bradycardia": "yes", "hypotension": "yes"}, "slow-heart-on-medicines", "emergency"),
        ({"heart_slowing_overdose": "yes"}, "slow-heart-on-medicines", "emergency"),
        ({"parathyroidectomy": "yes", "hand_cramps": "yes"}, "low-calcium-to-measure-today", "urgent"),
    ],
)
def test_weakest_sign_suffices(answers: dict[str, str], flag: str, urgency: str) -> None:
    """One sign that suffices raises the danger, in the tier that it deserves."""
    assert urgencies(assessed(age="50", sex="female", **answers)).get(flag) == urgency


@pytest.mark.parametrize(
    "answers",
    [
        {"vomiting": "yes", "excessive_thirst": "yes"},
        {"active_vitamin_d": "yes", "constipation": "yes"},
        {"vitamin_d_supplement": "yes", "constipation": "yes", "nausea": "yes"},
        {"active_vitamin_d": "yes", "vomiting": "no", "confusion": "no"},
        {"active_vitamin_d": "yes", "vomiting": "yes", "calcium": "15 mg/dL", "albumin": "4.2 g/dL"},
    ],
)
def test_signs_of_high_calcium_want_what_raises_it(answers: dict[str, str]) -> None:
    """Signs alone, one weak sign, or a cause alone raise nothing; a calcium that was measured speaks for itself."""
    assert "signs-of-high-calcium" not in urgencies(assessed(age="50", sex="female", **answers))


@pytest.mark.parametrize(
    "answers",
    [
        {"ionised_calcium": "1.2 mmol/L"},
        {"potassium": "5.9 mmol/L"},
        {"severe_hypocalcaemia": "yes", "calcium": "9.4 mg/dL"},
        {"hypercalcaemic_crisis": "yes", "calcium": "9.4 mg/dL"},
        {"calciphylaxis": "no"},
        {"systemic_sclerosis": "yes", "systolic_blood_pressure": "118 mmHg", "creatinine": "0.8 mg/dL"},
        {"dermatomyositis": "yes", "oxygen_saturation": "97 %"},
        {"systemic_sclerosis": "yes", "systolic_blood_pressure": "172 mmHg", "diastolic_blood_pressure": "98 mmHg"},
        {"systemic_sclerosis": "yes", "systolic_blood_pressure": "192 mmHg", "dialysis": "yes"},
        {"systolic_blood_pressure": "88 mmHg", "skin_calcification": "yes"},
        {"infected_lesion": "yes", "respiratory_rate": "18 /min", "heart_rate": "96 /min"},
        {"infected_lesion": "yes", "fast_breathing": "yes"},
        {"confusion": "yes", "respiratory_rate": "28 /min"},
        {"infusion_reaction": "yes"},
        {"gastrointestinal_bleeding": "yes"},
        {"apixaban": "yes", "serious_bleeding": "no"},
        {"denosumab": "yes", "calcium": "7.9 mg/dL", "albumin": "4 g/dL"},
        {"dialysis": "yes", "denosumab": "yes", "calcium": "9.2 mg/dL", "albumin": "4 g/dL"},
        {"hydroxychloroquine": "yes", "citalopram": "yes", "fainting": "no"},
        {"fainting": "yes", "methotrexate": "yes"},
        {"prednisolone": "yes", "vomiting": "yes"},
        {"steroid_stopped_suddenly": "yes", "systolic_blood_pressure": "124 mmHg"},
        {"adrenal_insufficiency": "yes", "hypotension": "yes"},
        {"colchicine": "yes", "diarrhoea": "yes"},
        {"colchicine": "yes", "clarithromycin": "yes", "diarrhoea": "no"},
        {"heparin": "yes", "platelets": "210 10*9/L"},
        {"rituximab": "yes", "infusion_reaction": "no"},
        {"tofacitinib": "yes", "herpes_zoster": "no", "fever": "no"},
        {"methotrexate": "yes", "herpes_zoster": "yes"},
        {"diltiazem": "yes", "bisoprolol": "yes", "heart_rate": "62 /min"},
        {"diltiazem": "yes", "heart_rate": "52 /min"},
        {"hand_cramps": "yes", "hypercalcaemia": "no"},
    ],
)
def test_no_danger_without_its_sign(answers: dict[str, str]) -> None:
    """A normal number, or a named danger that a number refutes, raises no emergency."""
    assert "emergency" not in urgencies(assessed(age="50", sex="female", **answers)).values()


def test_a_graver_danger_speaks_for_the_lesser() -> None:
    """What is told as an emergency is not told again as something urgent."""
    found = urgencies(assessed(age="50", dialysis="yes", severe_pain="yes", violaceous_plaque="yes"))
    assert "painful-skin-necrosis" in found
    assert "new-lesion-in-kidney-disease" not in found


def test_calcium_by_vein_is_not_first_in_tumour_lysis() -> None:
    """In tumour lysis without tetany the step that gives calcium falls away, and another one says why."""
    steps = {
        lysis: " ".join(
            step.says
            for flag in assessed(age="50", calcium="6.0 mg/dL", tumour_lysis_syndrome=lysis).red_flags
            if flag.id == "severe-hypocalcaemia"
            for step in flag.steps
        )
        for lysis in ("yes", "no")
    }
    assert "calcium gluconate by vein" in steps["no"]
    assert "calcium gluconate by vein" not in steps["yes"]
    assert "calcium by vein is not given" in steps["yes"]


def test_calcium_is_stopped_only_where_it_is_taken() -> None:
    """High calcium: who takes calcium is told to stop it, who denies it is asked about nothing to stop."""
    told = {"age": "47", "sex": "female", "skin_calcification_on_histology": "yes", "calcium": "13.2 mg/dL",
            "albumin": "4.2 g/dL"}  # fmt: skip
    for taken, is_told in (("yes", True), ("no", False)):
        found = assessed(**told, calcium_supplement=taken)
        steps = [step.says for flag in found.red_flags for step in flag.steps]
        assert any(step.startswith("Stop calcium") for step in steps) is is_told
        assert any(step.startswith("Ask about calcium") for step in steps)


def test_a_potassium_called_high_is_a_danger_until_a_number_refutes_it() -> None:
    """By its name alone; a normal number takes it away."""
    told = {"age": "50", "calcinosis_cutis": "yes", "hyperkalaemia": "yes"}
    assert "high-potassium" in {flag.id for flag in assessed(**told).red_flags}
    assert "high-potassium" not in {flag.id for flag in assessed(**told, potassium="4.4 mmol/L").red_flags}


def test_a_painful_ulcer_of_calciphylaxis_is_no_infected_deposit() -> None:
    """Chalk from a red place may be one though no calcium was shown."""
    chalk = assessed(systemic_sclerosis="yes", white_chalky_discharge="yes", erythema="yes")
    assert "infected-deposit" in {flag.id for flag in chalk.red_flags}
    ulcer = assessed(dialysis="yes", painful_skin_ulcer="yes", severe_pain="yes", violaceous_plaque="yes")
    assert "infected-deposit" not in {flag.id for flag in ulcer.red_flags}


def test_a_child_breathes_faster() -> None:
    """The limits of breaths and pulse are those of adults."""
    told = {"infected_lesion": "yes", "respiratory_rate": "28 /min", "heart_rate": "132 /min"}
    assert "sepsis" in urgencies(assessed(age="40", **told))
    assert "sepsis" not in urgencies(assessed(age="3", **told))


def test_weak_defences_bring_the_infected_deposit_forward() -> None:
    """The step of the same day is told to whom it concerns."""
    told = {"age": "50", "systemic_sclerosis": "yes", "infected_lesion": "yes"}
    steps = {
        taken: " ".join(step.says for flag in assessed(**told, mycophenolate=taken).red_flags for step in flag.steps)
        for taken in ("yes", "no")
    }
    assert "Weakened defences" in steps["yes"]
    assert "Weakened defences" not in steps["no"]
