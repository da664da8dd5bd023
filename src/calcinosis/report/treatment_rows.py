"""The treatments of an assessment as rows: verdict, reason, evidence, what to check and what to watch."""

from __future__ import annotations

from calcinosis.conclusions.assessment import Assessment, Cited, EvidenceSummary, TreatmentResult, Verdict
from calcinosis.report.brief import Limits, limits
from calcinosis.report.document import Evidence, Line, Section, TreatmentRow
from calcinosis.report.lines import cited_line, cites_of, clean, decapitalised, joined, merged, reason_line, whole
from calcinosis.words.en.report import (
    AGAINST_IT,
    DOSE,
    FACT,
    FOR_TYPES,
    IMPROVED,
    LEVEL,
    MORE_REASON,
    NO_TREATMENTS,
    NOT_COUNTED,
    OTHER_TYPES,
    TITLES,
    VERDICT,
    counted,
)


def treatments(assessment: Assessment) -> Section:
    """Return the verdict on every treatment, best first."""
    brief = _in_brief(assessment.treatments, limits(assessment))
    names = assessment.names
    rows = tuple(_row(result, names, result.id in brief) for result in assessment.treatments)
    note = FOR_TYPES.format(types=", ".join(_acted_on(assessment))) if rows else NO_TREATMENTS
    return Section(id="treatments", title=TITLES["treatments"], rows=rows, note=note)


def _in_brief(results: tuple[TreatmentResult, ...], wanted: Limits) -> set[str]:
    """Return the treatments of the one-minute view; what everyone can do for themselves takes up few of its places.

    Of what to avoid, what is taken comes first, then what this person's own findings forbid, then what most sources
    object to.
    """
    given = [result for result in results if result.verdict in {"consider", "check-first"}]
    general = [result.id for result in given if result.kind in {"self-care", "supportive"}]
    places = max(wanted.general, wanted.given - (len(given) - len(general)))
    chosen = [result.id for result in given if result.id not in general[places:]]
    avoided = [result for result in results if result.verdict == "avoid"]
    avoided.sort(key=lambda result: (not result.taken, not result.because, -len(cites_of(_said(result)))))
    return {*chosen[: wanted.given], *(result.id for result in avoided[: wanted.avoided])}


def _said(result: TreatmentResult) -> tuple[Cited, ...]:
    """Return what the literature says, without the sentence on this person's own findings."""
    return result.why[1:] if result.against else result.why


def _acted_on(assessment: Assessment) -> list[str]:
    """Return the names of the types that treatments are judged for, the best supported first."""
    return [decapitalised(clean(kind.name)) for kind in assessment.types if kind.id in assessment.active]


def _row(result: TreatmentResult, names: dict[str, str], brief: bool) -> TreatmentRow:
    if result.verdict == "not-for-this-type":
        told = [cited_line(one) for one in result.why]
        reason = told[0] if told else Line(says=f"{VERDICT[result.verdict].capitalize()}.")
        return TreatmentRow(
            id=result.id,
            name=clean(result.name),
            verdict=result.verdict,
            word=VERDICT[result.verdict],
            reason=reason,
            brief=False,
        )
    reason, parts = _reasons(result)
    held = {one.fact: whole(one.says).rstrip(".") for one in result.because if one.truth == "true"}
    return TreatmentRow(
        id=result.id,
        name=clean(result.name),
        verdict=result.verdict,
        word=VERDICT[result.verdict],
        reason=reason,
        parts=parts,
        evidence=_evidence(result.evidence, result.verdict),
        check=tuple(held.get(fact) or clean(names.get(fact, fact)) for fact in result.check),
        known=frozenset(held[fact] for fact in result.check if fact in held),
        monitor=tuple(map(clean, result.monitor)),
        dose=clean(result.dose),
        taken=result.taken,
        brief=brief,
    )


def _reasons(result: TreatmentResult) -> tuple[Line, tuple[Line, ...]]:
    """Return the one reason to show and the lines it opens to.

    Where this person's own findings forbid a treatment, they are the reason, not what speaks for the treatment.
    """
    whys = [cited_line(one) for one in _said(result)]
    facts = merged(result.because)
    if against := merged(result.against):
        whys = [Line(says=AGAINST_IT.format(findings=joined(against, 2)), cites=cites_of(against)), *whys]
    first = whys[0] if whys else Line(says=VERDICT[result.verdict].capitalize())
    more = [Line(says=line.says, plain=line.plain, cites=line.cites, label=MORE_REASON) for line in whys[1:]]
    behind = [_fact_line(line) for line in map(reason_line, facts)]
    dose = [Line(says=clean(result.dose), label=DOSE)] if result.dose else []
    return first, (*more, *behind, *dose)


def _fact_line(line: Line) -> Line:
    return Line(says=line.says, label=FACT, cites=line.cites, origins=line.origins)


def _evidence(summary: EvidenceSummary, verdict: Verdict) -> Evidence | None:
    """Return the studies in words; numbers behind something to avoid get no bar, which would speak for it."""
    given = verdict in {"consider", "check-first"}
    words = []
    if summary.patients:
        words.append(IMPROVED.format(improved=summary.improved, patients=summary.patients))
    elif summary.other_types and given:
        words.append(OTHER_TYPES.format(patients=counted(summary.other_types, "patient")))
    if summary.level:
        words.append(LEVEL.format(level=clean(summary.level)))
    if not words and given:
        words.append(NOT_COUNTED)
    if not words:
        return None
    return Evidence(
        words="; ".join(words),
        patients=summary.patients,
        improved=summary.improved,
        has_bar=given and summary.patients > 0,
        cites=summary.cite,
    )
