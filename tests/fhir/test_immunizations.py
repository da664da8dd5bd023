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
