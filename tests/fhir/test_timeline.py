"""The last day of a record, dates that cannot be, and what has no date."""

from __future__ import annotations

from typing import Any

import pytest

from calcinosis.truth import FALSE, TRUE, UNKNOWN
from tests.fhir.build import (
    DAY,
    Json,
    allergy,
    bundle,
    coded,
    known,
    known_of,
    patient,
    phosphate,
    quantity,
    resource,
    sclerosis,
)


def gout(**elements: Any) -> Json:
    """Return a Condition of gout."""
    return sclerosis(code=coded("icd10", "M10.9"), id="gout", **elements)


def exported(*resources: Json, **elements: Any) -> Json:
    """Return the bundle of the patient and these resources, with elements of its own."""
    return {**bundle(patient(), *resources), **elements}


def test_an_undated_refutation_is_in_dispute_with_a_dated_diagnosis() -> None:
    """It may have been said before or after, so that neither is believed, and both are named."""
    refuted = sclerosis("", "refuted", id="undated", recordedDate=None)
    found = known(sclerosis(id="dated"), refuted)
    assert found.truth("systemic_sclerosis") is UNKNOWN
    assert any("both that Systemic sclerosis is present and that it is absent" in says for says in found.remarks)


@pytest.mark.parametrize(("dated", "truth"), [("2024-05-02", FALSE), ("2024-04-30", TRUE)])
def test_a_dated_refutation_is_earlier_or_later(dated: str, truth: object) -> None:
    """Of what has a date the later one holds, without a remark."""
    found = known(sclerosis(id="a"), sclerosis("", "refuted", id="b", recordedDate=dated))
    assert found.truth("systemic_sclerosis") is truth
    assert found.remarks == ()


def test_an_undated_saying_that_agrees_is_no_dispute() -> None:
    """Present and present is present."""
    found = known(sclerosis(id="a"), sclerosis(id="b", recordedDate=None))
    assert found.truth("systemic_sclerosis") is TRUE
    assert found.remarks == ()


@pytest.mark.parametrize("far", ["2204-01-01", "2204", "9999-12-31"])
def test_one_date_beyond_a_life_does_not_move_the_day(far: str) -> None:
    """A woman born in 1970 is not seen in 2204; what is said stays, its date goes."""
    found = known(sclerosis(), gout(recordedDate=far))
    assert found.record.last_day == DAY
    assert found.truth("gout") is TRUE
    assert [remark for remark in found.remarks if "years after 1970-01-01" in remark]


def test_beyond_a_life_without_a_birth_date() -> None:
    """The first date of the record stands for the birth."""
    record = bundle(patient(birthDate=None), sclerosis(), gout(recordedDate="2204-01-01"))
    assert known_of(record).record.last_day == DAY


def test_a_date_before_1900_is_no_beginning() -> None:
    """Some records write an unknown date as one of long ago."""
    record = bundle(patient(birthDate=None), sclerosis(), gout(recordedDate="1800-01-01"))
    found = known_of(record)
    assert found.record.last_day == DAY
    assert found.remarks == ()


@pytest.mark.parametrize(
    "stamp",
    [
        {"timestamp": "2024-06-01T12:00:00Z"},
        {"meta": {"lastUpdated": "2024-06-01T12:00:00Z"}},
        {"timestamp": "2024-06-01T12:00:00Z", "meta": {"lastUpdated": "2024-05-20T12:00:00Z"}},
    ],
)
def test_a_date_after_the_export(stamp: dict[str, Any]) -> None:
    """The export is no clock of today: it stands in the record."""
    found = known_of(exported(sclerosis(), gout(recordedDate="2034-05-01"), **stamp))
    assert found.record.last_day == DAY
    assert found.truth("gout") is TRUE
    assert any("later than the export of the record (2024-06-01)" in remark for remark in found.remarks)


def test_the_day_after_the_export_is_another_time_zone() -> None:
    """It is used."""
    found = known_of(exported(sclerosis(), gout(recordedDate="2024-06-02"), timestamp="2024-06-01T23:30:00Z"))
    assert found.remarks == ()
    assert found.record.last_day == "2024-06-02"


def test_a_year_that_holds_the_export_is_possible() -> None:
    """ "2024" in a record of June 2024 is no mistake, and is read to its end as ever."""
    found = known_of(exported(gout(recordedDate="2024"), timestamp="2024-06-01T12:00:00Z"))
    assert found.truth("gout") is TRUE
    assert found.remarks == ()
    assert found.record.last_day == "2024-12-31"


def test_last_updated_counts_only_where_all_have_it() -> None:
    """A resource without it may be newer than all that have it."""
    updated: dict[str, Any] = {"meta": {"lastUpdated": "2024-06-01T12:00:00Z"}}
    late = gout(recordedDate="2034-05-01")
    assert known(sclerosis(**updated), late).record.last_day == "2034-05-01"
    assert known(sclerosis(**updated), {**late, **updated}).record.last_day == DAY


@pytest.mark.parametrize("stamp", ["1999-01-01T00:00:00Z", "not a date", 7, None])
def test_an_export_that_measures_nothing(stamp: object) -> None:
    """An export before all dates, or none that can be read, sets nothing aside."""
    found = known_of(exported(sclerosis(), gout(recordedDate="2034-05-01"), timestamp=stamp))
    assert found.record.last_day == "2034-05-01"
    assert found.remarks == ()


def test_a_result_goes_with_its_date() -> None:
    """A number of an impossible day says nothing of today; an allergy is there all the same."""
    late = phosphate(effectiveDateTime="2204-05-01", valueQuantity=quantity(9.9, "mg/dL"))
    known_allergy = allergy(coded("rxnorm", "11289", "warfarin"), recordedDate="2204-05-01")
    found = known(sclerosis(), late, known_allergy)
    assert found.truth("phosphate") is None
    assert found.truth("allergy_warfarin") is TRUE
    assert found.record.last_day == DAY


def test_a_visit_of_an_impossible_day() -> None:
    """It says nothing but its day, which is remarked."""
    visit = resource("Encounter", id="visit", status="finished", period={"start": "2204-01-01"})
    found = known(sclerosis(), visit)
    assert found.record.last_day == DAY
    assert [remark.split(":")[0] for remark in found.remarks] == ["Encounter/visit"]
