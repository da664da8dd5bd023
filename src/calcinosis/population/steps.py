"""The steps of a screen: to read a part of an export, and to conclude on a group of patients.

A step says all that it needs, so that it can be done in this process or in another one that sees the same folders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from calcinosis.compiled import knowledge
from calcinosis.population.checkpoints import emptied
from calcinosis.population.conclude import concluded, facts_read
from calcinosis.population.engines.engine import Each
from calcinosis.population.export.files import Part, blocks_of, check_unchanged
from calcinosis.population.export.lines import Block, Buffers
from calcinosis.population.resources.elements import ELEMENTS
from calcinosis.population.resources.meanings import Constant, Meanings
from calcinosis.population.resources.outline import day_text
from calcinosis.population.resources.problems import Problems
from calcinosis.population.resources.read import Context, read_block
from calcinosis.population.resources.told import DAYS, SAID, STAMPS, Told, distinct, spans
from calcinosis.population.settle import settled_of
from calcinosis.population.settle_each import Group, Sayings, Texts
from calcinosis.population.settled import PATIENTS

FILE = 40
"""The bits of the number of a line, above which stands the place of its file in the part."""
_COUNTED = 500
"""Labels that are counted, of each part."""
_ROW_GROUP = 32 * 1024
"""Rows that are skipped or read together: what is said is kept in the order of the patients."""


class ReadPart(Struct, frozen=True):
    """Reads a part of an export: what is said, the days and the updates go to a folder, the rest into a note."""

    part: Part
    folder: Path
    people: Path
    """The file with the ids of all patients, in order."""
    referred: Path | None
    """The file with the resources that others refer to."""
    without: Path | None = None
    """The file with the lines that do not count, where the part is read again without them."""

    @property
    def name(self) -> str:
        """The name of the step."""
        return self.part.name if self.without is None else f"{self.part.name}.current"

    def run(self, each: Each = map) -> dict[str, Any]:
        """Do it; return the note."""
        folder = emptied(self.folder / self.name)
        context = _context(self.part.kind, self.people, self.referred)
        said, days, stamps = list[pa.Table](), list[pa.Table](), list[pa.Table]()
        lines, problems, unknown, unused = 0, Problems(), Counter[str](), Counter[str]()
        without = {} if self.without is None else orjson.loads(self.without.read_bytes())
        files = [file.name for file in self.part.files]
        ids, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        buffers = Buffers()

        def read(block: Block) -> Told:
            told = read_block(block, context, without.get(block.file, ()))
            buffers.give(block)  # nothing that was told looks into it
            return told

        for told in each(read, self._blocks(buffers)):
            ids.append(told.ids)
            numbers.append(told.numbers + (files.index(told.file) << FILE))
            for listed, table in ((said, told.said), (days, told.days), (stamps, told.stamps)):
                listed.append(table)
            lines += told.lines
            problems.merge(told.problems)
            unknown.update(told.unknown)
            unused.update(told.unused)
        for file in self.part.files:
            check_unchanged(file)
        _write_said(said, folder)
        days_columns = [_joined(days, DAYS, name) for name in DAYS.names]
        pq.write_table(pa.table(distinct(days_columns), schema=DAYS), folder / "days.parquet")
        stamp_columns = [_joined(stamps, STAMPS, name) for name in STAMPS.names]
        pq.write_table(pa.table(spans(*stamp_columns), schema=STAMPS), folder / "stamps.parquet")
        np.save(folder / "ids.npy", np.concatenate(ids))
        np.save(folder / "numbers.npy", np.concatenate(numbers))
        (folder / "constants.json").write_bytes(orjson.dumps(context.meanings.constants))
        return {
            "lines": lines,
            "problems": problems.note(),
            "unknown": _most(unknown),
            "unused": _most(unused),
        }

    def _blocks(self, buffers: Buffers) -> Iterator[Block]:
        for file in self.part.files:
            yield from blocks_of(file, ELEMENTS[self.part.kind], buffers)


def _most(labels: Counter[str]) -> dict[str, int]:
    """Return the labels that were met most often, of equals the first by name."""
    return dict(sorted(labels.items(), key=lambda one: (-one[1], one[0]))[:_COUNTED])


def _joined(tables: list[pa.Table], schema: pa.Schema, name: str) -> Any:
    return pa.concat_tables([schema.empty_table(), *tables])[name].to_numpy()


def _write_said(said: list[pa.Table], folder: Path) -> None:
    table = pa.concat_tables([SAID.empty_table(), *said])
    person = table["person"].to_numpy()
    if (person[1:] < person[:-1]).any():
        table = table.take(pa.array(np.argsort(person, kind="stable")))
    pq.write_table(
        table,
        folder / "said.parquet",
        row_group_size=_ROW_GROUP,
        use_dictionary=["time"],
        compression="none",
        write_statistics=["person"],
    )


@lru_cache(maxsize=1)
def _meanings() -> Meanings:
    loaded = knowledge()
    return Meanings(loaded.terms, facts_read(loaded.library))


@lru_cache(maxsize=1)
def _context(kind: str, people: Path, referred: Path | None) -> Context:
    """Return what the parts of one type are read with; what one of them taught serves the next."""
    return Context(kind, _numbers(people), _referred(referred), _meanings())


@lru_cache(maxsize=1)
def _numbers(people: Path) -> dict[str, int]:
    return {name: number for number, name in enumerate(pq.read_table(people)["id"].to_pylist())}


@lru_cache(maxsize=1)
def _referred(file: Path | None) -> dict[str, bytes]:
    if file is None:
        return {}
    table = pq.read_table(file)
    return dict(zip(table["address"].to_pylist(), table["referred"].to_pylist(), strict=True))


class Conclude(Struct, frozen=True):
    """Settles what is said of a group of patients and concludes on it: the rows go to a folder."""

    number: int
    size: int
    folder: Path
    people: Path
    """The file with the patients, in order: ids, birth dates, sexes, last days and who has died."""
    wrong: Path
    """The file with the dates that cannot be."""
    kinds: tuple[str, ...]
    """The steps that kept what is said."""

    @property
    def name(self) -> str:
        """The name of the step."""
        return f"rows-{self.number:05}"

    def run(self, each: Each = map) -> dict[str, Any]:
        """Do it; return the note."""
        folder = emptied(self.folder / self.name)
        library = knowledge().library
        first = self.number * self.size
        people = pq.read_table(self.people).slice(first, self.size)
        group = Group(
            first,
            people["id"].to_pylist(),
            people["last_day"].to_numpy(),
            people["birth"].to_pylist(),
            people["sex"].to_pylist(),
        )
        wrong = np.stack([column.to_numpy() for column in pq.read_table(self.wrong).columns], axis=1)
        settled = settled_of(self._said(first, first + people.num_rows), group, wrong, library.facts)
        as_of = [day_text(day) for day in group.as_of.tolist()]
        rows, note = concluded(library, pa.table([group.ids, as_of, people["deceased"]], schema=PATIENTS), settled)
        pq.write_table(rows, folder / "rows.parquet")
        return note

    def _said(self, first: int, last: int) -> Sayings:
        """Return what all parts kept of some patients."""
        constants: dict[Constant, int] = {}
        tables, kinds, firsts, size = [SAID.empty_table()], [""], [0], 0
        for step in self.kinds:
            place = self.folder / step
            table = pq.read_table(place / "said.parquet", filters=[("person", ">=", first), ("person", "<", last)])
            if table.num_rows:
                told = orjson.loads((place / "constants.json").read_bytes())
                numbers = np.array([constants.setdefault(tuple(one), len(constants)) for one in told], dtype=np.int32)
                saying = pa.array(numbers[table["saying"].to_numpy()])
                tables.append(table.set_column(table.schema.get_field_index("saying"), "saying", saying))
                kinds.append(step.rsplit("-", 1)[0])
                firsts.append(size)
                size += table.num_rows
        told_of = pa.concat_tables(tables)
        columns = {name: told_of[name].to_numpy() for name in told_of.column_names if name not in {"time", "id"}}
        place_of = np.arange(size)
        columns |= {"time": place_of, "origin": place_of}
        return Sayings(columns, list(constants), Texts(told_of["time"], told_of["id"], kinds, firsts))
