"""What was looked at for dangers: signs that were asked for and are absent, and signs that nobody asked for."""

from __future__ import annotations

from collections import Counter

from calcinosis.conclusions.assessment import Assessment
from calcinosis.person.facts import PatientFacts
from calcinosis.report.document import LookedAt
from calcinosis.rules.vocabulary import Fact
from calcinosis.rules.words import short_name
from calcinosis.truth import FALSE
from calcinosis.words.en import entered as words

_NAMED = 5
_SIGNS = frozenset({"finding", "condition"})
_ASKED = frozenset({"history", "examination"})


def looked_at(assessment: Assessment) -> LookedAt | None:
    """Return the signs of danger that are recorded as absent, and those that nobody recorded, by how many ask them."""
    library, facts = assessment.account.library, assessment.account.facts
    if assessment.record.deceased:
        return None
    read = Counter(name for flag in library.red_flags.values() for name in flag.when.facts)
    signs = [
        name
        for name, _ in sorted(read.items(), key=lambda item: (-item[1], item[0]))
        if (fact := library.facts[name]).kind in _SIGNS and fact.learned_by in _ASKED and fact.question
    ]
    told = dict.fromkeys(part for name in signs for part in (name, *_parts(library.facts[name])))
    absent = [name for name in told if (value := facts.stated.get(name)) is not None and value.truth is FALSE]
    asked = [name for name in signs if library.facts[name].learned_by == "examination" and facts.value(name) is None]
    asked = list(dict.fromkeys(part for name in asked for part in _not_recorded(library.facts[name], facts)))
    return LookedAt(
        absent=_names([short_name(library.facts[name]) for name in absent]),
        not_asked=_names([short_name(library.facts[name]) for name in asked]),
    )


def _parts(sign: Fact) -> tuple[str, ...]:
    """Return the facts from which a sign follows."""
    return () if sign.true_when is None else tuple(sign.true_when.facts)


def _not_recorded(sign: Fact, facts: PatientFacts) -> tuple[str, ...]:
    """Return the parts of a sign that nobody recorded where another is recorded, such as the temperature of a fever."""
    parts = _parts(sign)
    if not any(part in facts.stated for part in parts):
        return (sign.id,)
    return tuple(part for part in parts if facts.value(part) is None)


def _names(names: list[str]) -> str:
    rest = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    shown = shown[:1].upper() + shown[1:]
    return words.AND_MORE.format(names=shown, count=rest) if rest > 0 else shown
