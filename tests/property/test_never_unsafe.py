"""The safety property: no treatment is to be considered while anything may speak against it for this person.

2,000 made-up people are tried by default, and every published case; CALCINOSIS_PEOPLE=100000 tries more.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.treatments import treatment_results
from calcinosis.conclusions.types import classify
from calcinosis.library.entries import MedicineSafety, Treatment
from calcinosis.person.facts import PatientFacts
from calcinosis.readers.recognise import read_record
from calcinosis.rules.syntax import Rule
from calcinosis.truth import FALSE
from tests.property.people import Stated, nearly_safe_person, plain_facts, random_person, real
from tests.property.plain import truth_of

PEOPLE = int(os.environ.get("CALCINOSIS_PEOPLE", "2000"))
CHUNKS = 8


@lru_cache(maxsize=1024)
def kinds_of(medicine: str) -> frozenset[str]:
    """Return a medicine and its kinds."""
    return frozenset({medicine, *real().vocabulary.kinds.get(medicine, ())})


def safeties() -> list[MedicineSafety]:
    """Return what is said of medicines apart from the treatments, from either side of an interaction."""
    return [*real().medicine_safety.values(), *real().other_sides.values()]


@lru_cache(maxsize=1024)
def speaking_against(treatment: Treatment, active: tuple[str, ...]) -> list[tuple[str, Rule | None]]:
    """Return every rule that can speak against a treatment; None for an objection that always does."""
    mine: list[Treatment | MedicineSafety] = [
        treatment,
        *(one for one in real().treatments.values() if one.medicine and treatment.medicine in kinds_of(one.medicine)),
        *(one for one in safeties() if any(treatment.medicine in kinds_of(name) for name in one.medicines)),
    ]
    keys = ("do_not_use_when", "caution_when", "not_known_when")
    found = [(f"{one.id} {key}", getattr(one, key, None)) for one in mine for key in keys]
    listed: list[tuple[str, Rule | None]] = [(name, rule) for name, rule in found if rule is not None]
    objections = [one for one in treatment.against if one.type == "all" or one.type in active]
    return listed + [(f"against {one.type}", one.when) for one in objections]


def considered(stated: Stated) -> tuple[list[str], list[str]]:
    """Return what is to be considered for a person, and what of it is not certain to be safe, judged plainly."""
    facts = PatientFacts(real().vocabulary, stated)
    assumed = facts.assuming_absent()
    active = classify(real(), facts, assumed).active
    names = [one.id for one in treatment_results(real(), facts, assumed, active) if one.verdict == "consider"]
    plain = plain_facts(stated, real().vocabulary) if names else facts
    unsafe = [
        f"{name}: {key} is {'always true' if rule is None else truth_of(rule, plain).value}"
        for name in names
        for key, rule in speaking_against(real().treatments[name], active)
        if rule is None or truth_of(rule, plain) is not FALSE
    ]
    return names, unsafe


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_made_up_people(chunk: int) -> None:
    """Whatever is known, mentioned or missing; half of the people are almost safe to treat, so that it is close."""
    chance = Random(20_261_122 + chunk)
    seen: Counter[str] = Counter()
    for number in range(PEOPLE // CHUNKS):
        stated = nearly_safe_person(chance) if number % 2 else random_person(chance)
        names, unsafe = considered(stated)
        assert unsafe == [], (number, stated)
        seen.update(name for name in names if speaking_against(real().treatments[name], ()))
    if PEOPLE >= 8000:
        assert len(seen) > 20, "too few treatments with safety rules came out as consider: the property says little"


def test_published_cases(all_cases: dict[str, Path]) -> None:
    """The same for real people."""
    assert len(all_cases) > 60
    for name, folder in all_cases.items():
        record = read_record(folder / "bundle.json", knowledge().terms)
        facts, _ = record.facts(real().vocabulary, record.last_day)
        _, unsafe = considered(dict(facts.stated))
        assert unsafe == [], name
