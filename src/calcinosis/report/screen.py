"""A screen as one page of tables: who was found, what is urgent, what was not understood; small numbers hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct, field

from calcinosis.errors import Problem
from calcinosis.library.entries import TYPE_IDS
from calcinosis.library.library import Library
from calcinosis.report.renderers.html import environment, style
from calcinosis.words.en import screen as words

LISTED = 40
"""Lines of a table of the page; the Parquet file has all."""
STATUSES = ("established", "provisional", "undetermined", "conflicting", "not-supported", "excluded")


class Table(Struct, frozen=True):
    """One table of the page: what it shows, its heads, its lines."""

    title: str
    about: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


class Counts(Struct):
    """What is counted over the rows of a screen."""

    patients: int = 0
    presentations: Counter[str] = field(default_factory=Counter)
    leading: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    red_flags: Counter[str] = field(default_factory=Counter)
    avoid: Counter[str] = field(default_factory=Counter)

    def add(self, rows: pa.RecordBatch) -> None:
        """Count rows of the contract."""
        self.patients += rows.num_rows
        self.presentations.update(_counted(rows["presentation"]))
        self.leading.update(_counted(rows["leading_type"]))
        for name in TYPE_IDS:
            self.statuses.update({(name, status): count for status, count in _counted(rows[f"type_{name}"]).items()})
        for counts, column in ((self.causes, "causes"), (self.red_flags, "red_flags"), (self.avoid, "avoid_active")):
            counts.update(_counted(rows[column].flatten()))


def _counted(column: pa.Array) -> dict[str, int]:
    """Return how often each word stands in a column, ``""`` for none."""
    return {one["values"] or "": one["counts"] for one in pc.value_counts(column).to_pylist()}


class Source(Struct, frozen=True, kw_only=True):
    """What was read, and what could not be used."""

    name: str
    lines: Mapping[str, int]
    skipped: Sequence[str]
    in_question: int
    missing: Counter[str]
    rejected: int
    problems: Sequence[Problem]
    unknown: Counter[str]
    unused: Counter[str]


def screen_page(counts: Counts, source: Source, library: Library, suppress_below: int = 0) -> str:
    """Return the page of a screen, with no number of patients below ``suppress_below`` but 0."""

    def shown(count: int) -> str:
        return words.BELOW.format(least=suppress_below) if 0 < count < suppress_below else f"{count:,}"

    return (
        environment()
        .get_template("screen.html.j2")
        .render(
            s=words,
            patients=shown(counts.patients),
            tables=[*_found(counts, library, shown), *_data(source, library, shown)],
            name=source.name,
            knowledge=words.KNOWLEDGE.format(version=library.version, day=library.checked),
            suppress_below=suppress_below,
            rejected=source.rejected,
            problems=source.problems[:LISTED],
            style=style(),
        )
    )


Shown = Callable[[int], str]


def _found(counts: Counts, library: Library, shown: Shown) -> Iterable[Table]:
    """Yield the tables of what was found."""
    yield _table(words.COHORT, words.COHORT_NOTE, counts.presentations, {}, shown)
    types = tuple(
        (
            library.types[name].name,
            shown(counts.leading[name]),
            *(shown(counts.statuses[name, one]) for one in STATUSES),
        )
        for name in TYPE_IDS
    )
    yield Table(words.TYPES, words.TYPES_NOTE, (words.TYPE, words.LEADS, *STATUSES), types)
    listed = (
        (words.RED_FLAGS, words.RED_FLAGS_NOTE, counts.red_flags, library.red_flags),
        (words.MEDICINES, words.MEDICINES_NOTE, counts.avoid, library.treatments),
        (words.CAUSES, words.CAUSES_NOTE, counts.causes, library.causes),
    )
    for title, about, found, entries in listed:
        yield _table(title, about, found, {name: entry.name for name, entry in entries.items()}, shown)


def _data(source: Source, library: Library, shown: Shown) -> Iterable[Table]:
    """Yield the tables of what was read, and what records say nothing of."""
    names = {name: fact.name for name, fact in library.facts.items()}
    about = words.MISSING_NOTE.format(patients=shown(source.in_question))
    yield _table(words.MISSING, about, source.missing, names, shown)
    read = Counter(source.lines)
    skipped = words.NOT_READ.format(kinds=", ".join(source.skipped)) if source.skipped else ""
    yield _table(words.READ, f"{words.READ_NOTE}{skipped}", read, {}, "{:,}".format)
    yield _table(words.UNKNOWN, words.BY_RESOURCES, source.unknown, {}, shown)
    yield _table(words.UNUSED, words.BY_RESOURCES, source.unused, {}, shown)


def _table(title: str, about: str, found: Counter[str], names: Mapping[str, str], shown: Shown) -> Table:
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:LISTED]
    return Table(
        title, about, ("", words.NUMBER), tuple((names.get(name, name), shown(count)) for name, count in ordered)
    )
