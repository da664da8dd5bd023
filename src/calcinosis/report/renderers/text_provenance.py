"""A report to the blocks of a text that shows the basis of each statement: its sources, origins and entry.

What the one-minute view shows stands here in its words, and what it counts in one line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.report.document import Danger, Line, Report, Section, TreatmentRow
from calcinosis.report.lines import first_sentence
from calcinosis.report.renderers.text_cases import counted_cases
from calcinosis.report.renderers.text_rows import SIGNS, first, row, treatment_row
from calcinosis.report.renderers.text_table import Block, TextRow
from calcinosis.words.en.report import (
    COLUMNS,
    DANGER,
    HOW_SURE,
    MORE,
    NEXT,
    SOURCES_LISTED,
)

CHECKS, NAMES, PLACES = 3, 8, 1
"""So many facts to check, names and places of the record are shown; the others are counted."""
_IN_ONE_LINE = frozenset({"tests", "causes"})


class Provenance(Struct, frozen=True):
    """The rows of a report; its sources are numbered in the order in which these rows cite them."""

    known: frozenset[str]
    numbers: dict[str, int] = field(default_factory=dict)

    def blocks(self, report: Report) -> Iterator[Block]:
        """Yield the blocks of a report in order."""
        head = report.head
        yield Block("", (TextRow("", "", ((head.title, "bold"),)), TextRow("", "", ((head.who, ""),))))
        says = f"{head.how_sure.word.capitalize()}. {head.how_sure.says} {head.how_sure.aside}".strip()
        sure = replace(head.how_sure, says=says, aside="")
        yield Block(HOW_SURE, (self.row(sure),), is_apart=True)
        yield Block(NEXT, (self.row(replace(head.next, mark="")),))
        dangers = [found for danger in head.dangers for found in self._danger(danger)]
        yield Block(DANGER, tuple(dangers) or (row(" ", head.no_danger),))
        for section in report.sections:
            if section.rows:
                yield from self._treatments(section)
            elif section.id == "cases":
                yield counted_cases(section)
            elif section.lines or section.note:
                yield Block(section.title, tuple(self._lines(section)), is_apart=True, is_wide=True)
        yield Block("", (row(" ", Line(says=f"{report.knowledge}. {report.intended_use}")),), is_apart=True)

    def row(self, line: Line, word: str = "", style: str = "") -> TextRow:
        """Return a statement as one row; the reasons that it opens to give their sources and origins."""
        lines = (line, *(part for part in line.parts if not part.label))
        cites = dict.fromkeys(cite for one in lines for cite in one.cites)
        origins = tuple(dict.fromkeys(origin for one in lines for origin in one.origins))
        return row(SIGNS[line.mark], line, self.behind(cites, origins, line.entry), word, style)

    def behind(self, cites: Iterable[str], origins: tuple[str, ...] = (), entry: str = "") -> str:
        """Return the numbers of sources with the entry of the knowledge, and where in the record it was read."""
        listed = (self.numbers.setdefault(cite, len(self.numbers) + 1) for cite in cites if cite in self.known)
        numbers = ", ".join(map(str, listed))
        basis = "; ".join(filter(None, (numbers, entry)))
        places = first(origins, PLACES)
        return (f" [{basis}]" if basis else "") + (f" <- {places}" if places else "")

    def _danger(self, danger: Danger) -> Iterator[TextRow]:
        """Yield a danger with what it rests on, and its steps in order."""
        line = replace(danger.line, says=f"{danger.name}. {danger.line.says}", label=danger.word, parts=danger.because)
        yield self.row(line, style="red")
        for number, step in enumerate(danger.steps, 1):
            yield row(str(number), step, self.behind(step.cites))

    def _lines(self, section: Section) -> Iterator[TextRow]:
        """Yield a row for each statement; of the record, one for everything that was read."""
        if section.note:
            yield row(" ", Line(says=section.note))
        for line in section.lines:
            if section.id == "record":
                yield self.row(replace(line, parts=()))
                yield from map(self.row, line.parts)
                continue
            if not line.brief and section.id in _IN_ONE_LINE:
                yield self.row(replace(line, says="", parts=()), line.word)
                continue
            yield self.row(self._unrepeated(line, section), line.word)
            if line.mark == "assumed":
                yield row(" ", Line(says=first(line.names, NAMES)))
            if section.id != "tests":
                yield from self._advice(line)

    def _unrepeated(self, line: Line, section: Section) -> Line:
        """Return a line without what another section says: what is open of a type stands under the types."""
        return replace(line, says=line.aside, aside="") if section.id == "change" and line.aside else line

    def _advice(self, line: Line) -> Iterator[TextRow]:
        """Yield the first advice under a statement with its sources, and how much more there is."""
        told = [part for part in line.parts if part.label]
        for part in told[:1]:
            rest = MORE["names"].format(count=len(told) - 1) if len(told) > 1 else ""
            yield self.row(replace(part, says=first_sentence(part.says), mark="", aside=rest))

    def _treatments(self, section: Section) -> Iterator[Block]:
        """Yield the treatments, one block for each verdict; those of other types are counted."""
        yield Block(section.title, (row(" ", Line(says=section.note)),), is_apart=True)
        shown = [one for one in section.rows if one.verdict != "not-for-this-type"]
        for word in dict.fromkeys(one.word for one in shown):
            yield Block(word, tuple(self._treatment(one) for one in shown if one.word == word), is_wide=True)
        rest = len(section.rows) - len(shown)
        if rest:
            yield Block(" ", (row(" ", Line(says=f"{MORE['not-for-this-type'].format(count=rest)}.")),))

    def _treatment(self, found: TreatmentRow) -> TextRow:
        """Return a treatment: what was seen, what to check first, its sources, and the facts that speak for it."""
        said = [found.evidence.words] if found.evidence and found.verdict != "avoid" else []
        if found.brief and found.verdict == "avoid":
            said = [first_sentence(found.reason.says)]
        if found.brief and found.check:
            said.append(f"{COLUMNS['check']}: {first(found.check, CHECKS)}")
        parts = found.parts if found.brief else ()
        origins = tuple(dict.fromkeys(origin for part in parts for origin in part.origins))
        cites = dict.fromkeys((*found.cites, *(cite for part in found.parts for cite in part.cites)))
        return treatment_row(found, said, self.behind(cites, origins, found.id))


def provenance_blocks(report: Report) -> Iterator[Block]:
    """Yield the blocks of a report with the basis of each statement, and at the end the sources by number."""
    sources = {source.id: source for source in report.section("sources").sources}
    provenance = Provenance(frozenset(sources))
    *found, foot = provenance.blocks(report)
    yield from found
    listed = "; ".join(
        f"{number} {name}{'†' if sources[name].quoted else ''}" for name, number in provenance.numbers.items()
    )
    rows = (row(" ", Line(says=listed)), row(" ", Line(says=SOURCES_LISTED)))
    yield Block(report.section("sources").title, rows, is_apart=True, is_wide=True)
    yield foot
