"""Observations: numbers, words, codes, limits and flags."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    DAY,
    SYSTEMS,
    bundle,
    centromere,
    coded,
    concept,
    interpretation,
    known,
    observation,
    patient,
    phosphate,
    quantity,
    resource,
)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (7.4, "mg/dL", 7.4),
        (7.4, "mg/dl", 7.4),
        (74, "mg/L", 7.4),
        (2.39, "mmol/L", 2.39 * 3.0973762),
        (2390, "umol/L", 2.39 * 3.0973762),
        (0.074, "g/L", 7.4),
    ],
)
def test_units_are_converted(value: float, unit: str, expected: float) -> None:
    """A quantity is known in the unit of its fact, whatever unit it was printed in."""
    assert known(phosphate(valueQuantity=quantity(value, unit))).number("phosphate") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("comparator", "low", "high", "open_"),
    [("<", None, 5.0, True), ("<=", None, 5.0, False), (">", 5.0, None, True), (">=", 5.0, None, False)],
)
def test_comparator(comparator: str, low: float | None, high: float | None, open_: bool) -> None:
    """A result beyond what the analyser measures is a bound, not the number."""
    value = known(phosphate(valueQuantity=quantity(5, "mg/dL", comparator))).value("phosphate")
    assert (value.low, value.high) == (low, high)
    assert (value.open_high if low is None else value.open_low) is open_


def test_range() -> None:
    """A range is known by both of its ends."""
    given = {"low": quantity(4, "mg/dL"), "high": quantity(6, "mg/dL")}
    value = known(phosphate(valueRange=given)).value("phosphate")
    assert (value.low, value.high) == (4, 6)


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("7.4 mg/dL", (7.4, 7.4)),
        ("7,4 mg/dL", (7.4, 7.4)),
        ("> 7.4 mg/dL", (7.4, None)),
        ("≤7.4 mg/dl", (None, 7.4)),
        ("2.0 mmol/L", (2 * 3.0973762, 2 * 3.0973762)),
    ],
)
def test_number_in_a_text(said: str, bounds: tuple[float | None, float | None]) -> None:
    """A text that is a number with its unit is that number."""
    value = known(phosphate(valueString=said)).value("phosphate")
    assert value.low == (pytest.approx(bounds[0]) if bounds[0] is not None else None)
    assert value.high == (pytest.approx(bounds[1]) if bounds[1] is not None else None)


@pytest.mark.parametrize(
    "said", ["haemolysed", "7.4", "see comment 3", "1,200 mg/L", "7.4 mg/dL high, repeat", "-7 mg/dL"]
)
def test_words_that_are_no_number_are_reported(said: str) -> None:
    """What cannot be read as one number with one unit is named and not used."""
    found = known(phosphate(valueString=said))
    assert found.truth("phosphate") is None
    assert any("Observation/r1" in remark and "Phosphate" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("said", "flag"), [("elevated", "high"), ("low", "low"), ("Normal", "normal"), ("high.", "high")]
)
def test_worded_quantity(said: str, flag: str) -> None:
    """A quantity of which only high, low or normal is told is known by that."""
    assert known(phosphate(valueString=said)).value("phosphate").flag == flag


@pytest.mark.parametrize(
    ("code", "flag"), [("H", "high"), ("HH", "high"), ("L", "low"), ("LL", "low"), ("N", "normal")]
)
def test_interpretation_without_a_number(code: str, flag: str) -> None:
    """The flag alone says on which side of the limit a result lies."""
    value = known(phosphate(interpretation=interpretation(code))).value("phosphate")
    assert value.flag == flag
    assert not value.is_number


def test_contradicting_flags_are_no_flag() -> None:
    """High and low at once is not resolved in silence: neither is used."""
    both = [coded("interpretation", "H"), coded("interpretation", "L")]
    assert known(phosphate(interpretation=both)).truth("phosphate") is None


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (coded("snomed", "10828004", "Positive (qualifier value)"), TRUE),
        (coded("snomed", "260385009", "Negative (qualifier value)"), FALSE),
        (coded("snomed", "52101004"), TRUE),
        (coded("snomed", "2667000"), FALSE),
        (coded("snomed", "260373001", "Detected"), TRUE),
        (coded("snomed", "260415000", "Not detected"), FALSE),
        (coded("loinc", "LA6576-8", "Positive"), TRUE),
        (coded("loinc", "LA6577-6", "Negative"), FALSE),
        (coded("loinc", "LA9633-4", "Present"), TRUE),
        (coded("loinc", "LA9634-2", "Absent"), FALSE),
        (coded("http://terminology.hl7.org/CodeSystem/v2-0136", "Y", "Yes"), TRUE),
        (coded("interpretation", "POS"), TRUE),
        (coded("interpretation", "NEG"), FALSE),
        (concept("Positive"), TRUE),
        (concept("not detected"), FALSE),
        (concept("indeterminate"), UNKNOWN),
    ],
)
def test_coded_value(value: dict[str, Any], truth: Truth | None) -> None:
    """A test is positive or negative by the answer codes of SNOMED CT, LOINC and HL7, or by its words."""
    found = known(centromere(valueCodeableConcept=value))
    assert found.truth("anti_centromere") is truth
    assert bool(found.remarks) is (truth is None)


@pytest.mark.parametrize(
    ("elements", "truth"),
    [
        ({"valueBoolean": True}, TRUE),
        ({"valueBoolean": False}, FALSE),
        ({"valueString": "positive"}, TRUE),
        ({"valueString": "Negative."}, FALSE),
        ({"valueString": "Negative for anti-centromere antibody"}, FALSE),
        ({"interpretation": interpretation("POS")}, TRUE),
        ({"interpretation": interpretation("NEG")}, FALSE),
        ({"interpretation": interpretation("A")}, TRUE),
        ({"interpretation": interpretation("IND")}, UNKNOWN),
        ({"dataAbsentReason": coded("absent", "not-performed")}, UNKNOWN),
        ({}, None),
    ],
)
def test_presence(elements: dict[str, Any], truth: Truth | None) -> None:
    """Booleans, words and interpretations say whether a finding is there."""
    assert known(centromere(**elements)).truth("anti_centromere") is truth


def test_a_titre_is_reported_not_guessed() -> None:
    """A titre without an interpretation is neither positive nor negative; it is shown as not understood."""
    found = known(centromere(valueString="1:320"))
    assert found.truth("anti_centromere") is UNKNOWN
    assert any("1:320" in remark for remark in found.remarks)


@pytest.mark.parametrize(("value", "truth"), [(60, TRUE), (3, FALSE)])
def test_a_result_in_units_is_judged_by_its_printed_limit(value: float, truth: Truth) -> None:
    """An antibody given as a number is positive above the limit printed with it, and unknown without one."""
    limit = [{"high": {"value": 7, "unit": "U/mL"}}]
    given = quantity(value, "U/mL")
    assert known(centromere(valueQuantity=given, referenceRange=limit)).truth("anti_centromere") is truth
    assert known(centromere(valueQuantity=given)).truth("anti_centromere") is UNKNOWN


def test_smoking_status() -> None:
    """The answer to the question of smoking is read, not only its code."""
    status = coded("loinc", "72166-2", "Tobacco smoking status")
    code = observation(status, valueCodeableConcept=concept("Never smoker"))
    assert known(code).truth("smoking") is FALSE
    code = observation(status, valueCodeableConcept=concept("Former smoker"))
    assert known(code).truth("smoking") is TRUE


def test_components() -> None:
    """Blood pressure stands in two components of one Observation."""
    parts = [
        {"code": coded("loinc", "8480-6"), "valueQuantity": quantity(118, "mm[Hg]")},
        {"code": coded("loinc", "8462-4"), "valueQuantity": quantity(76, "mmHg")},
    ]
    found = known(observation(coded("loinc", "85354-9", "Blood pressure panel"), component=parts))
    assert found.number("systolic_blood_pressure") == 118
    assert found.number("diastolic_blood_pressure") == 76


def test_a_component_that_is_missing_leaves_the_other() -> None:
    """The systolic pressure is known although the diastolic could not be measured."""
    parts = [
        {"code": coded("loinc", "8480-6"), "valueQuantity": quantity(60, "mm[Hg]")},
        {"code": coded("loinc", "8462-4"), "dataAbsentReason": coded("absent", "not-performed")},
    ]
    found = known(observation(coded("loinc", "85354-9"), component=parts))
    assert found.number("systolic_blood_pressure") == 60
    assert found.truth("diastolic_blood_pressure") is None


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([{"low": quantity(2.5, "mg/dL"), "high": quantity(4.6, "mg/dL")}], (2.5, 4.6)),
        ([{"high": {"value": 4.6}}], (None, 4.6)),
        ([{"low": quantity(0.8, "mmol/L"), "high": quantity(1.5, "mmol/L")}], (0.8 * 3.0973762, 1.5 * 3.0973762)),
        ([{"text": "2.5 - 4.6"}], (2.5, 4.6)),
        ([{"text": "2.5–4.6 mg/dL"}], (2.5, 4.6)),
        ([{"text": "< 4.6"}], (None, 4.6)),
        ([{"text": "up to 4.6"}], (None, 4.6)),
        (
            [
                {"high": quantity(9, "mg/dL"), "appliesTo": [concept("infants")]},
                {"low": quantity(2.5, "mg/dL"), "high": quantity(4.6, "mg/dL")},
            ],
            (2.5, 4.6),
        ),
        (
            [
                {"high": quantity(9, "mg/dL"), "age": {"high": quantity(1, "a")}},
                {"low": quantity(2.5, "mg/dL"), "high": quantity(4.6, "mg/dL")},
            ],
            (2.5, 4.6),
        ),
        (
            [
                {"type": coded("http://terminology.hl7.org/CodeSystem/referencerange-meaning", "therapeutic")}
                | {"high": quantity(9, "mg/dL")},
                {"high": quantity(4.6, "mg/dL")},
            ],
            (None, 4.6),
        ),
    ],
)
def test_printed_limits(limits: list[dict[str, Any]], expected: tuple[float | None, float | None]) -> None:
    """The limits printed for everybody are read as numbers or from their text, in any unit."""
    value = known(phosphate(valueQuantity=quantity(7.4, "mg/dL"), referenceRange=limits)).value("phosphate")
    assert value.upper_limit == pytest.approx(expected[1])
    assert value.lower_limit == (pytest.approx(expected[0]) if expected[0] is not None else None)


def test_usual_limits_stand_in_for_printed_ones() -> None:
    """Without printed limits those of the knowledge hold for a grown woman."""
    value = known(phosphate(valueQuantity=quantity(7.4, "mg/dL"))).value("phosphate")
    assert value.upper_limit == pytest.approx(4.5, abs=0.05)  # as precise as it is written


@pytest.mark.parametrize("reason", ["unknown", "error", "not-performed", "masked"])
def test_data_absent_reason(reason: str) -> None:
    """A result that is missing is unknown, not normal."""
    assert known(phosphate(dataAbsentReason=coded("absent", reason))).truth("phosphate") is None


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
def test_status_that_does_not_count(status: str) -> None:
    """A cancelled or mistaken result is not used."""
    assert known(phosphate(valueQuantity=quantity(7.4, "mg/dL"), status=status)).truth("phosphate") is None


@pytest.mark.parametrize("value", [1e9, -7.4, 0, 1e300])
def test_implausible_numbers_are_reported(value: float) -> None:
    """A number that a living person cannot have is a mistake of the record."""
    found = known(phosphate(valueQuantity=quantity(value, "mg/dL")))
    assert found.truth("phosphate") is None
    assert any("possible" in remark for remark in found.remarks)


def test_a_number_that_overflows_in_the_unit_of_the_fact() -> None:
    """A huge number in a huge unit is not finite, and is reported."""
    found = known(phosphate(valueQuantity=quantity(1e308, "kg/dL")))
    assert found.truth("phosphate") is None
    assert any("finite" in remark for remark in found.remarks)


def test_an_integer_too_large_for_a_float() -> None:
    """An integer of 400 digits, possible in Python, makes the resource unreadable and nothing else."""
    found = known(phosphate(valueQuantity=quantity(10**400, "mg/dL")), phosphate(id="r2"))
    assert any("too large" in remark for remark in found.remarks)


def test_a_huge_exponent_in_json_is_an_input_error() -> None:
    """JSON has no NaN and no infinity; a number that becomes infinite is told as broken JSON."""
    data = orjson.dumps(bundle(patient(), phosphate(valueQuantity=quantity(12345, "mg/dL"))))
    with pytest.raises(InputError, match="infinity"):
        parse_record(data.replace(b"12345", b"1e999"), knowledge().terms, "record.json")


@pytest.mark.parametrize("unit", ["mg/mL/furlong", "bananas", "kg", "mmol", "%", "258813002"])
def test_units_that_do_not_fit_are_reported(unit: str) -> None:
    """An unknown unit, or one of something else, is a named problem, never a guess."""
    found = known(phosphate(valueQuantity=quantity(7.4, unit)))
    assert found.truth("phosphate") is None
    assert any(unit in remark and "not used" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "unit", ["10*400/L", "10*-400/L", "10*99999999/L", "10*99.10*99.10*99.10*99/L", "x" * 100_000, "((((" * 10]
)
def test_units_made_to_break_the_arithmetic(unit: str) -> None:
    """A unit with an absurd power, or one without an end, is a named problem in good time."""
    found = known(observation(coded("loinc", "777-3"), valueQuantity=quantity(5, unit)))
    assert found.truth("platelets") is None
    assert any("not used" in remark and len(remark) < 300 for remark in found.remarks)


def test_a_number_without_a_unit_is_reported() -> None:
    """7.4 may be mg/dL or mmol/L."""
    found = known(phosphate(valueQuantity=quantity(7.4)))
    assert found.truth("phosphate") is None
    assert any("no unit" in remark for remark in found.remarks)


def test_a_code_of_another_system_beside_a_readable_unit() -> None:
    """Where the code is none of a unit, the unit as printed is read."""
    given = {"value": 7.4, "unit": "mg/dL", "system": SYSTEMS["snomed"], "code": "258797006"}
    assert known(phosphate(valueQuantity=given)).number("phosphate") == 7.4


def test_code_and_unit_that_disagree_are_reported() -> None:
    """A result coded in mg/dL and shown in mmol/L is one or the other, threefold apart: not used."""
    found = known(phosphate(valueQuantity=quantity(2.4, "mmol/L", code="mg/dL")))
    assert found.truth("phosphate") is None
    assert any("mmol/L" in remark and "mg/dL" in remark for remark in found.remarks)


def test_several_results_on_one_day() -> None:
    """The last result counts, to the minute; of two at the same time the range between them."""
    morning = phosphate(id="a", effectiveDateTime=f"{DAY}T08:00:00Z", valueQuantity=quantity(4, "mg/dL"))
    evening = phosphate(id="b", effectiveDateTime=f"{DAY}T20:00:00Z", valueQuantity=quantity(6, "mg/dL"))
    assert known(morning, evening).number("phosphate") == 6
    assert known(evening, morning).number("phosphate") == 6
    again = {**morning, "id": "c", "effectiveDateTime": evening["effectiveDateTime"]}
    found = known(again, evening)
    assert (found.value("phosphate").low, found.value("phosphate").high) == (4, 6)
    assert len(found.value("phosphate").origins) == 2
    assert any("different results" in remark for remark in found.remarks)


def test_the_same_result_twice_is_one() -> None:
    """A result that two systems sent is no disagreement."""
    found = known(*(phosphate(id=name, valueQuantity=quantity(6, "mg/dL")) for name in "ab"))
    assert found.number("phosphate") == 6
    assert found.remarks == ()


def test_the_newest_result_counts() -> None:
    """An older result does not win by standing last in the Bundle; one after the day is not known yet."""
    new = phosphate(id="n", valueQuantity=quantity(6, "mg/dL"))
    old = phosphate(id="o", valueQuantity=quantity(4, "mg/dL"), effectiveDateTime="2024-01-01")
    assert known(new, old).number("phosphate") == 6
    assert known(new, old, as_of="2024-02-01").number("phosphate") == 4


def test_a_result_older_than_it_is_valid_for() -> None:
    """Phosphate of years ago is reported and not used."""
    found = known(phosphate(valueQuantity=quantity(7.4, "mg/dL")), as_of="2026-01-01")
    assert found.truth("phosphate") is None
    assert any("older than 365 days" in remark for remark in found.remarks)


def test_a_period_counts_from_its_start() -> None:
    """A collection over a day is dated by its beginning."""
    given = phosphate(effectiveDateTime=None, effectivePeriod={"start": "2024-03-01", "end": "2024-03-02"})
    found = known({**given, "valueQuantity": quantity(5, "mg/dL")}, as_of=DAY)
    assert found.value("phosphate").date == "2024-03-01"


def test_a_finding_told_in_the_value() -> None:
    """The words of a finding stand in the value; what they negate is absent."""
    skin = concept("Skin examination")
    found = known(observation(skin, valueString="Raynaud phenomenon and no digital ulcer"))
    assert found.truth("raynaud_phenomenon") is TRUE
    assert found.truth("digital_ulcer") is FALSE


def test_a_finding_of_calcium_is_no_calcium_tablet() -> None:
    """The words of an observation never say that a medicine is taken."""
    found = known(
        observation(concept("Histology"), valueString="deposits of calcium carbonate in the dermis, warfarin")
    )
    assert found.truth("calcium_carbonate") is None
    assert found.truth("warfarin") is None


def test_family_in_the_label() -> None:
    """What an observation of the family history tells is not the person's own."""
    family = observation(concept("Family history"), valueString="systemic sclerosis")
    assert known(family).truth("systemic_sclerosis") is None


def test_body_site_of_a_finding() -> None:
    """The site of a finding of the skin is a place of the calcification."""
    found = known(
        observation(concept("Skin calcification"), valueBoolean=True, bodySite=concept("Left elbow")),
    )
    assert found.truth("skin_calcification") is TRUE
    assert found.truth("site_elbow") is TRUE


def test_the_same_finding_at_two_sites() -> None:
    """Present here and absent there is present."""
    here = observation(concept("Skin calcification"), id="a", valueBoolean=True, bodySite=concept("elbow"))
    there = observation(concept("Skin calcification"), id="b", valueBoolean=False, bodySite=concept("knee"))
    assert known(here, there).truth("skin_calcification") is TRUE


@pytest.mark.parametrize(
    ("conclusion", "truth"),
    [
        ("Findings consistent with calcinosis cutis.", TRUE),
        ("No evidence of calcinosis cutis.", FALSE),
        ("Calcinosis cutis cannot be excluded.", UNKNOWN),
    ],
)
def test_conclusion_of_a_report(conclusion: str, truth: Truth) -> None:
    """The conclusion of a report is read as text."""
    report = resource(
        "DiagnosticReport", status="final", code=concept("Skin biopsy"), effectiveDateTime=DAY, conclusion=conclusion
    )
    assert known(report).truth("calcinosis_cutis") is truth


def test_conclusion_code_of_a_report() -> None:
    """The coded conclusion of a report is read like a condition; a cancelled report is not read."""
    codes = [coded("icd10", "L94.2", "Calcinosis cutis")]
    report = resource("DiagnosticReport", status="final", code=concept("Biopsy"), issued=DAY, conclusionCode=codes)
    assert known(report).truth("calcinosis_cutis") is TRUE
    assert known({**report, "status": "cancelled"}).truth("calcinosis_cutis") is None


def test_inr() -> None:
    """The INR has a unit of its own; a bare number is reported."""
    given = observation(coded("loinc", "6301-6"), valueQuantity=quantity(2.5, "{INR}"))
    assert known(given).number("inr") == 2.5
    found = known(observation(coded("loinc", "6301-6"), valueQuantity=quantity(2.5, "%")))
    assert found.truth("inr") is None
    assert any("INR" in remark for remark in found.remarks)


@pytest.mark.parametrize("unit", ["mL/min/{1.73_m2}", "mL/min/1.73m2", "mL/min/1.73 m2", "mL/min/{1.73m2}", "mL/min"])
def test_egfr_however_its_unit_is_written(unit: str) -> None:
    """The ways in which laboratories write the unit of the filtration rate are one."""
    given = observation(coded("loinc", "62238-1"), valueQuantity=quantity(28, unit))
    assert known(given).number("egfr") == 28
