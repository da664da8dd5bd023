"""What an assessment of one person says of what is asked: verdicts on treatments and on medicines that are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.answers.answer import Audience, Said, Urgent
from calcinosis.answers.question import Question
from calcinosis.conclusions.assessment import (
    AskedDanger,
    Assessment,
    Cited,
    RedFlagResult,
    TakenResult,
    TreatmentResult,
)
from calcinosis.library.library import Library
from calcinosis.library.subjects import short_name
from calcinosis.words.en import answers as words

_MOST_CHECKS, _MOST_OFFERED = 5, 3


def said_of_record(asked: Question, assessment: Assessment, library: Library, audience: Audience) -> Iterator[Said]:
    """Yield what holds for this person: of each treatment or medicine that is named, else what may be considered."""
    named = [one for one in assessment.treatments if one.id in asked.entries]
    medicines = {library.treatments[name].medicine for name in asked.entries if name in library.treatments}
    for taken in assessment.taken:
        if taken.medicine in medicines:
            yield _taken(taken, audience)
    for treatment in named:
        yield _verdict(treatment, assessment, audience)
    if not asked.entries and "treatment" in asked.aspects:
        offered = [one for one in assessment.treatments if one.verdict in {"consider", "check-first"}]
        for treatment in offered[:_MOST_OFFERED]:
            yield _verdict(treatment, assessment, audience)


def urgent_of(red_flags: Iterable[RedFlagResult], audience: Audience) -> Urgent | None:
    """Return the gravest of some dangers, the most urgent of which stands first, if it cannot wait."""
    flag = next((one for one in red_flags if one.urgency != "soon"), None)
    if flag is None:
        return None
    if audience == "clinician":
        return Urgent(flag.id, flag.name, flag.urgency, flag.says, tuple(step.says for step in flag.steps), flag.cite)
    steps = tuple(step.plain for step in flag.steps if step.plain)
    return Urgent(flag.id, flag.name, flag.urgency, flag.plain, steps, flag.cite)


def in_question(dangers: Iterable[AskedDanger]) -> Urgent | None:
    """Return the gravest danger that stands if a number in question is what it can be, if it could not wait."""
    danger = next((one for one in dangers if one.urgency != "soon"), None)
    if danger is None:
        return None
    return Urgent(danger.id, danger.name, danger.urgency, danger.says, (), danger.cite)


def _verdict(treatment: TreatmentResult, assessment: Assessment, audience: Audience) -> Said:
    verdict = words.VERDICT_OF_PERSON[treatment.verdict].format(name=short_name(treatment.name))
    parts = [verdict]
    if treatment.against:
        parts.append(words.BECAUSE.format(reasons="; ".join(one.says for one in treatment.against[:2])))
    parts += [_text(one, audience) for one in treatment.why[:1]]
    if treatment.verdict == "check-first" and treatment.check:
        names = [assessment.names.get(fact, fact) for fact in treatment.check[:_MOST_CHECKS]]
        parts.append(words.CHECK_FIRST.format(names=", ".join(names)))
    cited = [one.cite for one in treatment.against[:2]] + [one.cite for one in treatment.why[:1]]
    cites = [source for sources in cited for source in sources]
    return Said(" ".join(filter(None, parts)), tuple(dict.fromkeys(cites)), treatment.id)


def _taken(taken: TakenResult, audience: Audience) -> Said:
    verdict = words.TAKEN_OF_PERSON[taken.verdict].format(name=taken.name)
    told = [_text(one, audience) for one in (*taken.advice, *taken.why)[:1]]
    because = words.BECAUSE.format(reasons="; ".join(one.says for one in taken.because[:2])) if taken.because else ""
    return Said(" ".join(filter(None, (verdict, because, *told))), taken.cite, taken.medicine)


def _text(one: Cited, audience: Audience) -> str:
    return one.plain if audience == "patient" and one.plain else one.says
