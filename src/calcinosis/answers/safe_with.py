"""Whether one thing is safe with another: what a treatment's rules say of a medicine or illness that is named too."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.answers.answer import Audience, Said
from calcinosis.answers.question import Question
from calcinosis.compiled import Knowledge
from calcinosis.conclusions.cited import Reason
from calcinosis.conclusions.reasons import true_reasons
from calcinosis.errors import InputError
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.library.speaking import safety_rules
from calcinosis.library.subjects import short_name
from calcinosis.person.facts import PatientFacts
from calcinosis.readers.note.note import note_record
from calcinosis.rules.syntax import Rule
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE
from calcinosis.words.en import answers as words

_KINDS = frozenset({"medicine", "condition", "exposure"})
"""The kinds of facts that a question of safety names beside a treatment."""


def said_of_safety(asked: Question, known: Knowledge, audience: Audience) -> Iterator[Said]:
    """Yield what the rules of each treatment that is named say of what else is named, the gravest for each."""
    library = known.library
    named = [library.treatments[one] for one in asked.entries if one in library.treatments]
    beside = facts_named(asked.text, known, _KINDS) if named else ()
    if not asked.asks_for("safety"):  # two medicines named together are asked of together
        beside = () if asked.chooses else tuple(fact for fact in beside if library.facts[fact].kind == "medicine")
    for treatment in named:
        others = {fact: Value(TRUE) for fact in beside if fact not in _own(treatment, known)}
        facts = PatientFacts(library.vocabulary, others)
        said = _objection(treatment, facts, audience)
        if said is None and others:
            said = _of_pair(treatment, facts, library, audience)
        if said is not None:
            yield said
            yield from _verdicts(treatment, frozenset(others), known, audience)


def _objection(treatment: Treatment, facts: PatientFacts, audience: Audience) -> Said | None:
    """Return what speaks against a treatment for what is named: it forbids, whatever else asks for caution."""
    for one in treatment.against:
        if one.when is not None and facts.truth(one.when) is TRUE:
            says = one.plain if audience == "patient" and one.plain else one.says
            return Said(says, tuple(cite.source for cite in one.cite), treatment.id)
    return None


def _of_pair(treatment: Treatment, facts: PatientFacts, library: Library, audience: Audience) -> Said | None:
    """Return what the gravest rule says that what is named meets; one that asks for more than that never forbids."""
    rules = [(rule, forbids) for rule, forbids in safety_rules(treatment, library) if _reasons(rule, facts)]
    met = next(((rule, forbids) for rule, forbids in rules if facts.truth(rule) is TRUE), None)
    if not rules:
        return None
    rule, forbids = met or (rules[0][0], False)
    told = _reasons(rule, facts)[:2]
    reasons = "; ".join(dict.fromkeys(one.says for one in told))
    cite = tuple(dict.fromkeys(source for one in told for source in one.cite))
    wording = words.SAFE_WITH[audience]["avoid" if forbids else "caution"]
    return Said(wording.format(name=short_name(treatment.name), reasons=reasons), cite, treatment.id)


def _verdicts(treatment: Treatment, others: frozenset[str], known: Knowledge, audience: Audience) -> Iterator[Said]:
    """Yield what is held of two things where sources disagree on them."""
    for one in treatment.disagreements:
        if one.verdict is not None and not others.isdisjoint(facts_named(one.about, known, _KINDS)):
            says = one.verdict.plain if audience == "patient" and one.verdict.plain else one.verdict.says
            yield Said(says, tuple(cite.source for cite in one.verdict.cite), treatment.id)


def _reasons(rule: Rule, facts: PatientFacts) -> list[Reason]:
    return [one for one in true_reasons(rule, facts) if one.cite]


def facts_named(text: str, known: Knowledge, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the facts of some kinds that a question speaks of, whether of a person or in general."""
    try:
        record = note_record(text, "question", known.terms)
    except InputError:
        return ()
    facts = known.library.facts
    named = dict.fromkeys(one.fact for one in (*record.said, *record.mentions))
    return tuple(fact for fact in named if fact in facts and facts[fact].kind in kinds)


def _own(treatment: Treatment, known: Knowledge) -> frozenset[str]:
    """Return the facts that mean a treatment itself."""
    kinds = known.library.vocabulary.kinds
    own = {treatment.medicine, *kinds.get(treatment.medicine, ())}
    return frozenset(own | {kind for kind, below in kinds.items() if treatment.medicine in below})
