"""Treatments: what to consider, what to check first, what to avoid, what to stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter

from msgspec import Struct, field

from calcinosis.conclusions.assessment import (
    Cited,
    EvidenceSummary,
    Reason,
    StopResult,
    TreatmentResult,
    Verdict,
)
from calcinosis.conclusions.checks import in_order_of_weight
from calcinosis.conclusions.decisions import INDICATED, VERDICT, verdict_place
from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.conclusions.options import Against, Indicated, Option, options
from calcinosis.conclusions.reasons import cited, last_known_reasons, reasons, true_reasons
from calcinosis.conclusions.rules_on_record import takeable
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.library.speaking import safety_rules
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Rule
from calcinosis.truth import TRUE, UNKNOWN, truth
from calcinosis.words.en.report import CONTRAINDICATED

_Judged = tuple[tuple[int, bool, bool, bool, int, int], TreatmentResult]
"""The verdict on a treatment after its place among the others."""
_GIVEN: frozenset[Verdict] = frozenset({"consider", "check-first"})
_NOTHING: Verdict = "not-for-this-type"


class _Judgement(Struct):
    """What was found about one treatment for one person."""

    indications: list[Indicated] = field(default_factory=list)
    no_statement: list[Indicated] = field(default_factory=list)
    objections: list[Against] = field(default_factory=list)
    check: dict[str, None] = field(default_factory=dict)
    because: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    taken: bool = False
    forbidden: bool = False
    cautious: bool = False
    undecided: int = 0


def treatment_results(
    library: Library,
    facts: PatientFacts,
    assumed: PatientFacts,
    active: tuple[str, ...],
    over: frozenset[str] = frozenset(),
) -> tuple[TreatmentResult, ...]:
    """Return the verdict on every treatment, best first; nothing where no type is to be acted on.

    A type that is ``over`` is treated by none, and still speaks against what may bring it back.
    """
    if not active:
        return ()
    unmentioned, always, mentioned = _unmentioned(library, active, over)
    asked = mentioned.by(facts.touched)
    judged = [_judged(option, library, facts, assumed) for option in (*always, *asked)]
    names = {option.treatment.id for option in asked}
    judged += [one for one in unmentioned if one[1].id not in names]
    return in_order_of_weight(_in_order(judged), library, facts)


@lru_cache(maxsize=64)
def _unmentioned(
    library: Library, active: tuple[str, ...], over: frozenset[str]
) -> tuple[tuple[_Judged, ...], tuple[Option, ...], Mentioned[Option]]:
    """Return the treatments that are nothing for one of whom nothing is known, the others, and what the first turn on.

    A record that does not mention what a treatment is for, what is objected to it or the medicine itself has the same.
    """
    nobody = PatientFacts(library.vocabulary, {})
    assumed = nobody.assuming_absent()
    judged = [(one, *_judged(one, library, nobody, assumed)) for one in options(library, active, over).values()]
    idle = [(option, place, result) for option, place, result in judged if result.verdict == _NOTHING]
    unmentioned = tuple(sorted(((place, result) for _, place, result in idle), key=itemgetter(0)))
    always = tuple(option for option, _, result in judged if result.verdict != _NOTHING)
    return unmentioned, always, Mentioned.of((option for option, *_ in idle), _turns_on)


def _turns_on(option: Option) -> frozenset[str]:
    """Return the facts without which a treatment is nothing for a person."""
    if option.is_about_others:
        return frozenset((option.treatment.medicine,))
    objected, indicated = (one.when for one in option.against), (one.when for one in option.indicated)
    return read_by(*objected, *indicated) | {option.treatment.medicine}


def stop_results(
    library: Library, facts: PatientFacts, assumed: PatientFacts, results: Sequence[TreatmentResult]
) -> tuple[StopResult, ...]:
    """Return what the person takes and should not; what is contraindicated also where no type is to be acted on."""
    if not results:
        taken = [one.id for one in takeable(library) if one.medicine in facts.touched and _is_taken(one, facts)]
        unasked = options(library, ())
        results = _in_order(_judged(unasked[name], library, facts, assumed) for name in taken)
    return tuple(
        StopResult(
            id=result.id,
            name=result.name,
            why=result.why,
            against=result.against,
            advice=tuple(map(cited, library.treatments[result.id].if_taken)),
        )
        for result in results
        if result.taken and result.verdict == "avoid"
    )


def _judged(option: Option, library: Library, facts: PatientFacts, assumed: PatientFacts) -> _Judged:
    """Return the verdict on a treatment, and its place among the others."""
    result = _result(option, library, facts, assumed)
    place = verdict_place(result.verdict, result.taken, bool(option.indicated))
    step = option.step if result.verdict in _GIVEN else 0
    return (*place, result.undecided, step, option.rank), result


def _in_order(judged: Iterable[_Judged]) -> tuple[TreatmentResult, ...]:
    return tuple(result for _, result in sorted(judged, key=itemgetter(0)))


def _result(option: Option, library: Library, facts: PatientFacts, assumed: PatientFacts) -> TreatmentResult:
    taken = _is_taken(option.treatment, facts)
    if option.is_about_others and not taken:
        return option.for_others
    judgement = _judge(option, taken, library, facts, assumed)
    verdict = _verdict(judgement)
    if option.is_about_others and verdict != "avoid":
        return option.for_others
    why = [*contraindicated(judgement.against), *(one.told for one in judgement.objections)]
    given = verdict in _GIVEN
    if given or not why:
        why += [one.told for one in judgement.indications or judgement.no_statement]
    return TreatmentResult(
        id=option.treatment.id,
        name=option.treatment.name,
        kind=option.treatment.kind,
        verdict=verdict,
        why=tuple(why),
        because=tuple(dict.fromkeys(judgement.because)),
        against=tuple(judgement.against),
        check=tuple(judgement.check) if verdict == "check-first" else (),
        taken=taken,
        undecided=given and bool(judgement.indications) and judgement.undecided == len(judgement.indications),
        dose=option.dose if given else "",
        monitor=option.monitor if given else (),
        evidence=_evidence(option.counted, judgement.indications),
    )


def _is_taken(treatment: Treatment, facts: PatientFacts) -> bool:
    if treatment.medicine not in facts.touched:
        return False
    taken = facts.value(treatment.medicine)
    return taken is not None and taken.truth is TRUE


def contraindicated(against: Sequence[Reason]) -> tuple[Cited, ...]:
    """Return the sentence that a treatment is contraindicated, with the findings of the person and their sources."""
    if not against:
        return ()
    findings = "; ".join(dict.fromkeys(reason.says for reason in against))
    cites = tuple(dict.fromkeys(source for reason in against for source in reason.cite))
    return (Cited(CONTRAINDICATED.format(findings=findings), cites),)


def _judge(option: Option, taken: bool, library: Library, facts: PatientFacts, assumed: PatientFacts) -> _Judgement:
    judgement = _Judgement(taken=taken)
    for objection in option.against:
        if objection.spares_taken and taken:
            continue
        _object(objection, facts, judgement)
    for indication in option.indicated:
        _indicate(indication, facts, assumed, judgement)
    if judgement.indications or judgement.objections or taken:
        _check_safety(safety_rules(option.treatment, library), facts, judgement)
    return judgement


def _object(objection: Against, facts: PatientFacts, judgement: _Judgement) -> None:
    truth = TRUE if objection.when is None else facts.truth(objection.when)
    if truth is TRUE:
        judgement.objections.append(objection)
        judgement.because += reasons(objection.when, facts)
    elif truth is UNKNOWN:
        judgement.cautious = True
        judgement.check.update(dict.fromkeys(unknown_facts(objection.when, facts)))


def _indicate(indication: Indicated, facts: PatientFacts, assumed: PatientFacts, judgement: _Judgement) -> None:
    rule = indication.when
    asked = TRUE if rule is None else facts.truth(rule)
    if_absent = assumed.truth(rule) if asked is UNKNOWN and rule is not None else UNKNOWN
    indicated = INDICATED.of(asked=asked, assumed=if_absent)
    if indicated == "no":
        return
    if not indication.recommended.consider:
        judgement.no_statement.append(indication)
        return
    if indicated == "to-check":
        judgement.cautious = True
        judgement.undecided += 1
        judgement.check.update(dict.fromkeys(unknown_facts(rule, facts)))
    judgement.indications.append(indication)
    judgement.because += true_reasons(rule, facts)


def _check_safety(rules: Iterable[tuple[Rule, bool]], facts: PatientFacts, judgement: _Judgement) -> None:
    for rule, forbids in rules:
        truth = facts.truth(rule)
        if truth is TRUE:
            true = true_reasons(rule, facts)
            judgement.because += true
            if forbids:
                judgement.forbidden = True
                judgement.against += true
            else:
                judgement.cautious = True
                judgement.check.update(dict.fromkeys(reason.fact for reason in true))
        elif truth is UNKNOWN:
            judgement.cautious = True
            if was := last_known_reasons(rule, facts):
                judgement.because += was
                judgement.check.update(dict.fromkeys(reason.fact for reason in was))
            judgement.check.update(dict.fromkeys(unknown_facts(rule, facts)))


def _verdict(judgement: _Judgement) -> Verdict:
    return VERDICT.of(
        objected=truth(bool(judgement.objections)),
        indicated=truth(bool(judgement.indications)),
        forbidden=truth(judgement.forbidden),
        taken=truth(judgement.taken),
        cautious=truth(judgement.cautious),
    )


def _evidence(counted: EvidenceSummary, indications: Sequence[Indicated]) -> EvidenceSummary:
    """Return the numbers of the studies, with level and grade of the strongest indication for this person."""
    if not indications:
        return counted
    return EvidenceSummary(
        level=min(indications, key=lambda one: one.level_number).level,
        patients=counted.patients,
        improved=counted.improved,
        other_types=counted.other_types,
        cite=counted.cite,
        grade=min(one.recommended.grade for one in indications),
        few=any(one.recommended.few for one in indications),
    )
