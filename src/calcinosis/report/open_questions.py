"""The section of a report that says what is open: what would change the answer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Assessment, TypeResult
from calcinosis.report.document import Line, Section
from calcinosis.report.lines import cites_of, clean, joined_open, open_reasons, reason_line, to_ask
from calcinosis.report.sections import section
from calcinosis.words.en.report import (
    ASSUMED_LINE,
    ASSUMED_WORD,
    NO_CHANGE,
    NO_CHANGE_YET,
    NOT_SETTLED,
    SETTLED_BY,
    TRUTH,
    TURNS_ON_LINE,
    counted,
)

TESTS_NAMED, OPEN_IN_BRIEF = 2, 1
_POSSIBLE = frozenset({"established", "provisional", "undetermined", "conflicting"})


def change(assessment: Assessment) -> Section:
    """Return the questions to ask and the open findings, type by type, with the tests that settle them."""
    if assessment.presentation == "none":
        return section("change", (), NO_CHANGE_YET)
    found = [line for kind in assessment.types for line in _open_lines(kind, assessment)]
    lines = [replace(line, brief=place < OPEN_IN_BRIEF) for place, line in enumerate(found)]
    return section("change", lines, NO_CHANGE)


def _open_lines(kind: TypeResult, assessment: Assessment) -> Iterator[Line]:
    possible = kind.supported or kind.if_not_mentioned_is_absent in _POSSIBLE
    if kind.assumes_absent:
        yield _assumption_line(kind, assessment)
    elif kind.status == "undetermined" and possible:
        yield _turning_line(kind, assessment)


def _assumption_line(kind: TypeResult, assessment: Assessment) -> Line:
    names = tuple(clean(assessment.name_of(fact)) for fact in to_ask(kind))
    return Line(
        says=ASSUMED_LINE.format(count=counted(len(names), "finding")),
        label=clean(kind.name),
        mark="assumed",
        word=ASSUMED_WORD,
        names=names,
        entry=kind.id,
    )


def _turning_line(kind: TypeResult, assessment: Assessment) -> Line:
    """Return what an open type turns on; a test that is done already is not named again."""
    open_ones = open_reasons(kind)
    names = {test.id: clean(test.name) for test in assessment.workup}
    tests = [names[test] for test in kind.settled_by if test in names]
    return Line(
        says=TURNS_ON_LINE.format(open=joined_open(open_ones)),
        label=clean(kind.name),
        mark="unknown",
        word=TRUTH["unknown"],
        aside=SETTLED_BY.format(tests="; ".join(tests[:TESTS_NAMED])) if tests else NOT_SETTLED,
        cites=cites_of(open_ones)[:3],
        parts=tuple(reason_line(reason) for reason in open_ones),
        entry=kind.id,
    )
