"""Causes that are confirmed, suspected or excluded, and dangers that are present."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.conclusions.asked import Questions, asked_of_cause, truths
from calcinosis.conclusions.assessment import CauseResult, EarlierDanger, FollowUpResult, RedFlagResult
from calcinosis.conclusions.decisions import CAUSE, cause_place, red_flag_place, told_flags
from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.conclusions.reasons import cited, last_known_reasons, outdated_day, reasons, source_ids, told_statements
from calcinosis.library.entries import Cause, FollowUp, RedFlag
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.truth import TRUE


def cause_results(library: Library, facts: PatientFacts) -> tuple[CauseResult, ...]:
    """Return the causes that the record confirms, lets suspect or rules out, confirmed first."""
    mentioned = _causes(library).by(facts.touched)
    found = [result for cause, asked in mentioned if (result := _cause_result(cause, asked, facts)) is not None]
    return tuple(sorted(found, key=lambda result: cause_place(result.status, result.strength, result.id)))


@lru_cache(maxsize=8)
def _causes(library: Library) -> Mentioned[tuple[Cause, Questions]]:
    """Return the causes, and what each asks, by the facts that it reads; one of which nothing is known is left out."""
    asking = ((cause, asked_of_cause(cause)) for cause in library.causes.values())
    return Mentioned.of(asking, lambda entry: read_by(*(one.rule for one in entry[1].values())))


def _cause_result(cause: Cause, asked: Questions, facts: PatientFacts) -> CauseResult | None:
    answers = truths(asked, facts, facts)
    status = CAUSE.of(**answers)
    if status is None:
        return None
    by_exclusion = cause.excluded_when if answers["excluded"] is TRUE else cause.present_when
    rule = {"confirmed": cause.present_when, "suspected": cause.suspect_when, "excluded": by_exclusion}[status]
    return CauseResult(
        id=cause.id,
        name=cause.name,
        status=status,
        strength=cause.strength,
        leads_to=cause.leads_to,
        because=reasons(rule, facts),
        treat_first=tuple(map(cited, cause.treat_first)) if status != "excluded" else (),
    )


def red_flag_results(
    library: Library, facts: PatientFacts, assumed: PatientFacts | None = None
) -> tuple[RedFlagResult, ...]:
    """Return the dangers that are present, most urgent first, each with the steps that apply to this person."""
    standing = [flag for flag in _red_flags(library).by(facts.touched) if facts.truth(flag.when) is TRUE]
    told = told_flags(standing)
    closed = assumed or facts.assuming_absent()
    found = [
        RedFlagResult(
            id=flag.id,
            name=flag.name,
            says=flag.says,
            plain=flag.plain,
            urgency=flag.urgency,
            because=reasons(flag.when, facts),
            steps=told_statements(flag.steps, closed),
            cite=source_ids(flag.cite),
        )
        for flag in told
    ]
    return tuple(sorted(found, key=lambda result: red_flag_place(result.urgency, result.id)))


def earlier_dangers(library: Library, facts: PatientFacts) -> tuple[EarlierDanger, ...]:
    """Return the dangers of an earlier day, of which nothing that is current says more, most urgent first."""
    last = facts.last_known
    if last is None:
        return ()
    standing = [
        flag
        for flag in _red_flags(library).by(last.touched | facts.touched)
        if TRUE in (last.truth(flag.when), facts.truth(flag.when))
    ]
    found = [
        EarlierDanger(
            id=flag.id,
            name=flag.name,
            says=flag.says,
            plain=flag.plain,
            urgency=flag.urgency,
            date=max((when for one in because if (when := outdated_day(one, facts))), default=""),
            because=because,
            cite=source_ids(flag.cite),
        )
        for flag in told_flags(standing)
        if (because := last_known_reasons(flag.when, facts))
    ]
    return tuple(sorted(found, key=lambda result: red_flag_place(result.urgency, result.id)))


@lru_cache(maxsize=8)
def _red_flags(library: Library) -> Mentioned[RedFlag]:
    """Return the dangers by the facts that their rules read; one of which nothing is known is not spoken of."""
    return Mentioned.of(library.red_flags.values(), lambda flag: flag.when.facts)


def follow_up_results(library: Library, facts: PatientFacts) -> tuple[FollowUpResult, ...]:
    """Return what to watch in this person."""
    return tuple(
        FollowUpResult(
            id=entry.id, says=entry.says, plain=entry.plain, when=entry.interval, cite=source_ids(entry.cite)
        )
        for entry in _follow_up(library).by(facts.touched)
        if facts.truth(entry.applies_when) is TRUE
    )


@lru_cache(maxsize=8)
def _follow_up(library: Library) -> Mentioned[FollowUp]:
    """Return what may be watched by the facts that its rule reads; one of which nothing is known asks for nothing."""
    return Mentioned.of(library.follow_up.values(), lambda entry: entry.applies_when.facts)
