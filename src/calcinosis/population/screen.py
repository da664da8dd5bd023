"""An export to one row a patient: read in parts, settled and concluded in groups of patients, each step kept.

A screen that was stopped goes on after the last step that it finished. The output appears whole, at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from calcinosis import __version__
from calcinosis.compiled import Knowledge
from calcinosis.errors import Problem
from calcinosis.population.backends import Backend
from calcinosis.population.calendar import Calendar, calendar_of
from calcinosis.population.conclusions import completed, parts_read, schema_of
from calcinosis.population.export import Export, Part, check_unchanged, check_whole
from calcinosis.population.missing import missing_facts
from calcinosis.population.patients import Patients, patients_of
from calcinosis.population.pivot import People, pivoted
from calcinosis.population.queries import Queries
from calcinosis.population.reading import ResourceReader
from calcinosis.population.rejected import rejected_lines, repeated_patients
from calcinosis.population.tables import CHOSEN, DAYS, SAID, SETTLED, STAMPS
from calcinosis.population.tables import REFERRED as REFERRED_COLUMNS
from calcinosis.population.wanted import REFERRED, WANTED
from calcinosis.population.work import Work

SAMPLED, SAMPLE = 64 * 1024 * 1024, 20_000
"""A part of so many bytes is read after so many of its resources, from which its common meanings are learned."""
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
    queries: Queries
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
            self._read_raw(part, ("birthDate", "gender"))
            tables.append(self.backend.fetch(self.queries["patients"]))
            total += self.backend.fetch(self.queries["count raw"])["count"][0].as_py()
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

    def _read_raw(self, part: Part, elements: Iterable[str], limit: int | None = None) -> None:
        """Let ``raw`` be the resources of a part."""
        for file in part.files:
            check_whole(file)
        read = self.backend.read_lines if part.files[0].form == "lines" else self.backend.read_columns
        read("raw", [file.path for file in part.files], tuple(elements), limit)

    def _add_skipped(self) -> None:
        read = {"Patient", *WANTED, *REFERRED}
        self.summary.skipped = {kind: len(files) for kind, files in self.export.files.items() if kind not in read}
        self.summary.problems += self.export.unread

    def _read_all(self, patients: Patients) -> None:
        self.backend.put("people", patients.numbers())
        reader = ResourceReader(
            self.backend, self.queries, self.knowledge.terms, frozenset(parts_read(self.knowledge.library))
        )
        known = frozenset(patients.ids)
        for kind in WANTED:
            self._find_referred(WANTED[kind].refers)
            for part in self.export.parts(kind):
                note = self.work.step(part.name, partial(self._read, part=part, reader=reader, known=known))
                self._add(part, note)
                self.tell(part.kind, part.size)

    def _find_referred(self, kind: str) -> None:
        """Let ``referred`` be the resources of a type that others refer to."""
        tables = [REFERRED_COLUMNS.empty_table()]
        for part in self.export.parts(kind):
            self._read_raw(part, REFERRED[kind])
            tables.append(self.backend.fetch(self.queries[f"referred {kind}"]).cast(REFERRED_COLUMNS))
        self.backend.put("referred", _first_by_address(pa.concat_tables(tables)))

    def _read(self, folder: Path, part: Part, reader: ResourceReader, known: frozenset[str]) -> dict[str, Any]:
        """Read one part: what is said and the last days as Parquet, the rest as a note."""
        wanted = WANTED[part.kind]
        if part.size > SAMPLED:
            self._read_raw(part, wanted.elements, limit=SAMPLE)
            reader.learn(part.kind)
        self._read_raw(part, wanted.elements)
        told = reader.read(part.kind, folder)
        for file in part.files:
            check_unchanged(file)
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
        self.backend.read_kept("kept_days", self._kept("days"), DAYS)
        self.backend.read_kept("kept_stamps", self._kept("stamps"), STAMPS)
        return calendar_of(self.backend, self.queries, patients.births)

    def _conclude(self, folder: Path, patients: Patients, calendar: Calendar, first: int) -> dict[str, Any]:
        """Settle what is said of a group of patients, and write the conclusions on each."""
        library = self.knowledge.library
        last = min(first + GROUP, len(patients.ids))
        read = parts_read(library)
        people = People(
            ids=patients.ids[first:last],
            as_of=calendar.last_days[first:last],
            births=patients.births[first:last],
            first=first,
        )
        facts = completed(pivoted(people, self._settled(patients, calendar, first, last), read), schema_of(read))
        self.backend.put("facts", facts)
        self.backend.make("concluded", self.queries["conclusions"])  # made as a table, it is worked out by all threads
        rows = self.backend.fetch("SELECT * FROM concluded")
        self.backend.drop("concluded")
        pq.write_table(rows.sort_by("patient_id"), folder / "rows.parquet")
        self.tell(f"patients {first + 1} to {last}", 0)
        return missing_facts(library, facts, rows)

    def _settled(self, patients: Patients, calendar: Calendar, first: int, last: int) -> list[pa.Table]:
        """Return the settled values of a group of patients."""
        self.backend.read_kept("kept_said", self._kept("said"), SAID, range(first, last))
        chosen = {"person": range(first, last), "as_of": calendar.last_days[first:last]}
        self.backend.put("chosen", pa.table({name: list(column) for name, column in chosen.items()}, schema=CHOSEN))
        self.backend.put("sexes", patients.said(first, last, SAID))
        self.backend.put("wrong", calendar.wrong_table())
        self.backend.define("said", self.queries["said without wrong days" if calendar.wrong else "said"])
        found = [self.backend.fetch(self.queries[name]) for name in SETTLED]
        self.backend.drop("said", "sexes", "chosen", "wrong")
        return found


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
