"""The sections of a report that say what is open: what would change the answer, and what of the record was not used."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.conclusions.assessment import Assessment, NotUnderstood, TypeResult
from calcinosis.report.document import Line, Section
from calcinosis.report.head import whose
from calcinosis.report.lines import cites_of, clean, open_reasons, origin_words, reason_line, to_ask, whole
from calcinosis.report.sections import section
from calcinosis.words.en.report import (
    ALL_READ,
    AS_OF,
    ASSUMED_LINE,
    ASSUMED_WORD,
    MORE,
    NO_CHANGE,
    NO_CHANGE_YET,
    NOT_SETTLED,
    NOT_UNDERSTOOD,
    NOT_USED,
    NOT_USED_WORD,
    SETTLED_BY,
    TRUTH,
    TURNS_ON_LINE,
    UNDATED,
    counted,
)

UNUSED_IN_BRIEF, TESTS_NAMED = 8, 3
_POSSIBLE = frozenset({"established", "provisional", "undetermined", "conflicting"})


def change(assessment: Assessment) -> Section:
    """Return the questions to ask and the open findings, type by type, with the tests that settle them."""
    if assessment.presentation == "none":
        return section("change", (), NO_CHANGE_YET)
    lines = [line for kind in assessment.types for line in _open_lines(kind, assessment)]
    return section("change", lines, NO_CHANGE)


def _open_lines(kind: TypeResult, assessment: Assessment) -> Iterator[Line]:
    possible = kind.supported or kind.if_not_mentioned_is_absent in _POSSIBLE
    if kind.assumes_absent:
        yield _assumption_line(kind, assessment)
    elif kind.status == "undetermined" and possible:
        yield _turning_line(kind, assessment)


def _assumption_line(kind: TypeResult, assessment: Assessment) -> Line:
    names = tuple(clean(assessment.names.get(fact, fact)) for fact in to_ask(kind))
    return Line(
        says=ASSUMED_LINE.format(count=counted(len(names), "thing")),
        label=clean(kind.name),
        mark="assumed",
        word=ASSUMED_WORD,
        names=names,
    )


def _turning_line(kind: TypeResult, assessment: Assessment) -> Line:
    """Return what an open type turns on; a test that is done already is not named again."""
    open_ones = open_reasons(kind)
    names = {test.id: clean(test.name) for test in assessment.workup}
    tests = [names[test] for test in kind.settled_by if test in names]
    count = f"{counted(len(open_ones), 'thing')} that {'is' if len(open_ones) == 1 else 'are'}"
    return Line(
        says=TURNS_ON_LINE.format(open=count),
        label=clean(kind.name),
        mark="unknown",
        word=TRUTH["unknown"],
        aside=SETTLED_BY.format(tests="; ".join(tests[:TESTS_NAMED])) if tests else NOT_SETTLED,
        cites=cites_of(open_ones)[:3],
        parts=tuple(reason_line(reason) for reason in open_ones),
    )


def record(assessment: Assessment) -> Section:
    """Return whose record it is, at which day, and what of it was not understood or not used."""
    note = f"{whose(assessment)} {AS_OF if assessment.record.as_of else UNDATED}"
    lines = [_not_understood(item, place < UNUSED_IN_BRIEF) for place, item in enumerate(assessment.not_understood)]
    if assessment.not_used:
        lines.append(_not_used_line(assessment.not_used))
    if not lines:
        lines.append(Line(says=ALL_READ))
    return section("record", lines, "", note=note)


def _not_used_line(found: tuple[tuple[str, int], ...]) -> Line:
    items = tuple(f"{clean(says)} ({count})" if count > 1 else clean(says) for says, count in found)
    rest = len(items) - UNUSED_IN_BRIEF
    shown = "; ".join(items[:UNUSED_IN_BRIEF]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")
    names = items[UNUSED_IN_BRIEF:]
    return Line(says=NOT_USED.format(items=shown), mark="unknown", word=NOT_USED_WORD, names=names)


def _not_understood(item: NotUnderstood, brief: bool) -> Line:
    origin = origin_words(item.origin)
    return Line(says=whole(item.says), mark="unknown", word=NOT_UNDERSTOOD, origins=(origin,), brief=brief)
