"""The section on the record: what was read of it and from where, what no rule uses, what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Assessment, NotUnderstood
from calcinosis.conclusions.entered import Entered, ReadIn
from calcinosis.person.not_read import NotRead
from calcinosis.report.document import Line, Mark, Section
from calcinosis.report.head import whose
from calcinosis.report.lines import clean, origin_words, whole
from calcinosis.report.sections import section
from calcinosis.rules.vocabulary import RECENT
from calcinosis.truth import FALSE, TRUE, Truth
from calcinosis.words.en import account as words
from calcinosis.words.en.report import AS_OF, MORE, UNDATED, counted, day_words

NAMED_IN_BRIEF = 8
_MARKS: dict[Truth, Mark] = {TRUE: "true", FALSE: "false"}


def record(assessment: Assessment) -> Section:
    """Return whose record it is, at which day, what was read of it, and what was not understood, used or read."""
    note = f"{whose(assessment)} {AS_OF if assessment.record.as_of else UNDATED}"
    entered = assessment.entered
    unused = tuple(dict.fromkeys(one.name for one in entered if not one.used and one.sense == "present" and one.from_))
    named = (*(with_count(*one) for one in assessment.not_used), *map(clean, unused))
    wrong = [_not_understood(item, place < NAMED_IN_BRIEF) for place, item in enumerate(assessment.not_understood)]
    not_read = tuple(map(not_read_words, assessment.not_read))
    sentence = words.READ if wrong or not_read else words.ALL_READ
    lines = [*wrong, _read_line(assessment, entered, named, sentence)]
    if not_read:
        lines.append(_named_line(not_read, words.NOT_READ, words.NOT_READ_WORD))
    return section("record", lines, "", note=note)


def said(assessment: Assessment, entered: tuple[Entered, ...]) -> Iterator[Entered]:
    """Yield what was entered without what only follows: that it is recent, and how two findings lie in place."""
    facts = assessment.account.library.facts
    names = {one.fact for one in entered}
    for one in entered:
        if facts[one.fact].relation is None and one.fact.removeprefix(RECENT) not in names - {one.fact}:
            yield one


def _read_line(assessment: Assessment, entered: tuple[Entered, ...], unused: tuple[str, ...], sentence: str) -> Line:
    """Return how much was read and what of it no rule uses; it opens to every saying with its place."""
    facts = {one.fact for one in entered if one.from_}
    used = {one.fact for one in entered if one.from_ and one.used}
    count = (words.READ_NOT_USED if unused else sentence).replace("{facts}", counted(len(facts), "fact"))
    says = count.replace("{used}", str(len(used)))
    line = _named_line(unused, says, words.NOT_USED_WORD) if unused else Line(says=says)
    return replace(line, parts=tuple(map(_entered_line, said(assessment, entered))))


def _entered_line(entered: Entered) -> Line:
    told = [entered.value, words.SENSES[entered.sense], day_words(entered.date) if entered.date else ""]
    aside = words.COMPUTED.format(parts=", ".join(entered.parts)) if entered.parts else ""
    return Line(
        says=clean(", ".join(filter(None, told))),
        label=clean(entered.name),
        mark=_MARKS.get(entered.truth, "unknown"),
        word="" if entered.used else words.NOT_USED_WORD,
        origins=tuple(_place(one, entered.value) for one in entered.from_),
        aside=aside,
        entry=entered.fact,
    )


def _place(read: ReadIn, value: str) -> str:
    """Return where something was read, and its words there unless they are its value."""
    origin = origin_words(read.origin)
    return f'{origin} "{clean(read.words)}"' if read.words not in ("", value) else origin


def _named_line(items: tuple[str, ...], sentence: str, word: str) -> Line:
    """Return a line that names the first of some items, counts the rest and opens to them."""
    rest = len(items) - NAMED_IN_BRIEF
    shown = "; ".join(items[:NAMED_IN_BRIEF]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")
    return Line(says=sentence.replace("{items}", shown), mark="unknown", word=word, names=items[NAMED_IN_BRIEF:])


def not_read_words(one: NotRead) -> str:
    """Return what was not read in words, with how often."""
    return with_count(words.NOT_READ_KINDS[one.kind].format(says=clean(one.says)), one.count)


def with_count(says: str, count: int) -> str:
    """Return something with how often it is there."""
    return f"{clean(says)} ({count})" if count > 1 else clean(says)


def _not_understood(item: NotUnderstood, brief: bool) -> Line:
    origin = origin_words(item.origin)
    word = words.TO_CLARIFY if item.ask else words.NOT_UNDERSTOOD
    return Line(says=whole(item.says), mark="unknown", word=word, origins=(origin,), brief=brief)
