"""Treatments: what to consider, what to check first, what to avoid, what to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import rows_of, studies_of, totals
from calcinosis.library.conclude import INDICATED, VERDICT, level_number, takeable, treatment_place
from calcinosis.library.entries import Indication, Objection, Treatment
from calcinosis.library.library import Library
from calcinosis.library.recommendation import Recommended
from calcinosis.patient.facts import PatientFacts
from calcinosis.reasoning.assessment import Cited, EvidenceSummary, Reason, StopResult, TreatmentResult, Verdict
from calcinosis.reasoning.reasons import cited, reasons, source_ids, true_reasons, unknown_facts
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, truth


@dataclass(slots=True)
class _Judgement:
    """What was found about one treatment for one person."""

    indications: list[Indication] = field(default_factory=list)
    recommended: list[Recommended] = field(default_factory=list)
    no_statement: list[Indication] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    check: dict[str, None] = field(default_factory=dict)
    because: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    taken: bool = False
    forbidden: bool = False
    cautious: bool = False


def treatment_results(
    library: Library, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]
) -> tuple[TreatmentResult, ...]:
    """Return the verdict on every treatment, best first; nothing where no type is to be acted on."""
    if not active:
        return ()
    found = [_result(treatment, library, facts, assumed, active) for treatment in library.treatments.values()]
    return tuple(sorted(found, key=lambda result: _place(library, active, result.id, result.verdict, result.taken)))


def stop_results(
    library: Library, facts: PatientFacts, assumed: PatientFacts, results: Sequence[TreatmentResult]
) -> tuple[StopResult, ...]:
    """Return what the person takes and should not; what is contraindicated also where no type is to be acted on."""
    if not results:
        taken = (one for one in takeable(library) if one.medicine in facts.touched and _is_taken(one, facts))
        unasked = [_result(one, library, facts, assumed, ()) for one in taken]
        results = sorted(unasked, key=lambda one: _place(library, (), one.id, one.verdict, one.taken))
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


def safety_truth(treatment: Treatment, facts: PatientFacts) -> Truth:
    """Return whether a safety rule speaks against the treatment: true, false, or not known."""
    truths = [facts.truth(rule) for rule in (treatment.do_not_use_when, treatment.caution_when) if rule is not None]
    return TRUE if TRUE in truths else (UNKNOWN if UNKNOWN in truths else FALSE)


def _result(
    treatment: Treatment, library: Library, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]
) -> TreatmentResult:
    taken = _is_taken(treatment, facts)
    is_about_others = _is_about_others(treatment, active)
    if is_about_others and not taken:
        return _for_other_types(treatment, library)
    judgement = _judge(treatment, library, facts, assumed, active)
    verdict = _verdict(judgement)
    if is_about_others and verdict != "avoid":
        return _for_other_types(treatment, library)
    why = [*_contraindicated(judgement.against), *map(_told, judgement.objections)]
    if verdict in {"consider", "check-first"} or not why:
        told = judgement.indications or judgement.no_statement
        why += map(_told, told)
    given = verdict in {"consider", "check-first"}
    return TreatmentResult(
        id=treatment.id,
        name=treatment.name,
        kind=treatment.kind,
        verdict=verdict,
        why=tuple(why),
        because=tuple(dict.fromkeys(judgement.because)),
        against=tuple(judgement.against),
        check=tuple(judgement.check) if verdict == "check-first" else (),
        taken=taken,
        dose=" ".join(statement.says for statement in treatment.doses_seen) if given else "",
        monitor=tuple(statement.says for statement in treatment.monitoring) if given else (),
        evidence=_evidence(treatment, library, judgement, active),
    )


@lru_cache(maxsize=4096)
def _is_about_others(treatment: Treatment, active: tuple[str, ...]) -> bool:
    """Return whether no statement ties a treatment to these types."""
    about = {*(one.type for one in treatment.for_), *(one.type for one in treatment.against)}
    return about.isdisjoint({"all", *active})


def _told(one: Indication | Objection) -> Cited:
    return Cited(one.says, source_ids(one.cite), one.plain)


def _is_taken(treatment: Treatment, facts: PatientFacts) -> bool:
    if treatment.medicine not in facts.touched:
        return False
    taken = facts.value(treatment.medicine)
    return taken is not None and taken.truth is TRUE


def _contraindicated(against: Sequence[Reason]) -> tuple[Cited, ...]:
    """Return the sentence that a treatment is contraindicated, with the findings of the person and their sources."""
    if not against:
        return ()
    findings = "; ".join(dict.fromkeys(reason.says for reason in against))
    cites = tuple(dict.fromkeys(source for reason in against for source in reason.cite))
    return (Cited(f"Contraindicated in this person: {findings}.", cites),)


@lru_cache(maxsize=1024)
def _for_other_types(treatment: Treatment, library: Library) -> TreatmentResult:
    """Return the verdict on a treatment that no statement ties to the types in question."""
    evidence = _evidence(treatment, library, _Judgement(), ())
    return TreatmentResult(
        id=treatment.id, name=treatment.name, kind=treatment.kind, verdict="not-for-this-type", evidence=evidence
    )


def _judge(
    treatment: Treatment, library: Library, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]
) -> _Judgement:
    judgement = _Judgement(taken=_is_taken(treatment, facts))
    for objection in treatment.against:
        if objection.type in active or (active and objection.type == "all"):
            _object(objection, facts, judgement)
    for indication, recommended in zip(treatment.for_, recommendations_of(treatment, library), strict=True):
        if indication.type in active:
            _indicate(indication, recommended, facts, assumed, judgement)
    if judgement.indications or judgement.objections or judgement.taken:
        _check_safety(treatment, facts, judgement)
    return judgement


def _object(objection: Objection, facts: PatientFacts, judgement: _Judgement) -> None:
    truth = TRUE if objection.when is None else facts.truth(objection.when)
    if truth is TRUE:
        judgement.objections.append(objection)
        judgement.because += reasons(objection.when, facts)
    elif truth is UNKNOWN:
        judgement.cautious = True
        judgement.check.update(dict.fromkeys(unknown_facts(objection.when, facts)))


def _indicate(
    indication: Indication,
    recommended: Recommended,
    facts: PatientFacts,
    assumed: PatientFacts,
    judgement: _Judgement,
) -> None:
    rule = indication.consider_when
    asked = TRUE if rule is None else facts.truth(rule)
    if_absent = assumed.truth(rule) if asked is UNKNOWN and rule is not None else UNKNOWN
    indicated = INDICATED.of(asked=asked, assumed=if_absent)
    if indicated == "no":
        return
    if indicated == "to-check" and recommended.consider:
        judgement.cautious = True
        judgement.check.update(dict.fromkeys(unknown_facts(rule, facts)))
    if not recommended.consider:
        judgement.no_statement.append(indication)
        return
    judgement.indications.append(indication)
    judgement.recommended.append(recommended)
    judgement.because += true_reasons(rule, facts)


def _check_safety(treatment: Treatment, facts: PatientFacts, judgement: _Judgement) -> None:
    for rule, forbids in ((treatment.do_not_use_when, True), (treatment.caution_when, False)):
        if rule is None:
            continue
        truth = facts.truth(rule)
        if truth is FALSE:
            continue
        if truth is TRUE:
            judgement.forbidden |= forbids
            judgement.cautious |= not forbids
            true = true_reasons(rule, facts)
            judgement.because += true
            judgement.against += true if forbids else ()
            judgement.check.update(dict.fromkeys(reason.fact for reason in true if not forbids))
        judgement.cautious |= truth is UNKNOWN
        judgement.check.update(dict.fromkeys(unknown_facts(rule, facts) if truth is UNKNOWN else ()))


def _verdict(judgement: _Judgement) -> Verdict:
    return VERDICT.of(
        objected=truth(bool(judgement.objections)),
        indicated=truth(bool(judgement.indications)),
        forbidden=truth(judgement.forbidden),
        taken=truth(judgement.taken),
        cautious=truth(judgement.cautious),
    )


def _evidence(
    treatment: Treatment, library: Library, judgement: _Judgement, active: tuple[str, ...]
) -> EvidenceSummary:
    """Add up the studies of these types; level and grade are those of the strongest indication for this person."""
    levels = sorted((indication.level for indication in judgement.indications), key=level_number)
    return replace(
        _counted(treatment, library, active),
        level=levels[0] if levels else "",
        grade=min((one.grade for one in judgement.recommended), default=""),
        few=any(one.few for one in judgement.recommended),
    )


@lru_cache(maxsize=4096)
def _counted(treatment: Treatment, library: Library, active: tuple[str, ...]) -> EvidenceSummary:
    """Return patients, improved and sources of the studies of these types, and the patients of those of others."""
    mine = studies_of(treatment, library, active)
    others = [row.study for row in rows_of(treatment, library) if row.counts and row.study not in mine]
    patients, improved = totals(treatment, library, active)
    return EvidenceSummary(
        level="",
        patients=patients,
        improved=improved,
        other_types=sum(study.patients or 0 for study in others),
        cite=tuple(dict.fromkeys(source for study in mine for source in source_ids(study.cite))),
    )


@lru_cache(maxsize=8192)
def _place(
    library: Library, active: tuple[str, ...], treatment_id: str, verdict: Verdict, taken: bool
) -> tuple[object, ...]:
    treatment = library.treatments[treatment_id]
    meant = {one.type for one in treatment.for_ if one.type in active}
    return treatment_place(treatment, active, verdict, taken, totals(treatment, library, meant))
