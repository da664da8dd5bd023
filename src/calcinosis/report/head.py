"""The head of a report: what, of whom, how sure, the one next step, and dangers."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from calcinosis.conclusions.ask import asking_weights
from calcinosis.conclusions.assessment import (
    AskedDanger,
    Assessment,
    EarlierDanger,
    LookAlikeResult,
    Reason,
    RedFlagResult,
    Status,
    TypeResult,
)
from calcinosis.conclusions.decisions import PROVEN, SUSPECTED
from calcinosis.report.document import Danger, Head, Line
from calcinosis.report.lines import (
    cited_line,
    cites_of,
    clean,
    decapitalised,
    joined,
    joined_open,
    merged,
    never_alone,
    open_reasons,
    reason_line,
    to_ask,
)
from calcinosis.report.marks import LOOK_ALIKE
from calcinosis.truth import TRUE
from calcinosis.words.en.account import DIED, DIED_ON, NO_DANGER_OF_THE_DEAD
from calcinosis.words.en.judgement import ASKED, ASKED_PLAIN, CERTAINTY, EARLIER, EARLIER_DANGER, OVER, PARTS_NOT_READ
from calcinosis.words.en.report import (
    AGAINST_LIST,
    CALCIUM_NOT_SHOWN,
    CALCIUM_SUSPECTED,
    CONFLICTING,
    DEFINED,
    NEXT_ASK,
    NEXT_CAUSE,
    NEXT_NOTHING,
    NEXT_REVIEW,
    NEXT_TEST,
    NO_DANGER,
    NOT_KNOWN_YET,
    PERSON,
    PLAIN_SURE,
    RECORD,
    RULED_OUT,
    SETTLES,
    SEX,
    SEX_UNKNOWN,
    SUPPORTED_BY,
    SURE_DANGER,
    SURE_NO_TYPE,
    SURE_NONE,
    TITLE_DANGER,
    TITLE_LOOK_ALIKE,
    TITLE_NO_TYPE,
    TITLE_NONE,
    TITLE_NOT_SHOWN,
    TITLE_SURE,
    TITLE_TYPE,
    URGENCY,
    age_words,
    counted,
    day_words,
    holds_if_absent,
)

_SURE = frozenset({"confirmed", "probable", "suspected"})


def head_of(assessment: Assessment) -> Head:
    """Return the head of the report."""
    return Head(
        title=_title(assessment),
        who=whose(assessment),
        how_sure=_how_sure(assessment),
        next=_next(assessment),
        dangers=(
            *map(_danger, assessment.red_flags),
            *map(_asked, assessment.asked_dangers),
            *map(_earlier, assessment.earlier_dangers),
        ),
        no_danger=_no_danger(assessment),
    )


def _no_danger(assessment: Assessment) -> Line:
    """Return what was looked at for dangers, and what was not."""
    unread = sum(one.count for one in assessment.not_read) + len(assessment.not_understood)
    aside = PARTS_NOT_READ.format(count=counted(unread, "part")) if unread else ""
    says, plain = NO_DANGER_OF_THE_DEAD if assessment.record.deceased else NO_DANGER
    return Line(says=says, plain=plain, aside=aside)


def whose(assessment: Assessment) -> str:
    """Return sex, age, and which record of which day it is, as far as they are known."""
    record = assessment.record
    person = f"{SEX.get(record.sex, SEX_UNKNOWN)}, {age_words(record.age)}"
    if record.deceased:
        person += f", {DIED_ON.format(day=day_words(record.died)) if record.died else DIED}"
    name, day = clean(record.id), day_words(clean(record.as_of))
    return PERSON.format(person=person, record=RECORD[bool(name), bool(day)].format(id=name, day=day))


def leading_type(assessment: Assessment) -> TypeResult | None:
    """Return the type that leads, if one does."""
    return next((kind for kind in assessment.types if kind.id == assessment.leading_type), None)


def fitting_look_alike(assessment: Assessment) -> LookAlikeResult | None:
    """Return the look-alike that the record fits better, if it does."""
    return assessment.look_alikes[0] if assessment.presentation == "look-alike" and assessment.look_alikes else None


def presentation_entry(assessment: Assessment) -> str:
    """Return the fact by which a record is about calcinosis, or not."""
    return PROVEN if assessment.presentation == "calcinosis" else SUSPECTED


def _title(assessment: Assessment) -> str:
    leading, look_alike = leading_type(assessment), fitting_look_alike(assessment)
    if look_alike:
        return TITLE_LOOK_ALIKE.format(name=clean(look_alike.name))
    if assessment.presentation == "none":
        return TITLE_DANGER if assessment.red_flags else TITLE_NONE
    if leading is None:
        return TITLE_NO_TYPE
    form = next((form for form in leading.forms if form.certainty in {"confirmed", "probable"}), leading)
    named = form if assessment.presentation == "suspected" else leading
    word, name = CERTAINTY[named.certainty], clean(named.name)
    if leading.over or named.certainty not in _SURE:
        return TITLE_TYPE.format(name=name, status=OVER.format(status=word) if leading.over else word)
    title = TITLE_SURE.format(name=decapitalised(name), status=word.capitalize())
    return TITLE_NOT_SHOWN.format(title=title) if assessment.presentation == "suspected" else title


def _how_sure(assessment: Assessment) -> Line:
    leading, look_alike = leading_type(assessment), fitting_look_alike(assessment)
    if look_alike:
        mark, word = LOOK_ALIKE[look_alike.status]
        status: Status = "established" if look_alike.status == "established" else "provisional"
        silent = sum(reason.truth != "unknown" and not reason.from_ for reason in look_alike.because)
        says = _sure_says(status, look_alike.because, (), silent)
        plain = PLAIN_SURE[status]
        return Line(says=says, plain=plain, mark=mark, word=word, aside=CALCIUM_NOT_SHOWN, entry=look_alike.id)
    if assessment.presentation == "none":
        says, plain = SURE_DANGER if assessment.red_flags else SURE_NONE
        entry = presentation_entry(assessment)
        return Line(says=says, plain=plain, mark="undetermined", word=CERTAINTY["open"], entry=entry)
    if leading is None:
        says, plain = SURE_NO_TYPE
        entry = presentation_entry(assessment)
        return Line(says=says, plain=plain, mark="undetermined", word=CERTAINTY["open"], entry=entry)
    aside = CALCIUM_SUSPECTED if assessment.presentation == "suspected" else ""
    return type_sure(leading, aside)


def type_sure(kind: TypeResult, aside: str = "") -> Line:
    """Return how sure a type is: what supports it, what is open, what is against it, by name."""
    says = _sure_says(kind.status, kind.because, kind.against, len(to_ask(kind)), open_reasons(kind))
    word = CERTAINTY[kind.certainty]
    return Line(says=says, plain=PLAIN_SURE[kind.status], mark=kind.status, word=word, aside=aside, entry=kind.id)


def _sure_says(
    status: Status, because: Iterable[Reason], against: Iterable[Reason], silent: int, open_ones: Iterable[Reason] = ()
) -> str:
    found = merged(because)
    told = joined(reason for reason in found if reason.truth == "true" and reason.from_)
    supported = SUPPORTED_BY.format(findings=told) if told else ""
    objections = joined(merged(against)) or joined(reason for reason in found if reason.truth == "false")
    unknown = joined_open(open_ones)
    sentences: dict[Status, tuple[str, ...]] = {
        "established": (supported or DEFINED,),
        "provisional": (supported, holds_if_absent(silent) if silent else ""),
        "undetermined": (supported, NOT_KNOWN_YET.format(open=unknown) if unknown else ""),
        "not-supported": (AGAINST_LIST.format(findings=objections),),
        "excluded": (RULED_OUT.format(findings=objections),),
        "conflicting": (CONFLICTING.format(findings=objections),),
    }
    return " ".join(filter(None, sentences[status]))


def _next(assessment: Assessment) -> Line:
    """Return the single most important step."""
    for flag in assessment.red_flags:
        if flag.urgency != "soon" and flag.steps:
            step = flag.steps[0]
            plain = clean(step.plain or flag.plain)
            return Line(says=clean(step.says), plain=plain, cites=step.cite, mark="danger", entry=flag.id)
    steps = (_review_step, _test_step, _cause_step, _tell_apart_step, _any_test_step, _ask_step)
    found = (step(assessment) for step in steps)
    return next((line for line in found if line is not None), Line(says=NEXT_NOTHING))


def _review_step(assessment: Assessment) -> Line | None:
    for item in assessment.stop:
        first = (*item.advice, *item.why)[0]
        line = never_alone(cited_line(first, NEXT_REVIEW.format(name=clean(item.name)), "avoid"))
        return replace(line, entry=item.id)
    return None


def _test_step(assessment: Assessment, must_settle: bool = True) -> Line | None:
    """Return the first of the tests that settles something, or the first: what stands first under *Test next*."""
    tests = (test for test in assessment.workup if test.would_settle or not must_settle)
    best = next(tests, None)
    if best is None:
        return None
    aside = SETTLES.format(types=", ".join(best.would_settle)) if best.would_settle else ""
    label = NEXT_TEST.format(name=clean(best.name))
    return Line(says=clean(best.why), plain=clean(best.plain), cites=best.cite, label=label, aside=aside, entry=best.id)


def _any_test_step(assessment: Assessment) -> Line | None:
    return _test_step(assessment, must_settle=False)


def _ask_step(assessment: Assessment) -> Line | None:
    """Return the question that decides most, where a finding was seen and nothing else follows from it."""
    account, facts = assessment.account, assessment.account.library.facts
    seen = (name for name, value in account.facts.stated.items() if value.truth is TRUE)
    is_seen = any(facts[name].kind == "finding" and facts[name].learned_by == "examination" for name in seen)
    if assessment.presentation != "none" or assessment.record.deceased or not is_seen:
        return None
    weights = asking_weights(account.library, account.facts, assessment.treatments)
    asked = (facts[name] for name in sorted(weights, key=lambda name: (-weights[name], name)))
    found = next((fact for fact in asked if fact.question and fact.learned_by != "laboratory"), None)
    return Line(says=found.question, label=NEXT_ASK, entry=found.id) if found else None


def _cause_step(assessment: Assessment) -> Line | None:
    for cause in assessment.causes if assessment.presentation != "none" else ():
        if cause.status == "confirmed" and cause.treat_first:
            line = cited_line(cause.treat_first[0], NEXT_CAUSE.format(name=clean(cause.name)))
            return replace(line, entry=cause.id)
    return None


def _tell_apart_step(assessment: Assessment) -> Line | None:
    look_alike = fitting_look_alike(assessment)
    if look_alike is None or not look_alike.tell_apart:
        return None
    return replace(cited_line(look_alike.tell_apart[0], clean(look_alike.name)), entry=look_alike.id)


def _asked(danger: AskedDanger) -> Danger:
    """Return a danger that a question decides: the question first."""
    return Danger(
        name=clean(danger.name),
        urgency="soon" if danger.urgency == "soon" else "urgent",
        word=ASKED,
        line=Line(says=clean(danger.says), plain=ASKED_PLAIN, mark="danger", cites=danger.cite, entry=danger.id),
        steps=(),
        because=(),
    )


def _earlier(danger: EarlierDanger) -> Danger:
    """Return a danger of an earlier day: what it was, when, and that nothing later is known."""
    says, plain = EARLIER_DANGER
    day = day_words(danger.date)
    because = tuple(map(reason_line, merged(danger.because)))
    return Danger(
        name=clean(danger.name),
        urgency="soon",
        word=EARLIER,
        line=Line(
            says=says.format(day=day), plain=plain.format(day=day), mark="danger",
            cites=danger.cite or cites_of(because), entry=danger.id,
        ),
        steps=(),
        because=because,
    )  # fmt: skip


def _danger(flag: RedFlagResult) -> Danger:
    because = tuple(map(reason_line, merged(flag.because)))
    return Danger(
        name=clean(flag.name),
        urgency=flag.urgency,
        word=URGENCY[flag.urgency],
        line=Line(
            says=clean(flag.says), plain=clean(flag.plain), mark="danger", cites=flag.cite or cites_of(because),
            entry=flag.id,
        ),
        steps=tuple(cited_line(step) for step in flag.steps),
        because=because,
    )  # fmt: skip
