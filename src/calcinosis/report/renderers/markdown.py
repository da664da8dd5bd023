"""An assessment as GitHub-flavoured Markdown: everything, with tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from calcinosis.report.document import Danger, Head, Line, Report, Section, SourceLine, TreatmentRow
from calcinosis.report.report import report_of
from calcinosis.words.en.report import COLUMNS, DANGER, HOW_SURE, MORE, NEXT, QUOTED, TAKEN

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~#&!$])")
_LIST_START = re.compile(r"^(\d+)([.)])(?=\s)")
_BARE_ADDRESS = re.compile(r"(https?|ftp)(://)|(www)(\.)|(@)", re.IGNORECASE)


def as_markdown(assessment: Assessment) -> str:
    """Return the assessment as Markdown."""
    return "\n".join(_document(report_of(assessment)))


def escaped(text: str) -> str:
    """Return a text in which no sign means anything to Markdown."""
    text = _SIGNS.sub(r"\\\1", text)
    text = _LIST_START.sub(r"\1\\\2", text)
    if text[:1] in {"-", "+", "="}:
        text = f"\\{text}"
    return _BARE_ADDRESS.sub(
        lambda found: found[0].replace(":", "&#58;").replace(".", "&#46;").replace("@", "&#64;"), text
    )


def _document(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.head.title)}"
    yield ""
    yield escaped(report.head.who)
    yield ""
    yield from _head(report.head)
    for section in report.sections:
        if section.lines or section.rows or section.sources or section.note:
            yield from (f"## {escaped(section.title)}", "")
            yield from (escaped(section.note), "") if section.note else ()
            yield from _content(section)
    yield from ("---", "", f"{escaped(report.knowledge)}. {escaped(report.intended_use)}")


def _head(head: Head) -> Iterator[str]:
    sure = head.how_sure
    yield f"- **{HOW_SURE}:** **{escaped(sure.word.capitalize())}.** {escaped(f'{sure.says} {sure.aside}'.strip())}"
    yield f"- **{NEXT}:** {_said(head.next)}"
    if not head.dangers:
        yield f"- **{DANGER}:** {_said(head.no_danger)}"
    for danger in head.dangers:
        yield from _danger(danger)
    yield ""


def _danger(danger: Danger) -> Iterator[str]:
    yield f"- **{DANGER}, {danger.word}: {escaped(danger.name)}.** {_said(danger.line)}"
    yield from (f"  {place}. {_said(step)}" for place, step in enumerate(danger.steps, 1))
    yield from (f"  - {line.word}: {_said(line)}" for line in danger.because)


def _content(section: Section) -> Iterator[str]:
    if section.rows:
        yield from _treatments(section.rows)
    elif section.sources:
        yield from map(_source, section.sources)
        yield from ("", escaped(QUOTED)) if any(source.quoted for source in section.sources) else ()
    elif section.id == "tests":
        columns = (COLUMNS["test"], COLUMNS["because"], COLUMNS["settles"])
        yield from _table(
            columns, ((_name(line.label), _said(line, False), escaped(line.aside)) for line in section.lines)
        )
    elif section.id == "types":
        columns = (COLUMNS["type"], COLUMNS["status"], COLUMNS["because"])
        yield from _table(
            columns, ((_name(line.label), escaped(line.word), _said(line, False)) for line in section.lines)
        )
    else:
        for line in section.lines:
            yield from _item(line)
    yield ""


def _item(line: Line) -> Iterator[str]:
    yield f"- {f'*{escaped(line.word)}:* ' if line.word else ''}{_said(line)}"
    yield from (f"  - {f'{escaped(part.word)}: ' if part.word else ''}{_said(part)}" for part in line.parts)
    if line.names and not line.parts:
        yield f"  - {escaped('; '.join(line.names))}"


def _said(line: Line, with_label: bool = True) -> str:
    words = f"**{escaped(line.label)}:** " if line.label and with_label else ""
    words += escaped(line.says)
    if line.aside and with_label:
        words += f" {escaped(line.aside)}" if line.aside.endswith(".") else f" ({escaped(line.aside)})"
    read_in = f" ← {escaped(', '.join(line.origins))}" if line.origins else ""
    return f"{words}{_cites(line.cites)}{read_in}"


def _cites(cites: Iterable[str]) -> str:
    listed = ", ".join(map(escaped, cites))
    return f" ({listed})" if listed else ""


def _name(name: str) -> str:
    return f"**{escaped(name)}**"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(columns)
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _treatments(rows: tuple[TreatmentRow, ...]) -> Iterator[str]:
    judged = [row for row in rows if row.verdict != "not-for-this-type"]
    columns = (COLUMNS[name] for name in ("treatment", "verdict", "reason", "evidence", "check", "monitor"))
    if judged:
        yield from _table(columns, map(_treatment, judged))
    rest = [row.name for row in rows if row.verdict == "not-for-this-type"]
    if rest:
        words = MORE["not-for-this-type"].format(count=len(rest))
        yield from ("", f"{escaped(words)}: {escaped('; '.join(rest))}.")


def _treatment(row: TreatmentRow) -> tuple[str, ...]:
    taken = f" ({TAKEN})" if row.taken else ""
    more = "".join(f"<br>{_said(part)}" for part in row.parts)
    evidence = f"{escaped(row.evidence.words)}{_cites(row.evidence.cites)}" if row.evidence else ""
    return (
        _name(row.name) + escaped(taken),
        escaped(row.word),
        _said(row.reason) + more,
        evidence,
        escaped("; ".join(row.check)),
        escaped(" ".join(row.monitor)),
    )


def _source(source: SourceLine) -> str:
    mark = "†" if source.quoted else ""
    address = source.url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    cited = f"[{escaped(source.citation)}](<{address}>)" if source.url else escaped(source.citation)
    return f"- **{escaped(source.id)}**{mark}: {cited} *{escaped(source.kind)}*"
