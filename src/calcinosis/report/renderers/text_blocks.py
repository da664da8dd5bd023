"""A report to the blocks of a text that is read in one minute: which lines stand there, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.report.document import Danger, Head, Line, Report, Section, TreatmentRow
from calcinosis.report.lines import first_sentence
from calcinosis.report.renderers.text_cases import counted_cases
from calcinosis.report.renderers.text_rows import SIGNS, first, row, treatment_row
from calcinosis.report.renderers.text_table import Block, TextRow
from calcinosis.words.en.report import (
    ASSOCIATED_ELSEWHERE,
    COLUMNS,
    DANGER,
    HOW_SURE,
    MORE,
    MORE_STEP,
    NEXT,
    NONE_IN_SHORT,
    SAFETY_OF,
    SOURCES_COUNT,
    TELL_APART,
    TREAT_FIRST,
    WOULD_SETTLE,
    counted,
)

CHECKS_IN_SHORT, NAMES_IN_SHORT, CITES_IN_SHORT, STEPS_IN_SHORT, LABEL_IN_SHORT = 5, 5, 1, 3, 40

_SHORT_LISTS = {"types", "causes"}
_APART = {"why", "treatments"}


def blocks(report: Report) -> Iterator[Block]:
    """Yield the blocks of a report in order."""
    head = report.head
    yield Block("", (TextRow("", "", ((head.title, "bold"),)), TextRow("", "", ((head.who, ""),))))
    says = f"{head.how_sure.word.capitalize()}. {head.how_sure.says} {head.how_sure.aside}".strip()
    yield Block(HOW_SURE, (_row(SIGNS[head.how_sure.mark], Line(says=says)),), is_apart=True)
    yield Block(NEXT, (_row(" ", head.next),))
    yield Block(DANGER, tuple(_dangers(head)))
    for section in report.sections:
        if section.rows:
            yield from _treatments(section)
        elif section.id == "cases":
            if not head.emergencies:  # nobody reads of others in that minute
                yield counted_cases(section)
        elif (section.lines or section.note) and (rows := tuple(_lines(section))):
            yield Block(section.title, rows, is_apart=section.id in _APART)
    yield from _foot(report)


def _row(sign: str, line: Line, word: str = "", style: str = "") -> TextRow:
    return row(sign, line, _cites(line.cites), word, style)


def _cites(cites: tuple[str, ...]) -> str:
    return f" [{', '.join(cites[:CITES_IN_SHORT])}]" if cites else ""


def _dangers(head: Head) -> Iterator[TextRow]:
    if not head.dangers:
        yield _row(" ", head.no_danger)
    for place, danger in enumerate(head.dangers):
        yield from _danger(danger, is_first=place == 0, first_step=head.next.says)


def _danger(danger: Danger, is_first: bool, first_step: str) -> Iterator[TextRow]:
    """Yield a danger; only the first emergency lists its steps, after the one under Next."""
    emergency = danger.urgency == "emergency"
    says = first_sentence(danger.line.says) if is_first and not emergency else ""
    line = Line(says=f"{danger.name}. {says}".strip(), cites=danger.line.cites, label=danger.word)
    yield _row("!", line, style="red")
    steps = [(number, step) for number, step in enumerate(danger.steps, 1) if step.says != first_step]
    shown = steps[: STEPS_IN_SHORT - 1 if is_first and emergency else 0]
    for number, step in shown:
        yield _row(str(number), step)
    if emergency and is_first and len(shown) < len(steps):
        yield _row(" ", Line(says=counted(len(steps) - len(shown), MORE_STEP)))


def _lines(section: Section) -> Iterator[TextRow]:
    if section.note and not section.lines:
        yield _row(" ", Line(says=section.note))
    if section.id in _SHORT_LISTS:
        yield from _short_list(section)
        return
    if section.id == "change":
        yield from _assumptions(section)
        return
    for line in section.brief:
        yield _row(SIGNS[line.mark], _shortened(line, section), line.word)
    if section.rest:
        yield _row(" ", Line(says=MORE["lines"].format(count=len(section.rest))))


def _assumptions(section: Section) -> Iterator[TextRow]:
    """Yield what is assumed: what tests would settle stands under *Test next*, and what is open under *How sure*."""
    shown = [line for line in section.lines if line.mark == "assumed"][:1]
    for line in shown:
        yield _row(SIGNS[line.mark], _shortened(line, section), line.word)
        if line.names:
            yield _row(" ", Line(says=first(line.names, NAMES_IN_SHORT)))
    rest = len(section.lines) - len(shown)
    if shown and rest:
        yield _row(" ", Line(says=MORE["lines"].format(count=rest)))


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
        yield _row(" ", Line(says=NONE_IN_SHORT))
    for word, lines in words.items():
        names = first([line.label for line in lines], NAMES_IN_SHORT)
        yield _row(SIGNS[lines[0].mark], Line(says=names), word)
    yield from (_row(" ", line) for line in _first_steps(section))


def _first_steps(section: Section) -> Iterator[Line]:
    """Yield what to do first about a cause that is confirmed, and how a look-alike is told apart: the first of each."""
    wanted, marks = (TREAT_FIRST, {"true"}) if section.id == "causes" else (TELL_APART, {"established", "unknown"})
    for line in section.lines:
        first = next((part for part in line.parts if part.label == wanted and line.mark in marks), None)
        if first is not None:
            yield replace(first, label=wanted, says=first_sentence(first.says), origins=())
            return


def _treatments(section: Section) -> Iterator[Block]:
    """Yield the treatments, one block for each verdict, and at the end how many are not shown."""
    yield Block(section.title, (_row(" ", Line(says=section.note)),), is_apart=True)
    shown = [found for found in section.rows if found.brief]
    for word in dict.fromkeys(found.word for found in shown):
        yield Block(word, tuple(_treatment(found) for found in shown if found.word == word))
    rest = Counter(found.verdict for found in section.rows if not found.brief)
    if rest:
        counts = "; ".join(MORE[verdict].format(count=count) for verdict, count in rest.items())
        yield Block(" ", (_row(" ", Line(says=f"{counts}.")),))


def _treatment(found: TreatmentRow) -> TextRow:
    said = []
    if found.verdict == "avoid":
        said.append(first_sentence(found.reason.says).rstrip("."))
    elif found.evidence:
        said.append(found.evidence.words)
    if found.check:
        said.append(f"{COLUMNS['check']}: {first(found.check, CHECKS_IN_SHORT)}")
    return treatment_row(found, said, _cites(found.cites))


def _foot(report: Report) -> Iterator[Block]:
    """Yield the number of sources, and what the report is for."""
    count = SOURCES_COUNT.format(count=len(report.section("sources").sources))
    words = f"{count} {report.knowledge}. {report.intended_use}"
    yield Block("", (_row(" ", Line(says=words)),), is_apart=True)
