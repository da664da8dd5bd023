"""An export to one row a patient: read in parts, settled and concluded in groups of patients, each step kept.

A screen that was stopped goes on after the last step that it finished. The output appears whole, at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct, field
from msgspec.structs import asdict

from calcinosis import __version__
from calcinosis.compiled import Knowledge
from calcinosis.errors import Problem
from calcinosis.population.calendar import Calendar, calendar_of
from calcinosis.population.checkpoints import Work
from calcinosis.population.current import current_parts
from calcinosis.population.engines.engine import Engine, Step
from calcinosis.population.export.files import Export, blocks_of, check_unchanged
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.elements import ELEMENTS, REFERRED, refers_to
from calcinosis.population.resources.outline import day_number
from calcinosis.population.resources.patients import ELEMENTS_OF_PATIENT, Patients, patients_of, referred_of
from calcinosis.population.resources.problems import Problems, problems_of
from calcinosis.population.resources.told import DAYS
from calcinosis.population.resources.versions import deletions_in
from calcinosis.population.steps import Conclude, ReadPart

S = TypeVar("S", bound=Step)
GROUP = 50_000
"""Patients that are settled and concluded at a time."""


class Summary(Struct):
    """What a screen read, and what it could not use."""

    patients: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, int] = field(default_factory=dict)
    in_question: int = 0
    """Patients whose skin may hold calcium."""
    missing: Counter[str] = field(default_factory=Counter)
    """Of these, those of whom the record says nothing on a fact that decides between the types."""


class Screen(Struct):
    """One screen of one export, with its engine and its folder of finished steps."""

    export: Export
    knowledge: Knowledge
    engine: Engine
    work: Work
    as_of: str = ""
    tell: Callable[[str, int], None] = lambda _what, _size: None
    """Called with what was done and how many bytes were read for it."""
    summary: Summary = field(default_factory=Summary)
    wrong: Problems = field(default_factory=Problems)
    """Of lines that were left out."""

    def run(self, output: Path) -> Summary:
        """Write the row of every patient to a Parquet file; return what was read."""
        deleted, nothing_else = deletions_in(self._blocks("Bundle", ()))
        patients = self._patients(deleted.get("Patient", ()))
        read = {"Patient", *ELEMENTS, *REFERRED, *(("Bundle",) if nothing_else else ())}
        self.summary.skipped = {kind: len(files) for kind, files in self.export.files.items() if kind not in read}
        parts = list(self._parts())
        for step, _ in self._done(parts):
            self.tell(step.name, step.part.size)
        parts = current_parts(parts, deleted)
        for step, note in self._done(parts):
            self._add(step, note)
        steps = list(self._groups(patients, self._calendar(parts, patients), [one.name for one in parts]))
        for _, note in self._done(steps):
            self.summary.in_question += note["in_question"]
            self.summary.missing.update(note["missing"])
        self.summary.rejected = self.wrong.total
        self.summary.problems = [*self.wrong.listed(), *self.export.unread]
        _gather([self.work.folder_of(step.name) / "rows.parquet" for step in steps], output)
        return self.summary

    def _done(self, steps: Sequence[S]) -> Iterator[tuple[S, dict[str, Any]]]:
        """Do the steps that are not done yet; yield all with their notes, in order."""
        open_steps = [step for step in steps if self.work.note_of(step.name) is None]
        done = self.engine.each(open_steps)
        for step in steps:
            note = self.work.note_of(step.name)
            if note is None:
                note = next(done)
                self.work.finish(step.name, note)
            self.tell(step.name, 0)
            yield step, note

    def _blocks(self, kind: str, elements: tuple[str, ...]) -> Iterator[Block]:
        """Yield the lines of all files of a type, which must be the same in the end."""
        files = [file for part in self.export.parts(kind) for file in part.files]
        for file in files:
            yield from blocks_of(file, elements)
        for file in files:
            check_unchanged(file)

    def _patients(self, deleted: Collection[str]) -> Patients:
        patients = patients_of(lambda: self._blocks("Patient", ELEMENTS_OF_PATIENT), deleted)
        self.summary.patients = len(patients.ids)
        self.summary.lines["Patient"] = patients.lines
        self.wrong.merge(patients.problems)
        pq.write_table(pa.table({"id": pa.array(patients.ids, pa.string())}), self._file("people"))
        self.tell("Patient", sum(part.size for part in self.export.parts("Patient")))
        return patients

    def _file(self, name: str) -> Path:
        return self.work.folder / f"{name}.parquet"

    def _parts(self) -> Iterator[ReadPart]:
        """Yield the steps that read the export."""
        referred = {kind: self._referred(kind) for kind in REFERRED}
        for kind in ELEMENTS:
            for part in self.export.parts(kind):
                yield ReadPart(part, self.work.folder, self._file("people"), referred.get(refers_to(kind)))

    def _referred(self, kind: str) -> Path:
        """Write the resources of a type that others refer to; return the file."""
        found = referred_of(kind, self._blocks(kind, REFERRED[kind]))
        table = {"address": pa.array(found, pa.string()), "referred": pa.array(found.values(), pa.binary())}
        pq.write_table(pa.table(table), self._file(kind))
        return self._file(kind)

    def _add(self, step: ReadPart, note: dict[str, Any]) -> None:
        kind = step.part.kind
        self.summary.lines[kind] = self.summary.lines.get(kind, 0) + note["lines"]
        self.wrong.merge(problems_of(note["problems"]))
        self.summary.unknown.update(note["unknown"])
        self.summary.unused.update(note["unused"])

    def _calendar(self, parts: Sequence[ReadPart], patients: Patients) -> Calendar:
        days, stamps = (
            pa.concat_tables([pq.read_table(self.work.folder_of(one.name) / f"{name}.parquet") for one in parts])
            if parts
            else DAYS.empty_table()
            for name in ("days", "stamps")
        )
        calendar = calendar_of(days, stamps, patients.births)
        if self.as_of:
            calendar.last_days[:] = day_number(self.as_of)
        return calendar

    def _groups(self, patients: Patients, calendar: Calendar, steps: list[str]) -> Iterator[Conclude]:
        """Yield the steps that conclude."""
        people = {"id": patients.ids, "birth": patients.births, "sex": patients.sexes}
        columns = {name: pa.array(listed, pa.string()) for name, listed in people.items()}
        columns |= {
            "last_day": pa.array(calendar.last_days),
            "deceased": pa.array(patients.dead(self.as_of), pa.bool_()),
        }
        pq.write_table(pa.table(columns), self._file("patients"))
        pq.write_table(pa.table(list(calendar.wrong.T), schema=DAYS), self._file("wrong"))
        for number in range(-(-max(len(patients.ids), 1) // GROUP)):
            files = self._file("patients"), self._file("wrong")
            yield Conclude(number, GROUP, self.work.folder, *files, tuple(steps))


def plan_of(export: Export, as_of: str, engine: str, knowledge: Knowledge) -> dict[str, Any]:
    """Return what a screen depends on: another plan is another screen."""
    files = [asdict(file) for listed in export.files.values() for file in listed]
    library = knowledge.library
    return {
        "export": export.folder,
        "files": files,
        "as_of": as_of,
        "engine": engine,
        "version": [__version__, library.version, library.checked],
    }


def _gather(parts: list[Path], output: Path) -> None:
    """Write the rows of all groups to one file, which appears whole."""
    unfinished = output.with_name(f".{output.name}.partial")
    with pq.ParquetWriter(unfinished, pq.read_schema(parts[0])) as writer:
        for part in parts:
            writer.write_table(pq.read_table(part))
    unfinished.replace(output)
