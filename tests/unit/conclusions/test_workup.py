"""What to test next."""

from __future__ import annotations

import pytest

from calcinosis.conclusions.assessment import WorkupResult
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.conclusions.workup import is_done, workup_results
from calcinosis.library.library import Library
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from tests.unit.conclusions.forms import assessed
from tests.unit.small_library import Told, known

T, F, U = TRUE, FALSE, UNKNOWN
HIGH = Value(truth=T, low=7, high=7, upper_limit=4.5, origins=(Origin("question", "phosphate"),))


def workup(library: Library, **stated: Told) -> dict[str, WorkupResult]:
    """Return the investigations to ask for, in order, by id."""
    facts = known(library, **stated)
    assumed = facts.assuming_absent()
    classified = classify(library, facts, assumed)
    treatments = treatment_results(library, facts, assumed, classified.active)
    return {found.id: found for found in workup_results(library, facts, assumed, classified, treatments)}


def test_nothing_where_nothing_is_suspected(library: Library) -> None:
    """A record that is not about calcinosis asks for no tests of it."""
    assert workup(library, systemic_sclerosis=True) == {}


def test_what_would_settle_open_types(library: Library) -> None:
    """A test is asked for when it measures what a type turns on to which something points, and says which types."""
    found = workup(library, skin_calcification=True)
    assert set(found["serum-phosphate"].would_settle) == {"metastatic", "idiopathic"}
    assert found["serum-phosphate"].why == "Whether phosphate is high."


def test_questions_of_a_provisional_type(library: Library) -> None:
    """What was assumed absent is asked."""
    found = workup(library, skin_calcification=True, systemic_sclerosis=True, phosphate=HIGH)
    assert "dystrophic" in found["skin-examination"].would_settle


def test_what_treatments_wait_for(library: Library) -> None:
    """What a treatment must be checked for is asked for, with the treatments that wait."""
    found = workup(library, skin_calcification=True, systemic_sclerosis=True, phosphate=HIGH)
    assert found["electrocardiogram"].would_check == ("diltiazem",)
    assert set(found["medicine-history"].would_check) >= {"diltiazem"}
    assert "serum-calcium" not in found


def test_what_is_done_is_not_asked_again(library: Library) -> None:
    """A result in the record answers the test."""
    assert "serum-phosphate" in workup(library, skin_calcification=True)
    assert "serum-phosphate" not in workup(library, skin_calcification=True, phosphate=HIGH)


def test_what_the_evidence_advises_against_is_never_asked(library: Library) -> None:
    """Not even when it would measure what is open."""
    assert "hair-analysis" not in workup(library, skin_calcification=True)


def test_ordered_by_rule(library: Library) -> None:
    """A test whose rule is true is asked for, even if it would settle nothing."""
    found = workup(library, skin_calcification=True, gout=True)
    assert "serum-phosphate" in found
    assert "serum-phosphate" not in workup(library, hard_nodules=True, skin_calcification=False)


def test_order(library: Library) -> None:
    """Most open questions first, then the least burden."""
    found = list(workup(library, skin_calcification=True, systemic_sclerosis=True).values())
    keys = [(-len(one.would_settle), one.burden, -len(one.would_check), one.id) for one in found]
    assert keys == sorted(keys)
    assert len(keys) >= 3


@pytest.mark.parametrize(
    ("test", "stated", "done"),
    [
        ("serum-phosphate", {"phosphate": 4.0}, True),
        ("serum-phosphate", {}, False),
        ("serum-phosphate", {"phosphate": Value(truth=T, flag="high", origins=(Origin("line", "1"),))}, True),
        ("serum-calcium", {"calcium": 9.0}, True),
        ("serum-calcium", {"albumin": 4.0}, False),
        ("medicine-history", {"warfarin": True}, False),
        ("medicine-history", {"warfarin": False, "beta_blocker": False, "calcium_infusion": False}, True),
        ("medicine-history", {"warfarin": None, "beta_blocker": False, "calcium_infusion": False}, True),
        ("skin-examination", {"skin_necrosis": False}, True),
        ("electrocardiogram", {"av_block": "first_degree"}, True),
    ],
)
def test_is_done(test: str, stated: dict[str, Told], done: bool, library: Library) -> None:
    """Of a test its main fact is known; of questions and examinations all."""
    assert is_done(library.investigations[test], known(library, **stated)) is done


def test_assumptions_do_not_count_as_done(library: Library) -> None:
    """What is merely assumed absent was not asked."""
    assumed = known(library, gout=True).assuming_absent()
    assert not is_done(library.investigations["medicine-history"], assumed)
    assert not is_done(library.investigations["skin-examination"], assumed)


def test_a_caution_reaches_those_it_is_about() -> None:
    """What is said of children stands beside a test of a child, and not of an adult."""
    cautions = {
        age: {
            one.says
            for test in assessed(age=age, hard_nodule="yes", local_trauma="yes").workup
            for one in test.cautions
        }
        for age in ("5", "60")
    }
    assert any(says.startswith("In a child") for says in cautions["5"])
    assert not any(says.startswith("In a child") for says in cautions["60"])


def ordered(**answers: str) -> list[str]:
    """Return the tests that are asked for of a form, first to last."""
    return [test.id for test in assessed(**answers).workup]


def test_what_a_danger_needs_comes_first() -> None:
    """An infected deposit asks for a swab, a low total calcium for the ionised, before what only settles a type."""
    assert ordered(dermatomyositis="yes", calcinosis_cutis="yes", infected_lesion="yes")[0] == "wound-swab-and-cultures"
    low = ordered(systemic_lupus_erythematosus="yes", calcinosis_cutis="yes", calcium="7.0 mg/dL", albumin="1.7 g/dL")
    assert low[0] == "ionised-calcium"


def test_a_danger_is_tested_for_where_no_type_is_in_question() -> None:
    """Without any sign of calcium nothing is asked for but what the danger needs."""
    found = assessed(dialysis="yes", painful_skin_lesion="yes")
    assert found.leading_type is None
    assert found.workup
    assert all(test.for_danger for test in found.workup)
    assert not assessed(systemic_sclerosis="yes").workup


def test_a_sample_that_a_danger_repeats_is_asked_for_though_it_is_known() -> None:
    """A dangerous potassium is measured again."""
    assert "electrolytes-and-bicarbonate" in ordered(dialysis="yes", calcinosis_cutis="yes", potassium="6.9 mmol/L")


def test_the_film_comes_first_where_calcium_was_only_told() -> None:
    """Deposits that were told are shown first; shown in an answer, the film still tells their extent."""
    told = {"systemic_sclerosis": "yes", "site_finger": "yes"}
    assert ordered(calcinosis_cutis="yes", **told)[0] == "radiograph"
    assert "radiograph" in ordered(skin_calcification_on_imaging="yes", **told)


def test_what_clears_a_check_that_is_shown_comes_before_the_rest() -> None:
    """Pulse and pressure come before a dental review, of which no check that is shown speaks."""
    found = ordered(
        age="58", sex="female", limited_systemic_sclerosis="yes", skin_calcification_on_imaging="yes",
        calcium="9.4 mg/dL", albumin="4.2 g/dL", phosphate="3.6 mg/dL", egfr="92 mL/min/1.73m2",
    )  # fmt: skip
    assert found.index("blood-pressure-and-pulse") < found.index("dental-review")
    assert "dental-review" not in found[:5]


def test_what_explains_a_suspected_cause_comes_before_what_only_clears_a_treatment() -> None:
    """Phosphate is high with kidneys that work: FGF23 before the safety of a drug that may never be given."""
    found = ordered(
        age="31", sex="male", skin_calcification_on_imaging="yes", calcified_periarticular_mass="yes",
        calcium="9.5 mg/dL", phosphate="6.8 mg/dL", parathyroid_hormone="24 pg/mL", egfr="101 mL/min/1.73m2",
    )  # fmt: skip
    assert found.index("fgf23-and-tubular-phosphate") < found.index("electrolytes-and-bicarbonate")
    assert "fgf23-and-tubular-phosphate" in found[:5]
