"""What was looked at for dangers: signs that were asked for and are absent, and signs that nobody asked for."""

from __future__ import annotations

from collections import Counter

from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.document import LookedAt
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
    absent = [name for name in signs if (value := facts.stated.get(name)) is not None and value.truth is FALSE]
    asked = [name for name in signs if library.facts[name].learned_by == "examination" and facts.value(name) is None]
    return LookedAt(
        absent=_names([short_name(library.facts[name]) for name in absent]),
        not_asked=_names([short_name(library.facts[name]) for name in asked]),
    )


def _names(names: list[str]) -> str:
    rest = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    shown = shown[:1].upper() + shown[1:]
    return words.AND_MORE.format(names=shown, count=rest) if rest > 0 else shown
