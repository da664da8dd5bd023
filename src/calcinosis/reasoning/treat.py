"""Treatments: what to consider, what to check first, what to avoid, what to stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from calcinosis.evidence.rows import rows_of
from calcinosis.library.entries import Indication, Objection, Treatment
from calcinosis.library.library import Library
from calcinosis.patient.facts import PatientFacts
from calcinosis.reasoning.assessment import Cited, EvidenceSummary, Reason, StopResult, TreatmentResult, Verdict
from calcinosis.reasoning.reasons import cited, reasons, source_ids, true_reasons, unknown_facts
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

_ORDER: dict[Verdict, int] = {"consider": 0, "check-first": 1, "avoid": 2, "not-for-this-type": 3}
_LEVELS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


@dataclass(slots=True)
class _Judgement:
    """What was found about one treatment for one person."""

    indications: list[Indication] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    check: dict[str, None] = field(default_factory=dict)
    because: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    forbidden: bool = False
    cautious: bool = False


def treatment_results(
    library: Library, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]
) -> tuple[TreatmentResult, ...]:
    """Return the verdict on every treatment, best first; nothing where no type is to be acted on."""
    if not active:
        return ()
    found = [_result(treatment, library, facts, assumed, active) for treatment in library.treatments.values()]
    return tuple(sorted(found, key=lambda result: _place(result, library.treatments[result.id], active)))


def stop_results(library: Library, facts: PatientFacts, results: Iterable[TreatmentResult]) -> tuple[StopResult, ...]:
    """Return what the person takes and should not; what is contraindicated also where no type is to be acted on."""
    judged = {result.id: result for result in results}
    found = [result for result in judged.values() if result.taken and result.verdict == "avoid"]
    unjudged = (one for one in library.treatments.values() if one.id not in judged)
    found += [_forbidden(one, facts, against) for one in unjudged if (against := _against_what_is_taken(one, facts))]
    return tuple(
        StopResult(
            id=result.id,
            name=result.name,
            why=result.why,
            against=result.against,
            advice=tuple(map(cited, library.treatments[result.id].if_taken)),
        )
        for result in found
    )


def safety_truth(treatment: Treatment, facts: PatientFacts) -> Truth:
    """Return whether a safety rule speaks against the treatment: true, false, or not known."""
    truths = [facts.truth(rule) for rule in (treatment.do_not_use_when, treatment.caution_when) if rule is not None]
    return TRUE if TRUE in truths else (UNKNOWN if UNKNOWN in truths else FALSE)


def _result(
    treatment: Treatment, library: Library, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]
) -> TreatmentResult:
    about = {*(one.type for one in treatment.for_), *(one.type for one in treatment.against)}
    judgement = _Judgement() if about.isdisjoint({"all", *active}) else _judge(treatment, facts, assumed, active)
    verdict = _verdict(judgement)
    if verdict == "not-for-this-type":
        against = _against_what_is_taken(treatment, facts)
        return _forbidden(treatment, facts, against) if against else _for_other_types(treatment)
    given = verdict in {"consider", "check-first"}
    why = [Cited(one.says, source_ids(one.cite), one.plain) for one in judgement.objections]
    why = [*_forbidding(judgement.against), *why]
    if given or not why:
        why += [Cited(one.says, source_ids(one.cite), one.plain) for one in judgement.indications]
    return TreatmentResult(
        id=treatment.id,
        name=treatment.name,
        kind=treatment.kind,
        verdict=verdict,
        why=tuple(why),
        because=tuple(dict.fromkeys(judgement.because)),
        against=tuple(judgement.against),
        check=tuple(judgement.check) if verdict == "check-first" else (),
        taken=_is_taken(treatment, facts),
        dose=" ".join(statement.says for statement in treatment.doses_seen) if given else "",
        monitor=tuple(statement.says for statement in treatment.monitoring) if given else (),
        evidence=_evidence(treatment, library, judgement.indications, active),
    )


@lru_cache(maxsize=1024)
def _for_other_types(treatment: Treatment) -> TreatmentResult:
    """Return the verdict on a treatment that no statement ties to the types in question; no study of it counts."""
    return TreatmentResult(
        id=treatment.id, name=treatment.name, kind=treatment.kind, verdict="not-for-this-type", evidence=_NO_EVIDENCE
    )


_NO_EVIDENCE = EvidenceSummary(level="", patients=0, improved=0)


def _is_taken(treatment: Treatment, facts: PatientFacts) -> bool:
    taken = facts.value(treatment.medicine) if treatment.medicine else None
    return taken is not None and taken.truth is TRUE


def _against_what_is_taken(treatment: Treatment, facts: PatientFacts) -> tuple[Reason, ...]:
    """Return what forbids a medicine that the person takes: that is about the person, whatever the type."""
    if not _is_taken(treatment, facts) or treatment.do_not_use_when is None:
        return ()
    forbidden = facts.truth(treatment.do_not_use_when) is TRUE
    return true_reasons(treatment.do_not_use_when, facts) if forbidden else ()


def _forbidden(treatment: Treatment, facts: PatientFacts, against: tuple[Reason, ...]) -> TreatmentResult:
    """Return the verdict on a medicine that is taken, is about no type in question, and is contraindicated."""
    return TreatmentResult(
        id=treatment.id,
        name=treatment.name,
        kind=treatment.kind,
        verdict="avoid",
        why=_forbidding(against),
        because=against,
        against=against,
        taken=True,
        evidence=_NO_EVIDENCE,
    )


def _forbidding(against: Sequence[Reason]) -> tuple[Cited, ...]:
    """Return the sentence that a treatment is contraindicated, with the findings of the person and their sources."""
    if not against:
        return ()
    findings = "; ".join(dict.fromkeys(reason.says for reason in against))
    cites = tuple(dict.fromkeys(source for reason in against for source in reason.cite))
    return (Cited(f"Contraindicated in this person: {findings}.", cites),)


def _judge(treatment: Treatment, facts: PatientFacts, assumed: PatientFacts, active: tuple[str, ...]) -> _Judgement:
    judgement = _Judgement()
    for objection in treatment.against:
        if objection.type == "all" or objection.type in active:
            _object(objection, facts, judgement)
    for indication in treatment.for_:
        if indication.type in active:
            _indicate(indication, facts, assumed, judgement)
    if judgement.indications or judgement.objections:
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


def _indicate(indication: Indication, facts: PatientFacts, assumed: PatientFacts, judgement: _Judgement) -> None:
    rule = indication.consider_when
    truth = TRUE if rule is None else facts.truth(rule)
    if truth is FALSE:
        return
    if truth is UNKNOWN and rule is not None:
        # An indication that the record does not mention is not one; one that it leaves open is to be checked.
        if assumed.truth(rule) is FALSE:
            return
        judgement.cautious = True
        judgement.check.update(dict.fromkeys(unknown_facts(rule, facts)))
    judgement.indications.append(indication)
    judgement.because += [reason for reason in reasons(rule, facts) if reason.truth == "true"]


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
    if judgement.objections:
        return "avoid"
    if not judgement.indications:
        return "not-for-this-type"
    if judgement.forbidden:
        return "avoid"
    return "check-first" if judgement.cautious else "consider"


def _evidence(
    treatment: Treatment, library: Library, indications: list[Indication], active: tuple[str, ...]
) -> EvidenceSummary:
    """Add up the studies of these types; the level is that of the strongest indication for this person."""
    counted = _counted(treatment, library, active)
    levels = sorted((indication.level for indication in indications), key=_level)
    return replace(counted, level=levels[0]) if levels else counted


@lru_cache(maxsize=4096)
def _counted(treatment: Treatment, library: Library, active: tuple[str, ...]) -> EvidenceSummary:
    """Return patients, improved and sources of the studies that count, and the patients of those of other types."""
    studies = [row.study for row in rows_of(treatment, library) if row.counts]
    mine = [study for study in studies if not set(active).isdisjoint(study.types)]
    others = [study for study in studies if study not in mine]
    return EvidenceSummary(
        level="",
        patients=sum(study.patients or 0 for study in mine),
        improved=sum(study.improved or 0 for study in mine),
        other_types=sum(study.patients or 0 for study in others),
        cite=tuple(dict.fromkeys(source for study in mine for source in source_ids(study.cite))),
    )


def _level(text: str) -> int:
    match = re.match(r"[IV]+", text)
    return _LEVELS.get(match[0], 6) if match else 6


def _place(result: TreatmentResult, treatment: Treatment, active: tuple[str, ...]) -> tuple[object, ...]:
    """Order by verdict, then treatment of the cause, directness, level, share and number that improved.

    Of what to avoid comes first what is taken, then what would be an option but for this person.
    """
    mine = [one for one in treatment.for_ if one.type in active]
    directness = min((one.directness for one in mine), default=9)
    level = min((_level(one.level) for one in mine), default=9)
    patients = result.evidence.patients
    share = result.evidence.improved / patients if patients else 0.0
    untaken = result.verdict == "avoid" and not result.taken
    unasked = result.verdict == "avoid" and not mine
    cause_last = result.kind != "cause-directed"
    return (_ORDER[result.verdict], untaken, unasked, cause_last, directness, level, -share, -patients, result.id)
