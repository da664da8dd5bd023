"""Whatever is known of a person: no word that calms beside what contradicts it, no test that a danger forbids.

200 made-up people are tried by default; CALCINOSIS_PEOPLE=20000 tries more.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from calcinosis.conclusions.assess import assess_record
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from tests.judgement.reassurance import contradictions
from tests.property.people import nearly_safe_person, random_person, real

PEOPLE = min(int(os.environ.get("CALCINOSIS_PEOPLE", "200")), 100_000)
CHUNKS = 8


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_made_up_people(chunk: int) -> None:
    """Half of them know a lot, the other half next to nothing."""
    chance = Random(20_261_130 + chunk)
    dangers: Counter[str] = Counter()
    for number in range(PEOPLE // CHUNKS):
        stated = nearly_safe_person(chance) if number % 2 else random_person(chance)
        said = tuple(Said(fact, value) for fact, value in stated.items())
        assessment = assess_record(Record(id="made-up", source="form", said=said), real())
        assert list(contradictions(assessment, real())) == [], (number, stated)
        dangers.update(flag.id for flag in assessment.red_flags)
    assert dangers, "no danger came up: the property says nothing"
