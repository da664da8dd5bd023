"""What speaks against something that is taken: dangers of now, and decisive findings of earlier days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import EarlierDanger, RedFlagResult
from calcinosis.conclusions.decisions import red_flag_place
from calcinosis.follow_up.hold_signals import hold_signals
from calcinosis.follow_up.measured import Series
from calcinosis.follow_up.results import Course, StopSignal
from calcinosis.follow_up.span import Span
from calcinosis.person.dates import Day
from calcinosis.person.sayings import Said
from calcinosis.rules.vocabulary import Value
from calcinosis.truth import TRUE
from calcinosis.words.en import follow as words

_OF_THE_PERSON = frozenset({"age", "sex"})
_FOUND = frozenset({"finding", "condition", "result"})
_DONE = frozenset({"medicine", "procedure", "exposure"})
"""Kinds of facts that a plan brings about when it is carried out; a planned test finds nothing by itself."""


def all_stop_signals(span: Span, courses: Sequence[Course], series: Sequence[Series]) -> tuple[StopSignal, ...]:
    """Return what speaks against what is taken at the last day, most urgent first."""
    found: dict[tuple[str, str], StopSignal] = {}
    flags: list[tuple[RedFlagResult | EarlierDanger, str]]
    flags = [(one, _day_of(span, one.id)) for one in span.assessment.red_flags]
    flags += [(one, one.date) for one in span.assessment.earlier_dangers]
    for danger, day in flags:
        for medicine in _medicines(span, danger.id):
            signal = _of_danger(span, danger, medicine, day)
            found.setdefault((signal.id, signal.medicine), signal)
    for one in span.assessment.taken:
        covered = any(medicine == one.medicine for _, medicine in found)
        old = [reason.says for reason in one.because]
        if one.verdict == "avoid" or (one.verdict == "caution" and _is_old(span, one.medicine)):
            if covered:
                continue
            says = " ".join([why.says for why in one.why][:2]) or "; ".join(old[:2])
            found[one.medicine, one.medicine] = StopSignal(
                id=f"taken-{one.medicine}",
                medicine=one.medicine,
                name=one.name,
                urgency="soon",
                says=says,
                date=_newest(span, [reason.fact for reason in one.because]),
                is_old=one.verdict != "avoid",
                because=tuple(dict.fromkeys(old)),
                steps=tuple(said.says for said in one.advice),
                cite=one.cite,
            )
    for signal in _came_up(span, courses):
        found.setdefault((signal.id, signal.medicine), signal)
    for signal in hold_signals(span, courses, series):
        found.setdefault((signal.id, signal.medicine), signal)
    for signal in _planned(span):
        found.setdefault((signal.id, signal.medicine), signal)
    return tuple(sorted(found.values(), key=_place))


def _came_up(span: Span, courses: Sequence[Course]) -> Iterator[StopSignal]:
    """Yield the findings that ask for caution with what is taken and were first said during its course."""
    begun = {one.medicine: one.start for one in courses if one.ongoing is not False and one.start}
    for one in span.assessment.taken:
        if one.verdict != "caution" or one.medicine not in begun:
            continue
        new = [
            (day, reason)
            for reason in one.because
            if reason.fact
            and span.library.facts[reason.fact].kind in _FOUND
            and (day := _first_said(span, reason.fact)) > begun[one.medicine]
        ]
        if new:
            day = max(first for first, _ in new)
            says = tuple(dict.fromkeys(reason.says for _, reason in new))
            yield StopSignal(id=f"came-up-{one.medicine}", medicine=one.medicine, name=one.name, urgency="soon",
                             says=words.came_up(says, day), date=day, is_old=False, because=says,
                             steps=tuple(said.says for said in one.advice), cite=one.cite)  # fmt: skip


def _first_said(span: Span, fact: str) -> str:
    """Return the first day on which a finding, or one that it includes, was said to be there; empty without a day."""
    days = [
        said.day.earliest
        for name in {fact, *span.terms.related.get(fact, ())}
        for said in span.said.get(name, ())
        if said.value.truth is TRUE and said.day is not None
    ]
    return min(days, default="")


def _planned(span: Span) -> Iterator[StopSignal]:
    """Yield what would speak against what is taken, or against a plan, once what is planned is done."""
    facts = span.library.facts
    plans = [one for one in span.history.plans if one.day is None or one.day.latest >= span.as_of]
    names = {name: plan for plan in plans for name in plan.facts if facts[name].kind in _DONE}
    if not names:
        return
    day = Day(span.as_of, span.as_of)
    done = tuple(Said(name, Value(truth=TRUE, origins=(plan.origin,)), day) for name, plan in sorted(names.items()))
    then = assess_record(replace(span.record, said=(*span.record.said, *done)), span.library, span.as_of)
    before = {one.id for one in span.assessment.red_flags}
    verdicts = {one.medicine: one.verdict for one in span.assessment.taken}
    what = "; ".join(sorted({plan.says for plan in names.values()}))
    for flag in then.red_flags:
        if flag.id not in before:
            yield StopSignal(id=f"planned-{flag.id}", medicine="", name=flag.name, urgency=flag.urgency,
                             says=words.if_done(what, flag.says), date=span.as_of, is_old=False,
                             because=tuple(reason.says for reason in flag.because),
                             steps=tuple(one.says for one in flag.steps), cite=flag.cite)  # fmt: skip
    for one in then.taken:
        if one.verdict in {"avoid", "caution"} and verdicts.get(one.medicine) not in {one.verdict, "avoid"}:
            because = tuple(dict.fromkeys(reason.says for reason in one.because))
            told = " ".join([why.says for why in one.why][:2]) or "; ".join(because[:2])
            yield StopSignal(id=f"planned-{one.medicine}", medicine=one.medicine, name=one.name, urgency="soon",
                             says=words.if_done(what, told), date=span.as_of, is_old=False, because=because,
                             steps=tuple(said.says for said in one.advice), cite=one.cite)  # fmt: skip


def _place(signal: StopSignal) -> tuple[object, ...]:
    return (*red_flag_place(signal.urgency, signal.id), signal.medicine)


def _medicines(span: Span, danger: str) -> Iterator[str]:
    """Yield the medicines that are taken and that a danger speaks of; the most exact of each class."""
    rule = span.library.red_flags[danger].when
    taken = {name for name, value in span.facts.stated.items()
             if value.truth is TRUE and span.library.facts[name].kind == "medicine"}  # fmt: skip
    for name in sorted(taken):
        if any(span.terms.is_related(name, one) for one in rule.facts if span.library.facts[one].kind == "medicine"):
            yield name


def _of_danger(span: Span, danger: RedFlagResult | EarlierDanger, medicine: str, day: str) -> StopSignal:
    steps: Sequence[str] = [one.says for one in danger.steps] if isinstance(danger, RedFlagResult) else [
        one.says for one in span.library.red_flags[danger.id].steps
    ]  # fmt: skip
    return StopSignal(
        id=danger.id,
        medicine=medicine,
        name=span.library.facts[medicine].name,
        urgency=danger.urgency,
        says=danger.says,
        date=day,
        is_old=isinstance(danger, EarlierDanger),
        because=tuple(dict.fromkeys(reason.says for reason in danger.because)),
        steps=tuple(steps),
        cite=danger.cite,
    )


def _day_of(span: Span, danger: str) -> str:
    """Return the newest day of what a danger rests on."""
    return _newest(span, span.library.red_flags[danger].when.facts)


def _newest(span: Span, names: Iterable[str]) -> str:
    """Return the newest day of some findings: of the results among them, else of what is there; no medicine is one."""
    facts, last = span.library.facts, span.facts.last_known or span.facts
    told = {name for name in names if name} - _OF_THE_PERSON
    known = {name: value for name in told if (value := span.facts.value(name) or last.value(name)) is not None}
    results = [value.date for name, value in known.items() if facts[name].kind == "quantity" and value.is_number]
    there = [value.date for name, value in known.items() if facts[name].kind in _FOUND and value.truth is TRUE]
    return max(results, default="") or max(there, default="")


def _is_old(span: Span, medicine: str) -> bool:
    """Whether a finding that would forbid a medicine is known of an earlier day only."""
    last = span.facts.last_known
    if last is None:
        return False
    rules = [one.do_not_use_when for one in span.library.treatments.values() if one.medicine == medicine]
    return any(rule is not None and last.truth(rule) is TRUE for rule in rules)
