"""What to test next: investigations by how many open questions they would settle, then by burden."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.conclusions.assessment import TreatmentResult, WorkupResult
from calcinosis.conclusions.reasons import cited, source_ids, unknown_facts
from calcinosis.conclusions.types import Classified
from calcinosis.library.entries import Investigation
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.truth import TRUE
from calcinosis.words.en.report import ASKED_BY_TREATMENT

_OPEN = frozenset({"undetermined", "provisional", "conflicting"})


def workup_results(
    library: Library,
    facts: PatientFacts,
    assumed: PatientFacts,
    classified: Classified,
    treatments: tuple[TreatmentResult, ...],
) -> tuple[WorkupResult, ...]:
    """Return the investigations to ask for; what is already done is not asked again."""
    if classified.presentation == "none":
        return ()
    questions = _open_questions(library, facts, assumed, classified)
    checks = {result.id: frozenset(result.check) for result in treatments if result.verdict == "check-first"}
    wanted = frozenset[str]().union(*questions.values(), *checks.values())
    found = []
    for test, measures in _recommended(library):
        if measures.isdisjoint(wanted) and not _is_ordered(test, facts):
            continue
        if is_done(test, facts):
            continue
        settles = tuple(kind for kind, open_facts in questions.items() if not measures.isdisjoint(open_facts))
        clears = tuple(name for name, open_facts in checks.items() if not measures.isdisjoint(open_facts))
        found.append(_result(test, settles, clears))
    return tuple(
        sorted(
            found, key=lambda result: (-len(result.would_settle), result.burden, -len(result.would_check), result.id)
        )
    )


@lru_cache(maxsize=8)
def _recommended(library: Library) -> tuple[tuple[Investigation, frozenset[str]], ...]:
    """Return the investigations that may be asked for, with the facts that each makes known."""
    tests = library.investigations.values()
    return tuple((test, measured(test)) for test in tests if test.advice == "recommended")


def measured(test: Investigation) -> frozenset[str]:
    """Return the facts that an investigation makes known."""
    return frozenset(test.measures)


def _is_ordered(test: Investigation, facts: PatientFacts) -> bool:
    """Whether the findings of the person ask for an investigation."""
    return test.order_when is not None and facts.truth(test.order_when) is TRUE


def is_done(test: Investigation, facts: PatientFacts) -> bool:
    """Whether the record holds the result: of a test its main fact, of questions and examinations all of them."""
    if not test.measures:
        return False
    if test.group in {"question", "examination"}:
        return all(_is_known(fact, facts) for fact in test.measures)
    return _is_known(test.measures[0], facts)


def _is_known(fact: str, facts: PatientFacts) -> bool:
    value = facts.value(fact)
    return value is not None and (value.truth is TRUE or value.is_number or bool(value.origins))


def _open_questions(
    library: Library, facts: PatientFacts, assumed: PatientFacts, classified: Classified
) -> dict[str, frozenset[str]]:
    """Return, for each type that is still open and possible, the facts that it turns on."""
    questions = {}
    for result in classified.types:
        possible = result.if_not_mentioned_is_absent not in {"not-supported", "excluded"} or result.supported
        if result.status in _OPEN and possible:
            rules = library.types[result.id]
            open_facts = {*unknown_facts(rules.established_when, assumed), *unknown_facts(rules.excluded_when, assumed)}
            questions[result.id] = frozenset(open_facts | set(result.assumes_absent))
    return questions


def _result(test: Investigation, settles: tuple[str, ...], clears: tuple[str, ...]) -> WorkupResult:
    first = test.tells[0] if test.tells else None
    cites = source_ids(first.cite) if first else ()
    return WorkupResult(
        id=test.id,
        name=test.name,
        why=first.says if first else ASKED_BY_TREATMENT,
        plain=first.plain if first else "",
        burden=test.burden,
        would_settle=settles,
        would_check=clears,
        cautions=tuple(map(cited, test.cautions)),
        cite=cites,
    )
