"""What is known of a person: stated, and worked out from what is stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.errors import KnowledgeError
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import Amount, AnyOf, Compare, Comparison, Criterion, Present, criteria
from calcinosis.rules.trace import carrying
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.property.people import plain_facts
from tests.property.plain import truth_of
from tests.unit.small_library import CHECKED, FILES, Told, known, small_library

T, F, U = TRUE, FALSE, UNKNOWN


def truth_in(facts: PatientFacts, fact: str) -> Truth | None:
    """Return the truth of a fact; None where nothing is known of it."""
    value = facts.value(fact)
    return None if value is None else value.truth


def limits(facts: PatientFacts, fact: str) -> tuple[float | None, float | None]:
    """Return the limits that a result is judged by."""
    value = facts.value(fact)
    assert value is not None
    return value.lower_limit, value.upper_limit


def test_of_what_is_not_mentioned_nothing_is_known(library: Library) -> None:
    """A fact that the record does not mention has no value."""
    facts = known(library, gout=True)
    assert facts.value("warfarin") is None
    assert facts.value("gout") == Value(truth=T, origins=(Origin("question", "gout"),))


def test_a_kind_that_is_present_makes_the_whole_present(library: Library) -> None:
    """Up: at any depth, with the origin of the kind."""
    facts = known(library, limited_systemic_sclerosis=True)
    for fact in ("systemic_sclerosis", "connective_tissue_disease"):
        value = facts.value(fact)
        assert value is not None
        assert (value.truth, value.origins) == (T, (Origin("question", "limited_systemic_sclerosis"),))
    assert facts.value("dermatomyositis") is None


def test_the_whole_that_is_absent_makes_its_kinds_absent(library: Library) -> None:
    """Down: at any depth, for what is not stated itself."""
    facts = known(library, connective_tissue_disease=False)
    for fact in ("systemic_sclerosis", "dermatomyositis", "limited_systemic_sclerosis"):
        assert truth_in(facts, fact) is F
    assert facts.value("gout") is None


def test_presence_of_the_whole_says_nothing_of_its_kinds(library: Library) -> None:
    """A connective tissue disease may be any; the absence of one kind leaves the others."""
    facts = known(library, connective_tissue_disease=True, dermatomyositis=False)
    assert facts.value("systemic_sclerosis") is None
    assert truth_in(known(library, dermatomyositis=False), "connective_tissue_disease") is None


def test_a_kind_goes_before_the_whole(library: Library) -> None:
    """Of a refuted whole and a present kind the kind is believed: it is the closer look."""
    facts = known(library, connective_tissue_disease=False, dermatomyositis=True)
    assert truth_in(facts, "connective_tissue_disease") is T
    assert truth_in(facts, "dermatomyositis") is T
    assert truth_in(facts, "systemic_sclerosis") is F


def test_a_kind_that_is_only_mentioned_leaves_the_whole_open(library: Library) -> None:
    """A suspected kind is a mention of the whole, so that it is not taken as absent."""
    facts = known(library, dermatomyositis=None)
    assert truth_in(facts, "connective_tissue_disease") is U
    assert truth_in(facts.assuming_absent(), "connective_tissue_disease") is U
    assert truth_in(facts.assuming_absent(), "systemic_sclerosis") is F


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"skin_calcification": True}, T),
        ({"hard_nodules": True}, T),
        ({"skin_calcification": False, "hard_nodules": False}, F),
        ({"skin_calcification": False}, None),
        ({"gout": True}, None),
    ],
)
def test_true_when(stated: dict[str, Told], expected: Truth | None, library: Library) -> None:
    """A fact that is defined by a rule is as true as the rule."""
    assert truth_in(known(library, **stated), "calcinosis_suspected") is expected


def test_what_is_defined_by_a_rule_names_where_it_was_read(library: Library) -> None:
    """Its origins are those of the facts that carry the rule."""
    value = known(library, skin_calcification=True, hard_nodules=False).value("calcinosis_suspected")
    assert value is not None
    assert value.origins == (Origin("question", "skin_calcification"),)


def test_a_rule_over_a_rule(library: Library) -> None:
    """Derived facts may rest on derived facts: a filtration rate on creatinine, kidney disease on the rate."""
    facts = known(library, creatinine=4.0, age=50.0)
    assert truth_in(facts, "kidney_disease") is T
    assert truth_in(known(library, creatinine=1.0, age=50.0), "kidney_disease") is F
    assert truth_in(known(library, creatinine=4.0), "kidney_disease") is None


@pytest.mark.parametrize(("mentioned", "creatinine", "expected"), [(None, 4.0, T), (None, 1.0, F), (True, 1.0, T)])
def test_a_mention_does_not_hide_what_the_rule_settles(
    mentioned: bool | None, creatinine: float, expected: Truth, library: Library
) -> None:
    """A condition that is only suspected is settled by the result that defines it; a stated one stands."""
    facts = known(library, kidney_disease=mentioned, creatinine=creatinine, age=50.0)
    assert truth_in(facts, "kidney_disease") is expected


@pytest.mark.parametrize(
    ("denied", "measured", "expected"),
    [
        ("2024-05-01", "2024-05-01", U),
        ("2024-05-01", "2024-04-01", U),
        ("2024-05-01", "2024-05-02", T),
        ("2024", "2024-05-02", U),
        ("", "2024-05-02", U),
        ("2024-05-01", "", U),
    ],
)
def test_a_denial_does_not_beat_the_result_that_defines_it(
    denied: str, measured: str, expected: Truth, library: Library
) -> None:
    """What is denied and measured is in dispute, with both origins, unless the result is the newer."""
    denial = Value(truth=F, date=denied, origins=(Origin("resource", "denial"),))
    result = Value(truth=T, low=8, high=8, date=measured, origins=(Origin("resource", "rate"),))
    value = known(library, kidney_disease=denial, egfr=result).value("kidney_disease")
    assert value is not None
    assert value.truth is expected
    assert Origin("resource", "rate") in value.origins
    assert (Origin("resource", "denial") in value.origins) is (expected is U)


def test_a_denial_stands_where_no_result_speaks_against_it(library: Library) -> None:
    """Without a result, or with one that agrees, what is denied is absent."""
    assert truth_in(known(library, kidney_disease=False), "kidney_disease") is F
    assert truth_in(known(library, kidney_disease=False, egfr=90.0), "kidney_disease") is F


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"egfr": 90.0}, None),
        ({"egfr": 90.0, "gout": False}, None),
        ({"gout": False, "dermatomyositis": False}, None),
        ({"egfr": 90.0, "gout": False, "dermatomyositis": False}, F),
        ({"egfr": 90.0, "gout": None, "dermatomyositis": False}, U),
        ({"egfr": 90.0, "gout": True}, T),
        ({"egfr": 30.0, "gout": False, "dermatomyositis": False}, T),
        ({"egfr": 130.0}, F),
        ({"egfr": 130.0, "gout": True}, T),
    ],
)
def test_what_has_a_rule_and_kinds_is_absent_only_if_all_are(
    stated: dict[str, Told], expected: Truth | None, tmp_path: Path
) -> None:
    """A normal result does not deny a kind that nobody mentions, unless `absent_when` says that it does."""
    text = FILES["facts/kidney_disease.yaml"].replace(
        "true_when:",
        'includes: [gout, dermatomyositis]\nabsent_when: {any: [{when: "egfr >= 120 mL/min/{1.73_m2}"}]}\ntrue_when:',
    )
    library = small_library(tmp_path, {"facts/kidney_disease.yaml": text})
    assert truth_in(known(library, **stated), "kidney_disease") is expected
    if expected is None and "egfr" in stated:
        assert truth_in(known(library, **stated).assuming_absent(), "kidney_disease") is F


def test_what_a_result_rules_out_names_the_result(library: Library) -> None:
    """What is absent because it cannot be has the origin of what rules it out."""
    value = known(library, sex="male").value("pregnancy")
    assert value is not None
    assert value.origins == (Origin("question", "sex"),)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"sex": "male"}, F),
        ({"sex": "female"}, None),
        ({"sex": "female", "age": 70.0}, F),
        ({"age": Value(truth=T, low=59, high=61)}, None),
        ({"sex": "male", "pregnancy": True}, T),
        ({"sex": "male", "pregnancy": None}, F),
        ({}, None),
    ],
)
def test_absent_when(stated: dict[str, Told], expected: Truth | None, library: Library) -> None:
    """What cannot be is absent without being asked; what is stated against it stands."""
    assert truth_in(known(library, **stated), "pregnancy") is expected


def test_a_formula(library: Library) -> None:
    """The number is computed from exact results, with the origins of all and the newest date."""
    calcium = Value(truth=T, low=8, high=8, date="2024-01-01", origins=(Origin("resource", "a"),))
    albumin = Value(truth=T, low=2, high=2, date="2024-02-01", origins=(Origin("resource", "b"),))
    value = known(library, calcium=calcium, albumin=albumin).value("corrected_calcium")
    assert value is not None
    assert (value.low, value.high) == pytest.approx((9.6, 9.6))
    assert value.date == "2024-02-01"
    assert value.origins == (Origin("resource", "a"), Origin("resource", "b"))


def test_a_formula_needs_all_that_it_reads(library: Library) -> None:
    """One part missing, and nothing is computed; a stated value is used as it is."""
    assert known(library, calcium=8.0).value("corrected_calcium") is None
    assert known(library, albumin=2.0).value("corrected_calcium") is None
    open_ended = Value(truth=T, low=None, high=8)
    assert known(library, calcium=open_ended, albumin=2.0).value("corrected_calcium") is None
    stated = known(library, calcium=8.0, albumin=2.0, corrected_calcium=10.0).value("corrected_calcium")
    assert stated is not None
    assert stated.low == 10.0


def test_a_formula_over_ranges(library: Library) -> None:
    """Results that are ranges give a range."""
    calcium, albumin = Value(truth=T, low=8, high=9), Value(truth=T, low=2, high=3)
    value = known(library, calcium=calcium, albumin=albumin).value("corrected_calcium")
    assert value is not None
    assert (value.low, value.high) == pytest.approx((8.8, 10.6))


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (50.0, 25.0),
        (18.0, 25.0),
        (17.0, None),
        (Value(truth=T, low=17, high=18), None),
        (Value(truth=T, low=18, high=19), 25.0),
        (None, None),
    ],
)
def test_a_formula_that_holds_for_some_ages(age: Told, expected: float | None, library: Library) -> None:
    """Outside its ages, or where the age leaves it open, nothing is computed."""
    stated: dict[str, Told] = {"creatinine": 4.0} if age is None else {"creatinine": 4.0, "age": age}
    value = known(library, **stated).value("egfr")
    assert (None if value is None else value.low) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (50.0, (0.8 * 3.0973762, 4.5)),
        (18.0, (0.8 * 3.0973762, 4.5)),
        (10.0, (3.2, 5.7)),
        (0.0, (3.2, 5.7)),
        (Value(truth=T, low=17, high=18), (None, None)),
        (None, (None, None)),
    ],
)
def test_usual_limits_by_age(age: Told, expected: tuple[float, float], library: Library) -> None:
    """The limits are those of the age; where the age is not known, there are none."""
    stated: dict[str, Told] = {"phosphate": 5.0} if age is None else {"phosphate": 5.0, "age": age}
    assert limits(known(library, **stated), "phosphate") == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(("sex", "expected"), [("female", (12, 16)), ("male", (13, 17)), (None, (None, None))])
def test_usual_limits_by_sex(sex: str | None, expected: tuple[float, float], library: Library) -> None:
    """The limits are those of the sex; where it is not known, there are none."""
    stated: dict[str, Told] = {"haemoglobin": 12.5} if sex is None else {"haemoglobin": 12.5, "sex": sex}
    assert limits(known(library, **stated), "haemoglobin") == expected


def test_printed_limits_go_before_usual_ones(library: Library) -> None:
    """One printed limit is enough to leave the usual ones aside, and so is a flag."""
    printed = Value(truth=T, low=5, high=5, upper_limit=6.0)
    assert limits(known(library, phosphate=printed, age=50.0), "phosphate") == (None, 6.0)
    flagged = Value(truth=T, low=5, high=5, flag="normal")
    assert limits(known(library, phosphate=flagged, age=50.0), "phosphate") == (None, None)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-01-01", "2024-03-01", 60.0),
        ("2024-01-01", "2024-01-01", 0.0),
        ("2024-03-01", "2024-01-01", None),
        ("", "2024-01-01", None),
        ("2024-01-01", "", None),
    ],
)
def test_days_from_one_fact_to_another(start: str, end: str, expected: float | None, library: Library) -> None:
    """Counted where both days are known and in this order."""
    facts = known(
        library,
        calcium_infusion=Value(truth=T, first=start, origins=(Origin("resource", "a"),)),
        skin_calcification=Value(truth=T, first=end, date="2024-05-01", origins=(Origin("resource", "b"),)),
    )
    value = facts.value("days_to_deposit")
    assert (None if value is None else value.low) == expected
    if value is not None:
        assert value.origins == (Origin("resource", "a"), Origin("resource", "b"))


@pytest.mark.parametrize(
    ("newest", "expected"),
    [("2024-02-20", (10.0, 60.0)), ("2024-03-05", (0.0, 60.0)), ("2024", (0.0, 60.0)), ("2024-01-01", (60.0, 60.0))],
)
def test_days_from_what_happened_more_than_once(newest: str, expected: tuple[float, float], library: Library) -> None:
    """An exposure counts from any of its days: the number lies between the newest and the first."""
    facts = known(
        library,
        calcium_infusion=Value(truth=T, first="2024-01-01", date=newest),
        skin_calcification=Value(truth=T, first="2024-03-01"),
    )
    value = facts.value("days_to_deposit")
    assert value is not None
    assert (value.low, value.high) == expected


def test_days_from_what_is_absent_are_not_counted(library: Library) -> None:
    """A fact that did not hold has no first day."""
    facts = known(
        library,
        calcium_infusion=Value(truth=F, first="2024-01-01"),
        skin_calcification=Value(truth=T, first="2024-03-01"),
    )
    assert facts.value("days_to_deposit") is None


@pytest.mark.parametrize(
    ("fact", "assumed"),
    [
        ("gout", F),
        ("warfarin", F),
        ("calcium_infusion", F),
        ("hard_nodules", F),
        ("av_block", F),
        ("cause_of_iatrogenic", F),
        ("skin_calcification", None),
        ("anti_centromere", None),
        ("urate_crystals", None),
        ("phosphate", None),
        ("systolic_blood_pressure", None),
        ("sex", None),
        ("age", None),
        ("kidney_disease", None),
        ("calcinosis_suspected", None),
    ],
)
@pytest.mark.parametrize("stated", [{}, {"dermatomyositis": True}])
def test_what_is_assumed_absent(fact: str, assumed: Truth | None, stated: dict[str, Told], library: Library) -> None:
    """Only history and examination that nobody mentions; never laboratory, imaging, histology or demographics."""
    facts = known(library, **stated)
    assert facts.value(fact) is None
    assert truth_in(facts.assuming_absent(), fact) is assumed


def test_what_is_mentioned_is_not_assumed_absent(library: Library) -> None:
    """A suspected condition stays open."""
    assert truth_in(known(library, gout=None).assuming_absent(), "gout") is U


def test_assuming_leaves_what_is_known(library: Library) -> None:
    """The assumption adds, and the facts that it was made from stay as they were."""
    facts = known(library, gout=True)
    assumed = facts.assuming_absent()
    assert truth_in(assumed, "gout") is T
    assert truth_in(assumed, "warfarin") is F
    assert facts.value("warfarin") is None
    assert assumed.assume_absent
    assert not facts.assume_absent


def test_a_rule_is_remembered_and_right(library: Library) -> None:
    """The truth of a rule is that of a plain evaluation, the first time and the second."""
    rule = library.types["dystrophic"].established_when
    facts = known(library, skin_calcification=True, systemic_sclerosis=True)
    assert truth_of(rule, plain_facts(dict(facts.stated), library.vocabulary)) is U
    assert facts.truth(rule) is U
    assert facts.truth(rule) is U
    assert facts.assuming_absent().truth(rule) is T


def test_a_rule_of_which_nothing_is_touched(library: Library) -> None:
    """It is unknown, or what it is for everybody when the unmentioned is absent."""
    rule = library.treatments["warfarin"].do_not_use_when
    assert rule is not None
    facts = known(library, gout=True)
    assert facts.truth(rule) is U
    assert facts.assuming_absent().truth(rule) is F


def test_carrying(library: Library) -> None:
    """The criteria that carry a true rule are true, of a false one false, of an unknown one open or true."""
    rule = library.types["dystrophic"].established_when

    def carried(**stated: Told) -> list[str]:
        facts = known(library, **stated)
        return [criterion.test.fact for _, criterion in carrying(facts, rule, facts.truth(rule), 1)]

    everything = ["skin_calcification", "cause_of_dystrophic", "skin_necrosis"]
    assert carried(skin_calcification=True, systemic_sclerosis=True, skin_necrosis=False) == everything
    assert carried(skin_calcification=True, skin_necrosis=True) == ["skin_necrosis"]
    assert carried(skin_calcification=True) == everything
    assert next(criterion.test for criterion in criteria(rule)) == Present("skin_calcification")


def test_a_fact_defined_through_itself(tmp_path: Path) -> None:
    """A circle of definitions is no knowledge: it is named."""
    circle = (
        "id: gout\nname: Gout\nkind: condition\nlearned_by: history\n"
        "true_when: {any: [{when: dermatomyositis}, {when: gout}]}\n"
    ) + CHECKED
    with pytest.raises(KnowledgeError, match="worked out through itself: gout → gout"):
        small_library(tmp_path, {"facts/gout.yaml": circle})


def test_a_denial_of_a_whole_keeps_its_origin(library: Library) -> None:
    """Its kinds are denied by the same words, and not assumed; what nothing mentions is assumed."""
    denial = (Origin("question", "connective_tissue_disease"),)
    assumed = known(library, connective_tissue_disease=False).assuming_absent()
    told = {name: assumed.value(name) for name in ("limited_systemic_sclerosis", "warfarin")}
    assert told["limited_systemic_sclerosis"] == Value(truth=F, origins=denial)
    assert told["warfarin"] == Value(truth=F, assumed=True)


def test_days_to_what_follows_by_rule_in_a_rule_asked_for_later() -> None:
    """A rule that the program does not have yet may need the days of a fact whose own rule has parts."""
    either = AnyOf(tuple(Criterion(Present(name), ()) for name in ("nodule", "ulcer")))
    facts = [Fact(id=name, name=name, kind="finding", learned_by="history", checked="") for name in ("nodule", "ulcer")]
    facts += [
        Fact(id="deposit", name="deposit", kind="finding", learned_by="history", true_when=either, checked=""),
        Fact(id="injury", name="injury", kind="procedure", learned_by="history", checked=""),
        Fact(id="days", name="days", kind="quantity", learned_by="history", unit="d", days_from="injury",
             days_to="deposit", checked=""),
    ]  # fmt: skip
    vocabulary = Vocabulary.of({fact.id: fact for fact in facts})
    later = Criterion(Compare("days", Comparison.AT_LEAST, Amount(5.0, "d", 5.0)), ())
    first = {"injury": Value(truth=T, first="2024-01-01")}
    assert PatientFacts(vocabulary, first).assuming_absent().truth(later) is U
    assert PatientFacts(vocabulary, first | {"nodule": Value(truth=T, first="2024-01-11")}).truth(later) is T
