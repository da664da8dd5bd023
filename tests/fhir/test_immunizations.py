"""Vaccinations: a live one is read under whatever name it has. Records invented."""

from __future__ import annotations

import pytest

from calcinosis.truth import TRUE
from tests.fhir.build import DAY, concept, known, resource


@pytest.mark.parametrize("said", ["MMR", "MMR vaccine", "yellow fever", "Varicella vaccine", "BCG", "Zostavax"])
def test_a_live_vaccine_that_was_given_is_a_vaccination(said: str) -> None:
    given = resource("Immunization", status="completed", vaccineCode=concept(said), occurrenceDateTime=DAY)
    assert known(given).truth("live_vaccination") is TRUE


def test_a_vaccine_that_was_not_given_is_none() -> None:
    given = resource("Immunization", status="not-done", vaccineCode=concept("MMR"), occurrenceDateTime=DAY)
    assert known(given).truth("live_vaccination") is None


def test_another_vaccine_is_no_live_one() -> None:
    given = resource("Immunization", status="completed", vaccineCode=concept("Tetanus toxoid"), occurrenceDateTime=DAY)
    assert known(given).truth("live_vaccination") is not TRUE


@pytest.mark.parametrize(("status", "planned"), [("active", True), ("revoked", False), ("completed", False)])
def test_a_live_vaccine_that_is_ordered_is_planned(status: str, planned: bool) -> None:
    ordered = resource("ServiceRequest", status=status, intent="order", code=concept("MMR vaccine"))
    facts = known(ordered)
    assert facts.facts.is_present("live_vaccine_planned") == planned
    assert facts.truth("live_vaccination") is not TRUE


def test_a_live_vaccine_of_years_ago_is_not_one_of_the_last_month() -> None:
    given = resource("Immunization", status="completed", vaccineCode=concept("MMR"), occurrenceDateTime="2009-05-01")
    lately = resource("Immunization", status="completed", vaccineCode=concept("MMR"), occurrenceDateTime=DAY)
    assert not known(given, as_of=DAY).facts.is_present("live_vaccine_given_lately")
    assert known(lately).facts.is_present("live_vaccine_given_lately")
