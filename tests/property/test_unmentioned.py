"""A treatment that a record does not mention has the verdict that it gets when it is judged."""

from __future__ import annotations

from random import Random

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions import treatments
from calcinosis.conclusions.mentioned import Mentioned
from calcinosis.conclusions.options import options
from calcinosis.conclusions.rules_on_record import main_types
from calcinosis.person.facts import PatientFacts
from tests.property.people import nearly_safe_person, random_person


@pytest.mark.parametrize("seed", range(40))
def test_verdicts_are_those_of_judging_each(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever it is, and whatever types are acted on: every verdict in its place, and the same reasons."""
    library, chance = knowledge().library, Random(seed)
    stated = chance.choice((random_person, nearly_safe_person))(chance)
    kinds = [kind.id for kind in main_types(library)]
    active = tuple(chance.sample(kinds, chance.choice((1, 1, 2, 3))))
    facts = PatientFacts(library.vocabulary, stated)
    found = treatments.treatment_results(library, facts, facts.assuming_absent(), active)
    every = tuple(options(library, active).values())
    monkeypatch.setattr(treatments, "_unmentioned", lambda *_: ((), every, Mentioned.of((), lambda _: ())))
    anew = PatientFacts(library.vocabulary, stated)
    assert treatments.treatment_results(library, anew, anew.assuming_absent(), active) == found
