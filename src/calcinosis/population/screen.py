"""An export to one row a patient: read in parts, settled and concluded in groups of patients, each step kept.

A screen that was stopped goes on after the last step that it finished. The output appears whole, at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from calcinosis import __version__
from calcinosis.compiled import Knowledge
from calcinosis.errors import Problem
from calcinosis.population.backends import Backend
from calcinosis.population.calendar import Calendar, calendar_of, without_wrong
from calcinosis.population.conclusions import FACTS, completed, parts_read, query, schema_of
from calcinosis.population.export import Export, Part, check_whole
from calcinosis.population.missing import missing_facts
from calcinosis.population.patients import Patients, patients_of
from calcinosis.population.pivot import People, pivoted
from calcinosis.population.reading import ResourceReader, referred_table
from calcinosis.population.rejected import rejected_lines, repeated_patients
from calcinosis.population.settle import settled
from calcinosis.population.wanted import REFERRED, WANTED
from calcinosis.population.work import Work

GROUP = 50_000
"""Patients that are settled and concluded at a time."""
NAMED = 1000
"""Rejected lines that are named, of each part."""
_COUNTED = 500
"""Labels that are counted, of each part."""


@dataclass(slots=True)
class Summary:
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


@dataclass(slots=True)
class Screen:
    """One screen of one export, with its engine and its folder of finished steps."""

    export: Export
    knowledge: Knowledge
    backend: Backend
    work: Work
    as_of: str = ""
    tell: Callable[[str, int], None] = lambda _what, _size: None
    """Called with what was done and how many bytes were read for it."""
    summary: Summary = field(default_factory=Summary)

    def run(self, output: Path) -> Summary:
        """Write the row of every patient to a Parquet file; return what was read."""
        patients = self._patients()
        self._add_skipped()
        self._read_all(patients)
        calendar = self._calendar(patients)
        if self.as_of:
            calendar.last_days = [self.as_of] * len(patients.ids)
        steps = []
        for first in range(0, max(len(patients.ids), 1), GROUP):
            steps.append(f"rows-{first // GROUP:05}")
            note = self.work.step(steps[-1], partial(self._conclude, patients=patients, calendar=calendar, first=first))
            self.summary.in_question += note["in_question"]
            self.summary.missing.update(note["missing"])
        _gather([self.work.folder_of(step) / "rows.parquet" for step in steps], output)
        return self.summary

    def _patients(self) -> Patients:
        files = self.export.files["Patient"]
        tables, total = [], 0
        for part in self.export.parts("Patient"):
            raw = self._raw(part, ("birthDate", "gender"))
            known = raw.filter((raw.resourceType == "Patient") & raw.id.notnull() & (raw.id != ""))
            tables.append(self.backend.fetch(known.select("id", "birthDate", "gender")))
            total += self.backend.count(raw)
            self.tell("Patient", part.size)
        patients = patients_of(pa.concat_tables(tables))
        self.summary.patients = len(patients.ids)
        self.summary.lines["Patient"] = total
        if len(patients.ids) < total:
            self.summary.rejected += total - len(patients.ids)
            lines = [file for file in files if file.form == "lines"]
            wrong = (one for file in lines for one in rejected_lines(file, "Patient", (), owned=False))
            self.summary.problems += [*islice(wrong, NAMED), *islice(repeated_patients(lines), NAMED)]
        return patients

    def _raw(self, part: Part, elements: Iterable[str]) -> ir.Table:
        for file in part.files:
            check_whole(file)
        read = self.backend.read_lines if part.files[0].form == "lines" else self.backend.read_columns
        return read([file.path for file in part.files], tuple(elements))

    def _add_skipped(self) -> None:
        read = {"Patient", *WANTED, *REFERRED}
        self.summary.skipped = {kind: len(files) for kind, files in self.export.files.items() if kind not in read}
        self.summary.problems += self.export.unread

    def _read_all(self, patients: Patients) -> None:
        people = self.backend.keep("people", patients.numbers())
        facts = frozenset(parts_read(self.knowledge.library))
        reader = ResourceReader(self.backend, self.knowledge.terms, people, self._referred(), facts)
        known = frozenset(patients.ids)
        for kind in WANTED:
            for part in self.export.parts(kind):
                note = self.work.step(part.name, partial(self._read, part=part, reader=reader, known=known))
                self._add(part, note)
                self.tell(part.kind, part.size)

    def _referred(self) -> dict[str, ir.Table]:
        found = {}
        for kind, elements in REFERRED.items():
            tables = [self.backend.fetch(referred_table(kind, self._raw(p, elements))) for p in self.export.parts(kind)]
            if tables:
                found[kind] = self.backend.keep(f"referred_{kind}", _first_by_address(pa.concat_tables(tables)))
        return found

    def _read(self, folder: Path, part: Part, reader: ResourceReader, known: frozenset[str]) -> dict[str, Any]:
        """Read one part: what is said and the last days as Parquet, the rest as a note."""
        wanted = WANTED[part.kind]
        told = reader.read(wanted, self._raw(part, wanted.elements))
        for name, tables in (("said", told.said), ("days", told.days), ("stamps", told.stamps)):
            for number, table in enumerate(tables):
                self.backend.write(table, folder / f"{name}-{number}.parquet")
        wrong: list[Problem] = []
        if told.used < told.lines:
            lines = [file for file in part.files if file.form == "lines"]
            wrong = list(islice((one for file in lines for one in rejected_lines(file, part.kind, known)), NAMED))
        return {
            "lines": told.lines,
            "rejected": told.lines - told.used,
            "problems": [asdict(one) for one in wrong],
            "unknown": dict(told.unknown.most_common(_COUNTED)),
            "unused": dict(told.problems.most_common(_COUNTED)),
        }

    def _add(self, part: Part, note: dict[str, Any]) -> None:
        self.summary.lines[part.kind] = self.summary.lines.get(part.kind, 0) + note["lines"]
        self.summary.rejected += note["rejected"]
        self.summary.problems += [Problem(**one) for one in note["problems"]]
        self.summary.unknown.update(note["unknown"])
        self.summary.unused.update(note["unused"])

    def _kept(self, name: str) -> list[Path]:
        return sorted(self.work.folder.glob(f"*/{name}-*.parquet"))

    def _calendar(self, patients: Patients) -> Calendar:
        days, stamps = self._kept("days"), self._kept("stamps")
        if not days:
            return Calendar([""] * len(patients.ids))
        tables = self.backend.read_kept(days), self.backend.read_kept(stamps)
        return calendar_of(self.backend, *tables, patients.births)

    def _conclude(self, folder: Path, patients: Patients, calendar: Calendar, first: int) -> dict[str, Any]:
        """Settle what is said of a group of patients, and write the conclusions on each."""
        library = self.knowledge.library
        last = min(first + GROUP, len(patients.ids))
        read = parts_read(library)
        schema = schema_of(read)
        people = People(
            ids=patients.ids[first:last],
            as_of=calendar.last_days[first:last],
            births=patients.births[first:last],
            first=first,
        )
        tables = list(self._settled(patients, calendar, first, last))
        facts = completed(pivoted(people, tables, read), schema)
        rows = self.backend.run(query(library, schema), **{FACTS: facts})
        pq.write_table(rows.sort_by("patient_id"), folder / "rows.parquet")
        self.tell(f"patients {first + 1} to {last}", 0)
        return missing_facts(library, facts, rows)

    def _settled(self, patients: Patients, calendar: Calendar, first: int, last: int) -> Iterator[pa.Table]:
        """Yield the settled values of a group of patients."""
        kept = self._kept("said")
        if not kept:
            return
        every = self.backend.read_kept(kept)
        mine = every.filter((every.person >= first) & (every.person < last))
        schema = every.schema().to_pyarrow()
        numbers = pa.array(range(first, last), pa.int64())
        as_of = pa.array(calendar.last_days[first:last], pa.string())
        at = self.backend.keep("days", pa.table({"person": numbers, "as_of": as_of}))
        sexes = self.backend.keep("sexes", patients.said(first, last, schema))
        wrong = self.backend.keep("wrong", calendar.wrong_table())
        told = without_wrong(ibis.union(mine, sexes), wrong, self.knowledge.library.facts) if calendar.wrong else None
        said = self.backend.keep("said", (ibis.union(mine, sexes) if told is None else told).join(at, "person"))
        for table in settled(said, self.knowledge.library.facts):
            yield self.backend.fetch(table)
        self.backend.drop("said", "sexes", "days")


def plan_of(export: Export, as_of: str, engine: str, knowledge: Knowledge) -> dict[str, Any]:
    """Return what a screen depends on: another plan is another screen."""
    files = [asdict(file) for listed in export.files.values() for file in listed]
    library = knowledge.library
    return {
        "files": files,
        "as_of": as_of,
        "engine": engine,
        "version": [__version__, library.version, library.checked],
    }


def _first_by_address(referred: pa.Table) -> pa.Table:
    """Return one resource for each address, always the same."""
    rows = referred.sort_by([("address", "ascending"), ("referred", "ascending")])
    return (
        rows.group_by("address", use_threads=False)
        .aggregate([("referred", "first")])
        .rename_columns({"referred_first": "referred"})
    )


def _gather(parts: list[Path], output: Path) -> None:
    """Write the rows of all groups to one file, which appears whole."""
    unfinished = output.with_name(f".{output.name}.partial")
    with pq.ParquetWriter(unfinished, pq.read_schema(parts[0])) as writer:
        for part in parts:
            writer.write_table(pq.read_table(part))
    unfinished.replace(output)
