"""What to consider, to check first, to avoid and to stop."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

from calcinosis.conclusions.assessment import StopResult, TreatmentResult
from calcinosis.conclusions.treatments import stop_results, treatment_results
from calcinosis.library.library import Library
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.unit.small_library import Told, known

T, F, U = TRUE, FALSE, UNKNOWN
DYSTROPHIC = ("dystrophic",)
SAFE: dict[str, Told] = {
    "connective_tissue_disease": True,
    "systolic_blood_pressure": 120.0,
    "av_block": "first_degree",
    "beta_blocker": False,
}


def results(library: Library, active: tuple[str, ...], **stated: Told) -> dict[str, TreatmentResult]:
    """Return the verdicts by treatment."""
    facts = known(library, **stated)
    found = treatment_results(library, facts, facts.assuming_absent(), active)
    return {result.id: result for result in found}


def reviewed(library: Library, **stated: Told) -> tuple[StopResult, ...]:
    """Return what is taken and to be reviewed where no type is acted on."""
    facts = known(library, **stated)
    return stop_results(library, facts, facts.assuming_absent(), ())


def test_nothing_without_a_type(library: Library) -> None:
    """Where no type is to be acted on there is nothing to treat."""
    assert results(library, ()) == {}


def test_every_treatment_has_a_verdict(library: Library) -> None:
    """Nothing is left out, not even what is for other types."""
    found = results(library, DYSTROPHIC)
    assert set(found) == set(library.treatments)
    assert found["phosphate-binder"].verdict == "not-for-this-type"
    assert found["phosphate-binder"].why == ()


def test_consider(library: Library) -> None:
    """All safety rules are false: the treatment may be considered, with dose, monitoring and evidence."""
    found = results(library, DYSTROPHIC, **SAFE)["diltiazem"]
    assert (found.verdict, found.check, found.taken) == ("consider", (), False)
    assert (found.dose, found.monitor) == ("240 mg a day.", ("Blood pressure.",))
    assert [line.says for line in found.why] == ["Some improved."]
    assert [reason.says for reason in found.because] == ["connective tissue disease"]


@pytest.mark.parametrize(
    ("missing", "check"),
    [
        ("systolic_blood_pressure", ("systolic_blood_pressure",)),
        ("av_block", ("av_block",)),
        ("beta_blocker", ("beta_blocker",)),
    ],
)
def test_check_first_names_what_is_not_known(missing: str, check: tuple[str, ...], library: Library) -> None:
    """One safety fact that is not known is enough, even one of history; it is named."""
    stated = {name: told for name, told in SAFE.items() if name != missing}
    found = results(library, DYSTROPHIC, **stated)["diltiazem"]
    assert (found.verdict, found.check) == ("check-first", check)


def test_a_suspected_contraindication_is_checked_first(library: Library) -> None:
    """A mention that nobody confirmed is not read as absent."""
    found = results(library, DYSTROPHIC, **{**SAFE, "beta_blocker": None})["diltiazem"]
    assert found.verdict == "check-first"


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({"systolic_blood_pressure": 80.0}, "avoid", "systolic blood pressure 80 mmHg is below 90 mmHg"),
        ({"av_block": "third_degree"}, "avoid", "atrioventricular block: third degree"),
        ({"beta_blocker": True}, "check-first", "takes a beta blocker"),
        ({"beta_blocker": Value(truth=F), "metoprolol": True}, "check-first", "takes metoprolol"),
    ],
)
def test_safety_rules_that_are_true(change: dict[str, Told], verdict: str, says: str, library: Library) -> None:
    """A contraindication is avoided, a caution checked first; the reason is given."""
    found = results(library, DYSTROPHIC, **{**SAFE, **change})["diltiazem"]
    assert found.verdict == verdict
    assert says in [reason.says for reason in found.because]


def test_avoid_shows_no_dose(library: Library) -> None:
    """What is to be avoided comes without a dose to take it in."""
    found = results(library, DYSTROPHIC, **{**SAFE, "av_block": "third_degree"})["diltiazem"]
    assert (found.dose, found.monitor, found.check) == ("", (), ())


def test_true_goes_before_unknown(library: Library) -> None:
    """One contraindication that holds is enough, whatever else is open."""
    found = results(library, DYSTROPHIC, connective_tissue_disease=True, av_block="third_degree")["diltiazem"]
    assert found.verdict == "avoid"


def test_evidence_against_a_type(library: Library) -> None:
    """An objection outweighs an indication for another active type."""
    assert results(library, ("calciphylaxis",))["warfarin"].verdict == "avoid"
    both = results(library, ("dystrophic", "calciphylaxis"))["warfarin"]
    assert both.verdict == "avoid"
    assert [line.says for line in both.why] == ["It worsens the disease."]


def test_an_objection_to_all_types(library: Library) -> None:
    """It counts for every type, when its rule is true; where it is open, it is checked first."""
    assert results(library, DYSTROPHIC, skin_necrosis=False)["excision"].verdict == "consider"
    assert results(library, DYSTROPHIC, skin_necrosis=True)["excision"].verdict == "avoid"
    unknown = results(library, DYSTROPHIC)["excision"]
    assert (unknown.verdict, unknown.check) == ("check-first", ("skin_necrosis",))
    other = results(library, ("metastatic",), skin_necrosis=False)["excision"]
    assert other.verdict == "not-for-this-type"


def test_an_indication_with_a_condition(library: Library) -> None:
    """False or not mentioned: not for this person; only suspected: to be checked."""
    without = {name: told for name, told in SAFE.items() if name != "connective_tissue_disease"}
    assert results(library, DYSTROPHIC, **without)["diltiazem"].verdict == "not-for-this-type"
    absent = results(library, DYSTROPHIC, **without, connective_tissue_disease=False)
    assert absent["diltiazem"].verdict == "not-for-this-type"
    suspected = results(library, DYSTROPHIC, **without, dermatomyositis=None)["diltiazem"]
    assert suspected.verdict == "check-first"
    assert "dermatomyositis" in suspected.check or "connective_tissue_disease" in suspected.check


def test_what_is_taken(library: Library) -> None:
    """A medicine that the person takes is marked, and to be stopped when it is to be avoided."""
    facts = known(library, warfarin=True)
    found = treatment_results(library, facts, facts.assuming_absent(), ("calciphylaxis",))
    (stop,) = stop_results(library, facts, facts.assuming_absent(), found)
    assert (stop.id, [line.says for line in stop.advice]) == ("warfarin", ["Change to another."])
    assert [line.says for line in stop.why] == ["It worsens the disease."]
    other = known(library, warfarin=False)
    assert (
        stop_results(
            library,
            other,
            other.assuming_absent(),
            treatment_results(library, other, other.assuming_absent(), ("calciphylaxis",)),
        )
        == ()
    )


def test_what_is_taken_and_may_be_is_not_stopped(library: Library) -> None:
    """Only what is to be avoided is stopped."""
    facts = known(library, **SAFE, diltiazem=True)
    found = treatment_results(library, facts, facts.assuming_absent(), DYSTROPHIC)
    assert stop_results(library, facts, facts.assuming_absent(), found) == ()
    assert next(one for one in found if one.id == "diltiazem").taken


def test_evidence_counts_studies_of_people(library: Library) -> None:
    """Single cases and pages for patients are not counted."""
    found = results(library, DYSTROPHIC, **SAFE)["diltiazem"].evidence
    assert (found.level, found.patients, found.improved, found.cite) == ("IV", 17, 9, ("series-1",))
    other = results(library, DYSTROPHIC)["phosphate-binder"].evidence
    assert (other.level, other.patients, other.improved, other.cite) == ("", 0, 0, ())


def test_order(library: Library) -> None:
    """By verdict, then the cause, directness, level, share that improved, number of patients, id."""
    facts = known(library, **SAFE, skin_necrosis=False, pregnancy=True)
    found = treatment_results(library, facts, facts.assuming_absent(), DYSTROPHIC)
    assert [(one.id, one.verdict) for one in found] == [
        ("treat-the-cause", "consider"),
        ("diltiazem", "consider"),
        ("excision", "consider"),
        ("observation", "consider"),
        ("warfarin", "avoid"),
        ("phosphate-binder", "not-for-this-type"),
    ]


def test_order_of_what_to_avoid(library: Library) -> None:
    """What the person takes comes first, then what would be an option but for this person."""
    stated: dict[str, Told] = {**SAFE, "av_block": "third_degree", "skin_necrosis": True}
    active = ("dystrophic", "calciphylaxis")

    def avoided(**more: Told) -> list[str]:
        return [name for name, one in results(library, active, **stated, **more).items() if one.verdict == "avoid"]

    assert avoided() == ["diltiazem", "excision", "warfarin"]
    assert avoided(warfarin=True) == ["warfarin", "diltiazem", "excision"]


def test_directness_and_level_order_before_the_share(library: Library) -> None:
    """A treatment studied in this type goes before one by analogy, the better level before the worse."""
    excision = library.treatments["excision"]
    direct = replace(excision, id="a-direct", for_=(replace(excision.for_[0], directness=3, level="I"),))
    better = replace(excision, id="z-better", for_=(replace(excision.for_[0], level="II"),))
    extended = replace(library, treatments={**library.treatments, "a-direct": direct, "z-better": better})
    names = [
        name
        for name in results(extended, DYSTROPHIC, skin_necrosis=False)
        if name in {"a-direct", "z-better", "excision"}
    ]
    assert names == ["z-better", "excision", "a-direct"]


@pytest.mark.parametrize(("never", "caution"), list(product((T, F, U), repeat=2)))
def test_never_consider_while_a_safety_rule_is_open(never: Truth, caution: Truth, library: Library) -> None:
    """All nine combinations of contraindication and caution: only two certain "no" allow to consider."""
    stated = dict(SAFE)
    stated["systolic_blood_pressure"] = {T: 80.0, F: 120.0}.get(never, Value(truth=U))
    stated["beta_blocker"] = caution
    verdict = results(library, DYSTROPHIC, **stated)["diltiazem"].verdict
    expected = "avoid" if never is T else "consider" if never is caution is F else "check-first"
    assert verdict == expected


def test_a_contraindication_is_the_first_reason(library: Library) -> None:
    """Of what is avoided because of this person the findings are named, and the praise comes after them."""
    stated: dict[str, Told] = {**SAFE, "av_block": "third_degree"}
    found = results(library, DYSTROPHIC, **stated)["diltiazem"]
    assert [reason.says for reason in found.against] == ["atrioventricular block: third degree"]
    assert [line.says for line in found.why] == ["Contraindicated here: atrioventricular block: third degree."]
    assert found.why[0].cite == ("label-1",)
    both = results(library, ("calciphylaxis",), pregnancy=True)["warfarin"]
    assert [line.says for line in both.why] == [
        "Contraindicated here: pregnancy.",
        "It worsens the disease.",
    ]


@pytest.mark.parametrize("stated", [SAFE, {**SAFE, "beta_blocker": True}, {"connective_tissue_disease": True}])
def test_only_a_true_contraindication_is_against(stated: dict[str, Told], library: Library) -> None:
    """A caution and an open question are to be checked, and speak against nothing."""
    found = results(library, DYSTROPHIC, **stated)["diltiazem"]
    assert found.verdict != "avoid"
    assert found.against == ()


@pytest.mark.parametrize("active", [("metastatic",), ("calciphylaxis",), ("idiopathic",)])
def test_what_is_taken_and_contraindicated_is_avoided_for_any_type(active: tuple[str, ...], library: Library) -> None:
    """A contraindication is about the person: the medicine is shown and reviewed, though it is about no such type."""
    facts = known(library, diltiazem=True, av_block="third_degree")
    found = treatment_results(library, facts, facts.assuming_absent(), active)
    result = next(one for one in found if one.id == "diltiazem")
    assert (result.verdict, result.taken, len(result.against)) == ("avoid", True, 1)
    assert "third degree" in result.why[0].says
    (stop,) = stop_results(library, facts, facts.assuming_absent(), found)
    assert (stop.id, stop.against, stop.why) == ("diltiazem", result.against, result.why)
    assert [line.says for line in stop.advice] == ["Ask the cardiologist."]


@pytest.mark.parametrize(
    "stated",
    [
        {"diltiazem": True},
        {"diltiazem": True, "av_block": "first_degree", "systolic_blood_pressure": 120.0},
        {"diltiazem": False, "av_block": "third_degree"},
        {"diltiazem": None, "av_block": "third_degree"},
        {"av_block": "third_degree"},
    ],
)
def test_what_is_not_taken_or_not_contraindicated_is_not_reviewed(stated: dict[str, Told], library: Library) -> None:
    """An open question about a medicine of another type is no reason to review it."""
    facts = known(library, **stated)
    found = treatment_results(library, facts, facts.assuming_absent(), ("metastatic",))
    assert next(one for one in found if one.id == "diltiazem").verdict == "not-for-this-type"
    assert stop_results(library, facts, facts.assuming_absent(), found) == ()


def test_what_is_contraindicated_is_reviewed_where_no_type_is_acted_on(library: Library) -> None:
    """A record that is not about calcium in the skin has no treatments, and a medicine to review."""
    facts = known(library, warfarin=True, pregnancy=True)
    assert treatment_results(library, facts, facts.assuming_absent(), ()) == ()
    (stop,) = reviewed(library, warfarin=True, pregnancy=True)
    assert (stop.id, [reason.fact for reason in stop.against]) == ("warfarin", ["pregnancy"])
    assert stop.why[0].says == "Contraindicated here: pregnancy."
    assert reviewed(library, warfarin=True) == ()


def test_evidence_is_of_the_types_in_question(library: Library) -> None:
    """Studies of another type are not added up; how many patients they had is told apart."""
    diltiazem = library.treatments["diltiazem"]
    both = replace(
        diltiazem,
        id="both",
        for_=(diltiazem.for_[0], replace(diltiazem.for_[0], type="metastatic", consider_when=None)),
    )
    extended = replace(library, treatments={**library.treatments, "both": both})
    mine = results(extended, DYSTROPHIC, **SAFE)["both"].evidence
    assert (mine.patients, mine.improved, mine.other_types, mine.cite) == (17, 9, 0, ("series-1",))
    other = results(extended, ("metastatic",), **SAFE)["both"].evidence
    assert (other.patients, other.improved, other.other_types, other.cite) == (0, 0, 17, ())
    assert other.level == "IV"
