"""A report to the blocks of a text: which lines stand in the short view, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calcinosis.report.document import Danger, Head, Line, Mark, Report, Section, SourceLine, TreatmentRow
from calcinosis.report.lines import first_sentence
from calcinosis.report.renderers.text_table import Block, TextRow
from calcinosis.words.en.report import (
    ASSOCIATED_ELSEWHERE,
    COLUMNS,
    DANGER,
    ENTRY,
    HOW_SURE,
    MORE,
    MORE_STEP,
    NEXT,
    NONE_IN_SHORT,
    SAFETY_OF,
    SOURCES_COUNT,
    TAKEN,
    TELL_APART,
    TREAT_FIRST,
    WOULD_SETTLE,
    counted,
)

CHECKS_IN_SHORT, NAMES_IN_SHORT, CITES_IN_SHORT, STEPS_IN_SHORT, LABEL_IN_SHORT = 5, 5, 1, 3, 40

SIGNS: dict[Mark, str] = {
    "": " ", "true": "+", "false": "-", "unknown": "?", "assumed": "~", "against": "-", "established": "+",
    "provisional": "~", "undetermined": "?", "not-supported": "-", "excluded": "-", "conflicting": "!",
    "consider": "+", "check-first": "?", "avoid": "x", "not-for-this-type": ".", "danger": "!",
    "unlikely": "?", "past": "~", "family": "~", "planned": "~", "asked": "?", "not-stated": "?", "soon": "!",
    "known": "!",
}  # fmt: skip
_STYLES: dict[Mark, str] = {"consider": "green", "check-first": "yellow", "avoid": "red", "danger": "red"}
_SHORT_LISTS = {"types", "causes"}
_APART = {"why", "treatments"}


def blocks(report: Report, verbose: bool) -> Iterator[Block]:
    """Yield the blocks of a report in order."""
    head = report.head
    yield Block("", (TextRow("", "", ((head.title, "bold"),)), TextRow("", "", ((head.who, ""),))))
    says = f"{head.how_sure.word.capitalize()}. {head.how_sure.says} {head.how_sure.aside}".strip()
    sure = Line(says=says, entry=head.how_sure.entry)
    yield Block(HOW_SURE, (_row(SIGNS[head.how_sure.mark], sure, verbose),), is_apart=True)
    yield Block(NEXT, (_row(" ", head.next, verbose),))
    yield Block(DANGER, tuple(_dangers(head, verbose)))
    for section in report.sections:
        if section.rows:
            yield from _treatments(section, verbose)
        elif (section.lines or section.note) and (rows := tuple(_lines(section, verbose))):
            yield Block(section.title, rows, is_apart=section.id in _APART)
    yield from _foot(report, verbose)


def _row(sign: str, line: Line, verbose: bool, word: str = "", style: str = "") -> TextRow:
    """Return a line as a row: label, sentence, remark, sources and where it was read."""
    pieces = [(f"{line.label}: ", "bold")] if line.label else []
    pieces.append((line.says, style))
    if line.aside:
        pieces.append((f" {line.aside}" if line.aside.endswith(".") else f" ({line.aside})", ""))
    pieces.append((_cites(line.cites, verbose), "dim"))
    if verbose and line.origins:
        pieces.append((f" <- {', '.join(line.origins)}", "dim"))
    if verbose and line.entry:
        pieces.append((f" ({ENTRY.format(id=line.entry)})", "dim"))
    return TextRow(sign, word, tuple(pieces))


def _cites(cites: tuple[str, ...], verbose: bool) -> str:
    return f" [{', '.join(cites if verbose else cites[:CITES_IN_SHORT])}]" if cites else ""


def _dangers(head: Head, verbose: bool) -> Iterator[TextRow]:
    if not head.dangers:
        yield _row(" ", head.no_danger, verbose)
    for place, danger in enumerate(head.dangers):
        yield from _danger(danger, verbose, is_first=place == 0, first_step=head.next.says)


def _danger(danger: Danger, verbose: bool, is_first: bool, first_step: str) -> Iterator[TextRow]:
    """Yield a danger; in the short view only the first emergency lists its steps, after the one under Next."""
    emergency = danger.urgency == "emergency"
    says = danger.line.says if verbose else (first_sentence(danger.line.says) if is_first and not emergency else "")
    line = Line(
        says=f"{danger.name}. {says}".strip(), cites=danger.line.cites, label=danger.word, entry=danger.line.entry
    )
    yield _row("!", line, verbose, style="red")
    steps = [(number, step) for number, step in enumerate(danger.steps, 1) if verbose or step.says != first_step]
    shown = steps if verbose else steps[: STEPS_IN_SHORT - 1 if is_first and emergency else 0]
    for number, step in shown:
        yield _row(str(number), step, verbose)
    if emergency and is_first and len(shown) < len(steps):
        yield _row(" ", Line(says=counted(len(steps) - len(shown), MORE_STEP)), verbose)
    for reason in danger.because if verbose else ():
        yield _row(SIGNS[reason.mark], reason, verbose, reason.word)


def _lines(section: Section, verbose: bool) -> Iterator[TextRow]:
    if section.note and (verbose or not section.lines):
        yield _row(" ", Line(says=section.note), verbose)
    if not verbose and section.id in _SHORT_LISTS:
        yield from _short_list(section)
        return
    if not verbose and section.id == "change":
        yield from _assumptions(section)
        return
    for line in section.lines if verbose else section.brief:
        yield _row(SIGNS[line.mark], line if verbose else _shortened(line, section), verbose, line.word)
        if verbose:
            yield from (_row(SIGNS[part.mark], part, verbose) for part in line.parts)
        if verbose and line.names:
            yield _row(" ", Line(says=_first(line.names, None)), verbose)
    if not verbose and section.rest:
        yield _row(" ", Line(says=MORE["lines"].format(count=len(section.rest))), verbose)


def _assumptions(section: Section) -> Iterator[TextRow]:
    """Yield what is assumed: what tests would settle stands under *Test next*, and what is open under *How sure*."""
    shown = [line for line in section.lines if line.mark == "assumed"][:1]
    for line in shown:
        yield _row(SIGNS[line.mark], _shortened(line, section), False, line.word)
        if line.names:
            yield _row(" ", Line(says=_first(line.names, NAMES_IN_SHORT)), False)
    rest = len(section.lines) - len(shown)
    if shown and rest:
        yield _row(" ", Line(says=MORE["lines"].format(count=rest)), False)


def _shortened(line: Line, section: Section) -> Line:
    """Return a line as it stands in the short view: one sentence, of a test only what it would settle."""
    if section.id == "tests" and line.aside:
        settles = (
            line.aside if line.aside.startswith(SAFETY_OF.split("{")[0]) else WOULD_SETTLE.format(aside=line.aside)
        )
        return replace(line, says=f"{settles}.", aside="")
    if section.id != "follow-up":
        return line
    label = line.label if len(line.label) <= LABEL_IN_SHORT else ""  # a long one only repeats the sentence
    return replace(line, says=first_sentence(line.says), label=label)


def _short_list(section: Section) -> Iterator[TextRow]:
    """Yield the names under each word: "undetermined: A; B"."""
    words: dict[str, list[Line]] = {}
    for line in section.lines:
        if section.id != "causes" or (line.mark != "against" and line.word != ASSOCIATED_ELSEWHERE):
            words.setdefault(line.word, []).append(line)
    if not words:
        yield _row(" ", Line(says=NONE_IN_SHORT), False)
    for word, lines in words.items():
        names = _first(tuple(line.label for line in lines), NAMES_IN_SHORT)
        yield _row(SIGNS[lines[0].mark], Line(says=names), False, word)
    yield from (_row(" ", line, False) for line in _first_steps(section))


def _first_steps(section: Section) -> Iterator[Line]:
    """Yield what to do first about a cause that is confirmed, and how a look-alike is told apart: the first of each."""
    wanted, marks = (TREAT_FIRST, {"true"}) if section.id == "causes" else (TELL_APART, {"established", "unknown"})
    for line in section.lines:
        first = next((part for part in line.parts if part.label == wanted and line.mark in marks), None)
        if first is not None:
            yield replace(first, label=wanted, says=first_sentence(first.says), origins=())
            return


def _treatments(section: Section, verbose: bool) -> Iterator[Block]:
    """Yield the treatments, one block for each verdict, and at the end how many are not shown."""
    yield Block(section.title, (_row(" ", Line(says=section.note), verbose),), is_apart=True)
    shown = [row for row in section.rows if row.brief or (verbose and row.verdict != "not-for-this-type")]
    for word in dict.fromkeys(row.word for row in shown):
        rows: list[TextRow] = []
        for row in shown:
            if row.word == word:
                rows.append(_treatment(row, verbose))
                rows += [_row(" ", part, verbose) for part in row.parts] if verbose else []
        yield Block(word, tuple(rows))
    rest = [row for row in section.rows if row not in shown]
    counts = []
    for verdict in dict.fromkeys(row.verdict for row in rest):
        names = [row.name for row in rest if row.verdict == verdict]
        words = MORE[verdict].format(count=len(names))
        counts.append(f"{words}: {'; '.join(names)}" if verbose else words)
    if counts:
        yield Block(" ", (_row(" ", Line(says=f"{'; '.join(counts)}."), verbose),))


def _treatment(row: TreatmentRow, verbose: bool) -> TextRow:
    said = [row.reason.says.rstrip(".")] if verbose else []
    if not verbose and row.verdict == "avoid":
        said = [first_sentence(row.reason.says).rstrip(".")]
    if row.evidence and (verbose or row.verdict != "avoid"):
        said.append(row.evidence.words)
    if row.check:
        said.append(f"{COLUMNS['check']}: {_first(row.check, None if verbose else CHECKS_IN_SHORT)}")
    if verbose and row.monitor:
        said.append(f"{COLUMNS['monitor']}: {' '.join(row.monitor).rstrip('.')}")
    name = f"{row.name} ({TAKEN})" if row.taken and "taken" not in row.name else row.name
    pieces = ((name, _STYLES.get(row.verdict, "")), (f": {'. '.join(said)}." if said else ".", ""))
    entry = f" ({ENTRY.format(id=row.id)})" if verbose else ""
    return TextRow(SIGNS[row.verdict], "", (*pieces, (_cites(row.cites, verbose) + entry, "dim")))


def _foot(report: Report, verbose: bool) -> Iterator[Block]:
    """Yield the sources, or their number, and what the report is for."""
    sources = report.section("sources")
    words = f"{report.knowledge}. {report.intended_use}"
    if verbose:
        rows = (_row(" ", Line(says=_source(source)), verbose) for source in sources.sources)
        yield Block(sources.title, tuple(rows))
    else:
        words = f"{SOURCES_COUNT.format(count=len(sources.sources))} {words}"
    yield Block("", (_row(" ", Line(says=words), verbose),), is_apart=True)


def _source(source: SourceLine) -> str:
    mark = "†" if source.quoted else ""
    return f"{source.id}{mark}: {source.citation} {source.kind}. {source.url}".rstrip()


def _first(names: tuple[str, ...], count: int | None) -> str:
    rest = len(names) - count if count is not None else 0
    return "; ".join(names[:count]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")
