"""What to test next: investigations by how many open questions they would settle, then by burden."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.conclusions.assessment import RedFlagResult, TreatmentResult, WorkupResult
from calcinosis.conclusions.decisions import IMPOSSIBLE
from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.conclusions.reasons import source_ids, told_statements
from calcinosis.conclusions.types import Classified
from calcinosis.library.entries import Care, Investigation, Statement
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.truth import TRUE
from calcinosis.words.en.report import ASKED_BY_TREATMENT

_OPEN = frozenset({"undetermined", "provisional", "conflicting"})


SAFETY_OF = 4
"""So many of the treatments that lead ask for the tests that their safety turns on."""
MOST = 12
"""More tests than this are not asked for at a time."""
CHECKS_SHOWN = 5
"""So many checks of a treatment are shown: what clears one of them is asked for before what clears the rest."""
INVASIVE = 4
"""From this burden on a test comes last."""


def workup_results(
    library: Library,
    facts: PatientFacts,
    assumed: PatientFacts,
    classified: Classified,
    treatments: tuple[TreatmentResult, ...],
    red_flags: tuple[RedFlagResult, ...] = (),
) -> tuple[WorkupResult, ...]:
    """Return the investigations to ask for, as a clinician orders them: harmless and deciding first, invasive last.

    What a danger needs comes before all. What is already done is not asked again, nor what a danger forbids or age, sex
    and other findings make idle. Where no type is in question, only what a danger needs is asked for.
    """
    urgent = _of_dangers(library, red_flags)
    is_in_question = classified.presentation != "none"
    questions = _open_questions(library, facts, assumed, classified) if is_in_question else {}
    leading = [result for result in treatments if result.verdict == "check-first"][:SAFETY_OF] if is_in_question else []
    care = {**_care(library, classified), **urgent} if is_in_question else urgent
    forbidden = {test for flag in red_flags for test in library.red_flags[flag.id].forbids}
    checks = [(result.id, frozenset(result.check), frozenset(result.check[:CHECKS_SHOWN])) for result in leading]
    by_measured, by_order = _recommended(library)
    wanted = frozenset[str]().union(*questions.values(), *(check for _, check, _ in checks))
    asked = [*by_measured.by(wanted), *(library.investigations[name] for name in care)]
    by_findings = [test for test in by_order.by(facts.touched) if is_in_question and _is_ordered(test, facts)]
    asked += by_findings
    open_causes = _open_causes(library, facts, classified)
    found, shown = [], {}
    for test in {test.id: test for test in asked if test.advice == "recommended" or test.id in urgent}.values():
        is_again = test.id in care and (care[test.id].again or _is_only_answered(test, facts))
        is_idle = test.never_when is not None and facts.truth(test.never_when) is TRUE
        if test.id in forbidden or is_idle or (is_done(test, facts) and not is_again):
            continue
        measures = frozenset(test.measures)
        settles = tuple(kind for kind, open_facts in questions.items() if not measures.isdisjoint(open_facts))
        clears = tuple(name for name, check, _ in checks if not measures.isdisjoint(check))
        shown[test.id] = sum(not measures.isdisjoint(first) for _, _, first in checks)
        found.append(_result(test, assumed, settles, clears, care.get(test.id), test.id in urgent))
    showing = _showing(library, classified, care)
    leads, at_once = classified.leading, [*urgent]
    return tuple(
        sorted(
            found,
            key=lambda one: _place(
                one, leads, care, at_once, showing, _explains(open_causes, library, one), shown[one.id]
            ),
        )[:MOST]
    )


def _of_dangers(library: Library, red_flags: tuple[RedFlagResult, ...]) -> dict[str, Care]:
    """Return the tests that the dangers need, those of the first danger first."""
    found: dict[str, Care] = {}
    for flag in red_flags:
        for care in library.red_flags[flag.id].care:
            found.setdefault(care.test, care)
    return found


def _care(library: Library, classified: Classified) -> dict[str, Care]:
    """Return the tests that the care of the leading type needs."""
    leading = next((result for result in classified.types if result.id == classified.leading), None)
    if leading is None or leading.over or leading.certainty not in {"confirmed", "probable", "suspected"}:
        return {}
    return {care.test: care for care in library.types[leading.id].care}


def _showing(library: Library, classified: Classified, care: dict[str, Care]) -> frozenset[str]:
    """Return the harmless pictures that show what a type rests on, where it was only told or is only suspected.

    They are those of the care of the leading type; where no calcium was even told, any.
    """
    found = {result.id: result for result in classified.types}
    if classified.leading is not None and found[classified.leading].certainty == "confirmed":
        return frozenset()
    rules = (library.types[kind].confirmed_when for kind in ([classified.leading] if classified.leading else found))
    shown = frozenset[str]().union(*(rule.facts for rule in rules if rule is not None))
    listed = library.investigations if classified.presentation == "suspected" else care
    pictures = (library.investigations[name] for name in listed)
    return frozenset(
        test.id
        for test in pictures
        if test.group == "imaging" and test.burden < INVASIVE and test.measures and test.measures[0] in shown
    )


def _place(
    result: WorkupResult,
    leading: str | None,
    care: dict[str, Care],
    at_once: list[str],
    showing: frozenset[str],
    explains: bool,
    shown: int,
) -> tuple[object, ...]:
    """Order tests: for a danger first, as it lists them, invasive ones last, then what settles most or the type needs.

    What shows the calcium that was only told comes before the rest. Among the others first what ``explains`` a cause
    that is suspected, then what clears a check that is ``shown`` of the treatments that lead.
    """
    deciding = leading is not None and leading in result.would_settle
    return (
        at_once.index(result.id) if result.for_danger else len(at_once),
        result.burden >= INVASIVE,
        result.id not in showing,
        not (deciding or result.id in care),
        -max(len(result.would_settle), result.id in care),
        not explains,
        -shown,
        result.burden,
        -len(result.would_check),
        result.id,
    )


def _open_causes(library: Library, facts: PatientFacts, classified: Classified) -> frozenset[str]:
    """Return the facts on which the suspected causes of the leading type turn."""
    found: set[str] = set()
    for cause in library.causes.values():
        if cause.strength == "cause" and classified.leading in cause.leads_to and cause.present_when is not None:
            suspected = cause.suspect_when is not None and facts.truth(cause.suspect_when) is TRUE
            found |= set(unknown_facts(cause.present_when, facts)) if suspected else set()
    return frozenset(found)


def _explains(open_facts: frozenset[str], library: Library, test: WorkupResult) -> bool:
    """Whether a test of the laboratory finds out what a suspected cause turns on."""
    return not open_facts.isdisjoint(library.investigations[test.id].measures)


@lru_cache(maxsize=8)
def _recommended(library: Library) -> tuple[Mentioned[Investigation], Mentioned[Investigation]]:
    """Return the investigations that may be asked for, by what they measure and by the facts that ask for them."""
    tests = [test for test in library.investigations.values() if test.advice == "recommended"]
    return Mentioned.of(tests, lambda test: test.measures), Mentioned.of(tests, lambda test: read_by(test.order_when))


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


def _is_only_answered(test: Investigation, facts: PatientFacts) -> bool:
    """Whether a picture is told of in answers alone: they say what was seen, not on which picture."""
    value = facts.value(test.measures[0]) if test.group == "imaging" and test.measures else None
    return value is not None and all(origin.kind == "question" for origin in value.origins)


def _is_known(fact: str, facts: PatientFacts) -> bool:
    """Whether a result is there, or cannot be of interest at this age or in this sex."""
    value, impossible = facts.value(fact), facts.vocabulary.facts[fact].absent_when
    if impossible is not None and facts.truth(impossible) is TRUE:
        return True
    return value is not None and (value.truth is TRUE or value.is_number or bool(value.origins))


def _open_questions(
    library: Library, facts: PatientFacts, assumed: PatientFacts, classified: Classified
) -> dict[str, frozenset[str]]:
    """Return, for each open type that something points to, else for each possible one, the facts that it turns on."""
    pointed = {result.id for result in classified.types if result.supported or result.id in classified.active}
    possible = {result.id for result in classified.types if result.if_not_mentioned_is_absent not in IMPOSSIBLE}
    questions = {}
    for result in classified.types:
        if result.status in _OPEN and result.id in (pointed or possible):
            rules = library.types[result.id]
            open_facts = {*unknown_facts(rules.established_when, assumed), *unknown_facts(rules.excluded_when, assumed)}
            questions[result.id] = frozenset(open_facts | set(result.assumes_absent))
    return questions


def _result(
    test: Investigation,
    assumed: PatientFacts,
    settles: tuple[str, ...],
    clears: tuple[str, ...],
    care: Care | None,
    is_urgent: bool,
) -> WorkupResult:
    first: Statement | None = care or (test.tells[0] if test.tells else None)
    cites = source_ids(first.cite) if first else ()
    return WorkupResult(
        id=test.id,
        name=test.name,
        why=first.says if first else ASKED_BY_TREATMENT,
        plain=first.plain if first else "",
        burden=test.burden,
        for_danger=is_urgent,
        would_settle=settles,
        would_check=clears,
        cautions=told_statements(test.cautions, assumed),
        cite=cites,
    )
