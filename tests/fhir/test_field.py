"""Records as the field writes them: what a reader must not read, must not lose in silence, and must put in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.errors import InputError
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.report.renderers.text import as_text
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import (
    Json,
    Known,
    bundle,
    coded,
    concept,
    condition,
    known,
    known_of,
    medicine,
    observation,
    patient,
    phosphate,
    quantity,
    resource,
    sclerosis,
)

FOLDER = Path(__file__).parent / "field"


def field(name: str) -> Known:
    """Return what is known after reading one of the records."""
    return known_of(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def assessed(data: Json) -> Assessment:
    """Return the assessment of a record."""
    return assess_record(fhir_record(data, knowledge().terms, "record.json"), knowledge().library)


def not_read(found: Known) -> list[tuple[str, str, int]]:
    """Return what was not read: kind, words, count."""
    return [(one.kind, one.says, one.count) for one in found.record.not_read]


def total_calcium(value: float, day: str | None = "2024-03-01", **more: Any) -> Json:
    """Return an Observation of total calcium."""
    return observation(coded("loinc", "17861-6"), valueQuantity=quantity(value, "mg/dL"), effectiveDateTime=day, **more)


UNKNOWN_FACTS = [
    ("antibody-below-detection-limit", "anti_scl70"),
    ("modifier-uncertain-condition", "chronic_kidney_disease"),
    ("on-hold-is-taken", "warfarin"),
]


@pytest.mark.parametrize(("name", "fact"), UNKNOWN_FACTS)
def test_what_stays_unknown(name: str, fact: str) -> None:
    """What a record leaves open, or says under a condition that is not understood, is neither present nor absent."""
    assert field(name).truth(fact) is UNKNOWN


NOT_SAID = [
    ("hepatitis-b-immunity-is-infection", "hepatitis_b"),
    ("egfr-name-denies-ckd", "chronic_kidney_disease"),
    ("history-retracted-result", "calcium"),
    ("specimen-urine-read-as-serum", "calcium"),
    ("two-calcium-codings", "calcium"),
    ("two-calcium-codings", "ionised_calcium"),
    ("unordinary-comparator", "calcium"),
]


@pytest.mark.parametrize(("name", "fact"), NOT_SAID)
def test_what_is_not_said(name: str, fact: str) -> None:
    """What a record does not say of a fact is not read into it, and something tells of it where it is not retracted."""
    found = field(name)
    assert fact not in found.facts.stated
    assert found.remarks or found.record.not_read or name in {"egfr-name-denies-ckd", "history-retracted-result"}


def test_codes_without_words_of_systems_by_their_oid() -> None:
    """An OID names the same system as its address."""
    found = field("code-only-oid")
    assert found.number("calcium") == 15.2
    assert found.truth("end_stage_kidney_disease") is TRUE
    assert found.truth("phenprocoumon") is TRUE


@pytest.mark.parametrize("system", ["http://loinc.org/", "https://loinc.org", "urn:oid:2.16.840.1.113883.6.1"])
def test_an_address_in_another_spelling(system: str) -> None:
    """A slash or a letter more makes no other system."""
    assert known(observation(coded(system, "17861-6"), valueQuantity=quantity(9.0, "mg/dL"))).number("calcium") == 9.0


def test_an_edition_of_a_system() -> None:
    """The address of an edition of SNOMED CT is SNOMED CT."""
    code = coded("http://snomed.info/sct/900000000000207008", "46177005")
    assert known(condition(code)).truth("end_stage_kidney_disease") is TRUE


@pytest.mark.parametrize(
    ("system", "says"),
    [
        ("http://fhir.de/CodeSystem/bfarm/ops", "OPS M34.9"),
        ("http://read.info/readv2", "Read codes M34.9"),
        ("urn:oid:1.2.3.4", "urn:oid:1.2.3.4 M34.9"),
    ],
)
def test_a_code_without_words_is_named(system: str, says: str) -> None:
    """A code of a system that is not read, and without words, is named as not read."""
    assert not_read(known(condition(coded(system, "M34.9")))) == [("code", says, 1)]


def test_an_icd_code_without_its_dot() -> None:
    """M349 is M34.9."""
    assert known(sclerosis(code=coded("icd10", "M349"))).truth("systemic_sclerosis") is TRUE


def test_results_within_a_report() -> None:
    """An Observation that stands within a report is read as one beside it."""
    assert field("contained-results-dropped").number("calcium") == 13.9


def test_a_retracted_result_within_a_report() -> None:
    """Within a report too, what was entered in error says nothing."""
    data = json.loads((FOLDER / "contained-results-dropped.json").read_text(encoding="utf-8"))
    data["entry"][1]["resource"]["contained"][0]["status"] = "entered-in-error"
    assert "calcium" not in known_of(data).facts.stated


def test_critical_limits_are_no_normal_ones() -> None:
    """A range that its text calls critical is passed over for the normal one."""
    value = field("critical-limits-taken-as-normal").value("phosphate")
    assert (value.lower_limit, value.upper_limit) == (2.5, 4.5)


def test_treatment_limits_alone_are_no_limits() -> None:
    """A range for treatment, alone or by its code, is no range of the healthy; the usual limits count."""
    for told in ({"text": "therapeutic range"}, {"type": concept("", {"code": "treatment"})}):
        printed = {"low": {"value": 1}, "high": {"value": 9}, **told}
        value = known(phosphate(valueQuantity=quantity(6.4, "mg/dL"), referenceRange=[printed])).value("phosphate")
        assert value.upper_limit is not None
        assert value.upper_limit < 6.4


def test_limits_of_another_unit() -> None:
    """Limits that nobody can have in the unit of the value are not used, and this is said."""
    found = field("range-in-another-unit")
    value = found.value("calcium")
    assert value.upper_limit is not None
    assert value.upper_limit < 11
    assert any("limits" in remark for remark in found.remarks)


def test_no_danger_is_named_of_the_dead() -> None:
    """The record of a dead person has no emergencies, and says that the person has died."""
    data = json.loads((FOLDER / "dead-person-emergency.json").read_text(encoding="utf-8"))
    dead = assessed(data)
    assert dead.record.deceased
    assert dead.red_flags == ()
    assert "died on 5 March 2024" in as_text(dead)
    assert "None of the danger signs" not in as_text(dead)
    del data["entry"][0]["resource"]["deceasedDateTime"]
    living = assessed(data)
    assert living.red_flags
    data["entry"][0]["resource"]["deceasedBoolean"] = True
    assert assessed(data).red_flags == ()


def test_a_number_of_a_formula_that_is_named_after_a_disease() -> None:
    """What a filtration rate was worked out with says nothing of kidney disease."""
    found = field("egfr-name-denies-ckd")
    assert found.number("egfr") == 7
    other = known(
        observation(concept("GFR/1.73 sq M.predicted by CKD-EPI 2021"), valueQuantity=quantity(125, "mL/min"))
    )
    assert "chronic_kidney_disease" not in other.facts.stated


def test_the_first_page_of_several() -> None:
    """One page of a search is not the whole record."""
    assert any("one page of several of 240" in remark for remark in field("first-page-only").remarks)


def test_what_a_server_left_out() -> None:
    """A warning of the server, a summary and withheld data are said."""
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "suppressed"}]}
    cut = sclerosis(meta={"tag": [{"code": "SUBSETTED"}]})
    hidden = sclerosis(id="r2", meta={"security": [{"code": "REDACTED"}]})
    remarks = " ".join(known(outcome, cut, hidden).remarks)
    assert "suppressed" in remarks
    assert "SUBSETTED" in remarks
    assert "withheld" in remarks


def test_a_corrected_version_counts_alone() -> None:
    """Of two versions the newer one is read, wherever it stands."""
    old = total_calcium(15.2, meta={"versionId": "1", "lastUpdated": "2024-03-01T00:00:00Z"})
    new = total_calcium(9.4, meta={"versionId": "2", "lastUpdated": "2024-03-03T00:00:00Z"})
    assert known(old, new).number("calcium") == 9.4
    assert known(new, old).number("calcium") == 9.4


def test_versions_without_an_order() -> None:
    """Two versions of which neither says that it is newer are both read, and this is said."""
    found = known(total_calcium(15.2), total_calcium(9.4))
    assert (found.value("calcium").low, found.value("calcium").high) == (9.4, 15.2)
    assert any("2 versions" in remark for remark in found.remarks)


def test_a_deletion_is_honoured() -> None:
    """What a history deletes is not there; what was made again after it is."""
    deletion = {"request": {"method": "DELETE", "url": "Condition/r1"}}
    data = bundle(patient(), sclerosis(), kind="history")
    data["entry"].insert(1, deletion)
    assert "systemic_sclerosis" not in known_of(data).facts.stated
    data["entry"].append(data["entry"].pop(1))
    assert known_of(data).truth("systemic_sclerosis") is TRUE


def test_ionised_calcium_by_its_code_and_names() -> None:
    """Ionised calcium is read from venous blood, and by the short names of machines beside the bed."""
    assert field("ionised-calcium-not-named").number("ionised_calcium") == pytest.approx(7.61, abs=0.01)
    for name in ("iCa", "Ionized Ca, POC", "Calcium, Ionized, Whole Blood"):
        assert known(observation(concept(name), valueQuantity=quantity(1.2, "mmol/L"))).truth("ionised_calcium") is TRUE
    assert known(observation(concept("Calcium Lvl"), valueQuantity=quantity(9.1, "mg/dL"))).number("calcium") == 9.1


def test_a_number_without_a_known_name_is_named() -> None:
    """A number whose name no fact has is not lost in silence."""
    found = known(observation(concept("Kalzium"), valueQuantity=quantity(2.3, "mmol/L")))
    assert not_read(found) == [("number", "Kalzium", 1)]


def test_kinds_that_are_not_read_are_counted() -> None:
    """Each kind of resource that is not read is named with its number; what a rule asks for is read."""
    found = field("kinds-dropped")
    kinds = {says: count for kind, says, count in not_read(found) if kind == "kind"}
    assert kinds == {"DocumentReference": 1, "RiskAssessment": 1}
    assert found.truth("dialysis") is TRUE
    assert found.truth("calcium_extravasation") is TRUE


def test_rules_of_its_own() -> None:
    """A resource that follows implicit rules is not taken as it stands; nor is a dose with a modifier extension."""
    for changed in (
        {"implicitRules": "http://example.org/rules"},
        {"modifierExtension": [{"url": "http://example.org"}]},
    ):
        assert known(sclerosis(**changed)).truth("systemic_sclerosis") is UNKNOWN
    dose = [{"modifierExtension": [{"url": "http://example.org"}]}]
    assert known(medicine(dosageInstruction=dose)).truth("warfarin") is UNKNOWN


def test_instants_are_compared_with_their_offsets() -> None:
    """Half past eleven at night on the west coast is after one in the morning of the next day in Japan."""
    assert field("offset-order").number("calcium") == 15.2


def test_one_moment_in_two_spellings() -> None:
    """One instant written in two ways is one moment."""
    found = known(
        total_calcium(9.0, "2024-03-01T10:00:00Z", id="a"), total_calcium(9.4, "2024-03-01T11:00:00.000+01:00", id="b")
    )
    assert (found.value("calcium").low, found.value("calcium").high) == (9.0, 9.4)


def test_a_year_is_a_range() -> None:
    """A result of "2024" may be older or newer than one of March: the value lies between both."""
    found = known(total_calcium(15.2, "2024", id="a"), total_calcium(9.4, "2024-03-01", id="b"), as_of="2024-12-31")
    assert (found.value("calcium").low, found.value("calcium").high) == (9.4, 15.2)
    assert any("latest" in remark for remark in found.remarks)


def test_a_result_without_a_date() -> None:
    """What has no date is not the newest, nor the oldest."""
    value = field("undated-result-hides-dated").value("calcium")
    assert (value.low, value.high) == (9.1, 15.2)


def test_when_measured_before_when_issued() -> None:
    """A period and a timing tell when something was measured, before the day on which it was issued."""
    late: Json = {"effectiveDateTime": None, "issued": "2024-06-01T00:00:00Z"}
    for when in ({"effectivePeriod": {"start": "2024-01-02"}}, {"effectiveTiming": {"event": ["2024-01-02"]}}):
        assert (
            known(phosphate(valueQuantity=quantity(4, "mg/dL"), **late, **when)).value("phosphate").date == "2024-01-02"
        )


@pytest.mark.parametrize(
    ("elements", "truth"),
    [
        ({"status": "on-hold"}, UNKNOWN),
        ({"taken": "n"}, FALSE),
        ({"taken": "unk"}, UNKNOWN),
        ({"taken": "na"}, UNKNOWN),
        ({"taken": "y"}, TRUE),
        ({"wasNotTaken": True}, FALSE),
        ({"wasNotTaken": False}, TRUE),
        ({"status": "recorded", "adherence": {"code": concept("", {"code": "not-taking"})}}, FALSE),
        ({"status": "recorded", "adherence": {"code": concept("", {"code": "taking-as-directed"})}}, TRUE),
        ({"status": "recorded"}, UNKNOWN),
    ],
)
def test_statements_that_negate(elements: Json, truth: Truth) -> None:
    """What other versions of FHIR say of taking a medicine is read as the fourth says it."""
    assert known(medicine("MedicationStatement", **elements)).truth("warfarin") is truth
    assert field("stu3-taken-no").truth("warfarin") is FALSE


@pytest.mark.parametrize("elements", [{"notGiven": True}, {"wasNotGiven": True}, {"status": "not-done"}])
def test_what_was_not_given(elements: Json) -> None:
    """A dose that was not given is none, and leaves open whether others were."""
    given = {"status": "completed", **elements}
    assert known(medicine("MedicationAdministration", **given)).truth("warfarin") is UNKNOWN


@pytest.mark.parametrize("elements", [{"notDone": True}, {"notPerformed": True}, {"status": "not-done"}])
def test_what_was_not_done(elements: Json) -> None:
    """A procedure that was not done did not happen; one on hold is unknown."""
    said = {"code": concept("Hemodialysis"), "status": "completed", "performedDateTime": "2024-03-01"}
    assert known(resource("Procedure", **{**said, **elements})).truth("dialysis") is FALSE
    assert known(resource("Procedure", **{**said, "status": "on-hold"})).truth("dialysis") is UNKNOWN


def test_plain_codes_of_earlier_versions() -> None:
    """The statuses of a Condition were plain codes once; its day had another name."""
    found = known(sclerosis(clinicalStatus="active", verificationStatus="confirmed", assertedDate="2024-02-01"))
    assert found.truth("systemic_sclerosis") is TRUE
    assert known(sclerosis(clinicalStatus="active", verificationStatus="refuted")).truth("systemic_sclerosis") is FALSE


def test_the_day_of_a_procedure_of_the_fifth_version() -> None:
    """`occurrence` is when it was done."""
    assert field("r5-procedure-date").value("dialysis").date == "2024-03-01"


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (coded("snomed", "77386006", "Pregnant"), TRUE),
        (coded("loinc", "LA15173-0"), TRUE),
        (concept("Pregnant"), TRUE),
        (coded("snomed", "60001007", "Not pregnant"), FALSE),
        (coded("loinc", "LA26683-5"), FALSE),
    ],
)
def test_pregnancy_status(value: Json, truth: Truth) -> None:
    """The status of the profiles says that a person is pregnant, or that she is not."""
    status = observation(coded("loinc", "82810-3", "Pregnancy status"), valueCodeableConcept=value)
    assert known(status).truth("pregnancy") is truth


def test_the_same_treatments_are_to_avoid_in_pregnancy() -> None:
    """A status says as much as a diagnosis."""
    data = json.loads((FOLDER / "pregnancy-status-pregnant.json").read_text(encoding="utf-8"))
    by_status = {one.id: one.verdict for one in assessed(data).treatments}
    data["entry"][3]["resource"] = condition(concept("Pregnant"), "active", subject={"reference": "Patient/p1"})
    assert {one.id: one.verdict for one in assessed(data).treatments} == by_status


@pytest.mark.parametrize("specimen", ["Urine", "Dialysate", "Pleural fluid", "24 hour urine", "Stool"])
def test_other_specimens_are_not_blood(specimen: str) -> None:
    """However the specimen is named, its number is none of blood; a number of blood stays one."""
    one = total_calcium(15.2, specimen={"display": specimen})
    assert "calcium" not in known(one).facts.stated
    inner = {"resourceType": "Specimen", "id": "s", "type": concept(specimen)}
    assert "calcium" not in known(total_calcium(15.2, specimen={"reference": "#s"}, contained=[inner])).facts.stated
    assert known(total_calcium(9.0, specimen={"display": "Venous blood"})).number("calcium") == 9.0


def test_two_people_in_one_record() -> None:
    """Resources about two people are no record of one."""
    with pytest.raises(InputError, match="different persons"):
        field("two-people-one-record")


def test_the_patient_within_a_resource() -> None:
    """A Patient that stands within a resource is whose it is; another than that of the record is another person."""
    inner = {"resourceType": "Patient", "id": "pat", "gender": "male", "birthDate": "1950-01-01"}
    one = total_calcium(13.9, subject={"reference": "#pat"}, contained=[inner])
    alone = known_of(bundle(one))
    assert alone.value("sex").word == "male"
    assert alone.number("calcium") == 13.9
    beside = known(one)
    assert "calcium" not in beside.facts.stated
    assert any("another person" in remark for remark in beside.remarks)


def test_a_subject_by_identifier() -> None:
    """An identifier says whose a resource is where no reference does."""
    me = patient(identifier=[{"system": "urn:mrn", "value": "1"}])
    for value, is_mine in (("1", True), ("2", False)):
        subject = {"identifier": {"system": "urn:mrn", "value": value}}
        found = known_of(bundle(me, sclerosis(subject=subject)))
        assert ("systemic_sclerosis" in found.facts.stated) is is_mine


def test_two_patients_that_are_one() -> None:
    """A Patient that replaced another stands for both."""
    old = patient(id="old", active=False, link=[{"other": {"reference": "Patient/p"}, "type": "replaced-by"}])
    found = known_of(bundle(old, patient(), sclerosis(subject={"reference": "Patient/old"})))
    assert found.record.id == "p"
    assert found.truth("systemic_sclerosis") is TRUE
    assert any("same person" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("value", "limit", "truth"),
    [
        (quantity(20, "U/mL", "<"), 10, UNKNOWN),
        (quantity(5, "U/mL", "<"), 10, FALSE),
        (quantity(7, "U/mL", ">="), 7, UNKNOWN),
        (quantity(7, "U/mL", ">"), 7, TRUE),
        (quantity(12, "U/mL"), 10, TRUE),
        (quantity(12, "mU/mL"), 10, UNKNOWN),
    ],
)
def test_bounds_against_limits(value: Json, limit: float, truth: Truth) -> None:
    """A bound tells only where it lies on one side of a limit of the same unit."""
    printed = [{"high": {"value": limit, "unit": "U/mL"}}]
    result = observation(concept("Anti-Scl-70 antibody"), valueQuantity=value, referenceRange=printed)
    assert known(result).truth("anti_scl70") is truth


@pytest.mark.parametrize(
    ("told", "truth"),
    [("<1:40", FALSE), ("1:320", TRUE), ("1:80", FALSE), (">1:80", TRUE), (">=1:80", UNKNOWN)],
)
def test_titres_against_limits(told: str, truth: Truth) -> None:
    """A titre is compared with one that is printed as the limit."""
    code, printed = coded("loinc", "16137-2", "Centromere Ab [Presence] in Serum"), [{"text": "<=1:80"}]
    assert known(observation(code, valueString=told, referenceRange=printed)).truth("anti_centromere") is truth


def test_a_pregnancy_of_fifty_years_ago() -> None:
    """A pregnancy that began long ago and was never closed is remarked and decides nothing; a recent one counts."""
    old = condition(concept("Pregnancy"), "active", recordedDate="1972-03-01")
    found = known(old, phosphate(valueQuantity=quantity(4, "mg/dL")))
    assert found.truth("pregnancy") is UNKNOWN
    assert any("cannot last longer" in remark for remark in found.remarks)
    new = condition(concept("Pregnancy"), "active", recordedDate="2024-02-01")
    assert known(new, phosphate(valueQuantity=quantity(4, "mg/dL"))).truth("pregnancy") is TRUE


def test_why_a_medicine_was_stopped() -> None:
    """The reason for which a medicine was stopped is read: an allergy stays, an illness was there then."""
    allergic = medicine(status="stopped", statusReason=concept("Allergy to warfarin"))
    found = known(allergic)
    assert found.truth("warfarin") is FALSE
    ill = medicine("MedicationStatement", "stopped", statusReason=[concept("Calciphylaxis")])
    assert known(ill).truth("calciphylaxis") is UNKNOWN


def test_a_language_that_is_not_read() -> None:
    """A mention in German is unknown, and the account names the language as what kept it from being read."""
    found = field("negation-german")
    assert found.truth("calcinosis_cutis") is UNKNOWN
    assert [kind for kind, _, _ in not_read(found)] == ["language"]


def test_a_text_that_is_attached_is_named() -> None:
    """A form that is presented as a picture is not read, and is named."""
    report = resource(
        "DiagnosticReport", status="final", code=concept("Biopsy"), presentedForm=[{"contentType": "image/png"}]
    )
    assert [kind for kind, _, _ in not_read(known(report))] == ["attachment"]
