"""Every medicine that is taken now: what speaks against it in this person, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from calcinosis.conclusions.assessment import Cited, StopResult, TakenResult, TreatmentResult
from calcinosis.conclusions.decisions import TAKEN
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.conclusions.reasons import (
    Reasons,
    cited,
    collect_true_reasons,
    last_known_reasons,
    source_ids,
)
from calcinosis.conclusions.treatments import contraindicated, stop_results
from calcinosis.library.entries import MedicineSafety, Treatment
from calcinosis.library.library import Library
from calcinosis.library.speaking import NOTHING, speaking
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Rule
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE, UNKNOWN, truth
from calcinosis.words.en.taken import OWN_RULES, SUBJECTS

_NONE: Mapping[str, Value] = {}


class _Spoken(Struct):
    """What the knowledge says of one medicine for one person."""

    objections: list[StopResult] = field(default_factory=list)
    forbidden: Reasons = field(default_factory=dict)
    cautions: Reasons = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    untold: list[Cited] = field(default_factory=list)
    advice: list[Cited] = field(default_factory=list)
    subjects: dict[str, None] = field(default_factory=dict)


def medicines_taken(
    library: Library,
    facts: PatientFacts,
    assumed: PatientFacts,
    treatments: Sequence[TreatmentResult],
    unread: Mapping[str, Value] = _NONE,
) -> tuple[tuple[StopResult, ...], tuple[TakenResult, ...]]:
    """Return what is taken and should not be, and the verdict on every medicine that is taken."""
    stops = stop_results(library, facts, assumed, treatments)
    taken = taken_results(library, facts, stops, unread)
    return (*stops, *_stops_of_others(taken, stops, library)), taken


def _stops_of_others(
    taken: Iterable[TakenResult], stops: Sequence[StopResult], library: Library
) -> Iterator[StopResult]:
    """Yield what is taken and to be avoided and is no treatment to be stopped: a medicine for something else."""
    stopped = {library.treatments[result.id].medicine for result in stops}
    for result in taken:
        spoken = speaking(library).get(result.medicine, NOTHING)
        if result.verdict == "avoid" and stopped.isdisjoint(one.medicine for one in spoken.treatments):
            why = contraindicated(result.because)
            yield StopResult(
                id=result.medicine, name=result.name, why=why, against=result.because, advice=result.advice
            )


def taken_results(
    library: Library, facts: PatientFacts, stops: Sequence[StopResult], unread: Mapping[str, Value] = _NONE
) -> tuple[TakenResult, ...]:
    """Return the verdict on every medicine that is taken now, the gravest first; ``unread`` have no fact."""
    stopped = {result.id: result for result in stops}
    found = [_result(name, library, facts, stopped) for name in _taken(library, facts)]
    found += [
        TakenResult(medicine=name, name=name, verdict="not-judged", from_=value.origins)
        for name, value in unread.items()
    ]
    order = [verdict for _, verdict in TAKEN.lines] + [TAKEN.otherwise]
    return tuple(sorted(found, key=lambda result: (order.index(result.verdict), result.name)))


def _taken(library: Library, facts: PatientFacts) -> list[str]:
    """Return the medicines that the record says are taken, without a class where its member is named."""
    vocabulary = facts.vocabulary
    found = {
        name
        for name, value in facts.stated.items()
        if value.truth is TRUE and (vocabulary.facts[name].kind == "medicine" or name in speaking(library))
    }
    return sorted(name for name in found if found.isdisjoint(vocabulary.kinds.get(name, ())))


def _result(name: str, library: Library, facts: PatientFacts, stopped: dict[str, StopResult]) -> TakenResult:
    entries = speaking(library).get(name, NOTHING)
    spoken = _Spoken()
    for treatment in entries.treatments:
        _of_treatment(treatment, facts, stopped, spoken)
    for safety in entries.safeties:
        _of_subject(safety, facts, spoken)
    for other in entries.named:
        _of_other(other, facts, spoken)
    verdict = TAKEN.of(
        avoided=truth(bool(spoken.objections or spoken.forbidden)),
        cautious=truth(bool(spoken.cautions)),
        open=truth(bool(spoken.unknown or spoken.untold)),
        judged=truth(entries.is_judged),
    )
    value = facts.value(name)
    return TakenResult(
        medicine=name,
        name=facts.vocabulary.facts[name].name,
        verdict=verdict,
        because=tuple(spoken.forbidden) if verdict == "avoid" else tuple(spoken.cautions),
        why=tuple(one for result in spoken.objections for one in result.why) if verdict == "avoid" else (),
        unknown=tuple(name for name in spoken.unknown),
        untold=tuple(spoken.untold),
        advice=tuple(dict.fromkeys(spoken.advice)) if verdict in {"avoid", "caution"} else (),
        looked_at=tuple(spoken.subjects),
        from_=value.origins if value is not None else (),
    )


def _of_treatment(treatment: Treatment, facts: PatientFacts, stopped: dict[str, StopResult], spoken: _Spoken) -> None:
    spoken.subjects[OWN_RULES] = None
    result = stopped.get(treatment.id)
    if result is not None:
        spoken.objections.append(result)
        spoken.forbidden.update(dict.fromkeys(result.against))
        spoken.advice += result.advice
    _add(treatment.do_not_use_when, facts, spoken.forbidden if result is None else {}, spoken)
    _add(treatment.caution_when, facts, spoken.cautions, spoken)


def _of_subject(safety: MedicineSafety, facts: PatientFacts, spoken: _Spoken) -> None:
    spoken.subjects[SUBJECTS[safety.subject]] = None
    told = len(spoken.forbidden) + len(spoken.cautions)
    _add(safety.do_not_use_when, facts, spoken.forbidden, spoken)
    _add(safety.caution_when, facts, spoken.cautions, spoken)
    if safety.not_known_when is not None and facts.truth(safety.not_known_when) is TRUE:
        spoken.untold.append(Cited(safety.says, source_ids(safety.cite)))
    if len(spoken.forbidden) + len(spoken.cautions) > told:
        spoken.advice += map(cited, safety.if_taken)


def _of_other(side: MedicineSafety, facts: PatientFacts, spoken: _Spoken) -> None:
    """Add what another medicine has against this one; only where that is taken too is it spoken of at all."""
    rules = (side.do_not_use_when, side.caution_when, side.not_known_when)
    if any(rule is not None and facts.truth(rule) is TRUE for rule in rules):
        open_facts = dict(spoken.unknown)
        _of_subject(side, facts, spoken)
        spoken.unknown = open_facts


def _add(rule: Rule | None, facts: PatientFacts, reasons: Reasons, spoken: _Spoken) -> None:
    """Add what of a rule holds for this person, and what is not known of it; allergies are no question here."""
    if rule is None:
        return
    found = facts.truth(rule)
    if found is TRUE:
        collect_true_reasons(rule, facts, reasons)
    elif found is UNKNOWN:
        was = last_known_reasons(rule, facts)
        spoken.cautions.update(dict.fromkeys(was))
        kinds = facts.vocabulary.facts
        spoken.unknown.update((name, None) for name in unknown_facts(rule, facts) if kinds[name].kind != "allergy")
