"""Chronic kidney disease by its definition: a filtration rate below 60 for three months, and not one of a day."""

from __future__ import annotations

import pytest

from calcinosis import assess
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.fhir.build import Json, concept, condition, patient
from tests.population.test_lasting_results import rate

CKD = "chronic_kidney_disease"


def of(*resources: Json) -> Assessment:
    """Return what follows from a record."""
    bundle: Json = {"resourceType": "Bundle", "type": "collection", "entry": []}
    bundle["entry"] = [{"resource": one} for one in (patient(), *resources)]
    return assess(fhir_record(bundle, knowledge().terms, "record"))


def truth(assessment: Assessment) -> Truth:
    """Return whether there is chronic kidney disease."""
    value = assessment.account.facts.value(CKD)
    return UNKNOWN if value is None else value.truth


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([("2024-01-03", 48.0), ("2024-04-02", 51.0)], TRUE),
        ([("2024-01-03", 48.0), ("2024-02-10", 44.0), ("2024-06-03", 51.0)], TRUE),
        ([("2024-06-03", 48.0)], UNKNOWN),
        ([("2024-01-03", 48.0), ("2024-03-20", 51.0)], UNKNOWN),
        ([("2024-01-03", 48.0), ("2024-03-03", 72.0), ("2024-06-03", 51.0)], UNKNOWN),
        ([("2024-01-03", 48.0), ("2024-06-03", 60.0)], UNKNOWN),
        ([("2022-01-03", 48.0), ("2022-06-03", 51.0)], UNKNOWN),
    ],
)
def test_three_months_below_sixty(rates: list[tuple[str, float]], expected: Truth) -> None:
    """Two results three months apart show it, with none above between them; what is older than a year does not."""
    visit = condition(concept("Gout"), "active", id="visit", recordedDate="2024-06-03")
    assert truth(of(visit, *(rate(f"r{number}", *one) for number, one in enumerate(rates)))) is expected


def test_it_is_told_where_it_was_read() -> None:
    """Both results are named, and what is concluded of the kidneys speaks of the disease."""
    found = of(rate("a", "2024-01-03", 48.0), rate("b", "2024-06-03", 51.0))
    (entered,) = [one for one in found.entered if one.fact == CKD]
    assert {read.origin.name for read in entered.from_} == {"Observation/a", "Observation/b"}


def test_a_denial_beside_it_is_in_dispute() -> None:
    """A record that denies what its results show leaves it open, and is asked about."""
    denied = condition(concept("Chronic kidney disease"), "active", "refuted", id="c", recordedDate="2024-06-01")
    found = of(rate("a", "2024-01-03", 48.0), rate("b", "2024-06-03", 51.0), denied)
    assert truth(found) is UNKNOWN
    assert any("Chronic kidney disease" in one.says for one in found.not_understood)
    assert truth(of(denied)) is FALSE
