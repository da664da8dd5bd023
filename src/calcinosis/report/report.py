"""An assessment to a Report: what goes in and in which order, decided in one place for all renderers."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.conclusions.assessment import Assessment, SourceResult
from calcinosis.report.account import record
from calcinosis.report.brief import CITES, EVIDENCE_CITES
from calcinosis.report.case_lines import cases, sources_of_cases
from calcinosis.report.cause_lines import causes
from calcinosis.report.document import Danger, Head, Line, Report, Section, SourceLine
from calcinosis.report.entered_lines import entered_groups
from calcinosis.report.head import head_of
from calcinosis.report.lines import clean, short_citation, short_title
from calcinosis.report.looked_at import looked_at
from calcinosis.report.open_questions import change
from calcinosis.report.renderers.json import INTENDED_USE
from calcinosis.report.sections import follow_up, other_types, tests, why
from calcinosis.report.taken_lines import stop
from calcinosis.report.treatment_rows import treatments
from calcinosis.words.en.report import KINDS, KNOWLEDGE, READ, TITLES, day_words

_BUILDERS = (why, other_types, causes, change, tests, treatments, stop, follow_up, cases, record)


def report_of(assessment: Assessment) -> Report:
    """Return the report of an assessment."""
    head = head_of(assessment)
    sections = tuple(build(assessment) for build in _BUILDERS)
    return Report(
        head=head,
        entered=entered_groups(assessment),
        looked_at=looked_at(assessment),
        sections=(*sections, _sources(assessment, head, sections)),
        intended_use=INTENDED_USE,
        knowledge=KNOWLEDGE.format(version=assessment.knowledge_version, day=day_words(assessment.knowledge_checked)),
    )


def cited_in(line: Line) -> Iterator[str]:
    """Yield every source of a line and of what it opens to."""
    yield from line.cites
    for part in line.parts:
        yield from cited_in(part)


def _sources(assessment: Assessment, head: Head, sections: tuple[Section, ...]) -> Section:
    """Return the sources that are cited, and which of them stand beside the lines of the one-minute view."""
    everything = dict.fromkeys([*_cited_in_head(head), *(cite for part in sections for cite in _cited(part))])
    known = {**assessment.sources, **sources_of_cases(assessment)}
    numbers = {name: place for place, name in enumerate(filter(known.get, everything), start=1)}
    brief = {*_brief_in_head(head), *(cite for part in sections if part.id != "cases" for cite in _brief(part))}
    found = (_source_line(name, known[name], assessment, name in brief, numbers[name]) for name in sorted(numbers))
    return Section(id="sources", title=TITLES["sources"], sources=tuple(found))


def _source_line(name: str, source: SourceResult, assessment: Assessment, brief: bool, number: int) -> SourceLine:
    kind = KINDS.get(source.kind, source.kind)
    return SourceLine(
        id=name,
        citation=short_citation(clean(source.citation)),
        url=source.url if source.url.startswith(("https://", "http://")) else "",
        kind=READ.format(kind=kind, read=source.read),
        quoted=not source.supports,
        brief=brief,
        number=number,
        short=short_title(assessment.account.library.sources[name]),
    )


def _cited(section: Section) -> Iterator[str]:
    for line in section.lines:
        yield from cited_in(line)
    for row in section.rows:
        yield from row.cites
        for part in row.parts:
            yield from cited_in(part)


def _brief(section: Section) -> Iterator[str]:
    for line in section.brief:
        yield from line.cites[:CITES]
        yield from (cite for part in line.parts[:1] for cite in part.cites[:CITES])
    for row in section.rows:
        if row.brief:
            yield from row.reason.cites[:CITES]
            yield from row.evidence.cites[:EVIDENCE_CITES] if row.evidence else ()


def _cited_in_head(head: Head) -> Iterator[str]:
    yield from (*cited_in(head.how_sure), *cited_in(head.next))
    for danger in head.dangers:
        for line in (danger.line, *danger.steps, *danger.because):
            yield from cited_in(line)


def _brief_in_head(head: Head) -> Iterator[str]:
    yield from (*head.how_sure.cites, *head.next.cites)
    for danger in head.dangers:
        yield from danger.line.cites[:CITES]
        yield from (cite for step in _brief_steps(danger) for cite in step.cites[:CITES])


def _brief_steps(danger: Danger) -> tuple[Line, ...]:
    return danger.steps if danger.urgency == "emergency" else ()
