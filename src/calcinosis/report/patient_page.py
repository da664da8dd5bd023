"""An assessment to the patient's page: one printed side, when to call before what it is called."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment, TreatmentResult
from calcinosis.library.entries import Urgency
from calcinosis.library.subjects import short_name
from calcinosis.report.head import fitting_look_alike, leading_type
from calcinosis.report.lines import clean, decapitalised
from calcinosis.words.en import patient as words
from calcinosis.words.en.report import day_words

_STEPS, _NEXT, _SIGNS, _DO, _ASK = 5, 3, 4, 4, 3
"""So many lines of each kind fit on one side."""
_EVERYDAY = {"self-care", "supportive"}
"""The kinds of treatment that need no question."""


class Signs(Struct, frozen=True):
    """What sends a patient to a doctor, under one heading."""

    urgency: Urgency
    heading: str
    says: tuple[str, ...]


class Question(Struct, frozen=True):
    """What to ask the doctor: about what, and what is known of it."""

    about: str
    says: str


class PatientPage(Struct, frozen=True, kw_only=True):
    """Everything on the page; an empty part is left out. ``drawing`` is the id of the type that is drawn."""

    title: str
    alarm: tuple[str, ...]
    steps: tuple[str, ...]
    soon: tuple[Signs, ...]
    intro: tuple[str, ...]
    drawing: str
    next: tuple[str, ...]
    call: tuple[Signs, ...]
    do: tuple[str, ...]
    ask: tuple[Question, ...]
    made: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of the page but its headings and the note on how it was made."""
        signs = (one for group in (*self.soon, *self.call) for one in group.says)
        return (*self.alarm, *self.steps, *self.intro, *signs, *self.next, *self.do, *(one.says for one in self.ask))


def patient_page(assessment: Assessment) -> PatientPage:
    """Return the page for the patient, in the words that the knowledge has for patients."""
    emergencies = [flag for flag in assessment.red_flags if flag.urgency == "emergency"]
    steps = _each(step.plain for flag in emergencies for step in flag.steps)[:_STEPS]
    day = clean(assessment.record.as_of)
    return PatientPage(
        title=words.EMERGENCY_TITLE if emergencies else words.TITLES.get(assessment.presentation, words.TITLE),
        alarm=_each(flag.plain for flag in emergencies)[:2],
        steps=steps,
        soon=() if emergencies else _soon(assessment),
        intro=_intro(assessment),
        drawing=assessment.leading_type or "",
        next=() if emergencies else _next(assessment),
        call=_call(assessment, ("emergency",) if emergencies else tuple(words.WHEN)),
        do=(words.PATIENT_STOP,) if emergencies else _do(assessment),
        ask=_ask(assessment),
        made=words.MADE_ON.format(day=day_words(day)) if day else words.MADE,
    )


def _each(says: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences that there are, each once."""
    return tuple(dict.fromkeys(clean(one) for one in says if one))


def _intro(assessment: Assessment) -> tuple[str, ...]:
    leading, look_alike = leading_type(assessment), fitting_look_alike(assessment)
    if look_alike:
        return (words.LOOK_ALIKE.format(name=decapitalised(clean(look_alike.name))),)
    if assessment.presentation == "none":
        return (words.NONE,)
    if leading is None:
        shown = assessment.presentation == "calcinosis"
        return (words.SHOWN_KIND_OPEN if shown else words.SUSPECTED_KIND_OPEN,)
    sure = "conflicting" if leading.status == "conflicting" else leading.certainty
    if assessment.presentation == "suspected":
        sure = "suspected"
    called = words.CALLED.format(name=decapitalised(clean(leading.name)))
    return _each((words.SURE.get(sure, words.SUSPECTED_KIND_OPEN), leading.plain, called))


def _soon(assessment: Assessment) -> tuple[Signs, ...]:
    return _by_urgency((flag.urgency, flag.plain) for flag in assessment.red_flags)


def _call(assessment: Assessment, told: tuple[str, ...]) -> tuple[Signs, ...]:
    return _by_urgency((sign.urgency, sign.plain) for sign in assessment.watch if sign.urgency in told)


def _by_urgency(signs: Iterable[tuple[Urgency, str]]) -> tuple[Signs, ...]:
    found: dict[Urgency, list[str]] = {}
    for urgency, says in signs:
        found.setdefault(urgency, []).append(says)
    return tuple(Signs(urgency, words.WHEN[urgency], _each(says)[:_SIGNS]) for urgency, says in found.items())


def _next(assessment: Assessment) -> tuple[str, ...]:
    tests = _each(test.plain for test in assessment.workup)[:_NEXT]
    after = _each(item.plain for item in assessment.follow_up)[:1]
    return (*tests, *(words.AFTER.format(says=decapitalised(one)) for one in after))


def _do(assessment: Assessment) -> tuple[str, ...]:
    """Return what everyone can do: what helps, then what does not, then never to stop a medicine alone."""
    own = [one for one in assessment.treatments if one.kind == "self-care"]
    helps = _each(_plain(one) for one in own if one.verdict in {"consider", "check-first"})
    does_not = _each(_plain(one) for one in own if one.verdict == "avoid")
    room = _DO - 1
    kept = (*helps[: max(2, room - len(does_not))], *does_not)[:room]
    return (*kept, words.PATIENT_STOP)


def _ask(assessment: Assessment) -> tuple[Question, ...]:
    """Return the questions to take along: what is taken first, then what may be considered, last what is cautioned."""
    taken = [Question(short_name(clean(item.name)), words.STILL_RIGHT) for item in assessment.stop][:2]
    given = [one for one in assessment.treatments if one.verdict in {"consider", "check-first"}]
    given.sort(key=_is_cautioned)
    offered = [
        Question(short_name(clean(one.name)), _plain(one)) for one in given if one.kind not in _EVERYDAY and _plain(one)
    ]
    return (*taken, *offered)[:_ASK]


def _is_cautioned(result: TreatmentResult) -> bool:
    """Whether something known of the person is to be checked before a treatment."""
    return any(one.truth == "true" and one.fact in result.check for one in result.because)


def _plain(result: TreatmentResult) -> str:
    """Return the first sentence on a treatment in a patient's words, if there is one."""
    return next((one.plain for one in result.why if one.plain), "")
