"""Whether one thing is safe with another: what a treatment's rules say of a medicine or illness that is named too."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.answers.answer import Audience, Said
from calcinosis.answers.question import Question
from calcinosis.compiled import Knowledge
from calcinosis.conclusions.reasons import true_reasons
from calcinosis.errors import InputError
from calcinosis.library.entries import Treatment
from calcinosis.library.speaking import safety_rules
from calcinosis.library.subjects import short_name
from calcinosis.person.facts import PatientFacts
from calcinosis.readers.note.note import note_record
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
        for rule, forbids in safety_rules(treatment, library):
            told = [one for one in true_reasons(rule, facts) if one.cite] if others else []
            if told:
                wording = words.SAFE_WITH[audience]["avoid" if forbids else "caution"]
                reasons = "; ".join(dict.fromkeys(one.says for one in told[:2]))
                cite = tuple(dict.fromkeys(source for one in told[:2] for source in one.cite))
                yield Said(wording.format(name=short_name(treatment.name), reasons=reasons), cite, treatment.id)
                break


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
