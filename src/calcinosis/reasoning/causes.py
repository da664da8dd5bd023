"""Causes that are confirmed, suspected or excluded, and dangers that are present."""

from __future__ import annotations

from calcinosis.library.entries import Cause
from calcinosis.library.library import Library
from calcinosis.patient.facts import PatientFacts
from calcinosis.reasoning.assessment import CauseResult, FollowUpResult, RedFlagResult
from calcinosis.reasoning.reasons import cited, reasons, source_ids
from calcinosis.truth import FALSE, TRUE

_CAUSE_ORDER = {"confirmed": 0, "suspected": 1, "excluded": 2}
_URGENCY_ORDER = {"emergency": 0, "urgent": 1, "soon": 2}


def cause_results(library: Library, facts: PatientFacts) -> tuple[CauseResult, ...]:
    """Return the causes that the record confirms, lets suspect or rules out, confirmed first."""
    found = [result for cause in library.causes.values() if (result := _cause_result(cause, facts)) is not None]
    return tuple(sorted(found, key=lambda result: (_CAUSE_ORDER[result.status], result.strength != "cause", result.id)))


def _cause_result(cause: Cause, facts: PatientFacts) -> CauseResult | None:
    present = facts.truth(cause.present_when) if cause.present_when is not None else None
    excluded = cause.excluded_when is not None and facts.truth(cause.excluded_when) is TRUE
    if present is TRUE:
        status, rule = "confirmed", cause.present_when
    elif excluded:
        status, rule = "excluded", cause.excluded_when
    elif cause.suspect_when is not None and facts.truth(cause.suspect_when) is TRUE:
        status, rule = "suspected", cause.suspect_when
    elif present is FALSE:
        status, rule = "excluded", cause.present_when
    else:
        return None
    return CauseResult(
        id=cause.id,
        name=cause.name,
        status=status,  # type: ignore[arg-type]
        strength=cause.strength,
        leads_to=cause.leads_to,
        because=reasons(rule, facts),
        treat_first=tuple(map(cited, cause.treat_first)) if status != "excluded" else (),
    )


def red_flag_results(library: Library, facts: PatientFacts) -> tuple[RedFlagResult, ...]:
    """Return the dangers that are present, most urgent first."""
    found = [
        RedFlagResult(
            id=flag.id,
            name=flag.name,
            says=flag.says,
            plain=flag.plain,
            urgency=flag.urgency,
            because=reasons(flag.when, facts),
            steps=tuple(map(cited, flag.steps)),
            cite=source_ids(flag.cite),
        )
        for flag in library.red_flags.values()
        if facts.truth(flag.when) is TRUE
    ]
    return tuple(sorted(found, key=lambda result: (_URGENCY_ORDER[result.urgency], result.id)))


def follow_up_results(library: Library, facts: PatientFacts) -> tuple[FollowUpResult, ...]:
    """Return what to watch in this person."""
    return tuple(
        FollowUpResult(
            id=entry.id, says=entry.says, plain=entry.plain, when=entry.interval, cite=source_ids(entry.cite)
        )
        for entry in library.follow_up.values()
        if facts.truth(entry.applies_when) is TRUE
    )
