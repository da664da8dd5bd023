"""The sections of a report that answer why, what else, what next and from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from calcinosis.conclusions.assessment import (
    Assessment,
    LookAlikeResult,
    Reason,
    TypeResult,
    WorkupResult,
)
from calcinosis.report.brief import limits
from calcinosis.report.document import Line, Section, SectionId
from calcinosis.report.head import fitting_look_alike, leading_type, presentation_entry
from calcinosis.report.lines import (
    cited_line,
    cites_of,
    clean,
    joined,
    joined_open,
    merged,
    open_reasons,
    reason_line,
    trace,
    whole,
)
from calcinosis.report.marks import LOOK_ALIKE
from calcinosis.words.en.judgement import CERTAINTY
from calcinosis.words.en.report import (
    ALL_TYPES,
    CAUTION,
    CHANGES_TREATMENTS,
    CHANGES_TYPES,
    FORM_LABEL,
    LOOK_ALIKE_LABEL,
    MORE,
    NO_FOLLOW_UP,
    NO_TESTS,
    NO_WHY,
    POINTS_NOT,
    SAFETY_OF,
    SUPPORTED_BY,
    TELL_APART,
    TITLES,
    TURNS_ON,
    UNMENTIONED,
    counted,
)

_TREATMENTS_NAMED, _POINTING = 2, 2


def section(name: SectionId, lines: Iterable[Line], empty: str, note: str = "", plain_note: str = "") -> Section:
    """Return a section; where it has no lines a sentence says so."""
    found = tuple(lines)
    return Section(id=name, title=TITLES[name], lines=found, note=note if found else empty, plain_note=plain_note)


def why(assessment: Assessment) -> Section:
    """Return what carries the answer, line by line."""
    leading, look_alike = leading_type(assessment), fitting_look_alike(assessment)
    wanted = limits(assessment).why
    if look_alike:
        lines = _of_entry(look_alike.id, (*trace(look_alike.because, wanted - 1), *_tell_apart(look_alike)))
    elif leading:
        against = tuple(reason_line(reason, against=True) for reason in merged(leading.against))
        pointing = _pointing(assessment, leading)
        told = min(len(against), 3) + sum(line.brief for line in pointing)
        lines = (*pointing, *_of_entry(leading.id, (*against, *trace(leading.because, wanted - told))))
    else:
        lines = _of_entry(presentation_entry(assessment), trace(assessment.presentation_because))
    return section("why", lines, NO_WHY)


def _pointing(assessment: Assessment, leading: TypeResult) -> tuple[Line, ...]:
    """Return what points to calcium where nobody has shown it, apart from what speaks for the type itself."""
    if assessment.presentation != "suspected":
        return ()
    said = {reason.says for reason in leading.because}
    points = [one for one in merged(assessment.presentation_because) if one.truth == "true" and one.says not in said]
    lines = (reason_line(reason, brief=place < _POINTING) for place, reason in enumerate(points))
    return _of_entry(presentation_entry(assessment), lines)


def _of_entry(entry: str, lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, entry=entry) for line in lines)


def other_types(assessment: Assessment) -> Section:
    """Return every other type, the forms, and the look-alikes that remain."""
    leading, fitting = leading_type(assessment), fitting_look_alike(assessment)
    lines: list[Line] = [_form_line(form) for form in leading.forms] if leading else []
    for kind in assessment.types:
        if kind is not leading:
            lines += [_type_line(kind), *map(_form_line, kind.forms)]
    lines += [_look_alike_line(found) for found in assessment.look_alikes if found is not fitting]
    found = section("types", lines, "")
    return found if leading else replace(found, title=ALL_TYPES)


def _type_line(kind: TypeResult) -> Line:
    parts = tuple(reason_line(reason, against=reason.truth == "false") for reason in merged(kind.because))
    against = tuple(reason_line(reason, against=True) for reason in merged(kind.against))
    shown = _shown_reasons(kind)
    return Line(
        says=_type_says(kind),
        label=clean(kind.name),
        mark=kind.status,
        word=CERTAINTY[kind.certainty],
        cites=cites_of(shown)[:3],
        parts=(*against, *parts),
        entry=kind.id,
    )


def _form_line(form: TypeResult) -> Line:
    return replace(_type_line(form), label=FORM_LABEL.format(name=clean(form.name)))


def _shown_reasons(kind: TypeResult) -> tuple[Reason, ...]:
    """Return the reasons that the one sentence about a type rests on."""
    because = merged(kind.because)
    if kind.status == "excluded":
        return merged(kind.against)
    wanted = {"not-supported": "false", "undetermined": "true" if kind.supported else "unknown"}.get(
        kind.status, "true"
    )
    return tuple(reason for reason in because if reason.truth == wanted) or because


def _type_says(kind: TypeResult) -> str:
    if kind.status != "undetermined":
        return whole(joined(_shown_reasons(kind)))
    turns = TURNS_ON.format(open=joined_open(open_reasons(kind)))
    if kind.supported:
        return f"{SUPPORTED_BY.format(findings=joined(_shown_reasons(kind)))} {whole(turns)}"
    impossible = kind.if_not_mentioned_is_absent in {"not-supported", "excluded"}
    return f"{POINTS_NOT}; {UNMENTIONED if impossible else turns}."


def _look_alike_line(found: LookAlikeResult) -> Line:
    mark, word = LOOK_ALIKE[found.status]
    return Line(
        says=whole(joined(merged(found.because))),
        label=LOOK_ALIKE_LABEL.format(name=clean(found.name)),
        mark=mark,
        word=word,
        cites=cites_of(found.because)[:3],
        parts=(*trace(found.because), *_tell_apart(found)),
        entry=found.id,
    )


def _tell_apart(found: LookAlikeResult) -> tuple[Line, ...]:
    return tuple(cited_line(one, TELL_APART, brief=place == 0) for place, one in enumerate(found.tell_apart))


def tests(assessment: Assessment) -> Section:
    """Return the investigations, those that settle most first."""
    names = {result.id: clean(result.name) for result in assessment.treatments}
    wanted = limits(assessment).tests
    lines = (_test_line(test, names, place < wanted) for place, test in enumerate(assessment.workup))
    return section("tests", lines, NO_TESTS)


def _test_line(test: WorkupResult, names: dict[str, str], brief: bool) -> Line:
    safety = SAFETY_OF.format(count=counted(len(test.would_check), "treatment")) if test.would_check else ""
    return Line(
        says=clean(test.why),
        plain=clean(test.plain),
        label=clean(test.name),
        cites=test.cite,
        aside="" if test.for_danger else "; ".join(filter(None, (", ".join(test.would_settle), safety))),
        names=tuple(names.get(one, one) for one in test.would_check),
        parts=tuple(cited_line(one, CAUTION) for one in test.cautions),
        brief=brief,
        entry=test.id,
        changes=tuple(_changes(test, names)),
    )


def _changes(test: WorkupResult, names: dict[str, str]) -> Iterator[str]:
    """Yield what a test could change: types that it settles, and treatments whose safety it tells."""
    if test.would_settle:
        yield CHANGES_TYPES.format(types=", ".join(test.would_settle))
    if test.would_check:
        told = [names.get(one, one) for one in test.would_check]
        shown = "; ".join(told[:_TREATMENTS_NAMED])
        rest = len(told) - _TREATMENTS_NAMED
        more = MORE["names"].format(count=rest)
        yield CHANGES_TREATMENTS.format(treatments=f"{shown}; {more}" if rest > 0 else shown)


def follow_up(assessment: Assessment) -> Section:
    """Return what to watch and how often."""
    lines = (
        Line(
            says=clean(item.says),
            plain=clean(item.plain),
            label=whole(item.when).rstrip("."),
            cites=item.cite,
            brief=place < limits(assessment).follow_up,
            entry=item.id,
        )
        for place, item in enumerate(assessment.follow_up)
    )
    return section("follow-up", lines, NO_FOLLOW_UP)
