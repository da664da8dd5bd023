"""What to test next: investigations by how many open questions they would settle, then by burden."""

from __future__ import annotations

from calcinosis.library.entries import Investigation
from calcinosis.library.library import Library
from calcinosis.patient.facts import PatientFacts
from calcinosis.reasoning.assessment import TreatmentResult, WorkupResult
from calcinosis.reasoning.classify import Classified
from calcinosis.reasoning.reasons import cited, source_ids, unknown_facts
from calcinosis.truth import TRUE

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
    checks = {result.id: set(result.check) for result in treatments if result.verdict == "check-first"}
    found = []
    for test in library.investigations.values():
        if test.advice != "recommended" or is_done(test, facts):
            continue
        measures = set(test.measures)
        settles = tuple(kind for kind, open_facts in questions.items() if measures & open_facts)
        clears = tuple(name for name, wanted in checks.items() if measures & wanted)
        ordered = test.order_when is not None and facts.truth(test.order_when) is TRUE
        if ordered or settles or clears:
            found.append(_result(test, settles, clears))
    return tuple(sorted(found, key=lambda result: (-len(result.would_settle), result.burden, -len(result.would_check), result.id)))


def is_done(test: Investigation, facts: PatientFacts) -> bool:
    """Whether the record holds the result: of a test its main fact, of questions and examinations all of them."""
    known = [(value := facts.value(fact)) is not None and (value.truth is TRUE or value.is_number or bool(value.origins))
             for fact in test.measures]  # fmt: skip
    if not known:
        return False
    return all(known) if test.group in {"question", "examination"} else known[0]


def _open_questions(
    library: Library, facts: PatientFacts, assumed: PatientFacts, classified: Classified
) -> dict[str, set[str]]:
    """Return, for each type that is still open and possible, the facts that it turns on."""
    questions = {}
    for result in classified.types:
        possible = result.if_not_mentioned_is_absent not in {"not-supported", "excluded"} or result.supported
        if result.status in _OPEN and possible:
            rules = library.types[result.id]
            open_facts = {*unknown_facts(rules.established_when, assumed), *unknown_facts(rules.excluded_when, assumed)}
            questions[result.id] = open_facts | set(result.assumes_absent)
    return questions


def _result(test: Investigation, settles: tuple[str, ...], clears: tuple[str, ...]) -> WorkupResult:
    first = test.tells[0] if test.tells else None
    cites = source_ids(first.cite) if first else ()
    return WorkupResult(
        id=test.id,
        name=test.name,
        why=first.says if first else "A treatment that comes into question asks for it.",
        plain=first.plain if first else "",
        burden=test.burden,
        would_settle=settles,
        would_check=clears,
        cautions=tuple(map(cited, test.cautions)),
        cite=cites,
    )
