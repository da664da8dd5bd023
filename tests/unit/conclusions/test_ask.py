"""What to ask next: votes of open rules, shared among the facts that leave them open."""

from __future__ import annotations

import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.ask import _open_rules, asking_weights
from calcinosis.conclusions.assess import assess_record
from calcinosis.person.facts import PatientFacts
from calcinosis.readers.form.form import form_record
from calcinosis.truth import UNKNOWN

FORMS = (
    "age: 54\n",
    "systemic_sclerosis: yes\nsite_finger: yes\n",
    "skin_necrosis: yes\nkidney_failure: yes\nage: 64\n",
)


def facts_of(form: str) -> PatientFacts:
    """Return what a form says."""
    record = form_record(form, "form", knowledge().terms)
    return record.facts(knowledge().library.vocabulary, "")[0]


@pytest.mark.parametrize("form", ["{}", *FORMS])
def test_every_open_rule_has_one_vote(form: str) -> None:
    """The weights add up to the votes of the open rules, but for shares too small to matter."""
    library, facts = knowledge().library, facts_of(form)
    votes = sum(vote for rule, vote in _open_rules(library, facts) if facts.truth(rule) is UNKNOWN)
    total = sum(asking_weights(library, facts).values())
    assert 0.9 * votes < total <= votes + 1e-9


@pytest.mark.parametrize("form", FORMS)
def test_what_is_known_is_not_asked(form: str) -> None:
    """A fact that the record states has no weight; the heaviest stands first."""
    facts = facts_of(form)
    weights = asking_weights(knowledge().library, facts)
    assert not set(weights) & set(facts.stated)
    assert all(weight > 0 for weight in weights.values())
    rounded = [round(weight, 6) for weight in weights.values()]
    assert rounded == sorted(rounded, reverse=True)


def test_a_fact_on_which_a_rule_turns_alone_gets_its_vote() -> None:
    """A danger that is one fact gives it a whole vote; an answer takes the vote away."""
    library = knowledge().library
    alone = [flag for flag in library.red_flags.values() if len(flag.when.facts) == 1]
    names = [next(iter(flag.when.facts)) for flag in alone]
    asked = [name for name in names if library.facts[name].true_when is None and library.facts[name].kind == "finding"]
    assert asked
    for name in asked:
        assert asking_weights(library, facts_of("{}"))[name] >= 1
        assert name not in asking_weights(library, facts_of(f"{name}: no\n"))


def test_the_safety_of_treatments_is_asked() -> None:
    """What has to be checked before a treatment weighs more when the treatment comes into question."""
    library = knowledge().library
    record = form_record("skin_calcification: yes\nsystemic_sclerosis: yes\nage: 54\n", "form", knowledge().terms)
    assessment, facts = assess_record(record, library), record.facts(library.vocabulary, "")[0]
    checks = {name for one in assessment.treatments if one.verdict == "check-first" for name in one.check}
    assert checks
    plain, with_safety = asking_weights(library, facts), asking_weights(library, facts, assessment.treatments)
    assert all(with_safety[name] > plain.get(name, 0) for name in checks - set(facts.stated))
